"""What a view needs from the application around it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from flask import current_app

from syndicate.core.newsroom import Newsroom
from syndicate.store import Store
from syndicate.web.representation import Representations


@dataclass(frozen=True, slots=True)
class Context:
    """`now` gives the time, aware UTC; a view asks once and passes it on."""

    store: Store
    newsroom: Newsroom
    now: Callable[[], datetime]
    representations: Representations = field(default_factory=Representations)


def context() -> Context:
    found: Context = current_app.extensions["syndicate"]
    return found
