"""Rules against the slip of a hand: one decides about what one saw, what was just decided can be undone, and what
cannot be undone is typed first.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from syndicate.core.newsitem import Change
from syndicate.core.story import Standing, Story
from syndicate.core.text import one_line

GRACE = timedelta(seconds=30)
WORDS_TO_CONFIRM = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Which story, as the editor saw it, and when they decide. `seen` is its `Story.mark`; empty, none is compared."""

    ref: str
    seen: str = ""
    now: datetime
    grace: timedelta = GRACE


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decided, how the story stood before and after, and until when it may be undone.

    `change` and `note` go with the edition that is still to be made.
    """

    what: str
    who: str
    at: datetime
    until: datetime
    before: Standing
    after: Standing
    change: Change | None = None
    note: str = ""

    def can_be_undone(self, story: Story, now: datetime) -> bool:
        """While there is time, and nothing else has happened to the story since."""
        return now < self.until and self.stands(story)

    def stands(self, story: Story) -> bool:
        return self.after == story.standing


def is_confirmed(typed: str, word: str, headline: str) -> bool:
    """Somebody typed this word, or how the headline begins: three words of it at least, or all that it has."""
    given, wanted = one_line(typed).casefold(), one_line(headline).casefold()
    if given == word:
        return True
    enough = len(given.split()) >= min(WORDS_TO_CONFIRM, len(wanted.split()))
    return bool(given) and enough and f"{wanted} ".startswith(f"{given} ")
