"""What may be done with a NewsML-G2 item, and when: rightsInfo, embargoed, pubStatus, expires, signal.

Rules: NewsML-G2 2.35, itemMeta and rightsInfo; http://cv.iptc.org/newscodes/pubstatusg2/ and …/signal/. An empty
`embargoed` is an embargo without an end (DateTimeOrNullPropType). A day in `validto` lasts to its end.
"""

from datetime import datetime

from lxml import etree

from syndicate.core.newsitem import Change
from syndicate.core.rights import PubStatus, Rights
from syndicate.ingest import newscodes
from syndicate.ingest.permission import licence_alone, licence_in
from syndicate.ingest.reading import SIGNALS, Reading, each, said, words

_RECALLS = (Change.KILL, Change.WITHDRAWAL)


def rights(item: etree._Element, reading: Reading) -> Rights:
    status = reading.status(newscodes.code(item.find("itemMeta/pubStatus")))
    if change(item) in _RECALLS:
        status = PubStatus.CANCELED
    return Rights(
        pub_status=status,
        embargoed=_embargo(item, reading),
        expires=_end(item, reading),
        **_words(item, reading),
    )


def change(item: etree._Element) -> Change:
    """What this version is to the one before: by its signal, else by its status, which alone tells no reason."""
    known = [found for signal in item.iterfind("itemMeta/signal") if (found := SIGNALS.get(newscodes.code(signal)))]
    strongest = (Change.KILL, Change.WITHDRAWAL, Change.CORRECTION, Change.UPDATE)
    canceled = newscodes.code(item.find("itemMeta/pubStatus")) in ("canceled", "cancelled")
    fallback = Change.WITHDRAWAL if canceled else Change.NEW
    best = next((one for one in strongest if one in known), fallback)
    return fallback if canceled and best not in _RECALLS else best


def _embargo(item: etree._Element, reading: Reading) -> datetime | None:
    found = [reading.embargo(words(element), "Its embargo") for element in item.iterfind("itemMeta/embargoed")]
    return max((until for until in found if until), default=None)


def _end(item: etree._Element, reading: Reading) -> datetime | None:
    """The first of the ends that are given: of a right, of the item's use."""
    ends = [info.get("validto", "") for info in item.iterfind("rightsInfo")]
    ends += [words(element) for element in item.iterfind("itemMeta/expires")]
    found = [reading.end_of_rights(text, "The end of its use") for text in ends]
    return min((end for end in found if end), default=None)


def _words(item: etree._Element, reading: Reading) -> dict[str, str]:
    """Holder, notice, terms and licence. Words that say no more than which licence it is are not repeated as terms."""
    links = [*item.iterfind("rightsInfo/link"), *item.iterfind("rightsInfo/usageTerms")]
    terms = each(words(element) for element in item.iterfind("rightsInfo/usageTerms"))
    by_address = [licence_alone(link.get("href") or link.get("uri") or "") for link in links]
    licences = each((*by_address, *map(licence_alone, terms), licence_in(terms)))
    if len(licences) > 1:
        reading.warn(f"It names several licences: {', '.join(licences)}. The first was taken.")
    return {
        "license": licences[0] if licences else "",
        "usage_terms": "\n".join(text for text in terms if not licence_alone(text)),
        "copyright_holder": _holder(item),
        "copyright_notice": "\n".join(each(words(e) for e in item.iterfind("rightsInfo/copyrightNotice"))),
    }


def _holder(item: etree._Element) -> str:
    """By name; by its address or code where it has no other."""
    if named := said(item, "rightsInfo/copyrightHolder/name"):
        return named
    holders = item.iterfind("rightsInfo/copyrightHolder")
    return next((h.get("literal") or h.get("uri") or newscodes.code(h) for h in holders), "")
