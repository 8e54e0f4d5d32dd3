"""Files lie under the name of their content, whole or not at all, in a folder as in any other store."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from syndicate.core.errors import Unavailable
from syndicate.media import Files, Shelf
from syndicate.media.files import UNFINISHED
from syndicate.media.shelf import original_name, rendition_of
from tests.pictures import a_picture_file

ALWAYS = datetime(2100, 1, 1, tzinfo=UTC)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture(params=["folder", "memory"])
def files(request, tmp_path):
    return Files(str(tmp_path / "media") if request.param == "folder" else f"memory://{tmp_path.name}")


def names(files: Files) -> list[str]:
    return sorted(files.older_than(ALWAYS))


def test_what_is_kept_is_read_and_listed_by_its_name(files):
    files.keep("ab/abc", b"data")
    assert (files.read("ab/abc"), files.read("ab/abd"), names(files)) == (b"data", None, ["ab/abc"])


def test_the_same_content_is_one_set_of_files(files):
    shelf = Shelf(files)
    media = shelf.take(a_picture_file())
    before = names(files)
    assert shelf.take(a_picture_file()) == media
    assert names(files) == before == sorted([original_name(media.sha256), *(r.href for r in media.renditions)])


def test_only_what_is_old_goes(files):
    files.keep("ab/abc", b"data")
    assert list(files.older_than(LONG_AGO)) == []
    assert files.remove("ab/abc", if_older_than=LONG_AGO) is False
    assert files.remove("ab/abc", if_older_than=ALWAYS) is True
    assert files.remove("ab/abc", if_older_than=ALWAYS) is False
    assert names(files) == []


def test_age_counts_from_the_last_writing(tmp_path):
    files = Files(str(tmp_path))
    files.keep("ab/abc", b"data")
    past = (datetime.now(UTC) - timedelta(days=3)).timestamp()
    os.utime(tmp_path / "ab" / "abc", (past, past))
    yesterday = datetime.now(UTC) - timedelta(days=1)
    assert list(files.older_than(yesterday)) == ["ab/abc"]
    files.keep("ab/abc", b"data")
    assert list(files.older_than(yesterday)) == []


def test_who_is_stopped_while_writing_leaves_no_half_file_under_a_name(tmp_path, monkeypatch):
    files = Files(str(tmp_path))
    monkeypatch.setattr(os, "fsync", _killed)
    with pytest.raises(KeyboardInterrupt):
        files.keep("ab/abc", b"data")
    assert files.read("ab/abc") is None
    assert [name.partition("/")[0] for name in names(files)] == [UNFINISHED]


def _killed(_descriptor: int) -> None:
    raise KeyboardInterrupt


def test_a_full_disk_is_told_as_such(tmp_path, monkeypatch):
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable, match="No space left on device"):
        Files(str(tmp_path)).keep("ab/abc", b"data")


def test_a_folder_that_cannot_be_written_is_found_at_the_check(tmp_path):
    (tmp_path / "media").write_text("a file, no folder")
    with pytest.raises(Unavailable):
        Files(str(tmp_path / "media")).check()
    files = Files(str(tmp_path / "other"))
    files.check()
    assert names(files) == []


@pytest.mark.parametrize("url", ["nothing://here", "s4://bucket/prefix"])
def test_a_store_that_nobody_knows_is_refused_in_words(url):
    with pytest.raises(ValueError, match="Protocol not known"):
        Files(url)


SHA = "ab" * 32


@pytest.mark.parametrize(
    ("name", "sha256"),
    [
        (f"ab/{SHA}-web.jpg", SHA),
        (f"ab/{SHA}-thumb.webp", SHA),
        (f"ab/{SHA}", ""),
        (f"ac/{SHA}-web.jpg", ""),
        (f"ab/{SHA}-web.png", ""),
        (f"ab/{SHA}-web.jpg\n", ""),
        (f"ab/../ab/{SHA}-web.jpg", ""),
        (f"AB/{SHA.upper()}-web.jpg", ""),
        ("../../etc/passwd", ""),
        ("", ""),
    ],
)
def test_only_a_rendition_has_the_name_of_one(name, sha256):
    assert rendition_of(name) == sha256


def test_the_file_that_came_is_never_handed_out():
    shelf = Shelf(Files("memory://private"))
    media = shelf.take(a_picture_file())
    assert shelf.files.read(original_name(media.sha256))
    assert shelf.rendition(original_name(media.sha256)) is None
