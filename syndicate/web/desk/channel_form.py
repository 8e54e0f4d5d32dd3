"""A channel as a form: its rule, its order and length, and in what form it hands stories on."""

from dataclasses import replace

from syndicate.core.newsroom import Channel, Order
from syndicate.core.policy import Embeds, Page, Pictures, Policy, Text
from syndicate.core.rule import Rule, Selection
from syndicate.web.desk.forms import Form

LISTS = ("outlets", "sections", "topics", "keywords")


def shown(channel: Channel) -> Form:
    rule, policy = channel.rule, channel.policy
    lists = {name: getattr(rule, name) for name in (*LISTS, "languages", "licences")}
    lists |= {f"block_{name}": getattr(rule.block, name) for name in LISTS}
    typed = {
        "title": channel.title,
        "slug": channel.slug,
        "language": channel.language,
        "order": channel.order.value,
        "length": str(channel.length),
        "min_words": "" if rule.min_words is None else str(rule.min_words),
        "max_words": "" if rule.max_words is None else str(rule.max_words),
        "text": policy.text.value,
        "pictures": policy.pictures.value,
        "embeds": policy.embeds.value,
        "page": policy.page.value,
        **{name: "\n".join(values) for name, values in lists.items()},
        **({"public": "yes"} if channel.public else {}),
    }
    return Form({name: [value] for name, value in typed.items()})


def read(form: Form, before: Channel) -> Channel:
    """The channel that was typed over `before`. Raises BadFields naming each field that cannot be read."""
    channel = replace(
        before,
        title=form.line("title"),
        public=form.flag("public"),
        language=form.line("language"),
        order=form.choice("order", Order),
        length=form.number("length", before.length),
        rule=_rule(form),
        policy=Policy(
            text=form.choice("text", Text),
            pictures=form.choice("pictures", Pictures),
            embeds=form.choice("embeds", Embeds),
            page=form.choice("page", Page),
        ),
    )
    form.check()
    return channel


def _rule(form: Form) -> Rule:
    return Rule(
        **{name: form.lines(name) for name in (*LISTS, "languages", "licences")},
        min_words=_words(form, "min_words"),
        max_words=_words(form, "max_words"),
        block=Selection(**{name: form.lines(f"block_{name}") for name in LISTS}),
    )


def _words(form: Form, name: str) -> int | None:
    return form.number(name) if form.line(name) else None
