"""The two gates at the end. Only this module knows which sanitisers we use.

The steps before are ours and may have faults; the gates know nothing of them and read their text afresh, each with its
own HTML5 parser: bleach (html5lib) and then nh3 (ammonia, html5ever). On what our steps write both must change nothing;
`pipeline` compares, and works on the gates' answer where they did. What nh3 writes is the last word: after it only the
spelling changes, from HTML to XHTML.
"""

import html as entities
import re
import threading
from collections.abc import Sequence

import nh3
from bleach.sanitizer import Cleaner

from syndicate.cleaning.addresses import is_safe
from syndicate.cleaning.embed_hosts import is_player
from syndicate.cleaning.vocabulary import (
    ADDRESS_ATTRIBUTES,
    CLASSES,
    ELEMENTS,
    GLOBAL_ATTRIBUTES,
    SANDBOX,
    SCHEMES,
    VOID,
    allowed,
)

_VOID_TAG = re.compile(rf"<({'|'.join(sorted(VOID & ELEMENTS.keys()))})\b([^<>]*)>")
_AMMONIA = nh3.Cleaner(
    tags=set(ELEMENTS),
    clean_content_tags={"script", "style"},
    attributes={"*": set(GLOBAL_ATTRIBUTES), **{tag: set(names) for tag, names in ELEMENTS.items() if names}},
    url_schemes=set(SCHEMES),
    link_rel=None,
    set_tag_attribute_values={"iframe": {"sandbox": SANDBOX}},
    strip_comments=True,
)
_BATCH = 100
_per_thread = threading.local()  # bleach's parser keeps its state in itself


def sanitize(blocks: Sequence[str]) -> str:
    """The XHTML that is left of the blocks when both sanitisers have had their say.

    html5lib counts all children of an element each time it leaves one of them, so bleach gets a few blocks at a time.
    """
    batches = ("".join(blocks[at : at + _BATCH]) for at in range(0, len(blocks), _BATCH))
    return as_xhtml(_second_gate("".join(map(_first_gate, batches))))


def as_xhtml(html: str) -> str:
    """The same tree as html5ever writes it, spelt for XML too. Inside tags html5ever escapes < and >."""
    return with_noopener(_VOID_TAG.sub(r"<\1\2/>", html).replace("&nbsp;", "\xa0"))


def with_noopener(html: str) -> str:
    """Every web link with `rel`. Those that have one already begin with it; "<" is nowhere but in a tag."""
    return html.replace('<a href="http', '<a rel="noopener" href="http')


def _first_gate(html: str) -> str:
    cleaner: Cleaner | None = getattr(_per_thread, "cleaner", None)
    if cleaner is None:
        cleaner = _per_thread.cleaner = Cleaner(
            tags=frozenset(ELEMENTS), attributes=_may_stay, protocols=SCHEMES, strip=True, strip_comments=True
        )
    return cleaner.clean(html)


def _second_gate(html: str) -> str:
    return _AMMONIA.clean(html)


def _may_stay(tag: str, attribute: str, value: str) -> bool:
    if not allowed(tag, attribute):
        return False
    value = entities.unescape(value)  # bleach shows it as written
    if attribute == "class":
        return value in CLASSES.get(tag, ())
    if tag == "iframe" and attribute == "src":
        return is_player(value)
    return attribute not in ADDRESS_ATTRIBUTES or is_safe(value)
