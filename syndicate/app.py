"""The only place that wires the rooms together: settings in, a WSGI application out."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Flask

from syndicate.config import Config, load
from syndicate.logging import set_up
from syndicate.store import Store, opening
from syndicate.web import ops, problems
from syndicate.web.api import articles, docs
from syndicate.web.body import Bodies
from syndicate.web.context import Context
from syndicate.web.feeds import views as feeds


def utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(config: Config, store: Store | None = None, now: Callable[[], datetime] = utc_now) -> Flask:
    """The web application on the settings' database, or on a store that is open already."""
    app = Flask("syndicate", static_folder="web/static", template_folder="web/templates")
    app.url_map.merge_slashes = False  # an external_id may be an address, with its two slashes
    app.extensions["syndicate"] = Context(
        store=store or Store(config.database_url),
        newsroom=config.newsroom,
        now=now,
    )
    ops.register(app)
    problems.register(app)
    for blueprint in (articles.bp, docs.bp, feeds.bp):
        app.register_blueprint(blueprint)
    slots = max(1, config.web_threads * 3 // 4)
    app.wsgi_app = Bodies(app.wsgi_app, max_bytes=config.max_body_bytes, slots=slots)  # type: ignore[method-assign]
    return app


def from_environment() -> Flask:
    """For a server's worker process: settings from the environment, logs set up."""
    config = load()
    set_up(config.log_level)
    store = Store(config.database_url)
    opening.ensure(store)
    return create_app(config, store)
