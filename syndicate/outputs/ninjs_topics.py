"""What a story is about, in ninjs: places and organisations have members of their own beside the subjects.

Which of them a topic is, the scheme of its code tells (aliases of IPTC's catalog 41); a name alone is a subject. A
share is known by its symbol, which ninjs lists with the organisation that issued it.
"""

from collections.abc import Callable, Mapping, Sequence

from syndicate.core.newsitem import NewsItem, Topic
from syndicate.outputs.feedxml import MEDIA_TOPICS
from syndicate.outputs.jsontext import Members, told
from syndicate.outputs.text import line, web_address

_SUBJECTS, _PLACES, _ORGANISATIONS = "subjects", "places", "organisations"
_KINDS: Mapping[str, str] = {
    **dict.fromkeys(("geonames", "geonameshttps", "iso3166-1a2", "iso3166-1a3", "iso3166-2", "wldreg"), _PLACES),
    **dict.fromkeys(("ticker", "isin"), _ORGANISATIONS),
}


def about(base_url: str, item: NewsItem) -> Members:
    """In versions 2 and 3: the section and the topics."""
    section = line(item.section)
    ours = {"name": section, "rel": "section", "uri": web_address(f"{base_url}/sections/{section}")}
    members = _by_kind(item.topics, _topic)
    return members | {_SUBJECTS: [*([ours] if section else []), *members[_SUBJECTS]]}


def superdesk_about(item: NewsItem) -> Members:
    """In version 1, whose members have their names in the singular."""
    return {kind.removesuffix("s"): topics for kind, topics in _by_kind(item.topics, _coded).items()}


def _by_kind(topics: Sequence[Topic], tell: Callable[[str, str], Members]) -> dict[str, list[Members]]:
    """Each topic as `tell` says its name and its code, under the kind of thing that it is."""
    kinds: dict[str, list[Members]] = {_SUBJECTS: [], _PLACES: [], _ORGANISATIONS: []}
    for topic in topics:
        name, code = line(topic.name), line(topic.qcode)
        scheme, _, symbol = code.partition(":")
        kind = _KINDS.get(scheme, _SUBJECTS)
        if name or code:
            symbols = {"symbols": [{"symbol": symbol}]} if kind == _ORGANISATIONS and symbol else {}
            kinds[kind].append({**tell(name, code), **symbols})
    return kinds


def _topic(name: str, code: str) -> Members:
    """IPTC's Media Topics by their address; another code is kept as it is."""
    if code.startswith("medtop:"):
        return told({"name": name, "rel": "about", "uri": web_address(MEDIA_TOPICS + code.removeprefix("medtop:"))})
    return told({"name": name, "rel": "about", "literal": code})


def _coded(name: str, code: str) -> Members:
    """IPTC's Media Topics by scheme and code; another code stands alone."""
    scheme = MEDIA_TOPICS if code.startswith("medtop:") else ""
    return told({"name": name, "scheme": scheme, "code": code.removeprefix("medtop:")})
