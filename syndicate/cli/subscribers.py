"""`syndicate subscriber`: the sites that read us."""

from dataclasses import replace

import click

from syndicate.cli.desk import COMMAND_LINE, Desk, command, group, plain
from syndicate.core.newsroom import Subscriber
from syndicate.service import keep, read

_channel = click.option("--channel", "channels", multiple=True, help="A channel that it may read; may be repeated.")


@command("add")
@click.argument("name")
@click.option("--slug", required=True, help="Its short name in commands.")
@_channel
def add(desk: Desk, name: str, slug: str, channels: tuple[str, ...]) -> None:
    """Add a subscriber."""
    subscriber = Subscriber(slug=slug, name=name, channels=tuple(dict.fromkeys(channels)))
    keep.add_subscriber(desk.store, subscriber, who=COMMAND_LINE, now=desk.now())
    desk.say(plain(subscriber), f"Subscriber {slug} added. A key for its reader: syndicate key add --subscriber {slug}")


@command("set")
@click.argument("slug")
@click.option("--name")
@_channel
def set_(desk: Desk, slug: str, name: str | None, channels: tuple[str, ...]) -> None:
    """Change what is given; channels that are given replace those it had."""
    subscriber = read.subscriber(desk.store, slug)
    subscriber = replace(
        subscriber, name=name or subscriber.name, channels=tuple(dict.fromkeys(channels)) or subscriber.channels
    )
    keep.set_subscriber(desk.store, subscriber, who=COMMAND_LINE, now=desk.now())
    desk.say(plain(subscriber), f"Subscriber {slug} changed.")


@command("list")
def list_(desk: Desk) -> None:
    """All subscribers."""
    desk.say_table("subscribers", [plain(subscriber) for subscriber in read.subscribers(desk.store)])


@command("show")
@click.argument("slug")
def show(desk: Desk, slug: str) -> None:
    """One subscriber."""
    desk.say_fields(plain(read.subscriber(desk.store, slug)))


@command("remove")
@click.argument("slug")
def remove(desk: Desk, slug: str) -> None:
    """Remove a subscriber and its keys."""
    keep.remove_subscriber(desk.store, slug, who=COMMAND_LINE, now=desk.now())
    desk.say({"removed": slug}, f"Subscriber {slug} removed.")


COMMANDS = (group("subscriber", "The sites that read us.", (add, set_, list_, show, remove)),)
