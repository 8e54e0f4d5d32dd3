"""What may be asked of a channel, as a value, and the same as the query of an address."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from syndicate.core.errors import BadFields
from syndicate.outputs import FORMATS
from syndicate.store.pages import Key, Part

_KEY = re.compile(r"(\d{1,17})\.([A-Za-z0-9-]{0,36})", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OLDEST: Key = (_EPOCH, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A format (a name of `FORMATS`), one of its variants, so many stories at most, and which."""

    format: str
    variant: str = ""
    limit: int | None = None
    part: Part = Part()

    @property
    def query(self) -> str:
        """The same question as the query of an address: whoever follows it gets the same document."""
        part = self.part
        asked = {
            FORMATS[self.format].parameter: self.variant,
            "limit": str(self.limit or ""),
            "since": part.since.isoformat().replace("+00:00", "Z") if part.since else "",
            "before": key_text(part.before) if part.before else "",
            "after": key_text(part.after) if part.after else "",
            "archive": "" if part.archive is None else str(part.archive),
        }
        return urlencode({name: value for name, value in asked.items() if value})

    def elsewhere(self, **part: object) -> "Wish":
        """The same in another part of the channel: what is not named there is not asked."""
        return replace(self, part=Part(since=self.part.since, **part))  # type: ignore[arg-type]


def key_text(key: Key) -> str:
    return f"{(key[0] - _EPOCH) // timedelta(microseconds=1)}.{key[1]}"


def read_key(name: str, text: str) -> Key:
    """Raises BadFields for what `key_text` did not write."""
    if found := _KEY.fullmatch(text):
        return _EPOCH + timedelta(microseconds=int(found[1])), found[2]
    raise BadFields("This is no place in a feed of ours.", errors={name: ["Take it from a link of the feed."]})
