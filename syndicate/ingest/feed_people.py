"""Who wrote an item: `dc:creator`, RSS's `author`, Atom's `author`. An e-mail address is nobody's name.

RSS 2.0 wants an e-mail address in `author`, "lawyer@boyer.net (Lawyer Boyer)"; most put a name there. An Atom entry
without an author has that of its source, else of its feed (RFC 4287 4.2.1). A `dc:creator` beside Atom's authors is the
byline as printed, not one author more.
"""

import re
from collections.abc import Iterator

from lxml import etree

from syndicate.core.newsitem import Person
from syndicate.ingest.clip_marks import byline
from syndicate.ingest.dates import Warn
from syndicate.ingest.feed_names import Children, name_of, text_of
from syndicate.ingest.markup import absolute, plain_line
from syndicate.ingest.text import one_line

MOST = 50
_MAIL = r"[^\s@()<>\"]{1,80}@[^\s@()<>\"]{1,200}"
_WITH_MAIL = re.compile(
    rf"(?:mailto:)?{_MAIL}\s{{0,3}}\((?P<behind>[^()]{{1,200}})\)|(?P<before>[^<>()@]{{1,200}})[<(]{_MAIL}[>)]"
)
_ONLY_MAIL = re.compile(rf"(?:mailto:)?<?{_MAIL}>?")
_SEVERAL = (",", ";", "/", "&", " and ", " by ", "|")


def written_by(
    item: Children, channel: Children, base: str, known: tuple[str, ...], warn: Warn
) -> tuple[str, tuple[Person, ...]]:
    """(the byline as printed, the persons it names). `known` are the outlet's own names, casefolded: no person's."""
    found = dict.fromkeys(_named(item, channel, base))
    names = dict.fromkeys(name for name, _ in found)
    if len(names) > MOST:
        warn(f"The item has {len(names)} authors; the first {MOST} were read.")
    kept = frozenset(list(names)[:MOST])
    some = [(name, url) for name, url in found if name in kept]
    if not names and any(True for _ in _elements(item)):
        warn("The item's author is no name.")
    people = dict.fromkeys(person for name, url in some for person in persons(name, url, known))
    return _printed(item) or ", ".join(dict.fromkeys(name for name, _ in some)), tuple(people)


def _named(item: Children, channel: Children, base: str) -> Iterator[tuple[str, str]]:
    homes = [item, *(Children(source) for source in item.all("source", "atom:source"))]
    for home in (*homes, *([channel] if _is_atom(channel) else [])):
        found = [(name, url) for name, url in (_said(one, base) for one in _elements(home)) if name]
        if found:
            yield from found
            return


def _is_atom(channel: Children) -> bool:
    return etree.QName(channel.element).localname.lower() == "feed"


def _elements(home: Children) -> Iterator[etree._Element]:
    names = ("dc:author", "author", "atom:author")
    return home.all(*names) if _printed(home) else home.all("dc:creator", *names)


def _printed(home: Children) -> str:
    """The byline that stands beside Atom's authors."""
    beside = name_of(home.element)[0] == "atom" and any(True for _ in home.all("author"))
    return _name(home.text("dc:creator")) if beside else ""


def _said(element: etree._Element, base: str) -> tuple[str, str]:
    parts = Children(element)
    url = absolute(parts.text("uri", "url", "atom:uri"), base)
    return _name(parts.text("name", "atom:name") if len(element) else text_of(element)), url


def _name(text: str) -> str:
    words = plain_line(text[:1000])
    if _ONLY_MAIL.fullmatch(words):
        return ""
    mail = _WITH_MAIL.fullmatch(words)
    return one_line(mail["behind"] or mail["before"]) if mail else words


def persons(name: str, url: str, known: tuple[str, ...]) -> Iterator[Person]:
    """The persons that a name stands for. Where it may be several, or more than a name, nobody is made up of it."""
    printed = byline(name if name.lower().startswith("by ") else f"By {name}", known)
    if printed:
        alone = len(printed.authors) == 1
        for one in printed.authors:
            yield Person(name=one.name, affiliation=one.affiliation, url=url if alone else "")
    elif name.casefold() not in known and not any(mark in name for mark in _SEVERAL):
        yield Person(name=name, url=url)
