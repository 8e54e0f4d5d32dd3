"""What cleaning did, for the partner who sent the story and the editor who must trust the result.

Lists are capped, because a hostile body could otherwise answer with a report larger than itself; what was not listed
is counted. Excerpts are short: enough to recognise a passage, never a second copy of the story.
"""

import re
from dataclasses import dataclass, field

_TAG = re.compile(r"<[^>]*+>")
_BETWEEN_WORDS = re.compile(r"<(?:/(?:p|h\d|li|t[dh]|d[td]|figcaption|caption|pre)|br/|[uo]l)>")
MAX_LISTED = 200
MAX_EXCERPT = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was changed: `what` it was, `why` it went, `where` it stood, and its first words in `text`."""

    what: str
    why: str
    where: str = ""
    text: str = ""

    def as_dict(self) -> dict[str, str]:
        return {"what": self.what, "why": self.why, "where": self.where, "text": self.text}


@dataclass(slots=True)
class Report:
    """Filled by the steps while they work. `as_dict()` is JSON-safe."""

    removed: list[Entry] = field(default_factory=list)
    rewritten: list[Entry] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    words: int = 0
    pictures: int = 0
    links: int = 0
    embeds: int = 0
    not_listed: dict[str, int] = field(default_factory=lambda: {"removed": 0, "rewritten": 0, "warnings": 0})

    def remove(self, what: str, why: str, where: str = "", text: str = "") -> None:
        if self._has_room("removed", len(self.removed)):
            self.removed.append(Entry(what, why, where, excerpt(text)))

    def rewrite(self, what: str, why: str, where: str = "", text: str = "") -> None:
        if self._has_room("rewritten", len(self.rewritten)):
            self.rewritten.append(Entry(what, why, where, excerpt(text)))

    def warn(self, sentence: str) -> None:
        if sentence not in self.warnings and self._has_room("warnings", len(self.warnings)):
            self.warnings.append(sentence)

    def as_dict(self) -> dict[str, object]:
        return {
            "removed": [entry.as_dict() for entry in self.removed],
            "rewritten": [entry.as_dict() for entry in self.rewritten],
            "warnings": list(self.warnings),
            "words": self.words,
            "pictures": self.pictures,
            "links": self.links,
            "embeds": self.embeds,
            "not_listed": dict(self.not_listed),
        }

    def _has_room(self, kind: str, listed: int) -> bool:
        if listed < MAX_LISTED:
            return True
        self.not_listed[kind] += 1
        return False


def count(report: Report, html: str) -> None:
    """What is left, in numbers, from the finished XHTML: there "<" begins a tag and nothing else."""
    report.words = len(_TAG.sub("", _BETWEEN_WORDS.sub(" ", html)).split())
    report.pictures = html.count("<img ")
    report.links = html.count(' href="')
    report.embeds = html.count("<iframe ") + html.count("<audio ") + html.count("<video ")


def excerpt(text: str) -> str:
    """The first words of a passage, on one line. Looks at a bounded piece of the text, however long it is."""
    line = " ".join(text[: MAX_EXCERPT * 8].split())
    return line if len(line) <= MAX_EXCERPT else line[: MAX_EXCERPT - 1].rstrip() + "…"
