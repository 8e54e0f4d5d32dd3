"""Settings, read once from the environment. Nothing else reads `os.environ`.

A bad value refuses to start and names its variable. `SYNDICATE_…_FILE` names a file that holds the value instead.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from syndicate.core.guid import mint_guid
from syndicate.core.newsroom import Newsroom

MIN_SECRET_CHARS = 32


class BadSetting(Exception):
    """A setting that cannot be used; the message names the variable and what it takes."""


def _setting(default: Any, help_text: str, *, secret: bool = False) -> Any:
    return field(default=default, repr=not secret, metadata={"help": help_text, "secret": secret})


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Every setting with its default. `syndicate doctor` shows them with these explanations."""

    database_url: str = _setting(
        "sqlite:///var/syndicate.db", "Where stories are kept: sqlite:///FILE, or postgresql://USER:PASSWORD@HOST/NAME."
    )
    queue_url: str = _setting(
        "sqlite:///var/queue.db",
        "Where due work waits for a worker: sqlite:///FILE on one machine, redis://HOST or postgresql://… on several.",
    )
    base_url: str = _setting("http://127.0.0.1:8000", "Our address as readers see it; it stands in feeds and links.")
    name: str = _setting("Syndicate", "The newsroom's name, as it stands in credits and as the provider of feeds.")
    secret_key: str = _setting(
        "",
        "At least 32 random characters that sign forms and links, the same on every machine. Left empty on SQLite, one "
        "is made once and kept beside the database.",
        secret=True,
    )
    oidc_issuer: str = _setting(
        "", "Where people of the desk may sign in too (OpenID Connect), such as https://id.example."
    )
    oidc_client_id: str = _setting("", "As that service calls us.")
    oidc_client_secret: str = _setting("", "What proves to that service that it is us.", secret=True)
    oidc_name: str = _setting("", "As people call that service: it stands on the button.")
    tag_authority: str = _setting("", "The host in permanent ids (tag: URIs); the host of SYNDICATE_BASE_URL if empty.")
    max_body_bytes: int = _setting(10_000_000, "The largest request body that is read, in bytes.")
    undo_seconds: int = _setting(
        30, "How long the desk waits before it sends a story out, so that an editor can still undo it, in seconds."
    )
    media_dir: str = _setting(
        "var/media", "Where pictures are kept: a folder, or an address that fsspec knows such as s3://bucket/prefix."
    )
    max_picture_bytes: int = _setting(30_000_000, "The largest picture file that is taken, in bytes.")
    max_picture_pixels: int = _setting(50_000_000, "The largest picture that is decoded, in pixels.")
    allow_hosts: str = _setting(
        "", "Hosts outside the public network that we may still ask: a list such as cms.local,10.0.0.7:8080."
    )
    websub: str = _setting(
        "auto",
        "Whether hubs may tell us of news: on, off, or auto: where they can reach SYNDICATE_BASE_URL from outside.",
    )
    proxies: int = _setting(
        0,
        "How many proxies of ours stand before us. Each says in X-Forwarded-For who asked; failed sign-ins count so.",
    )
    hub_url: str = _setting(
        "", "An outside WebSub hub that tells of our public channels; empty: our own, at SYNDICATE_BASE_URL/hub, does."
    )
    web_workers: int = _setting(1, "Web processes. More than one only pays on PostgreSQL.")
    web_threads: int = _setting(4, "Threads in each web process.")
    worker_threads: int = _setting(4, "Jobs that a worker does at the same time.")
    log_level: str = _setting("info", "debug, info, warning or error.")

    @property
    def newsroom(self) -> Newsroom:
        authority = self.tag_authority or urlsplit(self.base_url).hostname or ""
        return Newsroom(name=self.name, base_url=self.base_url, authority=authority, outside_hub=self.hub_url)

    @property
    def subscribes(self) -> bool:
        """Whether hubs are asked to tell us of news: they must be able to reach us."""
        return self.websub == "on" or (self.websub == "auto" and _is_public(urlsplit(self.base_url).hostname or ""))


def load(environ: Mapping[str, str] | None = None) -> Config:
    """The settings of this process. Raises BadSetting."""
    source = os.environ if environ is None else environ
    found = {name: value for name in _NAMES if (value := _read(name, source))}
    typed: dict[str, Any] = {name: _typed(name, value) for name, value in found.items()}
    config = Config(**typed)
    return _checked(replace(config, base_url=config.base_url.rstrip("/")))


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return f"SYNDICATE_{name.upper()}"


_NAMES = tuple(setting.name for setting in fields(Config))


def _read(name: str, source: Mapping[str, str]) -> str | None:
    if path := source.get(f"{variable(name)}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise BadSetting(f"{variable(name)}_FILE: {path} cannot be read: {error}") from None
    return source.get(variable(name))


def _typed(name: str, value: str) -> str | int:
    if name not in _WHOLE:
        return value
    try:
        return int(value)
    except ValueError:
        raise BadSetting(f"{variable(name)}: {value!r} is not a whole number.") from None


_WHOLE = {setting.name for setting in fields(Config) if isinstance(setting.default, int)}


def _checked(config: Config) -> Config:
    for name, (low, high) in _RANGES.items():
        if not low <= getattr(config, name) <= high:
            raise BadSetting(f"{variable(name)}: must be from {low} to {high}.")
    if len({bool(part) for part in (config.oidc_issuer, config.oidc_client_id, config.oidc_client_secret)}) > 1:
        raise BadSetting(f"{variable('oidc_issuer')}: goes with {variable('oidc_client_id')} and its secret.")
    if config.secret_key and len(config.secret_key) < MIN_SECRET_CHARS:
        raise BadSetting(f"{variable('secret_key')}: at least {MIN_SECRET_CHARS} characters.")
    if config.hub_url and not _is_our_address(config.hub_url):
        raise BadSetting(f"{variable('hub_url')}: must be an http or https address such as https://hub.example/.")
    if not _is_our_address(config.base_url):
        raise BadSetting(f"{variable('base_url')}: must be an http or https address such as https://news.example.")
    if config.websub not in _WEBSUB:
        raise BadSetting(f"{variable('websub')}: must be one of {', '.join(_WEBSUB)}.")
    if config.log_level not in _LEVELS:
        raise BadSetting(f"{variable('log_level')}: must be one of {', '.join(_LEVELS)}.")
    try:
        mint_guid(authority=config.newsroom.authority, minted_on=date(2026, 1, 1), outlet="o", story_id="s")
    except ValueError as error:
        raise BadSetting(f"{variable('tag_authority')}: {error}.") from None
    return config


def _is_our_address(text: str) -> bool:
    """It stands in every feed: a host and perhaps a port and a path, no name or password, nothing unprintable."""
    if not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    plain = not (parts.query or parts.fragment or "@" in parts.netloc)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and plain


def _is_public(host: str) -> bool:
    """By its form alone: an address that is global, or a name with a dot that is not of a local network's kind."""
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".localhost", ".internal", ".lan", ".test"))


_RANGES = {
    "max_body_bytes": (1_000, 100_000_000),
    "max_picture_bytes": (1_000, 200_000_000),
    "max_picture_pixels": (10_000, 200_000_000),
    "proxies": (0, 10),
    "undo_seconds": (0, 600),
    "web_workers": (1, 64),
    "web_threads": (1, 256),
    "worker_threads": (1, 64),
}
_WEBSUB = ("auto", "on", "off")
_LEVELS = ("debug", "info", "warning", "error")
