"""Marshmallow fields for what newsrooms send: text that can be carried, addresses, dates with their precision."""

import re
from collections.abc import Iterator
from datetime import UTC
from itertools import islice
from typing import Any, ClassVar
from urllib.parse import urlsplit

from marshmallow import ValidationError, fields, validate

from syndicate.core.dates import PartialDate
from syndicate.core.errors import BadFields, BadInput
from syndicate.ingest.files import UPLOAD
from syndicate.ingest.text import many_lines, one_line

MOST_NAMED = 100
LANGUAGE = re.compile(r"(?:[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*)?")  # BCP 47, or nothing
_MOST_IN_SENTENCE, _MOST_NAME_CHARS = 10, 200


class Line(fields.String):
    """One line of plain text; white space folded, control characters left out. Limit in characters.

    The limits, and what `described` adds, stand in the OpenAPI document.
    """

    described: ClassVar[dict[str, Any]] = {}

    def __init__(self, *, max_chars: int = 500, metadata: dict[str, Any] | None = None, **kwargs: Any) -> None:
        limits: dict[str, Any] = {"maxLength": max_chars, **({"minLength": 1} if kwargs.get("required") else {})}
        super().__init__(metadata={**limits, **self.described, **(metadata or {})}, **kwargs)
        self.max_chars = max_chars

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = self.tidy(super()._deserialize(value, attr, data, **kwargs))
        if len(text) > self.max_chars:
            raise ValidationError(f"Longer than {self.max_chars} characters.")
        if self.required and not text:
            raise ValidationError("May not be empty.")
        return text

    @staticmethod
    def tidy(text: str) -> str:
        return one_line(text)


class Name(Line):
    """A name that is kept exactly as it is written, or refused: two that differ must not become one in silence."""

    described: ClassVar[dict[str, Any]] = {"pattern": r"^\S+( \S+)*$"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        name = super()._deserialize(value, attr, data, **kwargs)
        if name != value:
            raise ValidationError("No leading, trailing or doubled white space, no control or invisible characters.")
        return name


class Text(Line):
    """Plain text that may have several lines."""

    @staticmethod
    def tidy(text: str) -> str:
        return many_lines(text)


class WebAddress(Line):
    """An absolute http or https address with a host (RFC 3986), as it was written."""

    described: ClassVar[dict[str, Any]] = {"format": "uri", "pattern": "^(https?://.*)?$"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text and not is_web_address(text):
            raise ValidationError("Not an absolute http or https address.")
        return text


class FileAddress(WebAddress):
    """A web address, or `upload:NAME` for a file that comes with the document."""

    described: ClassVar[dict[str, Any]] = {"pattern": "^(https?://.*|upload:.+)?$"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if isinstance(value, str) and value.startswith(UPLOAD) and len(value) <= self.max_chars:
            return one_line(value)
        return super()._deserialize(value, attr, data, **kwargs)


class Few(fields.List[Any]):
    """A list of at most `most`, refused by its length before its elements are read: each of them costs work.

    The same limit stands as `maxItems` in the OpenAPI document.
    """

    def __init__(self, inner: fields.Field[Any], *, most: int, **kwargs: Any) -> None:
        super().__init__(inner, validate=validate.Length(max=most), **kwargs)
        self.most = most

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        if isinstance(value, list) and len(value) > self.most:
            raise ValidationError(f"Longer than {self.most} elements.")
        return super()._deserialize(value, attr, data, **kwargs)


def is_web_address(text: str) -> bool:
    if any(character in text for character in ' "<>\\^`{|}'):
        return False
    try:
        parts = urlsplit(text)
        _ = parts.port  # raises ValueError where it is no number
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc


class SourceDate(fields.String):
    """A date as precise as the source gave it. A local time is read in the outlet's zone: the schema's `zone`."""

    def __init__(self, *, metadata: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(metadata={"pattern": r"^\d{4}(-\d\d(-\d\d([Tt ].+)?)?)?$", **(metadata or {})}, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            return PartialDate.parse(text, zone=getattr(self.root, "zone", None))
        except BadInput as error:
            raise ValidationError(error.detail) from None


class SourceInstant(SourceDate):
    """A moment that is enforced, such as an embargo: a day alone would leave open when it begins."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        moment = super()._deserialize(value, attr, data, **kwargs).instant
        if moment is None:
            raise ValidationError("Must be an instant, such as 2026-03-03T14:05:00+04:00.")
        return moment.astimezone(UTC)


def bad_fields(error: ValidationError) -> BadFields:
    """Marshmallow's refusal as ours: `errors` by path, such as `pictures.0.width`, and how many are not named there."""
    messages: dict[Any, Any] = error.messages if isinstance(error.messages, dict) else {"": error.messages}
    if "_schema" in messages:
        return BadFields("Send one JSON object.", errors={"": ["This is none."]})
    found = _flat(messages)
    named = dict(islice(found, MOST_NAMED))
    not_named = sum(1 for _ in found)
    names = list(named)[:_MOST_IN_SENTENCE]
    count = len(named) + not_named
    more = f" and {count - len(names)} more" if count > len(names) else ""
    detail = f"{'1 field is' if count == 1 else f'{count} fields are'} wrong: {', '.join(names)}{more}."
    return BadFields(detail, errors=named, **({"errors_not_named": not_named} if not_named else {}))


def _flat(messages: dict[Any, Any], path: str = "") -> Iterator[tuple[str, list[str]]]:
    for name, inner in messages.items():
        here = (f"{path}.{name}" if path else str(name))[:_MOST_NAME_CHARS]
        if isinstance(inner, dict):
            yield from _flat(inner, here)
        else:
            yield here, [str(message) for message in inner]
