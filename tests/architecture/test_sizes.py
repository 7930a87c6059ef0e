"""Files and functions stay small enough to be read at once; goals without walls end at thousands of lines."""

from __future__ import annotations

import ast

from tests.architecture.tree import PACKAGES, modules, parsed, place

FILE_WALL = 500
FUNCTION_WALL = 80
READ = (*PACKAGES, "tests", "benchmarks")


def test_no_file_is_over_the_wall() -> None:
    lengths = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules(*READ)}
    assert lengths
    assert not {where: n_lines for where, n_lines in lengths.items() if n_lines > FILE_WALL}


def test_no_function_is_over_the_wall() -> None:
    functions = [
        (place(path, node), (node.end_lineno or node.lineno) - node.lineno + 1)
        for path in modules(*READ)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert functions
    assert not [(where, n_lines) for where, n_lines in functions if n_lines > FUNCTION_WALL]
