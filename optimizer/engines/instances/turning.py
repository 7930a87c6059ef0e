"""Read files of the family mcarptif-tp: one vehicle, dump sites, two capacities, turn penalties, streets with shapes.

Tab-separated: a header of ``KEY value ...``, then lists of ``u v serve drive volume weight shape``, the shape as
``x y,x y``. The four lists and their counts are all given, and unlike those of the older families they agree.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from optimizer.engines.instances.damage import cut_short, damaged, given_twice, miscounted, unreadable
from optimizer.engines.instances.figures import figure, node
from optimizer.engines.instances.lines import numbered_lines
from optimizer.engines.instances.mixed import LISTS
from optimizer.engines.instances.streets import Shape, Street, StreetFile

_ROW = "u, v, serve, drive, volume, weight, x y,x y ..."
_N_COLUMNS = 7
_N_RESOURCES = 2
_N_CLASSES = 4
_POINT = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)? -?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
# How many values each keyword takes; None for as many as there are.
_KEYS: dict[str, int | None] = {
    "NAME": None,
    "NODES": 1,
    **dict.fromkeys((key.removeprefix("LIST_") for key in LISTS), 1),
    "CAPACITY": _N_RESOURCES,
    "DUMPING_COST": None,
    "MAX_DURATION": 1,
    "DEPOT": 1,
    "DUMPING_SITES": None,
    "TURN_PENALTY": _N_CLASSES,
}


@dataclass
class _Sheet:
    """What was read so far."""

    path: Path
    values: dict[str, list[str]] = field(default_factory=dict)
    line_of: dict[str, int] = field(default_factory=dict)
    streets: dict[str, list[Street]] = field(default_factory=lambda: {key: [] for key in LISTS})
    current: str | None = None

    def figures(self, key: str) -> tuple[Decimal, ...]:
        """Return a header's figures."""
        return tuple(figure(self.path, self.line_of[key], key, value) for value in self.values[key])

    def nodes(self, key: str) -> tuple[int, ...]:
        """Return a header's nodes."""
        return tuple(node(self.path, self.line_of[key], key, value) for value in self.values[key])


def read_turning(path: Path, text: str) -> StreetFile:
    """Read a file of the family mcarptif-tp.

    Raises
    ------
    InputError
        The file is damaged; the message names the line.
    """
    sheet = _Sheet(path)
    lines, last = numbered_lines(text)
    for number, line in lines:
        _read_line(sheet, number, line)
    for key in _KEYS:
        if key not in sheet.values and key not in ("NAME", "NODES"):
            raise cut_short(path, last, key)
    for key in LISTS:
        _check_count(sheet, key)
    return _file(sheet)


def _read_line(sheet: _Sheet, number: int, line: str) -> None:
    parts = line.strip().split("\t")
    key = parts[0].rstrip(" :")
    if key in LISTS:
        if key in sheet.line_of:
            raise given_twice(sheet.path, number, key)
        sheet.line_of[key] = number
        sheet.current = key
    elif re.match(r"[A-Z]", line):
        _read_header(sheet, number, line)
    elif sheet.current is None:
        raise unreadable(sheet.path, number, line, "LIST_REQ_EDGES :")
    else:
        sheet.streets[sheet.current].append(_street(sheet, number, line, sheet.current))


def _read_header(sheet: _Sheet, number: int, line: str) -> None:
    key, *values = line.strip().split("\t")
    if key not in _KEYS:
        raise damaged(
            sheet.path,
            number,
            f"未知关键字 {key[:40]}，请改正",
            f"keyword {key[:40]} is unknown, one of the format is expected; mend the line",
        )
    if key in sheet.values:
        raise given_twice(sheet.path, number, key)
    values = [part.strip() for value in values for part in value.split(",") if part.strip()]
    wanted = _KEYS[key]
    if not values or (wanted is not None and len(values) != wanted):
        raise damaged(
            sheet.path,
            number,
            f"{key} 有 {len(values)} 个值，应有 {wanted or 1} 个，请改正",
            f"{key} has {len(values)} values, where {wanted or 1} are expected; mend the line",
        )
    sheet.values[key] = values
    sheet.line_of[key] = number
    if key in ("NODES", *(k.removeprefix("LIST_") for k in LISTS)):
        sheet.nodes(key)
    elif key not in ("NAME", "DEPOT", "DUMPING_SITES"):
        sheet.figures(key)


def _street(sheet: _Sheet, number: int, line: str, key: str) -> Street:
    parts = [part.strip() for part in line.rstrip().split("\t")]
    if len(parts) != _N_COLUMNS:
        raise unreadable(sheet.path, number, line, _ROW)
    required = not key.startswith("LIST_NOREQ")
    serve, drive, *demand = (
        figure(sheet.path, number, name, part)
        for name, part in zip(("serve", "drive", "volume", "weight"), parts[2:6], strict=True)
    )
    return Street(
        line=number,
        tail=node(sheet.path, number, "u", parts[0]),
        head=node(sheet.path, number, "v", parts[1]),
        one_way=key.endswith("ARCS"),
        drive=drive,
        serve=serve if required else None,
        demand=tuple(demand) if required else (),
        shape=_shape(sheet, number, parts[6]),
    )


def _shape(sheet: _Sheet, number: int, text: str) -> Shape:
    points = [point.strip() for point in text.split(",")]
    if len(points) <= 1 or not all(_POINT.fullmatch(point) for point in points):
        raise unreadable(sheet.path, number, text, "x y,x y ...")
    return tuple((float(x), float(y)) for x, y in (point.split() for point in points))


def _check_count(sheet: _Sheet, key: str) -> None:
    count = key.removeprefix("LIST_")
    stated, found = int(sheet.values[count][0]), len(sheet.streets[key])
    if stated != found:
        raise miscounted(sheet.path, sheet.line_of[count], (count, stated), (key, found))


def _file(sheet: _Sheet) -> StreetFile:
    sites, costs = sheet.nodes("DUMPING_SITES"), sheet.figures("DUMPING_COST")
    if len(costs) not in (1, len(sites)):
        raise damaged(
            sheet.path,
            sheet.line_of["DUMPING_COST"],
            f"DUMPING_COST 有 {len(costs)} 个值，应为 1 个或每个卸点一个（{len(sites)} 个），请改正",
            f"DUMPING_COST has {len(costs)} values, one is expected, or one a site ({len(sites)}); mend the line",
        )
    return StreetFile(
        path=sheet.path,
        streets=tuple(street for key in LISTS for street in sheet.streets[key]),
        depot=sheet.nodes("DEPOT")[0],
        sites=sites,
        capacity=sheet.figures("CAPACITY"),
        dump_costs=costs * len(sites) if len(costs) == 1 else costs,
        shift=sheet.figures("MAX_DURATION")[0],
        turn_costs=sheet.figures("TURN_PENALTY"),
        lines=sheet.line_of,
    )
