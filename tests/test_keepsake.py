"""The secret that is made once: the same for all who ask, and readable by its owner alone."""

import pytest

from syndicate import app
from syndicate.config import BadSetting, Config
from syndicate.keepsake import keepsake
from tests.newsroom import at_once


def test_all_who_ask_at_once_hear_the_same(tmp_path):
    file = tmp_path / "var" / "secret.key"
    file.parent.mkdir()
    assert len(set(at_once(*[lambda: keepsake(file)] * 8))) == 1
    assert len(keepsake(file)) >= 64
    assert [path.name for path in file.parent.iterdir()] == ["secret.key"]


def test_only_its_owner_reads_it(tmp_path):
    keepsake(tmp_path / "secret.key")
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


def test_it_stands_beside_the_sqlite_file_unless_a_setting_gives_one(tmp_path):
    url = f"sqlite:///{tmp_path}/desk.db"
    assert app.secret(Config(database_url=url, secret_key="x" * 32)) == b"x" * 32
    assert list(tmp_path.iterdir()) == []
    assert app.secret(Config(database_url=url)) == (tmp_path / "secret.key").read_bytes()


def test_machines_that_share_a_database_must_be_given_one():
    with pytest.raises(BadSetting, match="SYNDICATE_SECRET_KEY"):
        app.secret(Config(database_url="postgresql://db.example/news"))


def test_a_folder_that_cannot_be_written_is_told_as_a_setting(tmp_path):
    (tmp_path / "a-file").write_text("")
    with pytest.raises(BadSetting, match="SYNDICATE_SECRET_KEY"):
        app.secret(Config(database_url=f"sqlite:///{tmp_path}/a-file/desk.db"))
