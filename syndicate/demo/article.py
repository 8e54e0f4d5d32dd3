"""The story of the demonstration: invented people, places and outlets, in the manner of a regional report."""

from typing import Any

from syndicate.core.newsroom import Outlet

OUTLET = Outlet(slug="lori-valley", name="Lori Valley Review", domain="lori-valley.example", timezone="Asia/Yerevan")
NEWSROOM = "The Charles River Courier"

_TRACKED = "https://lori-valley.example/water/plan?utm_source=newsletter&amp;utm_medium=email"

ARTICLE: dict[str, Any] = {
    "external_id": "lvr-20417",
    "url": "https://lori-valley.example/2026/03/03/village-reopens-its-reading-room",
    "headline": "A Mountain Village Reopens Its Reading Room After Thirty Years",
    "summary": "Neighbours in Tsaghkut carried the books back themselves.",
    "byline": "Nare Hakobian",
    "authors": [{"name": "Nare Hakobian", "affiliation": "Lori Valley Review"}],
    "first_published": "2026-03-03",
    "updated": "2026-03-03T18:20:00+04:00",
    "language": "en",
    "section": "Culture",
    "topics": ["libraries", "village life"],
    "dateline": "TSAGHKUT",
    "pictures": [
        {
            "url": "https://lori-valley.example/pictures/reading-room.jpg",
            "caption": "The reading room on the morning it opened",
            "credit": "Davit Sahakian / Lori Valley Review",
            "alt": "A small stone room with full shelves and a stove",
            "width": 1600,
            "height": 1067,
        }
    ],
    "rights": {
        "license": "CC-BY-ND-4.0",
        "copyright_holder": "Lori Valley Review",
        "copyright_notice": "© 2026 Lori Valley Review",
        "usage_terms": "May be republished unchanged, with credit and a link.",
    },
    "body_html": (
        "<p>The stove was lit before six, and by eight there was a queue. After thirty years behind a padlock the "
        "reading room of Tsaghkut opened on Tuesday with 1,140 books, most of which had spent the time in attics.</p>"
        "<script>track('lvr-20417')</script>"
        "<p>“We did not collect them, people <em>brought</em> them,” said Anahit Melkonian, who taught at the village "
        "school until it closed. “My neighbour came with a wheelbarrow.”</p>"
        f'<p onclick="steal()">The district has <a href="{_TRACKED}">promised to pay</a> for heating until May. What '
        "happens afterwards is not settled.</p>"
        '<div class="share-buttons"><a href="https://social.example/share">Share this story</a></div>'
        "<p>On the first day forty-one cards were written. The youngest reader is four; the oldest asked for the book "
        "that she had returned, she said, one week late in 1994.</p>"
        '<img src="https://pixel.example/1x1.gif" width="1" height="1">'
    ),
}

CORRECTION = ("forty-one cards", "forty-two cards")
CORRECTION_NOTE = "Corrects the number of readers registered on the first day."
