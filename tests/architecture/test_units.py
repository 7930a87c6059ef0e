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
    "s", "ms", "min", "h", "hour", "hours", "day", "days", "month", "year",
    "kg", "t", "l", "kwh", "mps", "lps", "lpm", "bytes", "mb",
    "celsius", "yuan", "head", "job", "pct", "ratio", "factor", "share", "fraction", "scale",
}  # fmt: skip
NUMERIC = re.compile(
    r"^(?:int|float|F64|F32|I64|I32|NDArray\[.*(?:float|int)\d*.*\])(?: \| None)?$|^tuple\[(?:int|float), \.\.\.\]$"
)
# Names that end so are no measures: a code, an order, a place between 0 and 1, a bound in the unit of what it bounds,
# coordinates as a file has them, what a solver minimises.
BARE = {
    "along", "bound", "coords", "done", "epsg", "gap", "grade", "high", "level", "limit", "line", "lonlat", "low", "number",
    "numbers", "objective", "order", "position", "rank", "seed", "value", "version",
}  # fmt: skip
# Integers that point at a row of an array or an object of a file, and the packed weight that a shortest path adds up.
POINTERS = {
    "after", "arc", "arcs", "before", "crew", "depot", "end", "from", "head", "id", "index", "junction", "k", "layout",
    "leader", "node", "nodes", "part", "pieces", "place", "route", "row", "rows", "start", "stream", "streams", "street",
    "tail", "to", "trip", "way", "ways", "weight",
}  # fmt: skip
# Between kilometres an hour and metres a second, minutes, hours, kilometres; only `layers/units.py` writes them.
FACTORS = {3.6, 60, 3600, 1000}
# Classes that describe or carry a number of any unit: the unit stands in a field beside it.
BESIDE = {"unit", "size_unit", "price_unit"}


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
            if NUMERIC.match(kind := ast.unparse(node.annotation)) and not tells(name, kind) and not names & BESIDE:
                found.append((node, name))
    return found


def tells(name: str, kind: str) -> bool:
    """Say whether a field's name holds its unit, is a count or a pointer, or needs none."""
    last = name.rpartition("_")[2]
    pointer = last in POINTERS and re.search(r"float|F64|F32", kind) is None
    return name.strip("_").startswith("n_") or pointer or last in UNITS | BARE


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
        ("street: float", 1),
        ("street: I64", 0),
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


def conversions(source: ast.Module) -> list[ast.BinOp]:
    """Return products and quotients of a unit-bearing name and a factor between units."""
    found = []
    for node in ast.walk(source):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div | ast.FloorDiv):
            sides = (node.left, node.right)
            factor = any(isinstance(side, ast.Constant) and side.value in FACTORS for side in sides)
            words = re.findall(r"[a-z0-9]+(?!\w)", ast.unparse(node))
            if factor and not UNITS.isdisjoint(words):
                found.append(node)
    return found


def test_conversion_factors_stand_in_one_place() -> None:
    elsewhere = [path for path in read() if path.name != "units.py"]
    assert not [f"{place(path, node)} {ast.unparse(node)}" for path in elsewhere for node in conversions(parsed(path))]


@pytest.mark.parametrize(("text", "n_found"), [("length_m / 1000", 1), ("3.6 * v_mps", 1), ("1000 * k", 0), ("2 * x_m", 0)])
def test_a_conversion_is_noticed(text: str, n_found: int) -> None:
    assert len(conversions(ast.parse(text))) == n_found
