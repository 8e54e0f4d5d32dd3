"""Settings and the log: what a process is told, and what it tells."""

import io
import json
import logging

import pytest

from syndicate.config import BadSetting, Config, load
from syndicate.logging import get_logger, set_up

KEY = "syn_" + "aB3_" * 10


def test_without_any_variable_everything_has_its_default():
    assert load({}) == Config()


def test_a_file_may_hold_a_value(tmp_path):
    secret = tmp_path / "url"
    secret.write_text("postgresql://u:p@db.example/news\n")
    assert load({"SYNDICATE_DATABASE_URL_FILE": str(secret)}).database_url == "postgresql://u:p@db.example/news"


def test_a_slash_at_the_end_of_our_address_is_not_doubled_in_links():
    assert load({"SYNDICATE_BASE_URL": "https://news.example/"}).newsroom.base_url == "https://news.example"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SYNDICATE_BASE_URL", "news.example"),
        ("SYNDICATE_BASE_URL", "http://["),
        ("SYNDICATE_BASE_URL", "http://h:99999"),
        ("SYNDICATE_BASE_URL", "http://u:secret@h/"),
        ("SYNDICATE_BASE_URL", "http://h/\nx"),
        ("SYNDICATE_BASE_URL", "http://h/?a=1"),
        ("SYNDICATE_TAG_AUTHORITY", "not a host"),
        ("SYNDICATE_WEB_THREADS", "many"),
        ("SYNDICATE_WEB_THREADS", "0"),
        ("SYNDICATE_MAX_PICTURE_PIXELS", "1"),
        ("SYNDICATE_LOG_LEVEL", "loud"),
        ("SYNDICATE_NAME_FILE", "/no/such/file"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_by_its_name(variable, value):
    with pytest.raises(BadSetting, match=variable.removesuffix("_FILE")):
        load({variable: value})


@pytest.fixture
def lines():
    """The log as it is written, and the old handlers back afterwards."""
    root, stream = logging.getLogger(), io.StringIO()
    before = root.handlers[:], root.level
    set_up("info", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:], root.level = before[0], before[1]


def test_a_key_stands_in_no_log_wherever_its_sender_put_it(lines):
    log = get_logger("test")
    log.info("http.request", path=f"/feeds/all.rss&key={KEY}", request_id=KEY)
    try:
        raise ValueError(f"/feeds/{KEY}.rss")
    except ValueError:
        log.exception("http.unexpected")
    written = lines()
    assert len(written) == 2
    assert KEY not in json.dumps(written)
    assert written[0]["path"] == "/feeds/all.rss&key=syn_…"
