"""Options, Hypothesis profiles and fixtures shared by all rooms' tests."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.stores", "tests.queues", "tests.partner"]

# The same examples every time, so that a change is judged by what it changed; new ones are looked for at night.
settings.register_profile(
    "default", max_examples=100, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "nightly", parent=settings.get_profile("default"), max_examples=10_000, derandomize=False, print_blob=True
)
settings.load_profile(os.environ.get("SYNDICATE_TEST_PROFILE", "default"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that start servers wait more than they work: spread among the others they cost little time of their own."""
    waiting, working = [], []
    for item in items:
        (waiting if "whole" in item.path.parts else working).append(item)
    every = max(1, len(working) // (len(waiting) or 1))
    for place, item in enumerate(waiting):
        working.insert(place * (every + 1), item)
    items[:] = working


def pytest_xdist_auto_num_workers() -> int:
    """`-n auto`: two for each processor, because those wait."""
    return (os.cpu_count() or 1) * 2


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite golden files")


@pytest.fixture(scope="session")
def lacking() -> Callable[[str, str], NoReturn]:
    """`lacking("browser", reason)` skips, saying why; where SYNDICATE_TEST_REQUIRE names the thing it fails instead."""

    def stop(what: str, reason: str) -> NoReturn:
        if what in os.environ.get("SYNDICATE_TEST_REQUIRE", "").split(","):
            pytest.fail(f"{what} is required here: {reason}")
        pytest.skip(reason)

    return stop


@pytest.fixture(scope="session")
def shared(lacking: Callable[[str, str], NoReturn]) -> Path:
    """The folder of official schemas and of the seed article, which stands beside a checkout, not in it."""
    folder = Path(os.environ.get("SYNDICATE_SHARED_DIR", Path(__file__).parents[2] / "shared"))
    if not (folder / "standards").is_dir():
        lacking("standards", f"no official schemas at {folder}: set SYNDICATE_SHARED_DIR to a folder that has them")
    return folder


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))
