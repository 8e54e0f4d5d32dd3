"""The only place that wires the rooms together: settings in, a WSGI application or a worker's hands and queue out."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from syndicate.config import BadSetting, Config, load
from syndicate.delivery.http import Client
from syndicate.keepsake import keepsake
from syndicate.logging import set_up, without_secrets
from syndicate.media import Files, Limits, Shelf
from syndicate.queue import Queue
from syndicate.service import work
from syndicate.service.deliver.counter import Readings
from syndicate.service.key_use import Uses
from syndicate.store import Store, opening, sqlite_folder
from syndicate.web import counter, desk, hub, media, ops, problems, websub, words
from syndicate.web.api import articles, changes, docs, receipts
from syndicate.web.body import Bodies
from syndicate.web.context import Context
from syndicate.web.desk import cookie
from syndicate.web.feeds import pages
from syndicate.web.feeds import views as feeds
from syndicate.web.feeds.door import Door

if TYPE_CHECKING:
    from syndicate.delivery.oidc import Provider


def utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(config: Config, store: Store | None = None, now: Callable[[], datetime] = utc_now) -> Flask:
    """The web application on the settings' database, or on a store that is open already."""
    app = Flask("syndicate", static_folder="web/static", template_folder="web/templates")
    app.url_map.merge_slashes = False  # an external_id may be an address, with its two slashes
    store = store or Store(config.database_url)
    here = app.extensions["syndicate"] = Context(
        store=store,
        uses=Uses(store),
        readings=Readings(store, secret(config)),
        newsroom=config.newsroom,
        shelf=shelf(config),
        secret=secret(config),
        now=now,
        grace=timedelta(seconds=config.undo_seconds),
        oidc=_oidc(config),
    )
    app.secret_key = secret(config)
    app.config.update(cookie.flask_settings(config.base_url), MAX_FORM_MEMORY_SIZE=config.max_body_bytes)
    words.install(app)
    ops.register(app)
    problems.register(app)
    apis, others = (
        (articles.bp, changes.bp, docs.bp, receipts.bp),
        (
            counter.bp,
            desk.bp,
            feeds.bp,
            hub.bp,
            media.bp,
            pages.bp,
            websub.bp,
        ),
    )
    for blueprint in (*apis, *others):
        app.register_blueprint(blueprint)
    app.wsgi_app = Door(app.wsgi_app, here)  # type: ignore[method-assign]
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=0)  # type: ignore[method-assign]
    slots = max(1, config.web_threads * 3 // 4)
    app.wsgi_app = Bodies(app.wsgi_app, max_bytes=config.max_body_bytes, slots=slots)  # type: ignore[method-assign]
    return app


def hands(config: Config, store: Store) -> work.Hands:
    """What jobs work with, on a store that is open already."""
    return work.Hands(
        store=store,
        newsroom=config.newsroom,
        client=client(config),
        shelf=shelf(config),
        subscribes=config.subscribes,
    )


def client(config: Config) -> Client:
    """The one way to other servers; it says who we are."""
    return Client(
        user_agent=f"Syndicate/{version('syndicate')} (+{config.base_url})",
        allow_hosts=config.allow_hosts,
    )


def shelf(config: Config) -> Shelf:
    """Where pictures are kept. Raises BadSetting."""
    try:
        files = Files(config.media_dir)
    except ValueError as error:
        raise BadSetting(f"SYNDICATE_MEDIA_DIR: {error}") from None
    return Shelf(files, Limits(max_bytes=config.max_picture_bytes, max_pixels=config.max_picture_pixels))


def _oidc(config: Config) -> "Provider | None":
    """The service where people may sign in too, if the settings name one."""
    if not config.oidc_issuer:
        return None
    from syndicate.delivery.oidc import Provider  # its libraries are large, and few use it

    return Provider(
        client=client(config),
        issuer=config.oidc_issuer,
        client_id=config.oidc_client_id,
        client_secret=config.oidc_client_secret,
        label=config.oidc_name,
    )


def secret(config: Config) -> bytes:
    """What signs our forms and links: as set, or one that is made once and kept beside the SQLite file.

    Raises BadSetting where the machines of a newsroom would each make their own.
    """
    if config.secret_key:
        return config.secret_key.encode()
    folder = sqlite_folder(config.database_url)
    if folder is None:
        raise BadSetting("SYNDICATE_SECRET_KEY: needed beside PostgreSQL; make one with `openssl rand -base64 48`.")
    try:
        return keepsake(folder / "secret.key")
    except OSError as error:
        raise BadSetting(f"SYNDICATE_SECRET_KEY: {folder / 'secret.key'} cannot be kept: {error.strerror}") from None


def queue(config: Config) -> Queue:
    """Where due jobs wait for a hand. Raises BadSetting."""
    try:
        return Queue(config.queue_url, newsroom=without_secrets(config.database_url))
    except (ValueError, OSError) as error:
        raise BadSetting(f"SYNDICATE_QUEUE_URL: {error}") from None


def from_environment() -> Flask:
    """For a server's worker process: settings from the environment, logs set up."""
    config = load()
    set_up(config.log_level)
    store = Store(config.database_url)
    opening.ensure(store)
    return create_app(config, store)
