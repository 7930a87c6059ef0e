"""Only the command line prints: what is below returns values, and says what it does to a monitor or a logger."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.architecture.tree import PACKAGES, modules, parsed, place


def prints(path: Path) -> list[str]:
    """Return the places of a file that write to standard output."""
    return [
        place(path, node)
        for node in ast.walk(parsed(path))
        if (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print")
        or (isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load) and ast.unparse(node) == "sys.stdout")
    ]


def test_nothing_below_the_command_line_prints() -> None:
    quiet = modules(*(package for package in PACKAGES if package != "jingcheng"))
    assert quiet
    assert not [where for path in quiet for where in prints(path)]
