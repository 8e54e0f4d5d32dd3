"""`syndicate user`: the people of the desk."""

import sys

import click

from syndicate.cli.desk import COMMAND_LINE, Desk, command, group, plain
from syndicate.core.newsroom import Role, User
from syndicate.service import read
from syndicate.service.people import users

_role = click.Choice([role.value for role in Role])
_password = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


@command("add")
@click.argument("email")
@click.option("--role", type=_role, required=True)
@_password
def add(desk: Desk, email: str, role: str, password_stdin: bool) -> None:
    """Add a person; asks for the password unless --password-stdin."""
    user = users.add(
        desk.store,
        User(email=email, role=Role(role)),
        password=_read_password(password_stdin),
        who=COMMAND_LINE,
        now=desk.now(),
    )
    desk.say(plain(user), f"User {user.email} added as {user.role}.")


@command("set")
@click.argument("email")
@click.option("--role", type=_role)
@_password
def set_(desk: Desk, email: str, role: str | None, password_stdin: bool) -> None:
    """Change a person's role or password."""
    user = read.user(desk.store, email)
    user = User(email=user.email, role=Role(role) if role else user.role)
    password = _read_password(True) if password_stdin else None
    users.save(desk.store, user, password=password, who=COMMAND_LINE, now=desk.now())
    desk.say(plain(user), f"User {user.email} changed.")


@command("list")
def list_(desk: Desk) -> None:
    """All people."""
    desk.say_table("users", [plain(user) for user in read.users(desk.store)])


@command("show")
@click.argument("email")
def show(desk: Desk, email: str) -> None:
    """One person."""
    desk.say_fields(plain(read.user(desk.store, email)))


@command("remove")
@click.argument("email")
def remove(desk: Desk, email: str) -> None:
    """Remove a person; what they did stays in the audit."""
    users.remove(desk.store, email, who=COMMAND_LINE, now=desk.now())
    desk.say({"removed": email}, f"User {email} removed.")


@command("link")
@click.argument("email")
@click.option("--role", type=_role, help="Add them first, in this role.")
def link(desk: Desk, email: str, role: str | None) -> None:
    """Print a link by which they choose a password: once, within an hour. Also for a password that was lost."""
    if role:
        user = User(email=email, role=Role(role))
        users.add(desk.store, user, password=None, who=COMMAND_LINE, now=desk.now())
    found = users.link(desk.store, email, who=COMMAND_LINE, now=desk.now())
    address = f"{desk.newsroom.base_url}/desk/password?link={found}"
    desk.say({"link": address}, address)


def _read_password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password


COMMANDS = (group("user", "The people of the desk.", (add, set_, list_, show, remove, link)),)
