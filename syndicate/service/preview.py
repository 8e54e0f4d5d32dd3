"""What a channel's rule would hold, without storing anything."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from syndicate.core.newsitem import NewsItem
from syndicate.core.rule import Rule
from syndicate.service.keep import check_outlets, checked_rule
from syndicate.store import Store

NEWEST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """`looked_at` stories that are out, `taken` of them; how many of each outlet, most first; the newest changed."""

    looked_at: int
    taken: int
    by_outlet: Mapping[str, int]
    newest: Sequence[NewsItem]


def preview(
    store: Store, rule: Rule, *, most: int | None = None, progress: Callable[[int], None] = lambda count: None
) -> Preview:
    """Looks through all that is out, or through the `most` stories that came last, and tells `progress` how many each
    batch had. Raises BadFields.
    """
    rule = checked_rule(rule)
    looked_at, by_outlet, newest = 0, Counter[str](), list[NewsItem]()
    with store.read() as tx:
        check_outlets(tx, rule)
        for batch in tx.stories.live(rule.outlets, most=most):
            taken = [(outlet, item) for outlet, item in batch if rule.takes(item, outlet=outlet)]
            by_outlet.update(outlet for outlet, _ in taken)
            newest = nlargest(NEWEST, [*newest, *(item for _, item in taken)], key=lambda item: item.version_created)
            looked_at += len(batch)
            progress(len(batch))
    return Preview(
        looked_at=looked_at,
        taken=by_outlet.total(),
        by_outlet=dict(by_outlet.most_common()),
        newest=newest,
    )
