"""Every command: one JSON document with --json, exit status 0, 1 or 2, and a refusal in plain words."""

import json

import pytest

from syndicate.service.people import passwords
from tests.newsroom import a_push


def imported(terminal, article: str) -> str:
    return terminal.json("import", article, "--outlet", "oc-media")[0]["id"]


KEPT = {
    "outlet": (["add", "Globe", "--slug", "globe"], "globe", ["--name", "The Globe"]),
    "channel": (["add", "sports", "--title", "Sports", "--section", "Sports"], "sports", ["--title", "Games"]),
    "subscriber": (["add", "Times", "--slug", "times", "--channel", "world"], "times", ["--name", "The Times"]),
}


@pytest.mark.parametrize("kind", KEPT)
def test_what_is_kept_is_added_shown_changed_listed_and_removed(terminal, kind):
    add, name, change = KEPT[kind]
    added = terminal.json(kind, *add)
    assert added["slug"] == name
    shown = terminal.json(kind, "show", name)
    assert {field: shown[field] for field in added} == added
    changed = terminal.json(kind, "set", name, *change)
    shown = terminal.json(kind, "show", name)
    assert {field: shown[field] for field in changed} == changed
    assert changed[change[0][2:]] == change[1]
    assert changed in terminal.json(kind, "list")
    assert terminal.json(kind, "remove", name) == {"removed": name}
    assert terminal.json(kind, "show", name, code=1)["problem"]["status"] == 404


def test_a_person_is_added_with_a_password_from_standard_input_which_is_never_shown(terminal):
    add = ("user", "add", "Bea@News.example", "--role", "editor", "--password-stdin")
    result = terminal.run(*add, "--json", given="correct horse\nmore\n")
    assert json.loads(result.stdout) == {"email": "bea@news.example", "role": "editor"}
    shown = terminal.json("user", "show", "bea@news.example")
    assert "horse" not in result.output + json.dumps(shown)
    assert terminal.json("user", "set", "bea@news.example", "--role", "viewer")["role"] == "viewer"
    assert [user["role"] for user in terminal.json("user", "list")] == ["viewer"]
    terminal.json("user", "set", "bea@news.example", "--password-stdin", given="battery staple\n")
    terminal.json("user", "remove", "bea@news.example")
    assert terminal.json("user", "list") == []


@pytest.mark.parametrize("given", ["", "\n", "short\n"])
def test_a_password_that_is_too_short_is_refused_from_standard_input_too(terminal, given):
    problem = terminal.json("user", "add", "a@b.example", "--role", "admin", "--password-stdin", given=given, code=1)
    assert list(problem["problem"]["errors"]) == ["password"]


def test_a_key_is_printed_once_and_works_until_it_is_removed(terminal):
    printed = terminal.run("key", "add", "--outlet", "oc-media", "--label", "CMS").stdout
    assert printed.startswith("syn_")
    assert len(printed.split()) == 1
    added = terminal.json("key", "add", "--outlet", "oc-media")
    assert added["key"].startswith("syn_")
    for listed in (terminal.json("key", "list"), terminal.json("key", "show", added["id"])):
        assert added["key"] not in json.dumps(listed)
    assert terminal.json("key", "set", added["id"], "--label", "Import")["label"] == "Import"
    assert terminal.json("key", "set", added["id"], "--expires", "2999-12-31")["expires_at"].startswith("3000-01-01")
    assert terminal.json("key", "set", added["id"], "--expires", "never")["expires_at"] is None
    assert terminal.json("key", "show", added["id"])["last_used_at"] is None
    assert terminal.json("key", "remove", added["id"])["revoked_at"]
    wrong = terminal.json("key", "add", "--outlet", "oc-media", "--expires", "2020-12-31", code=1)
    assert set(wrong["problem"]["errors"]) == {"expires"}


@pytest.mark.parametrize("owners", [[], ["--outlet", "oc-media", "--subscriber", "times"]])
def test_a_key_is_for_an_outlet_or_a_subscriber(terminal, owners):
    assert terminal.run("key", "add", *owners).exit_code == 2


def test_an_article_is_imported_then_unchanged_then_refused_when_it_is_wrong(terminal, article, tmp_path):
    (first,) = terminal.json("import", article, "--outlet", "oc-media")
    assert (first["result"], first["review"], first["file"]) == ("created", "received", article)
    assert terminal.json("import", article, "--outlet", "oc-media")[0]["result"] == "unchanged"
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"external_id": ""}')
    results = terminal.json("import", article, str(wrong), "--outlet", "oc-media", code=1)
    assert [result.get("result") for result in results] == ["unchanged", None]
    assert results[1]["problem"]["status"] == 422


def test_an_article_is_imported_from_standard_input(terminal):
    (result,) = terminal.json("import", "-", "--outlet", "oc-media", given=json.dumps(a_push()))
    assert result["result"] == "created"


def test_a_dry_run_of_an_import_stores_nothing(terminal, article):
    (result,) = terminal.json("import", article, "--outlet", "oc-media", "--dry-run")
    assert (result["result"], "id" in result) == ("created", False)
    assert terminal.json("story", "list")["items"] == []


def test_an_import_for_nobody_is_refused(terminal, article):
    assert terminal.json("import", article, "--outlet", "nobody", code=1)["problem"]["status"] == 404


def test_an_agreement_says_which_pictures_go_out_and_keeps_what_is_not_given_anew(terminal):
    terminal.json("outlet", "set", "oc-media", "--pictures", "all", "--corrections", "straight")
    terminal.json("outlet", "set", "oc-media", "--clear-credit", "AFP", "--clear-credit", "Getty Images")
    agreement = terminal.json("outlet", "show", "oc-media")["agreement"]
    assert (agreement["pictures"], agreement["cleared_credits"]) == ("all", ["AFP", "Getty Images"])
    assert agreement["corrections_straight_through"] is True
    terminal.json("outlet", "set", "oc-media", "--may-edit", "headline")
    assert terminal.json("outlet", "show", "oc-media")["agreement"]["may_edit"] == ["headline"]
    assert terminal.json("outlet", "set", "oc-media", "--may-edit", "nothing")["agreement"]["may_edit"] == []
    terminal.json("outlet", "set", "oc-media", "--clear-credit", "")
    assert terminal.json("outlet", "show", "oc-media")["agreement"]["cleared_credits"] == []


MOVES = [
    (["approve"], "approved"),
    (["approve", "--at", "2999-03-04T12:00:00+04:00"], "approved"),
    (["publish"], "published"),
    (["hold", "--reason", "?"], "held"),
    (["reject", "--reason", "?"], "rejected"),
]


@pytest.mark.parametrize(("move", "review"), MOVES)
def test_a_story_is_decided_about(terminal, article, move, review):
    ref = imported(terminal, article)
    decided = terminal.json("story", move[0], ref, *move[1:])
    shown = terminal.json("story", "show", ref)
    assert decided["review"] == shown["review"] == review
    assert decided["publish_at"] == shown["publish_at"]
    assert [item["id"] for item in terminal.json("story", "list", "--review", review)["items"]] == [ref]


def test_a_story_walks_from_its_publication_to_its_end(terminal, article):
    ref = imported(terminal, article)
    for move, review in (("publish", "published"), ("withdraw", "withdrawn"), ("publish", "published")):
        assert terminal.json("story", move, ref, "--reason", "why")["review"] == review
    assert terminal.json("story", "kill", ref, code=1)["problem"]["type"] == "/problems/rule-broken"
    killed = terminal.json("story", "kill", ref, "--reason", "libel")
    assert (killed["review"], killed["version"], killed["reason"]) == ("killed", 4, "libel")
    problem = terminal.json("story", "publish", ref, code=1)["problem"]
    assert (problem["type"], problem["status"], problem["allowed"]) == ("/problems/move-refused", 409, [])


def test_a_rejected_story_can_be_opened_again(terminal, article):
    ref = imported(terminal, article)
    terminal.json("story", "reject", ref)
    assert terminal.json("story", "reopen", ref)["review"] == "received"


@pytest.mark.parametrize("when", ["2026-03-04", "tomorrow", "2026-03-04T12:00:00"])
def test_an_hour_that_is_none_is_a_wrong_use_of_the_command(terminal, article, when):
    result = terminal.run("story", "approve", imported(terminal, article), "--at", when)
    assert result.exit_code == 2
    assert "--at" in result.stderr


@pytest.mark.parametrize(("role", "code"), [("admin", 0), ("editor", 0), ("viewer", 1)])
@pytest.mark.parametrize("move", ["approve", "publish", "hold", "reject"])
def test_a_viewer_decides_nothing(terminal, article, monkeypatch, role, code, move):
    monkeypatch.setattr(passwords, "hashed", lambda _: "hashed")  # slow on purpose, and not the matter here
    terminal.run("user", "add", "v@news.example", "--role", role, "--password-stdin", given="correct horse\n")
    ref = imported(terminal, article)
    answer = terminal.json("story", move, ref, "--by", "V@news.example", code=code)
    if code:
        assert answer["problem"]["status"] == 403
        assert terminal.json("story", "show", ref)["review"] == "received"


def test_a_stranger_decides_nothing(terminal, article):
    ref = imported(terminal, article)
    assert terminal.json("story", "publish", ref, "--by", "x@y.example", code=1)["problem"]["status"] == 404


@pytest.mark.parametrize("form", ["rss", "newsml", "html"])
def test_a_published_story_is_rendered_in_each_format(terminal, article, form):
    ref = imported(terminal, article)
    assert terminal.json("render", ref, "--format", form, code=1)["problem"]["status"] == 404
    terminal.json("story", "publish", ref)
    document = terminal.json("render", ref, "--format", form)
    assert "Valley schools reopen" in document["document"]
    assert terminal.run("render", ref, "--format", form).stdout.strip() == document["document"].strip()


def test_html_is_cleaned_from_standard_input_and_from_a_file(terminal, tmp_path):
    dirty = '<p>One<script>x</script> <a href="/two">two</a></p>'
    (tmp_path / "page.html").write_text(dirty)
    words = ("clean", "--base-url", "https://oc-media.org/a/")
    clean = terminal.run(*words, given=dirty).stdout
    assert "script" not in clean
    assert 'href="https://oc-media.org/two"' in clean
    assert terminal.run(*words, str(tmp_path / "page.html")).stdout == clean
    document = terminal.json(*words, given=dirty)
    assert document["html"].strip() == clean.strip()
    assert [removed["what"] for removed in document["report"]["removed"]] == ["script"]


def test_lines_of_html_are_cleaned_one_by_one_and_a_bad_one_stops_nothing(terminal):
    lines = [
        {"id": "a", "html": "<p>One<script>x</script></p>"},
        {"id": "b", "html": '<a href="/x">x</a>', "base_url": "https://oc-media.org/"},
        {"id": "c"},
    ]
    given = "".join(json.dumps(line) + "\n" for line in lines) + "not JSON\n" + '{"id": 4, "html": ""}\n'
    answers = [json.loads(line) for line in terminal.run("clean", "--jsonl", given=given).stdout.splitlines()]
    assert len(answers) == 5
    assert (answers[0]["id"], answers[0]["removed"][0]["what"]) == ("a", "script")
    assert "https://oc-media.org/x" in answers[1]["html"]
    assert "error" in answers[2]
    assert "error" in answers[3]
    assert answers[4]["html"] == ""


def test_the_database_is_brought_to_this_release(bare_terminal):
    first = bare_terminal.json("db", "upgrade")
    assert bare_terminal.json("db", "upgrade") == first
    assert bare_terminal.json("story", "list") == {"items": [], "next": None}


def test_the_first_command_sets_an_empty_database_up(bare_terminal):
    assert bare_terminal.json("outlet", "list") == []


def test_the_doctor_explains_every_setting(terminal):
    document = terminal.json("doctor")
    assert document["problems"] == []
    assert all(setting["explanation"] for setting in document["settings"])
    by_name = {setting["setting"]: setting for setting in document["settings"]}
    assert by_name["SYNDICATE_BASE_URL"]["value"] == "https://news.example"
    assert by_name["SYNDICATE_DATABASE_URL"]["default"] is False


def test_the_doctor_says_where_pictures_cannot_be_kept(terminal, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("SYNDICATE_MEDIA_DIR", str(tmp_path / "file"))
    assert "store of pictures" in terminal.json("doctor", code=1)["problems"][0]


def test_a_store_of_pictures_that_nobody_knows_is_refused_by_its_setting(terminal, monkeypatch):
    monkeypatch.setenv("SYNDICATE_MEDIA_DIR", "nothing://here")
    refused = terminal.run("doctor")
    assert refused.exit_code == 1
    assert "SYNDICATE_MEDIA_DIR" in refused.stderr


BAD_SETTINGS = [
    ("SYNDICATE_DATABASE_URL", "mysql://root@127.0.0.1/x"),
    ("SYNDICATE_DATABASE_URL", "nonsense"),
    ("SYNDICATE_BASE_URL", "news.example"),
    ("SYNDICATE_MAX_BODY_BYTES", "many"),
]


@pytest.mark.parametrize(("name", "value"), BAD_SETTINGS)
def test_a_bad_setting_is_refused_by_name(bare_terminal, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    result = bare_terminal.run("outlet", "list")
    assert result.exit_code == 1
    assert name in result.stderr


def test_a_database_that_does_not_answer_is_said_in_plain_words(bare_terminal, monkeypatch):
    monkeypatch.setenv("SYNDICATE_DATABASE_URL", "postgresql://nobody:secret@127.0.0.1:1/x")
    result = bare_terminal.run("outlet", "list")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "did not answer" in result.stderr
    assert "secret" not in result.stderr


USAGE = [
    [],
    ["nothing"],
    ["story"],
    ["story", "publish"],
    ["import"],
    ["render", "x"],
    ["outlet", "add"],
    ["serve", "-x"],
]


@pytest.mark.parametrize("words", USAGE, ids=lambda words: " ".join(words) or "nothing")
def test_a_wrong_use_is_status_2(bare_terminal, words):
    assert bare_terminal.run(*words).exit_code == 2


REFUSED = [
    ["story", "show", "x"],
    ["story", "publish", "x"],
    ["outlet", "show", "x"],
    ["channel", "set", "x", "--title", "T"],
    ["subscriber", "add", "T", "--slug", "t", "--channel", "x"],
    ["user", "show", "x"],
    ["key", "add", "--outlet", "x"],
    ["key", "remove", "x"],
    ["outlet", "add", "OC Media", "--slug", "oc-media"],
    ["outlet", "set", "oc-media", "--timezone", "Mars/Base"],
    ["outlet", "set", "oc-media", "--credit-template", "{nothing}"],
    ["render", "x", "--format", "rss"],
]


@pytest.mark.parametrize("words", REFUSED, ids=" ".join)
def test_a_refusal_is_status_1_and_one_sentence_or_one_problem(terminal, words):
    assert terminal.json(*words, code=1)["problem"]["detail"]
    result = terminal.run(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("syndicate: ")


def test_without_json_people_read_lines(terminal, article):
    assert "created, received" in terminal.run("import", article, "--outlet", "oc-media").stdout
    assert "Valley schools" in terminal.run("story", "list").stdout
    assert "oc-media.org" in terminal.run("outlet", "list").stdout
    assert terminal.run("subscriber", "list").stdout.strip() == "No subscribers."


def test_every_command_says_what_it_is_for(bare_terminal):
    top = bare_terminal.run("--help").stdout
    for name in ("serve", "worker", "demo", "db", "import", "clean", "render", "doctor", "story", "key", "user"):
        assert name in top
        assert bare_terminal.run(name, "--help").exit_code == 0


def test_a_link_lets_the_first_admin_in_and_is_printed_once(terminal):
    link = terminal.json("user", "link", "ana@news.example", "--role", "admin")["link"]
    assert link.startswith("https://news.example/desk/password?link=syn_")
    assert terminal.json("user", "list") == [{"email": "ana@news.example", "role": "admin"}]
    assert terminal.json("user", "link", "Ana@News.Example")["link"] != link
    assert terminal.run("user", "link", "bea@news.example").exit_code == 1


def test_what_was_agreed_of_time_and_length_is_set_by_command(terminal):
    terminal.json("outlet", "set", "oc-media", "--timezone", "Asia/Tbilisi", "--embargo-hours", "24", "--excerpt-only")
    terminal.json("outlet", "set", "oc-media", "--ends", "2027-01-01", "--approve", "Sport,Culture@22:00-06:00")
    assert terminal.json("outlet", "set", "oc-media", "--quota", "20/week")["agreement"]["quota"]["stories"] == 20
    agreement = terminal.json("outlet", "show", "oc-media")["agreement"]
    assert (agreement["embargo_hours"], agreement["excerpt_only"]) == (24, True)
    assert agreement["ends"] == "2027-01-01T00:00:00+04:00"
    assert agreement["approvals"] == [{"sections": ["Sport", "Culture"], "after": "22:00", "before": "06:00"}]
    terminal.json("outlet", "set", "oc-media", "--ends", "never", "--approve", "none", "--quota", "none")
    terminal.json("outlet", "set", "oc-media", "--whole-text")
    agreement = terminal.json("outlet", "show", "oc-media")["agreement"]
    assert (agreement["ends"], agreement["approvals"], agreement["excerpt_only"]) == (None, [], False)
    assert agreement["quota"] is None


@pytest.mark.parametrize(
    "wrong", [("--ends", "soon"), ("--approve", "@22:00"), ("--embargo-hours", "-1")], ids=lambda wrong: wrong[0]
)
def test_terms_that_could_not_be_meant_are_refused_by_command(terminal, wrong):
    assert terminal.run("outlet", "set", "oc-media", *wrong).exit_code == (2 if wrong[1] == "soon" else 1)
