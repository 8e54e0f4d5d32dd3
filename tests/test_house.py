"""The arrows of the house that import-linter cannot say: told by the code itself, module by module."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "syndicate").rglob("*.py"))
}
CORE = [path for path in MODULES if path.startswith("syndicate/core/")]


def imports(path: str) -> Iterator[str]:
    """The full names that a module imports anywhere in it; for `from a import b` both `a` and `a.b`."""
    for node in ast.walk(MODULES[path]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: a relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def who_imports(*names: str) -> set[str]:
    return {path for path in MODULES for name in imports(path) if any(f"{name}.".startswith(f"{n}.") for n in names)}


def touches_environ(path: str) -> bool:
    return any(ast.unparse(node) == "os.environ" for node in ast.walk(MODULES[path]) if isinstance(node, ast.Attribute))


def asks_environ(path: str) -> bool:
    """It reads a variable: `os.environ["A"]`, `os.environ.get("A")` or `os.getenv("A")`."""
    nodes = list(ast.walk(MODULES[path]))
    read = {ast.unparse(node) for node in nodes if isinstance(node, ast.Attribute)}
    read |= {
        f"{ast.unparse(node.value)}[]"
        for node in nodes
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load)
    }
    return bool(read & {"os.environ.get", "os.environ.pop", "os.environ[]", "os.getenv"})


@pytest.mark.parametrize("path", CORE)
def test_the_rules_of_the_newsroom_know_the_standard_library_and_each_other(path):
    outside = {name.partition(".")[0] for name in imports(path) if not f"{name}.".startswith("syndicate.core.")}
    assert outside <= sys.stdlib_module_names | {"syndicate"}
    assert not {name for name in imports(path) if name.startswith("syndicate.") and "syndicate.core" not in name}


def test_one_module_knows_the_sanitisers():
    assert who_imports("bleach", "nh3") == {"syndicate/cleaning/sanitize.py"}


def test_one_module_knows_the_queue_s_library_and_its_servers():
    assert who_imports("huey", "redis", "psycopg", "peewee") == {"syndicate/queue.py"}


def test_only_the_doors_know_the_settings():
    allowed = {"syndicate/app.py"}
    assert {path for path in who_imports("syndicate.config") if not path.startswith("syndicate/cli/")} == allowed


def test_the_environment_is_read_by_the_settings_and_only_set_or_handed_on_elsewhere():
    """`cli/running.py` sets an address for the worker processes; the demo hands its environment to its server."""
    handed_on = {"syndicate/cli/running.py", "syndicate/demo/job.py"}
    assert {path for path in MODULES if touches_environ(path)} - handed_on == {"syndicate/config.py"}
    assert [path for path in MODULES if asks_environ(path)] == []
    assert who_imports("os.environ", "os.getenv") == set()


def test_a_contract_is_kept_where_the_code_that_makes_it_fails(tmp_path, lacking):
    if not (make := shutil.which("make")):
        lacking("make", "there is no make here")
    contract, tools = tmp_path / "contract.json", tmp_path / "bin"
    contract.write_text("kept")
    tools.mkdir()
    (tools / "python").write_text("#!/bin/sh\necho half of it\nexit 1\n")
    (tools / "python").chmod(0o755)
    command = [make, "-o", ".venv/.run-ready", "openapi", f"BIN={tools}", f"OPENAPI={contract}"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True).returncode != 0
    assert contract.read_text() == "kept"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bin", "contract.json"]
