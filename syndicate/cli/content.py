"""`import`, `clean` and `render`: documents in, clean HTML, documents out."""

from collections.abc import Iterator
from typing import IO, Any

import click

from syndicate import app, ingest
from syndicate.cleaning import EmbedPolicy, Rules, clean
from syndicate.cli.desk import COMMAND_LINE, Desk, command, json_line, json_text
from syndicate.core.errors import NotFound, SyndicateError, TooLarge
from syndicate.outputs import FORMATS
from syndicate.service import read
from syndicate.service.deliver import feeds
from syndicate.service.intake.prepare import Document
from syndicate.service.intake.takeback import Outcome, Sender
from syndicate.service.receive import receive
from syndicate.web.api.schemas import outcome_json
from syndicate.web.problems import problem_of


@command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.File("rb"))
@click.option("--outlet", required=True, help="Whose stories these are (slug).")
@click.option(
    "--format", "form", type=click.Choice(sorted(ingest.FORMATS)), help="Read as this, whatever it looks like."
)
@click.option("--dry-run", is_flag=True, help="Read, clean and report; store nothing.")
def import_(desk: Desk, files: tuple[IO[bytes], ...], outlet: str, form: str | None, dry_run: bool) -> None:
    """Take in stories from files, in any input format; - is standard input."""
    results = [result for file in files for result in _import_one(desk, file, outlet, form, dry_run)]
    for result in () if desk.as_json else results:
        problem = result.get("problem")
        told = problem["detail"] if problem else f"{result['result']}, {result['review']}: {result.get('id', '')}"
        click.echo(f"{result['file']}: {told}", err=bool(problem))
        for warning in () if problem else result["report"]["warnings"]:
            click.echo(f"  note: {warning}")
    if desk.as_json:
        click.echo(json_text(results))
    if any("problem" in result for result in results):
        raise SystemExit(1)


def _import_one(desk: Desk, file: IO[bytes], outlet: str, form: str | None, dry_run: bool) -> Iterator[dict[str, Any]]:
    named = {"file": getattr(file, "name", "-")}  # not every stream has one
    sender = Sender(outlet=outlet, who=COMMAND_LINE)
    try:
        data = file.read(desk.config.max_body_bytes + 1)
        if len(data) > desk.config.max_body_bytes:
            raise TooLarge(f"At most {desk.config.max_body_bytes} bytes are read.")
        chosen = ingest.FORMATS[form] if form else ingest.detect(data)
        document = Document(data=data, media_type=chosen.media_types[0])
        shelf = app.shelf(desk.config)
        outcomes = receive(desk.store, desk.newsroom, document, sender, now=desk.now(), shelf=shelf, dry_run=dry_run)
    except NotFound:  # the outlet: no file can be taken in
        raise
    except SyndicateError as error:
        yield {**named, "problem": problem_of(error)}
        return
    for outcome in outcomes:
        if isinstance(outcome, Outcome):
            yield {**named, **outcome_json(outcome, desk.newsroom, stored=not dry_run)}
        else:
            yield {**named, "problem": problem_of(outcome)}


@command("clean")
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--base-url", default="", help="The story's address, against which links are resolved.")
@click.option("--jsonl", is_flag=True, help='Lines of {"id","html","base_url"} in, {"id","html","removed"} out.')
@click.option(
    "--embeds",
    type=click.Choice([policy.value for policy in EmbedPolicy]),
    default=EmbedPolicy.KEEP.value,
    show_default=True,
    help="What becomes of videos, posts and maps of other sites.",
)
def clean_(desk: Desk, file: IO[bytes], base_url: str, jsonl: bool, embeds: str) -> None:
    """Clean HTML: standard input or FILE in, clean HTML out."""
    rules = Rules(embeds=EmbedPolicy(embeds))
    if jsonl:
        for line in file:
            click.echo(json_line(_clean_line(line, rules)))
        return
    cleaned = clean(file.read().decode("utf-8", "replace"), base_url=base_url, rules=rules)
    desk.say({"html": cleaned.html, "report": cleaned.report.as_dict()}, cleaned.html)


def _clean_line(line: bytes, rules: Rules) -> dict[str, Any]:
    """One line's answer; what cannot be read or cleaned answers an error and stops nothing."""
    try:
        asked = ingest.jsondoc.load(line)
        if not (isinstance(asked, dict) and isinstance(asked.get("html"), str)):
            named = asked.get("id") if isinstance(asked, dict) else None
            return {"id": named, "error": 'Each line is an object with "html".'}
        try:
            cleaned = clean(asked["html"], base_url=str(asked.get("base_url") or ""), rules=rules)
        except SyndicateError as error:
            return {"id": asked.get("id"), "error": error.detail}
        return {"id": asked.get("id"), "html": cleaned.html, "removed": cleaned.report.as_dict()["removed"]}
    except SyndicateError as error:
        return {"id": None, "error": error.detail}


@command("render")
@click.argument("ref", metavar="ID")
@click.option("--format", "form", required=True, type=click.Choice(sorted(FORMATS)))
def render(desk: Desk, ref: str, form: str) -> None:
    """A published story as one output format writes it."""
    story = read.story_file(desk.store, ref).story
    if story.edition is None:
        raise NotFound(f"{story.id} was never published.")
    chosen = FORMATS[form]
    document = chosen.render_item(feeds.item_feed(desk.newsroom, story.edition, chosen.extension), story.edition)
    text = document.decode("utf-8")
    desk.say({"format": form, "media_type": chosen.item_media_type, "document": text}, text)


COMMANDS = (import_, clean_, render)
