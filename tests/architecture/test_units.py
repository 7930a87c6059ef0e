"""Every number names its unit: a bare `length` has cost others a bus driver's nine-hour shift called eight.

Engines are left out: they solve abstract, published problems, whose numbers have no unit.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, modules, parsed, place

# The last word of a name; `cost_yuan_km` is read as yuan per kilometre.
UNITS = {
    "m", "m2", "m3", "km", "km2", "mm", "px", "deg", "ppm",
    "s", "ms", "h", "hour", "hours", "day", "month", "year",
    "kg", "t", "l", "kwh", "mps", "lps", "lpm", "bytes", "mb",
    "yuan", "pct", "ratio", "factor", "share",
}  # fmt: skip
NUMERIC = re.compile(
    r"^(?:int|float|F64|F32|I64|I32|NDArray\[.*(?:float|int)\d*.*\])(?: \| None)?$|^tuple\[(?:int|float), \.\.\.\]$"
)
# Names that end so are no measures: an address in space or time, a code, an order, what a solver minimises.
BARE = {
    "bound", "coords", "epsg", "gap", "grade", "level", "limit", "line", "objective", "position", "rank", "row", "seed",
    "version",
}  # fmt: skip
# Classes that describe or carry a number of any unit: the unit stands in a field beside it.
BESIDE = {"unit", "size_unit"}


def is_dataclass(node: ast.ClassDef) -> bool:
    return any("dataclass" in ast.unparse(decorator) for decorator in node.decorator_list)


def bare_numbers(source: ast.Module) -> list[tuple[ast.AnnAssign, str]]:
    """Return each numeric field that tells no unit, with its name."""
    found = []
    for owner in ast.walk(source):
        if not (isinstance(owner, ast.ClassDef) and is_dataclass(owner)):
            continue
        fields = [node for node in owner.body if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)]
        names = {ast.unparse(node.target) for node in fields}
        for node in fields:
            name = ast.unparse(node.target)
            if NUMERIC.match(ast.unparse(node.annotation)) and not tells(name) and not names & BESIDE:
                found.append((node, name))
    return found


def tells(name: str) -> bool:
    """Say whether a field's name holds its unit, is a count, or needs none."""
    plain = name.strip("_")
    return plain.startswith("n_") or plain.rpartition("_")[2] in UNITS | BARE


def read() -> list[Path]:
    engines = ROOT / "optimizer" / "engines"
    return [path for path in modules("layers", "resources", "optimizer") if engines not in path.parents]


def test_every_numeric_field_tells_its_unit() -> None:
    assert not [f"{place(path, node)} {name}" for path in read() for node, name in bare_numbers(parsed(path))]


@pytest.mark.parametrize(
    ("field", "n_found"),
    [
        ("length: float", 1),
        ("length: float | None = None", 1),
        ("widths: NDArray[np.float64]", 1),
        ("length_m: float", 0),
        ("cost_yuan_per_km: float", 0),
        ("n_streets: int", 0),
        ("name: str", 0),
        ("value: float\n    unit: str", 0),
    ],
)
def test_a_bare_number_is_noticed(field: str, n_found: int) -> None:
    source = ast.parse(f"@dataclass(frozen=True)\nclass Street:\n    {field}\n")
    assert len(bare_numbers(source)) == n_found


def test_conversion_factors_stand_in_one_place() -> None:
    """3.6 and 60 seconds or 1000 metres are written in `layers/units.py`, and nowhere else as a factor."""
    factors = {3.6, 60, 3600, 1000}
    found = [
        f"{place(path, node)} {ast.unparse(node)}"
        for path in read()
        if path.name != "units.py"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div | ast.FloorDiv)
        for side in (node.left, node.right)
        if isinstance(side, ast.Constant) and side.value in factors
    ]
    assert not found
