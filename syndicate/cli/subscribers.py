"""`syndicate subscriber`: the sites that read us, and what their agreements let them have."""

from dataclasses import replace
from typing import Any

import click

from syndicate.cli.agreements import changed, options
from syndicate.cli.desk import COMMAND_LINE, Desk, command, group, plain
from syndicate.core.grant_words import sentences
from syndicate.core.newsroom import Subscriber
from syndicate.service import keep, read
from syndicate.service.deliver import entitle

_channel = click.option(
    "--channel",
    "channels",
    multiple=True,
    help="A channel that it may read; may be repeated. Given ones replace others.",
)


@command("add")
@click.argument("name")
@click.option("--slug", required=True, help="Its short name in commands.")
@_channel
@options
def add(desk: Desk, name: str, slug: str, channels: tuple[str, ...], **agreed: Any) -> None:
    """Add a subscriber."""
    subscriber = _changed(Subscriber(slug=slug, name=name), channels, agreed)
    subscriber = keep.add_subscriber(desk.store, subscriber, who=COMMAND_LINE, now=desk.now())
    desk.say(plain(subscriber), f"Subscriber {slug} added. A key for its reader: syndicate key add --subscriber {slug}")


@command("set")
@click.argument("slug")
@click.option("--name")
@_channel
@options
def set_(desk: Desk, slug: str, name: str | None, channels: tuple[str, ...], **agreed: Any) -> None:
    """Change what is given; what it may no longer have is withdrawn from it. An empty list option clears the list."""
    subscriber = read.subscriber(desk.store, slug)
    subscriber = _changed(replace(subscriber, name=name or subscriber.name), channels, agreed)
    subscriber = keep.set_subscriber(desk.store, subscriber, who=COMMAND_LINE, now=desk.now())
    desk.say(plain(subscriber), f"Subscriber {slug} changed.")


@command("list")
def list_(desk: Desk) -> None:
    """All subscribers."""
    rows = [plain(subscriber) for subscriber in read.subscribers(desk.store)]
    desk.say_table("subscribers", [{name: row[name] for name in ("slug", "name", "channels")} for row in rows], rows)


@command("show")
@click.argument("slug")
def show(desk: Desk, slug: str) -> None:
    """One subscriber: what it may have, in plain words, and how much of its quota is used."""
    subscriber = read.subscriber(desk.store, slug)
    used = entitle.used(desk.store, subscriber, desk.now())
    facts = {**plain(subscriber), "quota_used": used, "in_words": sentences(subscriber.grants, used)}
    if not desk.as_json:
        facts = {name: facts[name] for name in ("slug", "name", "channels", "in_words")}
        facts["in_words"] = " ".join(facts["in_words"])
    desk.say_fields(facts)


@command("may")
@click.argument("slug")
@click.argument("ref", metavar="STORY")
def may(desk: Desk, slug: str, ref: str) -> None:
    """Whether a subscriber may have a story, and why not."""
    answer = entitle.may(desk.store, slug, ref, desk.now())
    when = f" Available from {answer.available_from:%Y-%m-%d %H:%M} UTC." if answer.available_from else ""
    desk.say(plain(answer), f"{'Yes' if answer.allowed else f'No ({answer.reason})'}: {answer.in_words}{when}")


@command("remove")
@click.argument("slug")
def remove(desk: Desk, slug: str) -> None:
    """Remove a subscriber and its keys."""
    keep.remove_subscriber(desk.store, slug, who=COMMAND_LINE, now=desk.now())
    desk.say({"removed": slug}, f"Subscriber {slug} removed.")


def _changed(subscriber: Subscriber, channels: tuple[str, ...], agreed: dict[str, Any]) -> Subscriber:
    given = tuple(dict.fromkeys(filter(None, channels))) if channels else subscriber.channels
    return replace(subscriber, channels=given, grants=changed(subscriber.grants, **agreed))


COMMANDS = (group("subscriber", "The sites that read us.", (add, set_, list_, show, may, remove)),)
