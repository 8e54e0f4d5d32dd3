"""`syndicate channel`: rules and forms by options, and what a rule would hold before it is stored."""

from tests.newsroom import a_push, as_bytes


def _published(terminal, tmp_path, **changes):
    file = tmp_path / "story.json"
    file.write_bytes(as_bytes(a_push(**changes)))
    terminal.json("import", str(file), "--outlet", "oc-media")
    (story,) = terminal.json("story", "list", "--limit", "1")["items"]
    terminal.json("story", "publish", story["id"])
    return story["id"]


def test_a_channel_keeps_what_was_set_and_changes_what_is_given(terminal):
    terminal.json("channel", "add", "few", "--title", "Few", "--not-topic", "war", "--text", "summary", "--length", "5")
    channel = terminal.json("channel", "set", "few", "--keyword=school*", "--pictures", "none", "--order", "published")
    assert channel["rule"]["block"]["topics"] == ["war"]
    assert channel["rule"]["keywords"] == ["school*"]
    assert channel["policy"] == {"text": "summary", "pictures": "none", "embeds": "keep", "page": "canonical"}
    assert (channel["order"], channel["length"]) == ("published", 5)
    assert terminal.json("channel", "set", "few", "--any")["rule"]["block"]["topics"] == []


def test_a_rule_that_cannot_be_is_refused_by_its_field(terminal):
    refused = terminal.json("channel", "set", "world", "--not-outlet", "globe", code=1)
    assert refused["problem"]["errors"] == {"block_outlets": ["There is no outlet globe."]}


def test_a_preview_tells_what_a_rule_would_hold_and_stores_nothing(terminal, tmp_path):
    _published(terminal, tmp_path, external_id="a", headline="A", section="Sports")
    kept = _published(terminal, tmp_path, external_id="b", headline="B")
    before = terminal.json("channel", "show", "world")
    found = terminal.json("channel", "preview", "world", "--not-section", "sports")
    assert (found["looked_at"], found["taken"], found["by_outlet"]) == (2, 1, {"oc-media": 1})
    assert [(story["id"], story["headline"]) for story in found["newest"]] == [(kept, "B")]
    assert terminal.json("channel", "show", "world") == before
    assert "2 of 2" in terminal.run("channel", "preview").stdout
