"""Counts for Prometheus: this application's requests, and the newsroom's figures as the database has them.

Counts and nothing else: no names, addresses or texts. Labels come from our own lists, so that a stranger's requests
cannot make them many. Names follow prometheus.io/docs/practices/naming.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from syndicate.core.errors import Unavailable
from syndicate.service.figures import Figures

HELD = timedelta(seconds=5)
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class Metrics:
    """One for each application."""

    def __init__(self) -> None:
        self._figures: tuple[datetime, Figures | None] | None = None
        self._registry = CollectorRegistry()
        own: Any = {"registry": self._registry}
        labels = ["method", "route"]
        self._requests = Counter("syndicate_http_requests", "Requests answered.", [*labels, "status"], **own)
        self._seconds = Histogram("syndicate_http_request_duration_seconds", "How long they took.", labels, **own)
        self._children: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def count(self, *, method: str, route: str, status: int, seconds: float) -> None:
        """`route` is a rule of ours, such as `/items/<ref>`, or empty."""
        method = method if method in _METHODS else "other"
        requests, durations = self._children.get((method, route, status)) or self._child(method, route, status)
        requests.inc()
        durations.observe(seconds)

    def _child(self, method: str, route: str, status: int) -> tuple[Counter, Histogram]:
        """Found among the labels once: that costs more than to count."""
        found = self._requests.labels(method, route, str(status)), self._seconds.labels(method, route)
        self._children[method, route, status] = found
        return found

    def exposition(self, read: Callable[[datetime], Figures], *, now: datetime) -> bytes:
        """The text format 1.0.0. `read` asks the database, at most once in five seconds: counting stories costs."""
        figures = CollectorRegistry()
        figures.register(_Newsroom(self._newest(read, now)))
        return generate_latest(self._requests_of_all()) + generate_latest(figures)

    def _requests_of_all(self) -> CollectorRegistry:
        """Where several web processes serve, each counts in a file of its own; any of them adds up all."""
        together = CollectorRegistry()
        try:
            MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        except ValueError:  # no folder for such files: there is one process
            return self._registry
        return together

    def _newest(self, read: Callable[[datetime], Figures], now: datetime) -> Figures | None:
        if self._figures is None or not timedelta() <= now - self._figures[0] < HELD:
            try:
                self._figures = now, read(now)
            except Unavailable:
                self._figures = now, None
        return self._figures[1]


class _Newsroom(Collector):
    def __init__(self, figures: Figures | None) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        yield _gauge("syndicate_build_info", "The release.", "version", {version("syndicate"): 1})
        yield _gauge("syndicate_database_up", "Whether the database answered.", "", {"": self._figures is not None})
        if found := self._figures:
            yield from _of_jobs(found)
            alive = len(found.alive)
            yield _gauge("syndicate_workers", "Workers that live.", "", {"": alive})
            yield _gauge("syndicate_stories", "Stories by desk state.", "review", found.stories)


def _of_jobs(found: Figures) -> Iterator[Metric]:
    states = GaugeMetricFamily(
        "syndicate_jobs", "Jobs: due and not begun, under way, for later.", None, ["kind", "state"]
    )
    for kind in found.waiting:
        later = kind.jobs - kind.due - kind.under_way
        for state, count in (("due", kind.due), ("under_way", kind.under_way), ("later", later)):
            states.add_metric([kind.kind, state], count)
    yield states
    failing = {kind.kind: kind.failing for kind in found.waiting}
    yield _gauge("syndicate_jobs_failing", "Jobs that failed when last tried.", "kind", failing)
    ages = {k.kind: (found.at - k.oldest_due_at).total_seconds() if k.oldest_due_at else 0 for k in found.waiting}
    yield _gauge("syndicate_job_oldest_due_age_seconds", "How long the longest due job has been due.", "kind", ages)
    for result in ("done", "failed"):
        family = CounterMetricFamily(f"syndicate_jobs_{result}", f"Jobs {result}, by all workers ever.", None, ["kind"])
        for name, tally in found.tallies.items():
            family.add_metric([name], getattr(tally, result))
        yield family


def _gauge(name: str, text: str, label: str, values: Any) -> Metric:
    family = GaugeMetricFamily(name, text, None, [label] if label else [])
    for key, value in values.items():
        family.add_metric([key] if label else [], float(value))
    return family
