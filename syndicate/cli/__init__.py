"""The command `syndicate`: reads arguments, calls one service, prints. Exit 0 done, 1 refused or failed, 2 usage."""

from importlib import import_module

import click

from syndicate.cli.desk import Refusing

# Each command's module is imported when it is used, so that a quick command starts quickly.
_MODULES = {
    "serve": "running",
    "worker": "working",
    "demo": "running",
    "doctor": "running",
    "db": "running",
    "import": "content",
    "clean": "content",
    "render": "content",
    "story": "stories",
    "outlet": "outlets",
    "source": "sources",
    "poll": "sources",
    "channel": "channels",
    "subscriber": "subscribers",
    "user": "users",
    "key": "keys",
    "reach": "reach",
}


class _Lazy(Refusing):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _MODULES:
            return None
        commands: tuple[click.Command, ...] = import_module(f"syndicate.cli.{_MODULES[cmd_name]}").COMMANDS
        return next(command for command in commands if command.name == cmd_name)


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="syndicate")
def main() -> None:
    """A newsroom's desk for republishing partner stories, with the original credit and date kept.

    Settings come from the environment: `syndicate doctor` explains each. Every command takes --json.
    """
