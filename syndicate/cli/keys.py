"""`syndicate key`: credentials of outlets and subscribers."""

from datetime import datetime

import click

from syndicate.cli.agreements import End, moment
from syndicate.cli.desk import COMMAND_LINE, Desk, command, group, plain
from syndicate.core.newsroom import Scope
from syndicate.service import keys, read


@command("add")
@click.option("--outlet", default="", help="For this outlet's pushes.")
@click.option("--subscriber", default="", help="For this subscriber's reader.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice([scope.value for scope in Scope]),
    help="Only this; may be repeated. Without it, all that the owner may.",
)
@click.option("--label", default="", help="Where it will be used.")
@click.option("--expires", type=End(), help="The last day on which it opens anything; without it, until it is revoked.")
def add(
    desk: Desk, outlet: str, subscriber: str, scopes: tuple[str, ...], label: str, expires: datetime | str | None
) -> None:
    """Make a key. It is printed once and cannot be shown again."""
    if bool(outlet) == bool(subscriber):
        raise click.UsageError("Give --outlet or --subscriber, one of them.")
    key, secret = keys.add(
        desk.store,
        outlet=outlet,
        subscriber=subscriber,
        scopes=frozenset(Scope(scope) for scope in scopes),
        label=label,
        expires_at=moment(expires),
        who=COMMAND_LINE,
        now=desk.now(),
    )
    desk.say({"key": secret, "id": key.id}, secret)


@command("set")
@click.argument("key_id", metavar="ID")
@click.option("--label")
@click.option("--expires", type=End(), help="The last day on which it opens anything, or never.")
def set_(desk: Desk, key_id: str, label: str | None, expires: datetime | str | None) -> None:
    """Change a key's label, or when it ends."""
    key = read.key(desk.store, key_id)
    if label is not None:
        key = keys.label(desk.store, key_id, label, who=COMMAND_LINE, now=desk.now())
    if expires is not None:
        key = keys.expire(desk.store, key_id, moment(expires), who=COMMAND_LINE, now=desk.now())
    desk.say(plain(key), f"Key {key_id} changed.")


@command("list")
def list_(desk: Desk) -> None:
    """All keys and when each was used last; never their secrets."""
    desk.say_table("keys", [plain(key) for key in read.keys(desk.store)])


@command("show")
@click.argument("key_id", metavar="ID")
def show(desk: Desk, key_id: str) -> None:
    """One key; never its secret."""
    desk.say_fields(plain(read.key(desk.store, key_id)))


@command("remove")
@click.argument("key_id", metavar="ID")
def remove(desk: Desk, key_id: str) -> None:
    """Revoke a key: it opens nothing from now on."""
    key = keys.revoke(desk.store, key_id, who=COMMAND_LINE, now=desk.now())
    desk.say(plain(key), f"Key {key_id} revoked.")


COMMANDS = (group("key", "Credentials of outlets and subscribers.", (add, set_, list_, show, remove)),)
