"""`/desk/overview`: the newsroom at one look."""

from babel.dates import format_date
from flask import Response

from syndicate.service.desk import overview as services
from syndicate.web import words
from syndicate.web.context import context
from syndicate.web.desk import plain
from syndicate.web.desk.charts import HEIGHT, WIDTH, bars
from syndicate.web.desk.frame import bp, page, person


@bp.get("/overview")
def overview() -> Response:
    found = services.look(person(), context().store, now=context().now())
    labels = [format_date(day.date, "d MMM", locale=words.language()) for day in found.days]
    return page(
        "overview.html",
        found=found,
        labels=labels,
        bars=bars(labels, [day.received for day in found.days], [day.published for day in found.days]),
        size=(WIDTH, HEIGHT),
        plain=plain,
        counted=lambda number: plain.count(number, services.MOST_COUNTED),
    )
