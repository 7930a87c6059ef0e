"""The borders of docs/architecture.md hold, and each would be noticed if it fell."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGES, ROOT, modules, parsed, place

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
TREE = {
    **{f"{package}/__init__.py": "" for package in PACKAGES},
    "layers/projection.py": "import pyproj",
    "layers/io/__init__.py": "",
    "layers/io/osm.py": "import osmnx",
    "optimizer/engines/__init__.py": "",
    "optimizer/engines/arc_routing.py": "import ortools, numba",
    "optimizer/planners/__init__.py": "",
    "optimizer/planners/sweeping/__init__.py": "",
    "optimizer/planners/toilets/__init__.py": "",
    "desktop/map.py": "import PySide6, optimizer",
}


def contracts() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT], cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=100
    )


def plant(folder: Path, **changed: str) -> None:
    for name, text in (TREE | changed).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    (folder / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())


def test_every_contract_is_kept() -> None:
    answer = lint(ROOT)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert f"{len(contracts())} kept, 0 broken" in answer.stdout


def test_a_sound_tree_passes(tmp_path: Path) -> None:
    plant(tmp_path)
    answer = lint(tmp_path)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_each_contract_notices_its_own_fault(tmp_path: Path) -> None:
    planted = {
        "Imports only go down": ("layers/up.py", "import resources"),
        "Qt only in desktop": ("publish/page.py", "from PySide6 import QtGui"),
        "Solvers only in optimizer.engines": ("optimizer/planners/toilets/model.py", "import ortools"),
        "pyproj only in layers.projection": ("layers/io/table.py", "import pyproj"),
        "osmnx only in layers.io": ("layers/network.py", "def load():\n    import osmnx"),
        "Planners do not know one another": ("optimizer/planners/toilets/a.py", "import optimizer.planners.sweeping"),
        "Only optimizer imports planners": ("desktop/panel.py", "import optimizer.planners.sweeping"),
    }
    assert sorted(planted) == sorted(contracts())
    plant(tmp_path, **dict(planted.values()))
    answer = lint(tmp_path)
    broken = set(re.findall(r"^(.+) BROKEN\b", answer.stdout, re.MULTILINE))
    assert broken == set(planted), answer.stdout + answer.stderr


@pytest.mark.parametrize("package", PACKAGES)
def test_every_folder_is_a_package(package: str) -> None:
    folders = {path.parent for path in modules(package)}
    assert folders
    assert not [place(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()]


def imported(path: Path) -> set[str]:
    """Return the top-level names that a file imports anywhere in it."""
    nodes = list(ast.walk(parsed(path)))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.split(".")[0] for name in names}


def test_osmnx_stays_in_the_readers_of_osm() -> None:
    users = [place(path) for path in modules(*PACKAGES) if "osmnx" in imported(path)]
    assert all(re.match(r"layers/io/osm\w*(\.py|/)", user) for user in users), users
