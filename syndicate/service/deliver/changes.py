"""The change log as it is asked for: by a subscriber, or by anybody for what is public."""

import base64
import binascii
import re

from syndicate.core.errors import BadFields, NotFound, NotKnown
from syndicate.core.newsroom import Subscriber
from syndicate.store import Store
from syndicate.store.replay import Position, Stretch

MOST_LINES = 500  # in one page
_POSITION = re.compile(r"1\.([0-9]{1,18})\.([!-~]{0,40})", re.ASCII)  # the number before it is the form's version


def page(store: Store, reader: Subscriber | None, *, channel: str, after: str, limit: int) -> Stretch:
    """What comes behind this cursor; from the first line where it is empty.

    Without a channel it is about all that the reader was given; without a reader about all that is public. One that
    was taken from the reader is still there, with how it ended. Raises NotFound (the reader never had this channel),
    NotKnown (nor had anybody without a key), BadFields (the cursor is not ours, or ahead of the log).
    """
    position = read_cursor(after)
    with store.read() as tx:
        spans = tx.replay.spans(reader.slug if reader else None, channel)
        if channel and not spans:
            raise NotFound(f"There is no channel {channel}.") if reader else NotKnown("This needs a subscriber's key.")
        head = tx.replay.head()
        if position.seq > head + 1:  # the newsroom came back from a backup: what was read is not there now
            raise _wrong_cursor("It is ahead of the log: begin anew, without a cursor.")
        return tx.replay.stretch(spans, position, limit, head=head, reader=reader.slug if reader else None)


def cursor(position: Position) -> str:
    """A position as readers keep it. It says nothing else, so it holds for whoever asks and whatever they filter by."""
    return base64.urlsafe_b64encode(f"1.{position.seq}.{position.story_id}".encode()).decode().rstrip("=")


def read_cursor(text: str) -> Position:
    """Raises BadFields for one that `cursor` did not write."""
    if not text:
        return Position(0)
    try:
        written = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError):
        written = ""
    found = _POSITION.fullmatch(written)
    if not found:
        raise _wrong_cursor("Take it from `cursor` or `next`.")
    return Position(int(found[1]), found[2])


def _wrong_cursor(told: str) -> BadFields:
    return BadFields("This cursor cannot be used.", errors={"cursor": [told]})
