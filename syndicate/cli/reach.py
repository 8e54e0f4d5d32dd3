"""`syndicate reach`: where an outlet's stories run."""

import csv
import sys
from datetime import datetime

import click

from syndicate.cli.desk import Desk, command
from syndicate.core.reach import Runs
from syndicate.service.deliver import reach
from syndicate.web.api.reach_schemas import reach_json

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_COLUMNS = ("external_id", "headline", "subscriber", "status", "version", "url", "live_since", "down_since", "views")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@command("reach")
@click.option("--outlet", required=True)
@click.option("--since", type=_DAY, help="The first day (UTC); thirty days back if not said.")
@click.option("--until", type=_DAY, help="The last day, counted too; today if not said.")
@click.option("--csv", "as_csv", is_flag=True, help="For a spreadsheet.")
def reach_(desk: Desk, outlet: str, since: datetime | None, until: datetime | None, as_csv: bool) -> None:
    """Where an outlet's stories run: live or down, at which address, and how often they were read."""
    days = reach.period(since.date() if since else None, until.date() if until else None, desk.now())
    found = list(reach.everything(desk.store, outlet, days=days))
    rows = [_row(runs) for runs in found]
    if as_csv:
        lines = csv.writer(sys.stdout, lineterminator="\r\n")
        lines.writerows([_COLUMNS, *([_cell(value) for value in row.values()] for row in rows)])
    else:
        desk.say_table("stories that run anywhere", rows, reach_json(found, days, None))


def _row(runs: Runs) -> dict[str, object]:
    told = runs.receipt
    said = (told.status, told.version, told.url, told.live_since, told.down_since) if told else ("",) * 5
    facts = (runs.external_id, runs.headline, runs.name, *map(_written, said), runs.views)
    return dict(zip(_COLUMNS, facts, strict=True))


def _written(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else "" if value is None else value


def _cell(value: object) -> object:
    """A text that a spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV injection)."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


COMMANDS = (reach_,)
