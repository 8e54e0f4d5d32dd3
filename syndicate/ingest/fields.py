"""Marshmallow fields for what newsrooms send: text that can be carried, addresses, dates with their precision."""

from datetime import UTC
from typing import Any, ClassVar
from urllib.parse import urlsplit

from marshmallow import ValidationError, fields

from syndicate.core.dates import PartialDate
from syndicate.core.errors import BadInput
from syndicate.ingest.text import many_lines, one_line


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
