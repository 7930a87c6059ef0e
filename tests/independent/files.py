"""Read public instances of arc routing, written apart from the product's reader: nothing here comes from it.

Every figure is held in thousandths, so that sums are exact.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

Point = tuple[float, float]
_EDGE = re.compile(r"\(\s*(-?\d+)\s*,\s*(-?\d+)\s*\)(.*)")


@dataclass(frozen=True)
class Line:
    """A street as one line of the file says; `drive`, `serve` and `demand` in thousandths."""

    tail: int
    head: int
    two_way: bool
    required: bool
    drive: int
    serve: int
    demand: tuple[int, ...]
    shape: tuple[Point, ...] = ()


@dataclass
class Sheet:
    """What a file says."""

    family: str
    lines: list[Line] = field(default_factory=list)
    depot: int = 0
    dumps: dict[int, int] = field(default_factory=dict)
    dump_at_depot: int = 0
    capacity: tuple[int, ...] = ()
    longest: int | None = None
    penalties: tuple[int, ...] = ()

    @property
    def required(self) -> list[Line]:
        """Required edges in file order, then required arcs."""
        return [x for two_way in (True, False) for x in self.lines if x.required and x.two_way is two_way]


def thousandths(text: str) -> int:
    """Return a figure times 1000."""
    value = Decimal(text) * 1000
    assert value == int(value), text
    return int(value)


def read(path: Path) -> Sheet:
    """Read a file of the families carp, mcarp, mcarptif and mcarptif-tp."""
    text = path.read_text(encoding="latin-1")
    if "LISTA_ARISTAS_REQ" in text:
        return _carp(text)
    return _tabbed(text) if "TURN_PENALTY" in text else _mixed(text)


def _carp(text: str) -> Sheet:
    sheet = Sheet("carp")
    for line in text.splitlines():
        edge = _EDGE.search(line)
        if edge:
            cost, *demand = (thousandths(x) for x in re.findall(r"\d+", edge[3]))
            u, v = int(edge[1]), int(edge[2])
            sheet.lines.append(Line(u, v, True, bool(demand), cost, cost, tuple(demand)))
        elif "CAPACIDAD" in line:
            sheet.capacity = (thousandths(line.split(":")[1].strip()),)
        elif "DEPOSITO" in line:
            sheet.depot = int(line.split(":")[1])
    return sheet


def _mixed(text: str) -> Sheet:
    header = {k: v.strip() for k, v in re.findall(r"^\s*([A-Z_]+)\s*:(.*)$", text, re.M)}
    sites = [int(x) for x in header.get("DUMPING_SITES", "").split(",") if x.strip()]
    sheet = Sheet("mcarptif" if sites else "mcarp", depot=int(header["DEPOT"]))
    sheet.capacity = (thousandths(header["CAPACITY"]),)
    dump = thousandths(header.get("DUMPING_COST", "0"))
    sheet.dumps = dict.fromkeys(sites, dump)
    sheet.dump_at_depot = 0 if sites else dump
    if "MAX_TRIP" in header:
        sheet.longest = thousandths(header["MAX_TRIP"])
    part = ""
    for line in text.splitlines():
        if "LIST_" in line:
            part = line.split(":")[0].strip()
        edge = _EDGE.search(line)
        if edge:
            amounts = [thousandths(x) for x in re.findall(r"[\d.]+", edge[3])]
            required = "NOREQ" not in part
            serve, drive, *demand = amounts if required else (0, *amounts)
            sheet.lines.append(
                Line(int(edge[1]), int(edge[2]), part.endswith("EDGES"), required, drive, serve, tuple(demand))
            )
    return sheet


def _tabbed(text: str) -> Sheet:
    rows = [line.split("\t") for line in text.splitlines() if line.strip()]
    header = {row[0]: row[1:] for row in rows if not re.match(r"-?\d", row[0])}
    sites, costs = [int(x) for x in header["DUMPING_SITES"]], [thousandths(x) for x in header["DUMPING_COST"]]
    sheet = Sheet(
        "mcarptif-tp",
        depot=int(header["DEPOT"][0]),
        dumps=dict(zip(sites, costs * len(sites) if len(costs) == 1 else costs, strict=True)),
        capacity=tuple(thousandths(x) for x in header["CAPACITY"]),
        longest=thousandths(header["MAX_DURATION"][0]),
        penalties=tuple(thousandths(x) for x in header["TURN_PENALTY"]),
    )
    part = ""
    for row in rows:
        if row[0].startswith("LIST_"):
            part = row[0].rstrip(" :")
        elif re.match(r"-?\d", row[0]):
            serve, drive, volume, weight = (thousandths(x) for x in row[2:6])
            shape = tuple((float(x), float(y)) for x, y in (point.split() for point in row[6].split(",")))
            required = "NOREQ" not in part
            sheet.lines.append(
                Line(int(row[0]), int(row[1]), part.endswith("EDGES"), required, drive, serve, (volume, weight), shape)
            )
    return sheet


def turn(before: tuple[Point, ...], after: tuple[Point, ...]) -> int:
    """Return 0, 1, 2 or 3 for going straight, right, left or back from one shape into another, by the angle between them."""
    a, b = _direction(before[::-1]), _direction(after)
    if a is None or b is None:
        return 0
    cross = -a[0] * b[1] + a[1] * b[0]
    dot = -a[0] * b[0] - a[1] * b[1]
    angle = math.degrees(math.atan2(cross, dot))
    if abs(angle) <= 45:
        return 0
    if abs(angle) > 135:
        return 3
    return 1 if angle < 0 else 2


def _direction(shape: tuple[Point, ...]) -> Point | None:
    """Return the step from the first point to the first that differs."""
    for point in shape[1:]:
        if point != shape[0]:
            return point[0] - shape[0][0], point[1] - shape[0][1]
    return None
