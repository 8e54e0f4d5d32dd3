"""A secret that is made once and kept in a file that only its owner reads."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def keepsake(file: Path) -> bytes:
    """The same from all processes that ask, also where they ask for the first time at once. Raises OSError."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):  # somebody was faster: theirs it is
            os.link(draft, file)
        draft.unlink()
    return file.read_bytes()
