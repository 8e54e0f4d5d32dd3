"""JSON objects of other people's formats, read leniently: what one optional field has wrong is said, and left out.

A marshmallow schema refuses, field by field; that is right for our own JSON (`article`), whose senders can mend it.
Nobody will mend a partner's WordPress for us, so here each question answers a value of the kind that was asked for, or
an empty one and a warning.
"""

import math
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

from syndicate.core.dates import PartialDate
from syndicate.core.errors import BadFields, BadInput, SyndicateError, TooLarge
from syndicate.core.text import printable
from syndicate.ingest.fields import LANGUAGE
from syndicate.ingest.files import UPLOAD, named_file
from syndicate.ingest.markup import absolute, without_tags
from syndicate.ingest.parsed import Envelope, Gone, Parsed, Result
from syndicate.ingest.text import many_lines, one_line

MOST_ITEMS = 10_000
MOST_PARTS = 200
MOST_WARNINGS = 50
MAX_ID_CHARS = 500
MOST_CHARS = {"headline": 1000, "byline": 1000, "slugline": 500, "section": 500, "original_url": 2000}
_LARGEST = 2**53 - 1  # the last whole number that every JSON reader keeps (RFC 8259 6)
_KINDS = {dict: "an object", list: "a list", str: "text", bool: "true or false", int: "a number", float: "a number"}
_NO = (None, False, 0, "", "0", "false")


class Members:
    """The members of one object.

    A question may give a name in several spellings: the first that has a value counts. `warnings` is shared by all
    objects of one item. `fold` compares names without their case. `files` are the names of the files that came along.
    """

    def __init__(self, members: dict[str, Any], *, fold: bool = False, files: Collection[str] = ()) -> None:
        self._members = {name.lower(): value for name, value in members.items()} if fold else members
        self._fold, self._files = fold, files
        self._path = ""
        self.warnings: list[str] = []

    def __contains__(self, name: str) -> bool:
        return self._members.get(name) is not None

    def __bool__(self) -> bool:
        return bool(self._members)

    def warn(self, words: str) -> None:
        if words not in self.warnings[-MOST_WARNINGS:]:
            self.warnings.append(words)

    def told(self) -> tuple[str, ...]:
        """The warnings for an editor; of very many, the first."""
        more = len(self.warnings) - MOST_WARNINGS
        return (*self.warnings[:MOST_WARNINGS], *([f"And {more} more of this kind."] if more > 0 else []))

    def line(self, *names: str) -> str:
        """Plain text in one line, also where tags were written into it."""
        return one_line(without_tags(self._text(names)))

    def text(self, *names: str) -> str:
        """Plain text that may have several lines."""
        return many_lines(self._text(names))

    def markup(self, *names: str) -> str:
        """HTML as it was written."""
        return printable(self._text(names)).strip()

    def plain(self, *names: str) -> str:
        """Plain text, also where tags were written into it."""
        return many_lines(without_tags(self._text(names)))

    def identity(self, *names: str) -> str:
        """A permanent name, exactly as written, or nothing. Raises BadInput for one that could not be kept so."""
        return identity(self._text(names))

    def address(self, *names: str, base: str = "") -> str:
        """An absolute web address; a relative one is resolved against `base`."""
        name, _ = self._find(names)
        written = one_line(self._text(names))
        address = absolute(written, base)
        if written and not address:
            self.warn(f"{self._at(name)}: {written[:80]!r} is no web address; left out.")
        return address

    def file(self, *names: str, base: str = "") -> str:
        """The address of a picture's file, which may be one that came along: then `upload:NAME`."""
        came = named_file(one_line(self._text(names)), self._files)
        return UPLOAD + came if came else self.address(*names, base=base)

    def number(self, *names: str) -> int | None:
        """A whole number that is not negative; also one that is written as text."""
        name, value = self._find(names)
        if value is None:
            return None
        if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and len(value) < 20:
            value = int(value)
        whole = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
        if not whole or int(value) != value or not 0 <= value <= _LARGEST:
            self._wrong(name, value, "a whole number")
            return None
        return int(value)

    def fraction(self, *names: str) -> float | None:
        """A number of any size that is finite."""
        name, value = self._find(names)
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= _LARGEST:
            return float(value)
        if value is not None:
            self._wrong(name, value, "a number")
        return None

    def flag(self, *names: str) -> bool:
        """Whether it says anything but no: a limit that is misspelt still limits."""
        return self._find(names)[1] not in _NO

    def language(self, *names: str) -> str:
        """A language tag (BCP 47), also where it is written as a locale such as en_GB."""
        name, _ = self._find(names)
        tag = self.line(*names).replace("_", "-")
        if LANGUAGE.fullmatch(tag):
            return tag
        self.warn(f"{self._at(name)}: {tag[:40]!r} is no language tag; left out.")
        return ""

    def date(self, *names: str, zone: tzinfo | None) -> PartialDate | None:
        """A date with the precision that it was given with; a local time is read in `zone`, and that is said."""
        name, value = self._find(names)
        if value is None:
            return None
        if not isinstance(value, str):
            self._wrong(name, value, "a date")
            return None
        try:
            moment = PartialDate.parse(value, zone=zone)
        except BadInput as error:
            self.warn(f"{self._at(name)}: {error.detail}")
            return None
        if moment.assumed_zone:
            self.warn(f"{self._at(name)} has no offset: read in the outlet's time zone as {moment}")
        return moment

    def limit(self, *names: str, zone: tzinfo | None) -> tuple[datetime | None, str]:
        """An instant that is enforced, such as an embargo, in UTC; and why an editor must look where it is none."""
        name, value = self._find(names)
        if value is None:
            return None, ""
        moment = self.date(name, zone=zone)
        if moment is None or moment.instant is None:
            return None, f"{self._at(name)} cannot be read as an instant: {one_line(str(value))[:80]!r}."
        return moment.instant.astimezone(UTC), ""

    def part(self, *names: str) -> "Members":
        """An object inside this one; an empty one where there is none."""
        name, value = self._find(names)
        if value is not None and not isinstance(value, dict):
            self._wrong(name, value, "an object")
        return self._inner(value if isinstance(value, dict) else {}, name)

    def parts(self, *names: str) -> tuple["Members", ...]:
        """The objects in a list."""
        return tuple(part for _, part in self.named(*names))

    def named(self, *names: str) -> tuple[tuple[str, "Members"], ...]:
        """The objects of a list, or of an object under their names there; of a list each has its own `name`."""
        name, value = self._find(names)
        pairs = self._pairs(name, value)
        found = []
        for key, inner in pairs[:MOST_PARTS]:
            if isinstance(inner, dict):
                part = self._inner(inner, f"{name}.{key}")
                found.append((key if isinstance(value, dict) else part.line("name"), part))
            elif inner is not None:
                self._wrong(f"{name}.{key}", inner, "an object")
        return tuple(found)

    def words(self, *names: str) -> tuple[str, ...]:
        """The lines in a list of text, each once."""
        return tuple(dict.fromkeys(one_line(without_tags(line)) for _, line in self.labelled(*names)))

    def labelled(self, *names: str) -> tuple[tuple[str, str], ...]:
        """The lines of an object under their names there, or of a list."""
        name, value = self._find(names)
        found = []
        for key, inner in self._pairs(name, value)[:MOST_PARTS]:
            if isinstance(inner, str):
                found.append((key, one_line(inner)))
            elif inner is not None:
                self._wrong(f"{name}.{key}", inner, "text")
        return tuple((key, line) for key, line in found if line)

    def lists(self, *names: str) -> tuple[tuple["Members", ...], ...]:
        """The objects of each list in a list."""
        name, value = self._find(names)
        found = [(key, inner) for key, inner in self._pairs(name, value) if inner is not None]
        return tuple(self._inner({name: inner}, "").parts(name) for key, inner in found)

    def is_list(self, name: str) -> bool:
        return isinstance(self._members.get(name), list)

    def is_text(self, name: str) -> bool:
        return isinstance(self._members.get(name), str)

    def _pairs(self, name: str, value: Any) -> list[tuple[str, Any]]:
        if value is None:
            return []
        if not isinstance(value, list | dict):
            self._wrong(name, value, "a list")
            return []
        if len(value) > MOST_PARTS:
            self.warn(f"{self._at(name)}: only the first {MOST_PARTS} of {len(value)} were read.")
        if isinstance(value, dict):
            return list(value.items())
        return [(str(position), inner) for position, inner in enumerate(value[:MOST_PARTS])]

    def _find(self, names: Sequence[str]) -> tuple[str, Any]:
        for name in names:
            value = self._members.get(name)
            if value is not None and value != "":
                return name, value
        return names[0], None

    def _text(self, names: Sequence[str]) -> str:
        name, value = self._find(names)
        if isinstance(value, str):
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            self.warn(f"{self._at(name)} is a number where text was expected.")
            return str(value)
        if value is not None:
            self._wrong(name, value, "text")
        return ""

    def _inner(self, members: dict[str, Any], name: str) -> "Members":
        inner = Members(members, fold=self._fold, files=self._files)
        inner._path, inner.warnings = self._at(name), self.warnings
        return inner

    def _wrong(self, name: str, value: Any, wanted: str) -> None:
        self.warn(f"{self._at(name)}: {_KINDS.get(type(value), 'a value')} where {wanted} was expected; left out.")

    def _at(self, name: str) -> str:
        return one_line(f"{self._path}.{name}" if self._path else name)[:200]


def identity(written: str) -> str:
    """A permanent name, exactly as written, or nothing. Raises BadInput for one that could not be kept so."""
    name = written.strip()
    if len(name) > MAX_ID_CHARS or name != one_line(name):
        raise BadInput(f"An id is over {MAX_ID_CHARS} characters, or holds characters that no name may hold.")
    return name


def each(
    elements: Sequence[Any], read: Callable[[Members], Parsed | Gone], envelope: Envelope, *, fold: bool = False
) -> tuple[Result, ...]:
    """One result an element, in order: its refusal does not stop the others. Raises TooLarge for too many."""
    if len(elements) > MOST_ITEMS:
        raise TooLarge(f"At most {MOST_ITEMS} items are read from one document; this has {len(elements)}.")

    def result(position: int, element: Any) -> Result:
        if isinstance(element, SyndicateError):
            return element
        if not isinstance(element, dict):
            return BadInput(f"Item {position} is not a JSON object.")
        try:
            return _bounded(read(Members(element, fold=fold, files=envelope.file_names)))
        except SyndicateError as refusal:
            return refusal

    return tuple(result(position, element) for position, element in enumerate(elements, start=1))


def _bounded(result: Parsed | Gone) -> Parsed | Gone:
    """Raises BadFields where a text is longer than anybody could print."""
    sizes = {name: len(getattr(result.item, name)) for name in MOST_CHARS} if isinstance(result, Parsed) else {}
    wrong = {name: [f"Longer than {MOST_CHARS[name]} characters."] for name in sizes if sizes[name] > MOST_CHARS[name]}
    if wrong:
        raise BadFields(f"Too long: {', '.join(wrong)}.", errors=wrong)
    return result
