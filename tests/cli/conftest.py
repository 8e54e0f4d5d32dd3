"""The command `syndicate` on a database file of its own."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from syndicate.cli import main
from syndicate.store import Store, migrating
from tests.newsroom import a_house, a_push

Run = Callable[..., Result]


@dataclass
class Terminal:
    """`run` answers as a shell would; `json` asks for JSON, which must be one document and nothing else."""

    runner: CliRunner

    def run(self, *words: str, given: str | bytes | None = None) -> Result:
        result = self.runner.invoke(main, words, input=given)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception  # a trace on somebody's terminal
        return result

    def json(self, *words: str, given: str | bytes | None = None, code: int = 0) -> Any:
        result = self.run(*words, "--json", given=given)
        assert result.exit_code == code, result.output
        assert result.stderr == ""
        return json.loads(result.stdout)


@pytest.fixture
def bare_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """No database yet; the settings of a newsroom at news.example."""
    for name, value in {
        "SYNDICATE_DATABASE_URL": f"sqlite:///{tmp_path / 'desk.db'}",
        "SYNDICATE_BASE_URL": "https://news.example",
        "SYNDICATE_NAME": "The Mirror",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    return Terminal(CliRunner())


@pytest.fixture(scope="session")
def _furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file that is made once and copied for each test."""
    file = tmp_path_factory.mktemp("furnished") / "desk.db"
    store = Store(f"sqlite:///{file}")
    migrating.upgrade(store)
    a_house(store)
    store.close()  # the last connection writes the log back, so that the file is all there is
    return file


@pytest.fixture
def terminal(bare_terminal: Terminal, tmp_path: Path, _furnished: Path) -> Terminal:
    """The outlet `oc-media` and the public channel `world` are there."""
    shutil.copy(_furnished, tmp_path / "desk.db")
    return bare_terminal


@pytest.fixture
def article(tmp_path: Path) -> str:
    """A file with an article in our own JSON."""
    file = tmp_path / "article.json"
    file.write_text(json.dumps(a_push()))
    return str(file)
