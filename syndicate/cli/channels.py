"""`syndicate channel`: selections of published stories that readers follow."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import click

from syndicate.cli.desk import COMMAND_LINE, Desk, command, group, plain
from syndicate.core.newsroom import Channel, Rule
from syndicate.service import keep, read

_RULE_OPTIONS = (
    click.option("--outlet", "outlets", multiple=True, help="Only these outlets (slug)."),
    click.option("--section", "sections", multiple=True, help="Only these sections."),
    click.option("--topic", "topics", multiple=True, help="Only stories with one of these topics."),
    click.option("--story-language", "languages", multiple=True, help="Only stories in these languages."),
    click.option("--licence", "licences", multiple=True, help="Only these licences, such as CC-BY-ND-4.0."),
    click.option("--min-words", type=click.IntRange(0), help="Only stories of at least so many words."),
    click.option("--max-words", type=click.IntRange(0), help="Only stories of at most so many words."),
)


def _rule_options(function: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_RULE_OPTIONS):
        function = option(function)
    return function


@command("add")
@click.argument("slug")
@click.option("--title", required=True, help="Its title in feeds.")
@click.option("--public", is_flag=True, help="Readable without a key.")
@click.option("--language", default="", help="The language that its feed declares.")
@_rule_options
def add(desk: Desk, slug: str, title: str, public: bool, language: str, **rule: Any) -> None:
    """Add a channel. Without a rule it takes every published story."""
    now = desk.now()
    channel = Channel(
        slug=slug,
        title=title,
        public=public,
        language=language,
        rule=_changed(Rule(), **rule),
        created_at=now,
        changed_at=now,
    )
    channel = keep.add_channel(desk.store, channel, who=COMMAND_LINE, now=now)
    desk.say(plain(channel), f"Channel {slug} added: {desk.newsroom.base_url}/feeds/{slug}.rss")


@command("set")
@click.argument("slug")
@click.option("--title")
@click.option("--public/--private", default=None, help="Readable without a key, or not.")
@click.option("--language")
@_rule_options
@click.option("--any", "clear", is_flag=True, help="Start from a rule that takes everything.")
def set_(
    desk: Desk, slug: str, title: str | None, public: bool | None, language: str | None, clear: bool, **rule: Any
) -> None:
    """Change what is given; the rest stays."""
    channel = read.channel(desk.store, slug)
    channel = replace(
        channel,
        title=title or channel.title,
        public=channel.public if public is None else public,
        language=channel.language if language is None else language,
        rule=_changed(Rule() if clear else channel.rule, **rule),
    )
    channel = keep.set_channel(desk.store, channel, who=COMMAND_LINE, now=desk.now())
    desk.say(plain(channel), f"Channel {slug} changed.")


@command("list")
def list_(desk: Desk) -> None:
    """All channels."""
    rows = [plain(channel) for channel in read.channels(desk.store)]
    desk.say_table("channels", [{name: row[name] for name in ("slug", "title", "public")} for row in rows], rows)


@command("show")
@click.argument("slug")
def show(desk: Desk, slug: str) -> None:
    """One channel."""
    desk.say_fields(plain(read.channel(desk.store, slug)))


@command("remove")
@click.argument("slug")
def remove(desk: Desk, slug: str) -> None:
    """Remove a channel; its feed is gone at once."""
    keep.remove_channel(desk.store, slug, who=COMMAND_LINE, now=desk.now())
    desk.say({"removed": slug}, f"Channel {slug} removed.")


def _changed(rule: Rule, min_words: int | None, max_words: int | None, **lists: tuple[str, ...]) -> Rule:
    given = {name: values for name, values in lists.items() if values}
    return replace(
        rule,
        min_words=rule.min_words if min_words is None else min_words,
        max_words=rule.max_words if max_words is None else max_words,
        **given,
    )


COMMANDS = (group("channel", "Selections of published stories.", (add, set_, list_, show, remove)),)
