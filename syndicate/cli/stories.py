"""`syndicate story`: what an editor decides, from the command line."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import click

from syndicate.cli.desk import COMMAND_LINE, Desk, command, group, plain
from syndicate.core.dates import PartialDate
from syndicate.core.errors import BadInput
from syndicate.core.newsitem import Change
from syndicate.core.story import Story
from syndicate.core.workflow import Review
from syndicate.service import publish, read, review
from syndicate.service.people import users
from syndicate.web.api.schemas import ArticleOut, file_json, page_json

_LIST_COLUMNS = ("id", "outlet", "review", "version", "headline", "received_at")


class Instant(click.ParamType[datetime]):
    name = "instant"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            moment = PartialDate.parse(str(value)).instant
        except BadInput as error:
            self.fail(error.detail, param, ctx)
        if moment is None:
            self.fail("a day is not enough: write 2026-03-03T14:05:00+04:00", param, ctx)
        return moment.astimezone(UTC)


def _decision(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """A command about one story: ID, --by, --reason."""

    def decorate(function: Callable[..., None]) -> click.Command:
        function = click.option("--reason", default="", help="Why; the partner and subscribers may see it.")(function)
        function = click.option("--by", metavar="EMAIL", help="The editor who decides.")(function)
        return command(name)(click.argument("ref", metavar="ID")(function))

    return decorate


@command("list")
@click.option("--review", "state", type=click.Choice([state.value for state in Review]))
@click.option("--outlet")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@click.option("--after", default="", metavar="CURSOR", help="The page behind; `next` of the page before, with --json.")
def list_(desk: Desk, state: str | None, outlet: str | None, limit: int, after: str) -> None:
    """Stories, newest received first."""
    wanted = Review(state) if state else None
    page = read.stories(desk.store, limit=limit, outlet=outlet, review=wanted, after=after)
    document = page_json(page, page.after or None)
    rows = [{name: item[name] for name in _LIST_COLUMNS} for item in document["items"]]
    desk.say_table("stories", rows, document)


@command("show")
@click.argument("ref", metavar="ID")
def show(desk: Desk, ref: str) -> None:
    """One story with its history, as the partner API answers it; what says nearly the same, in percent; its checks."""
    file = read.story_file(desk.store, ref)
    checks = [plain(check) for check in read.checks(file, desk.now())]
    desk.say_fields({**file_json(file, desk.newsroom), "alike": file.alike, "checks": checks})


@command("check")
@click.argument("ref", metavar="ID")
def check(desk: Desk, ref: str) -> None:
    """What the story would meet where it is going, and what to do: red is refused there, amber wants a look."""
    found = [plain(each) for each in read.checks(read.story_file(desk.store, ref), desk.now())]
    columns = ("severity", "destination", "code", "words")
    desk.say_table("findings", [{name: each[name] for name in columns} for each in found], found)


@_decision("approve")
@click.option("--at", "publish_at", type=Instant(), help="When it goes out by itself.")
def approve(desk: Desk, ref: str, by: str | None, reason: str, publish_at: datetime | None) -> None:
    """Release a story for its hour, or for somebody to publish."""
    who = _who(desk, by)
    _say(desk, review.approve(desk.store, ref=ref, who=who, now=desk.now(), publish_at=publish_at, reason=reason))


@_decision("publish")
@click.option("--correction", is_flag=True, help="The new version corrects an error; --reason says what.")
def publish_(desk: Desk, ref: str, by: str | None, reason: str, correction: bool) -> None:
    """Send the newest version out; under embargo it goes out by itself at its instant."""
    change = Change.CORRECTION if correction else None
    who = _who(desk, by)
    story = publish.publish(desk.store, desk.newsroom, ref=ref, who=who, now=desk.now(), change=change, note=reason)
    _say(desk, story)


@_decision("hold")
def hold(desk: Desk, ref: str, by: str | None, reason: str) -> None:
    """Put a story aside."""
    _say(desk, review.hold(desk.store, ref=ref, who=_who(desk, by), reason=reason, now=desk.now()))


@_decision("reject")
def reject(desk: Desk, ref: str, by: str | None, reason: str) -> None:
    """Decline a story; the partner sees the reason."""
    _say(desk, review.reject(desk.store, ref=ref, who=_who(desk, by), reason=reason, now=desk.now()))


@_decision("reopen")
def reopen(desk: Desk, ref: str, by: str | None, reason: str) -> None:
    """Take an approved or rejected story back to the queue."""
    _say(desk, review.reopen(desk.store, ref=ref, who=_who(desk, by), reason=reason, now=desk.now()))


@_decision("withdraw")
def withdraw(desk: Desk, ref: str, by: str | None, reason: str) -> None:
    """Take a published story back; it may be published again."""
    _say(desk, publish.withdraw(desk.store, ref=ref, who=_who(desk, by), reason=reason, now=desk.now()))


@_decision("kill")
def kill(desk: Desk, ref: str, by: str | None, reason: str) -> None:
    """Take a story back for ever; needs a reason."""
    _say(desk, publish.kill(desk.store, ref=ref, who=_who(desk, by), reason=reason, now=desk.now()))


def _who(desk: Desk, by: str | None) -> str:
    return users.editor(desk.store, by) if by else COMMAND_LINE


def _say(desk: Desk, story: Story) -> None:
    told = f"{story.id} is {story.review}, version {story.version}."
    if story.review is Review.APPROVED and story.due_at:
        told = f"{story.id} is approved and goes out by itself at {story.due_at.isoformat()}."
    desk.say(ArticleOut().dump(story), told)


COMMANDS = (
    group(
        "story",
        "Decide about stories.",
        (list_, show, check, approve, publish_, hold, reject, reopen, withdraw, kill),
    ),
)
