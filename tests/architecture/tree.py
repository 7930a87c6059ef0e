"""The project's own files, as the architecture tests read them (without git, which a bare machine lacks)."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("layers", "resources", "optimizer", "publish", "sample_city", "desktop", "jingcheng")
_MADE = {"build", "out", "__pycache__"}
_KEPT_HIDDEN = {".ci"}


def files() -> Iterator[Path]:
    """Yield every file of the checkout that is not made by a tool."""
    for folder, names, found in os.walk(ROOT):
        names[:] = sorted(name for name in names if _is_ours(name))
        yield from (Path(folder, name) for name in sorted(found) if not name.startswith(".coverage"))


def _is_ours(name: str) -> bool:
    if name in _MADE or name.endswith(".egg-info"):
        return False
    return not name.startswith(".") or name in _KEPT_HIDDEN


def modules(*packages: str) -> list[Path]:
    """Return the Python files of these packages, sorted."""
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


@cache
def parsed(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, node: ast.stmt | ast.expr | None = None) -> str:
    """Return `path:line`, from the root of the checkout."""
    relative = path.relative_to(ROOT).as_posix()
    return relative if node is None else f"{relative}:{node.lineno}"
