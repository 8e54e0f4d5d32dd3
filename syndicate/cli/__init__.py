"""The command `syndicate`: reads arguments, calls one service, prints. Exit 0 done, 1 refused or failed, 2 usage."""

import click

from syndicate.cli import channels, content, keys, outlets, running, stories, subscribers, users
from syndicate.cli.desk import Refusing


@click.group(cls=Refusing, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="syndicate")
def main() -> None:
    """A newsroom's desk for republishing partner stories, with the original credit and date kept.

    Settings come from the environment: `syndicate doctor` explains each. Every command takes --json.
    """


for module in (running, content, stories, outlets, channels, subscribers, users, keys):
    for command in module.COMMANDS:
        main.add_command(command)
