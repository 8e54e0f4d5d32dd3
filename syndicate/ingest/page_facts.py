"""The facts of an article's page, each by the first voice that gives it; where another differs, that is said.

Order of trust: JSON-LD, microdata, OpenGraph, other meta elements, what a reader sees. schema.org names.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from syndicate.core.dates import PartialDate
from syndicate.core.errors import BadInput
from syndicate.core.newsitem import Party, Person, Picture, Rendition, Topic
from syndicate.core.newsroom import Outlet
from syndicate.core.rights import Rights
from syndicate.ingest.dates import Warn, read_date
from syndicate.ingest.feed_facts import MOST_TOPICS, checked_id, clean_tag
from syndicate.ingest.feed_people import persons
from syndicate.ingest.markup import absolute, plain_text
from syndicate.ingest.origin import elsewhere, home_of, is_of, other_than, site_of
from syndicate.ingest.page_document import Page
from syndicate.ingest.page_things import addresses_of
from syndicate.ingest.page_words import address, first, is_organisation, said, things, values, words
from syndicate.ingest.parsed import Envelope
from syndicate.ingest.permission import licence_in
from syndicate.ingest.text import one_line

_PUBLISHED = ("article:published_time", "og:published_time", "datepublished", "dcterms.issued", "dc.date.issued",
              "dcterms.date", "dc.date", "date", "pubdate", "publishdate", "publish-date", "parsely-pub-date",
              "sailthru.date")  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "last-modified")
_LOCKED = ("locked", "metered")


def identity(page: Page, warn: Warn) -> tuple[str, str]:
    """(external_id, the address of the original): the canonical address, else any other that the page gives.

    Raises BadInput where there is none: nothing would tell this page from another.
    """
    voices = [
        ("rel=canonical", page.links.get("canonical", "")),
        ("og:url", absolute(page.meta("og:url"), page.base)),
        *((name, next(addresses_of(thing), "")) for name, thing in page.things),
        ("the place it was saved from", page.address),
    ]
    known = [(name, url) for name, url in voices if url]
    if not known:
        raise BadInput("The page does not say at which address it stands: nothing would tell it from another.")
    name, url = known[0]
    for other, differs in known[1:3]:
        if _page_of(differs) != _page_of(url):
            warn(f"{name} says that the page stands at {url[:200]}, {other} says {differs[:200]}; the first was kept.")
    return checked_id(url), url


def _page_of(url: str) -> str:
    return url.partition("#")[0].partition("?")[0].rstrip("/").replace("http://", "https://").replace("://www.", "://")


def headline(page: Page) -> str:
    """Without the site's name where a voice gives it so; the title of the window only where nothing else does."""
    seen = [one_line(one.text_content()) for one in page.tree.iter("h1")]
    alone = seen[0] if len(seen) == 1 else ""
    window = next((one_line(one.text_content()) for one in page.tree.iter("title")), "")
    return first(page, "headline") or page.meta("og:title", "twitter:title") or alone or first(page, "name") or window


def dates(page: Page, original: str, envelope: Envelope, warn: Warn) -> tuple[PartialDate | None, PartialDate | None]:
    """(first published, updated). Only what is said in so many words: nothing is taken from the page's text or name.

    A copy's own date is not the original's.
    """
    published = _date(page, "datePublished", _PUBLISHED, envelope, warn)
    updated = _date(page, "dateModified", _MODIFIED, envelope, warn)
    own = page.address or page.links.get("canonical", "")
    if published and own and site_of(own) != site_of(original):
        warn(f"The page is a copy, published {published}; it does not say when the original was.")
        return None, updated
    if published is None:
        warn("The page does not say when it was published.")
    return published, updated


def _date(page: Page, name: str, metas: tuple[str, ...], envelope: Envelope, warn: Warn) -> PartialDate | None:
    voices = [(f"{name} of {voice}", text) for voice, text in said(page, name)]
    voices += [(meta, text) for meta in metas for text in page.metas.get(meta, ())[:1]]
    kept: tuple[str, PartialDate] | None = None
    for voice, text in voices[:10]:
        date = read_date(voice, text, envelope.zone, warn if kept is None else _silent)
        if kept is None and date:
            kept = voice, date
        elif kept and date and _differ(kept[1], date):
            warn(f"{kept[0]} is {kept[1]}, but {voice} says {date}; the first was kept.")
    return kept[1] if kept else None


def _silent(_: str) -> None:
    """A weaker voice that cannot be read changes nothing."""


def _differ(one: PartialDate, other: PartialDate) -> bool:
    if one.instant and other.instant:
        return one.instant != other.instant
    shared = min(len(one.text), len(other.text))
    return one.text[:shared] != other.text[:shared]


def written_by(page: Page, outlet: Outlet) -> tuple[str, tuple[Person, ...]]:
    """(byline, persons). An organisation is printed, but is no person."""
    known = tuple(name.casefold() for name in (outlet.name, outlet.slug, outlet.domain) if name)
    found = [(words(one), one) for one in things(page, "author") or things(page, "creator")]
    if not any(name for name, _ in found):
        metas = [name for meta in ("author", "dc.creator", "article:author") for name in page.metas.get(meta, ())]
        found = [(name, name) for name in metas]
    found = [(name, one) for name, one in found if name and "://" not in name]
    people = (person for name, one in found if not is_organisation(one) for person in _people(page, name, one, known))
    return ", ".join(dict.fromkeys(name for name, _ in found)), tuple(dict.fromkeys(people))


def _people(page: Page, name: str, one: Any, known: tuple[str, ...]) -> Iterator[Person]:
    if not isinstance(one, dict):
        yield from persons(name, "", known)
        return
    employers = [*values(page, one, "affiliation"), *values(page, one, "worksFor")]
    works_for = next(filter(None, map(words, employers)), "")
    for person in persons(name, address(page, {"url": one.get("url")}), known):
        yield replace(person, affiliation=person.affiliation or works_for)


def source(page: Page, original: str, outlet: Outlet, warn: Warn) -> tuple[str, Party]:
    """(the original's address, who it is from where that is not the outlet): what the page is based on, else itself."""
    for value in things(page, "isBasedOn")[:1]:
        url = address(page, value)
        publisher = next(iter(values(page, value, "publisher")), "") if isinstance(value, dict) else ""
        party = other_than(Party(words(publisher), address(page, publisher) or home_of(url)), outlet)
        if url and not is_of(url, outlet):
            warn(f"The page says that it is based on {url[:200]}, which was taken for the original.")
            return url, party
    publisher = next(iter(things(page, "publisher")), "")
    named = other_than(Party(words(publisher), address(page, publisher)), outlet)
    return original, named if named.name else elsewhere(original, outlet)


def section_and_topics(page: Page) -> tuple[str, tuple[Topic, ...]]:
    section = first(page, "articleSection") or page.meta("article:section")
    keywords = [text for _, text in said(page, "keywords")] or [*page.metas.get("article:tag", ())]
    keywords = keywords or [page.meta("news_keywords", "keywords")]
    names = [one_line(part) for text in keywords for part in (text.split(",") if len(keywords) == 1 else [text])]
    return section, tuple(Topic(name) for name in dict.fromkeys(names) if name and "://" not in name)[:MOST_TOPICS]


def language(page: Page, warn: Warn) -> str:
    root = page.tree.get("lang") or page.tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    written = first(page, "inLanguage") or root or page.meta("og:locale", "content-language", "dc.language")
    return clean_tag(written.partition(",")[0], warn)


def summary(page: Page) -> str:
    return plain_text(first(page, "description") or page.meta("og:description", "description", "twitter:description"))


def rights(page: Page, warn: Warn) -> Rights:
    holder = first(page, "copyrightHolder")
    notice = first(page, "copyrightNotice") or page.meta("copyright", "dc.rights", "dcterms.rights", "rights")
    return Rights(
        license=_licence(page, warn),
        usage_terms=first(page, "usageInfo", "conditionsOfAccess"),
        copyright_holder=holder,
        copyright_notice=notice,
    )


def _licence(page: Page, warn: Warn) -> str:
    """As the article or the page's head names it, else the one licence that the page links with rel=license."""
    stated = [text for value in things(page, "license") for text in (address(page, value), words(value)) if text]
    stated += [page.links[name] for name in ("license",) if name in page.links]
    stated += [page.meta("dcterms.license", "dc.rights.license")]
    if said_here := next((text for text in stated if text), ""):
        return licence_in(stated) or said_here
    linked = page.tree.xpath("//a[contains(concat(' ', @rel, ' '), ' license ')][not(ancestor::figure)]/@href")
    known = {name for href in linked[:50] if (name := licence_in([absolute(str(href), page.base)]))}
    if len(known) > 1:
        warn(f"The page links several licences, {', '.join(sorted(known))}: none was taken for the story's.")
    return known.pop() if len(known) == 1 else ""


def hold(page: Page) -> str:
    free = [value for _, thing in page.things for value in values(page, thing, "isAccessibleForFree")]
    closed = any(str(value).rpartition("/")[2].casefold() == "false" for value in free)
    locked = page.meta("article:content_tier").casefold() in _LOCKED
    return "Its source keeps it behind a paywall: ask whether it may be republished." if closed or locked else ""


def pictures(page: Page) -> tuple[Picture, ...]:
    """The article's images; a list of bare addresses is one picture cut in several ways (Google's Article guidance)."""
    found = things(page, "image")
    bare = tuple(Rendition(href=url) for one in found if isinstance(one, str) and (url := absolute(one, page.base)))
    described = [picture for one in found if isinstance(one, dict) and (picture := _picture(page, one))]
    pictures = [*([Picture(renditions=tuple(dict.fromkeys(bare)))] if bare else []), *described]
    return tuple(dict.fromkeys(pictures)) or _open_graph(page)


def _picture(page: Page, image: dict[str, Any]) -> Picture | None:
    href = address(page, {"url": image.get("contentUrl") or image.get("url") or image.get("@id")})
    if not href:
        return None

    def text(*names: str) -> str:
        return next((found for name in names for found in map(words, values(page, image, name)) if found), "")

    licence = next((address(page, one) or words(one) for one in values(page, image, "license")), "")
    return Picture(
        caption=text("caption", "description"),
        credit=text("creditText", "creator", "author"),
        usage_terms=licence,
        copyright_holder=text("copyrightHolder"),
        copyright_notice=text("copyrightNotice"),
        renditions=(Rendition(href=href, width=_count(image.get("width")), height=_count(image.get("height"))),),
    )


def _open_graph(page: Page) -> tuple[Picture, ...]:
    href = absolute(page.meta("og:image:secure_url", "og:image:url", "og:image"), page.base)
    width, height = _count(page.meta("og:image:width")), _count(page.meta("og:image:height"))
    file = Rendition(href=href, width=width, height=height)
    return (Picture(alt=page.meta("og:image:alt"), renditions=(file,)),) if href else ()


def _count(value: Any) -> int | None:
    digits = words(value).removesuffix("px").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 and int(digits) else None
