"""The desk's pages with few stories and with many, through really running servers: what grows with a newsroom's years?

    python bench/desk.py [stories ...]      1000 100000 where none are said

Each number of stories has a database and a server of its own; all are asked in turn, so that whatever else the machine
does meets them alike. Figures are medians in milliseconds; quote the ratios, each to the first number of stories.
PostgreSQL is measured too where SYNDICATE_TEST_POSTGRES_URL names one that answers.
"""

import re
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from kit.many import fill
from kit.newsroom import Newsroom, Wire, postgres

from syndicate.core.newsroom import Role, User
from syndicate.service.people import entry, users
from syndicate.store import Store

SIZES = (1_000, 100_000)
ROUNDS, WARM = 40, 5
PAGES = {
    "queue": "/desk/",
    "queue, every state": "/desk/?state=all",
    "queue, a section": "/desk/?state=published&section=Politics",
    "queue, topic and pictures": "/desk/?state=published&topic=school&pictures=with",
    "search, a word of many": "/desk/?state=all&q=valley",
    "search, a phrase": "/desk/?state=all&q=%22valley+school%22",
    "new arrivals": "/desk/news?since=SINCE",
    "story": "/desk/stories/STORY",
}


class Desk:
    """A running newsroom of so many stories, and somebody signed in there."""

    def __init__(self, database: str, stories: int, stack: ExitStack) -> None:
        newsroom = Newsroom(database, SYNDICATE_SECRET_KEY="for this measure alone, " * 2)
        store, now = Store(database), datetime.now(UTC)
        fill(store, stories)
        users.add(store, User(email="ana@bench.example", role=Role.EDITOR), password="a lantern", who="bench", now=now)
        with store.begin() as tx:
            person = tx.users.person("ana@bench.example")
            token = entry.open_session(tx, person, awaits_code=False, device="bench", now=now).token
        store.close()
        self._headers = {"Cookie": f"desk={token}"}
        self._wire: Wire = stack.enter_context(newsroom).wire()
        queue = self.get("/desk/")
        self._names = {
            "SINCE": re.search(r'data-since="(\d+)"', queue)[1],  # type: ignore[index]
            "STORY": re.search(r'href="/desk/stories/([^"]+)"', queue)[1],  # type: ignore[index]
        }

        self._wire.close()  # while the next desk is filled, the server would

    def get(self, path: str) -> str:
        self._wire.request("GET", path, headers=self._headers)
        answer = self._wire.getresponse()
        body = answer.read()
        assert answer.status == 200, (path, answer.status, body[:500])
        return body.decode()

    def ms(self, path: str) -> float:
        for name, value in self._names.items():
            path = path.replace(name, value)
        began = time.perf_counter()
        self.get(path)
        return (time.perf_counter() - began) * 1000


def measure(name: str, databases: dict[int, str]) -> None:
    with ExitStack() as stack:
        desks = {stories: Desk(database, stories, stack) for stories, database in databases.items()}
        first = next(iter(desks))
        for page, path in PAGES.items():
            taken: dict[int, list[float]] = {stories: [] for stories in desks}
            for number in range(WARM + ROUNDS):
                for stories, desk in desks.items():
                    ms = desk.ms(path)
                    if number >= WARM:
                        taken[stories].append(ms)
            medians = {stories: statistics.median(found) for stories, found in taken.items()}
            told = "   ".join(f"{stories:,}: {ms:7.1f} ms" for stories, ms in medians.items())
            ratios = "   ".join(f"{ms / medians[first]:4.2f}" for ms in list(medians.values())[1:])
            print(f"  {name:10} {page:28} {told}   ratio {ratios}", flush=True)


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    with tempfile.TemporaryDirectory() as name:
        measure("SQLite", {size: f"sqlite:///{Path(name)}/{size}.db" for size in sizes})
    with ExitStack() as stack:
        databases = {size: stack.enter_context(postgres(f"syndicate_bench_{size}")) for size in sizes}
        if all(databases.values()):
            measure("PostgreSQL", databases)
        else:
            print("  PostgreSQL: none answers; set SYNDICATE_TEST_POSTGRES_URL")


if __name__ == "__main__":
    main()
