"""Files by name, in a folder or in any store that fsspec speaks to, such as `s3://bucket/prefix`.

A file is written under another name and then moved, so that under its own name it is whole or not there: whoever is
killed leaves at most something in `unfinished/`, which the sweep removes with the rest of what nobody knows.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import uuid4

from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from syndicate.core.errors import Unavailable

UNFINISHED = "unfinished"


class Files:
    def __init__(self, url: str) -> None:
        """Raises ValueError for an address that cannot be used, in words."""
        try:
            self._fs, root = url_to_fs(url)
        except (ValueError, ImportError, OSError) as error:  # no such protocol, its package is missing
            raise ValueError(str(error)) from error
        self._root = root.rstrip("/")

    def keep(self, name: str, data: bytes) -> None:
        """All of it or nothing, in the place of what had this name. Raises Unavailable."""
        path, unfinished = self._path(name), self._path(f"{UNFINISHED}/{uuid4().hex}")
        with _translated():
            for one in (path, unfinished):
                self._fs.makedirs(one.rpartition("/")[0], exist_ok=True)
            with self._fs.open(unfinished, "wb") as file:
                file.write(data)
                if isinstance(self._fs, LocalFileSystem):
                    file.flush()
                    os.fsync(file.fileno())
            self._fs.mv(unfinished, path)

    def read(self, name: str) -> bytes | None:
        """The file, or None where there is none of this name. Raises Unavailable."""
        with _translated():
            try:
                found: bytes = self._fs.cat_file(self._path(name))
            except FileNotFoundError:
                return None
            return found

    def has(self, name: str) -> bool:
        """Whether there is a file of this name. Raises Unavailable."""
        with _translated():
            return bool(self._fs.isfile(self._path(name)))

    def older_than(self, time: datetime) -> Iterator[str]:
        """The names of all files last written before this time, unfinished ones among them. Raises Unavailable."""
        with _translated():
            self._fs.invalidate_cache()
            for path in self._fs.find(self._root):
                if self._is_older(path, time):
                    yield path.removeprefix(f"{self._root}/")

    def remove(self, name: str, *, if_older_than: datetime) -> bool:
        """Take a file away, unless it was written anew meanwhile; whether it went. Raises Unavailable."""
        path = self._path(name)
        with _translated():
            try:
                if not self._is_older(path, if_older_than):
                    return False
                self._fs.rm_file(path)
            except FileNotFoundError:  # another was faster
                return False
            return True

    def check(self) -> None:
        """Raises Unavailable where nothing can be written."""
        name = f"{UNFINISHED}/check"
        self.keep(name, b"")
        with _translated():
            self._fs.rm_file(self._path(name))

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _is_older(self, path: str, time: datetime) -> bool:
        written: datetime = self._fs.modified(path)
        return (written if written.tzinfo else written.replace(tzinfo=UTC)) < time


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise Unavailable(f"The store of pictures did not answer: {error.strerror or type(error).__name__}.") from error
