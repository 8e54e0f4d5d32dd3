"""`syndicate channel`: selections of published stories that readers follow."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress

from syndicate.cli.desk import COMMAND_LINE, Desk, command, group, plain
from syndicate.core.newsroom import Channel, Order
from syndicate.core.policy import Embeds, Page, Pictures, Text
from syndicate.core.rule import Rule
from syndicate.service import keep, read
from syndicate.service.preview import Preview, preview


def _one_of(name: str, kind: type[StrEnum], help_text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(f"--{name}", type=click.Choice([value.value for value in kind]), help=help_text)


_RULE_OPTIONS = (
    click.option("--outlet", "outlets", multiple=True, help="Only these outlets (slug)."),
    click.option("--section", "sections", multiple=True, help="Only these sections."),
    click.option("--topic", "topics", multiple=True, help="Only stories with one of these topics, by name or code."),
    click.option("--keyword", "keywords", multiple=True, help="Only stories with one of these words, or school*."),
    click.option("--story-language", "languages", multiple=True, help="Only stories in these languages."),
    click.option("--licence", "licences", multiple=True, help="Only these licences, such as CC-BY-ND-4.0."),
    click.option("--min-words", type=click.IntRange(0), help="Only stories of at least so many words."),
    click.option("--max-words", type=click.IntRange(0), help="Only stories of at most so many words."),
    click.option("--not-outlet", "block_outlets", multiple=True, help="None of these outlets."),
    click.option("--not-section", "block_sections", multiple=True, help="None of these sections."),
    click.option("--not-topic", "block_topics", multiple=True, help="No story with one of these topics."),
    click.option("--not-keyword", "block_keywords", multiple=True, help="No story with one of these words."),
)
_FORM_OPTIONS = (
    _one_of("order", Order, "What stands first: what changed last, or what was published last."),
    click.option("--length", type=int, help="Stories in a feed whose reader does not say; 50 unless set."),
    _one_of("text", Text, "The whole text, or a summary."),
    _one_of("pictures", Pictures, "With the stories' pictures, or without."),
    _one_of("embeds", Embeds, "Videos and posts as players, as links, or not at all."),
    _one_of("page", Page, "What our pages tell search engines: canonical (the original), noindex, both, none."),
)


def _options(*options: Callable[[Callable[..., None]], Callable[..., None]]) -> Callable[..., Callable[..., None]]:
    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


@command("add")
@click.argument("slug")
@click.option("--title", required=True, help="Its title in feeds.")
@click.option("--public", is_flag=True, help="Readable without a key.")
@click.option("--language", default="", help="The language that its feed declares.")
@_options(*_FORM_OPTIONS, *_RULE_OPTIONS)
def add(desk: Desk, slug: str, title: str, public: bool, language: str, **given: Any) -> None:
    """Add a channel. Without a rule it takes every published story."""
    now = desk.now()
    bare = Channel(slug=slug, title=title, public=public, language=language, created_at=now, changed_at=now)
    channel = keep.add_channel(desk.store, _changed(bare, **given), who=COMMAND_LINE, now=now)
    desk.say(plain(channel), f"Channel {slug} added: {desk.newsroom.base_url}/feeds/{slug}.rss")


@command("set")
@click.argument("slug")
@click.option("--title")
@click.option("--public/--private", default=None, help="Readable without a key, or not.")
@click.option("--language")
@_options(*_FORM_OPTIONS, *_RULE_OPTIONS)
@click.option("--any", "clear", is_flag=True, help="Start from a rule that takes everything.")
def set_(
    desk: Desk, slug: str, title: str | None, public: bool | None, language: str | None, clear: bool, **given: Any
) -> None:
    """Change what is given; the rest stays. A list that is given replaces the one before."""
    channel = read.channel(desk.store, slug)
    channel = replace(
        channel,
        title=title or channel.title,
        public=channel.public if public is None else public,
        language=channel.language if language is None else language,
        rule=Rule() if clear else channel.rule,
    )
    channel = keep.set_channel(desk.store, _changed(channel, **given), who=COMMAND_LINE, now=desk.now())
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


@command("preview")
@click.argument("slug", required=False)
@_options(*_RULE_OPTIONS)
def preview_(desk: Desk, slug: str | None, **given: Any) -> None:
    """What a rule would hold now: that of a channel, changed by what is given. Nothing is stored."""
    rule = _rule(read.channel(desk.store, slug).rule if slug else Rule(), **given)
    with Progress(console=Console(stderr=True), transient=True, disable=desk.as_json) as bar:
        task = bar.add_task("Stories", total=None)
        found = preview(desk.store, rule, progress=lambda count: bar.advance(task, count))
    if desk.as_json:
        desk.say(_as_json(rule, found), "")
        return
    desk.say(None, f"{found.taken:,} of {found.looked_at:,} published stories that were looked at.")
    desk.say_table("outlets", [{"outlet": slug, "stories": count} for slug, count in found.by_outlet.items()])
    desk.say_table("stories", _newest(found))


@command("remove")
@click.argument("slug")
def remove(desk: Desk, slug: str) -> None:
    """Remove a channel; its feed is gone at once."""
    keep.remove_channel(desk.store, slug, who=COMMAND_LINE, now=desk.now())
    desk.say({"removed": slug}, f"Channel {slug} removed.")


def _as_json(rule: Rule, found: Preview) -> dict[str, Any]:
    return {
        "rule": plain(rule),
        "looked_at": found.looked_at,
        "taken": found.taken,
        "by_outlet": found.by_outlet,
        "newest": _newest(found),
    }


def _newest(found: Preview) -> list[dict[str, Any]]:
    return [
        {"id": item.id, "headline": item.headline, "from": item.info_source.name, "changed": item.version_created}
        for item in found.newest
    ]


def _changed(channel: Channel, order: str | None, length: int | None, **given: Any) -> Channel:
    policy: dict[str, Any] = {name: kind(value) for name, kind in _POLICY.items() if (value := given.pop(name))}
    return replace(
        channel,
        order=Order(order) if order else channel.order,
        length=channel.length if length is None else length,
        policy=replace(channel.policy, **policy),
        rule=_rule(channel.rule, **given),
    )


def _rule(rule: Rule, **given: Any) -> Rule:
    """The rule with the options that were given: no list is empty and no number None."""
    given = {name: value for name, value in given.items() if value not in ((), None)}
    block = {name.removeprefix("block_"): given.pop(name) for name in list(given) if name.startswith("block_")}
    return replace(rule, block=replace(rule.block, **block), **given)


_POLICY: dict[str, type[StrEnum]] = {"text": Text, "pictures": Pictures, "embeds": Embeds, "page": Page}

COMMANDS = (group("channel", "Selections of published stories.", (add, set_, list_, show, preview_, remove)),)
