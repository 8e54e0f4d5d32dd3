"""`syndicate story check`: what an editor is told before a story goes out."""

import json

from tests.newsroom import a_push


def test_a_story_tells_what_it_would_meet_alone_and_with_its_history(terminal):
    (outcome,) = terminal.json(
        "import", "-", "--outlet", "oc-media", given=json.dumps(a_push(headline="Seventeen letters"))
    )
    found = terminal.json("story", "check", outcome["id"])
    assert ("title-length", "msn", "amber") in [(each["code"], each["destination"], each["severity"]) for each in found]
    assert terminal.json("story", "show", outcome["id"])["checks"] == found
    assert "17 characters" in terminal.run("story", "check", outcome["id"]).stdout
