"""A story in the form in which a channel hands it on. Done before any output, so that formats know no policies."""

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from html import escape, unescape
from re import compile as pattern

from syndicate.cleaning import EmbedPolicy, Rules, clean
from syndicate.cleaning.pictureless import without_pictures
from syndicate.core.newsitem import NewsItem
from syndicate.core.policy import Embeds, Pictures, Policy, Text

TEASER_CHARS = 300
_EMBEDS = {Embeds.LINKS: EmbedPolicy.LINK, Embeds.NONE: EmbedPolicy.DROP}
_BREAK = pattern(r"</(?:p|li|h[1-6]|blockquote|figcaption)>")
_TAG = pattern(r"<[^<>]*>")


def under(item: NewsItem, policy: Policy) -> NewsItem:
    """The story as the policy lets it out, with its whole credit; one that was taken back stays as it is."""
    if item.canceled or policy.whole:
        return item
    body = _summary_of(item) if policy.text is Text.SUMMARY else item.body_html
    if policy.embeds in _EMBEDS:
        body = clean(body, rules=Rules(embeds=_EMBEDS[policy.embeds]), language=item.language).html
    if policy.pictures is Pictures.NONE:
        return replace(item, body_html=without_pictures(body), pictures=())
    return replace(item, body_html=body)


def together(policies: Iterable[Policy]) -> Policy:
    """For one who may read a story under each of them; at least one is given."""
    return reduce(Policy.together, policies)


def _summary_of(item: NewsItem) -> str:
    """One paragraph: the summary, else the beginning of the text."""
    return f"<p>{escape(item.summary or _beginning(item.body_html), quote=False)}</p>"


def _beginning(html: str) -> str:
    """The first block with words in it, cut after a word."""
    blocks = (" ".join(unescape(_TAG.sub("", block)).split()) for block in _BREAK.split(html))
    first = next((block for block in blocks if block), "")
    if len(first) <= TEASER_CHARS:
        return first
    kept = first[:TEASER_CHARS]
    return f"{kept.rpartition(' ')[0] or kept}…"
