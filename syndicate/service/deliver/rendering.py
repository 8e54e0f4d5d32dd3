"""Each story is rendered once for each form when it is published or changed; feeds are joined from the pieces.

A piece that is missing, because the worker has not come to it, the channel's policy is new or the story is old, is
rendered by whoever needs it, in memory: reading never writes.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import syndicate
from syndicate.core.newsitem import NewsItem
from syndicate.core.newsroom import Newsroom
from syndicate.core.policy import Policy
from syndicate.outputs import FORMATS, Variant
from syndicate.service.deliver.shaping import under
from syndicate.store import Store
from syndicate.store.fragments import Fragment

RENDER = "render"  # the kind of job
KEPT = timedelta(days=30)  # feeds show what is new; the rest of a million stories would fill a disk for few readers
AT_ONCE, SWEPT_AT_ONCE = 10, 200
# All that decides about a piece, beside the story and our address.
_CODE = ("core", "cleaning", "outputs", "service/deliver/shaping.py")


def form_of(name: str, variant: str) -> str:
    """What the pieces of a format's variant are called; one that writes them as the format does shares them."""
    form = FORMATS[name]
    return name if form.variant(variant).render_entry == form.render_entry else f"{name}:{variant}"


def _forms() -> Iterator[tuple[str, Variant]]:
    for name, form in FORMATS.items():
        for variant in ("", *form.variants):
            if form.variant(variant).render_entry:
                yield form_of(name, variant), form.variant(variant)


FORMS: Mapping[str, Variant] = dict(_forms())


def render(store: Store, newsroom: Newsroom, now: datetime) -> None:
    """All editions that wait for it. Doing it twice changes nothing."""
    while drawn := _draw(store, newsroom.base_url):
        with store.begin() as tx:
            for (story_id, version), fragments in drawn.items():
                tx.fragments.keep(fragments, now)
                tx.fragments.rendered(story_id, version)


def sweep(store: Store, newsroom: Newsroom, now: datetime) -> None:
    """Old pieces go; those of another release, or of another address of ours, are rendered anew."""
    gone = SWEPT_AT_ONCE
    while gone == SWEPT_AT_ONCE:
        with store.begin() as tx:
            gone = tx.fragments.forget(now - KEPT, limit=SWEPT_AT_ONCE)
    gone = SWEPT_AT_ONCE
    while gone == SWEPT_AT_ONCE:
        with store.begin() as tx:
            gone = tx.fragments.wait_again(recipe(newsroom.base_url), limit=SWEPT_AT_ONCE)


def piece(base_url: str, item: NewsItem | None, policy: Policy, form: Variant) -> bytes:
    """A story as it stands in a feed. The form is one of FORMS."""
    if item is None or form.render_entry is None:
        raise ValueError("there is nothing to render, or no feed of it")
    return form.render_entry(base_url, under(item, policy))


@cache
def recipe(base_url: str) -> str:
    """Names the code that renders, and the address that stands in what it writes."""
    home, mark = Path(syndicate.__file__).parent, hashlib.sha256(base_url.encode())
    for part in _CODE:
        for file in sorted((home / part).rglob("*.py")) or [home / part]:
            mark.update(file.read_bytes())
    return mark.hexdigest()[:32]


def _draw(store: Store, base_url: str) -> Mapping[tuple[str, int], Sequence[Fragment]]:
    """The pieces of a few editions that wait, by story and version; none of a story that stands nowhere."""
    with store.read() as tx:
        waiting = tx.fragments.unrendered(limit=AT_ONCE)
        editions = {story_id: tx.stories.get(story_id).edition for story_id in waiting}
        policies = {
            story_id: {channel.policy.form: channel.policy for channel in tx.channels.holding(story_id)}
            for story_id in waiting
        }
    return {
        (story_id, version): [
            Fragment(
                story_id=story_id,
                version=item.version,
                form=form,
                policy=name,
                recipe=recipe(base_url),
                body=piece(base_url, item, policy, variant),
            )
            for name, policy in policies[story_id].items()
            for form, variant in FORMS.items()
        ]
        for story_id, version in waiting.items()
        if (item := editions[story_id])
    }
