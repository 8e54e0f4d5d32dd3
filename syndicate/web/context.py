"""What a view needs from the application around it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from flask import current_app

from syndicate.core.newsroom import Newsroom
from syndicate.core.undo import GRACE
from syndicate.media import Shelf
from syndicate.service.deliver.counter import Readings
from syndicate.service.key_use import Uses
from syndicate.store import Store
from syndicate.web.metrics import Metrics
from syndicate.web.representation import Representations

if TYPE_CHECKING:  # its libraries are large, and few use it
    from syndicate.delivery.oidc import Provider


@dataclass(frozen=True, slots=True)
class Context:
    """`secret` signs what only we may have written. `grace` is how long what the desk sends out can be undone.

    `now` gives the time, aware UTC; a view asks once and passes it on.
    """

    store: Store
    newsroom: Newsroom
    shelf: Shelf
    secret: bytes = field(repr=False)
    now: Callable[[], datetime]
    uses: Uses
    readings: Readings
    grace: timedelta = GRACE
    oidc: "Provider | None" = None
    metrics: Metrics = field(default_factory=Metrics)
    representations: Representations = field(default_factory=Representations)


def context() -> Context:
    found: Context = current_app.extensions["syndicate"]
    return found
