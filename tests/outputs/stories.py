"""The stories that golden files and tables speak of, by what each of them shows."""

from dataclasses import replace

from syndicate.core.credit import Credit
from syndicate.core.dates import PartialDate
from syndicate.core.newsitem import Change, Hop, NewsItem, Party, Picture, Topic
from syndicate.core.rights import PubStatus, Rights
from tests.factories import LATER, NOON, REPUBLISHER, a_feed, an_item

EVERY_FIELD = an_item()

NOTHING_OPTIONAL = NewsItem(
    id="n0",
    guid="tag:news.example,2026-03-04:hq/n0",
    version=1,
    external_id="n0",
    headline="A headline",
    body_html="<p>A text.</p>",
    info_source=Party("Hetq"),
    first_created=NOON,
    version_created=NOON,
    provider=REPUBLISHER,
)

PRINTED_PAGE = an_item(
    body_html="<p>First paragraph.</p>\n<h2>A subhead</h2>\n<p>Last paragraph.</p>",
    original_url="",
    summary="",
    slugline="",
    authors=(),
    byline="Tamar Gelashvili",
    dateline="",
    language="",
    topics=(Topic("military"), Topic("war")),
    pictures=(Picture(caption="The border", credit="official photo"),),
    rights=Rights(),
    info_source=Party("www.oc-media.org", "https://www.oc-media.org/"),
    hops=(
        Hop(party=Party("www.oc-media.org", "https://www.oc-media.org/"), when=PartialDate("2026-03-03")),
        Hop(party=Party("The Valley Gazette"), when=PartialDate("2026-03")),
    ),
    updated=None,
    ed_note="",
    credit=Credit(
        text="This story originally appeared on www.oc-media.org on March 3, 2026.",
        html='This story originally appeared on <a href="https://www.oc-media.org/">www.oc-media.org</a>'
        " on March 3, 2026.",
    ),
)

RIGHT_TO_LEFT = an_item(
    headline="المدارس تفتح أبوابها",
    body_html="<p>عادت المدارس إلى العمل يوم الاثنين.</p>",
    summary="",
    language="ar",
    pictures=(),
    topics=(),
    credit=Credit(text="نُشر هذا المقال أولاً في oc-media.org.", html="نُشر هذا المقال أولاً في oc-media.org."),
)

UPDATE = an_item(version=2, change=Change.UPDATE, change_note="Adds the minister's answer", version_created=LATER)
CORRECTION = replace(UPDATE, change=Change.CORRECTION, change_note="The school is No 4, not No 5")


def recalled(change: Change, reason: str) -> NewsItem:
    """As the desk composes it: same identity and provenance, no content but the addresses of pictures."""
    return an_item(
        version=2,
        version_created=LATER,
        body_html="",
        summary="",
        pictures=tuple(Picture(renditions=picture.renditions) for picture in EVERY_FIELD.pictures),
        rights=replace(EVERY_FIELD.rights, pub_status=PubStatus.CANCELED),
        change=change,
        change_note=reason,
    )


WITHDRAWN = recalled(Change.WITHDRAWAL, "The outlet asked for it.")
KILLED = recalled(Change.KILL, "A court forbade it.")
REVOKED = EVERY_FIELD.revoked(LATER)

STORIES = {
    "every-field": EVERY_FIELD,
    "nothing-optional": NOTHING_OPTIONAL,
    "printed-page": PRINTED_PAGE,
    "right-to-left": RIGHT_TO_LEFT,
    "update": UPDATE,
    "correction": CORRECTION,
    "withdrawn": WITHDRAWN,
    "killed": KILLED,
    "revoked": REVOKED,
}

FEED = a_feed()
CHANNELS = {
    "channel": (UPDATE, PRINTED_PAGE, KILLED),
    "empty-channel": (),
}
