"""The texts of a ninjs item that come in several kinds: headlines, descriptions and bodies."""

from dataclasses import dataclass

from syndicate.ingest.markup import plain_text, without_tags
from syndicate.ingest.members import Members

_HTML = ("text/html", "application/xhtml+xml")
_PLAIN = ("text/plain", "")
_MAIN = ("", "main", "full", "summary", "caption")


@dataclass(frozen=True, slots=True)
class Words:
    """One text as it was sent, HTML or plain."""

    raw: str = ""
    is_html: bool = False
    main: bool = True

    @property
    def words(self) -> str:
        """As plain text, also where tags were written into it."""
        return plain_text(self.raw) if self.is_html else without_tags(self.raw)


def chosen(said: Members, many: str, one: str, *, html_first: bool = False) -> Words:
    """The main one of `many` ({role, contenttype, value}: 2.x, 3.x), else of `one`, `one_text`, `one_html` (1.x).

    The main one has no role, or one that says so; of two it is the one in the kind that is asked for.
    """
    found = [*(words for _, words in _listed(said, many)), *_flat(said, one)]
    return max(found, key=lambda words: (words.main, words.is_html is html_first), default=Words())


def in_role(said: Members, many: str, role: str) -> str:
    """The one of `many` that has this role, as plain text."""
    return next((words.words for part, words in _listed(said, many) if part.line("role").lower() == role), "")


def _listed(said: Members, name: str) -> list[tuple[Members, Words]]:
    found = []
    for part in said.parts(name):
        kind = part.line("contenttype").partition(";")[0].strip().lower()
        if kind not in (*_HTML, *_PLAIN):
            said.warn(f"{name}: a text in {kind[:60]!r} is not read.")
            continue
        is_html = kind in _HTML
        raw = part.markup("value") if is_html else part.text("value")
        if raw:
            found.append((part, Words(raw, is_html, part.line("role").lower() in _MAIN)))
    return found


def _flat(said: Members, name: str) -> list[Words]:
    html = [Words(said.markup(spelt), True) for spelt in (f"{name}_html", f"{name}_xhtml") if spelt in said]
    plain = [Words(said.text(spelt), False) for spelt in (f"{name}_text", name) if spelt in said]
    return [words for words in (*html, *plain) if words.raw]
