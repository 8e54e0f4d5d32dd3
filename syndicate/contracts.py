"""The contracts that we write and publish: the files of `schemas/`, beside the package or, once built, inside it."""

from functools import cache
from pathlib import Path

_BUILT = Path(__file__).parent / "schemas"
FOLDER = _BUILT if _BUILT.is_dir() else Path(__file__).parents[1] / "schemas"


@cache
def names() -> frozenset[str]:
    """Their paths below `schemas/`, with forward slashes."""
    return frozenset(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file())


@cache
def read(name: str) -> bytes:
    return (FOLDER / name).read_bytes()
