"""Read CARP files: gdb, kshs, val, egl, egl-large and bmcv, as published by Belenguer and Benavent.

Header lines ``KEYWORD : value`` with Spanish keywords, then ``( u, v) coste C demanda D`` for edges that need service and
``( u, v) coste C`` for those that do not. Every edge is undirected and costs C served or not; any number of vehicles may be
used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from optimizer.engines.arc_routing import ArcRoutingProblem, Network, Tasks, VehicleGroup
from optimizer.engines.instances.damage import cut_short, damaged, given_twice, miscounted, unreadable
from optimizer.engines.instances.lines import numbered_lines
from optimizer.engines.instances.street_instance import StreetInstance

_HEADER = re.compile(r"^\s*([A-Z_]+)\s*:(.*)$")
_EDGE = re.compile(r"^\s*\(\s*(\d+)\s*,\s*(\d+)\s*\)\s*coste\s+(\d+)(?:\s+demanda\s+(\d+))?\s*$")
_NUMBERS = ("VERTICES", "ARISTAS_REQ", "ARISTAS_NOREQ", "CAPACIDAD", "DEPOSITO")
_OTHERS = ("NOMBRE", "COMENTARIO", "VEHICULOS", "TIPO_COSTES_ARISTAS", "COSTE_TOTAL_REQ")
_LISTS = ("LISTA_ARISTAS_REQ", "LISTA_ARISTAS_NOREQ")
# Sums of costs are held in 32 bits on the way.
_MOST = 1 << 27


@dataclass
class _Sheet:
    """What was read so far, with the line of each entry."""

    path: Path
    numbers: dict[str, int] = field(default_factory=dict)
    line_of: dict[str, int] = field(default_factory=dict)
    edges: dict[str, list[tuple[int, int, int, int, int]]] = field(default_factory=lambda: {key: [] for key in _LISTS})
    current: str | None = None


def read_carp(path: Path, text: str, capacity: int | None = None) -> StreetInstance:
    """Read an instance; `capacity` stands in for the file's.

    Raises
    ------
    InputError
        The file is damaged; the message names the line.
    """
    sheet = _Sheet(path)
    lines, last = numbered_lines(text)
    for number, line in lines:
        _read_line(sheet, number, line)
    _check(sheet, last)
    return _instance(sheet, capacity)


def _read_line(sheet: _Sheet, number: int, line: str) -> None:
    header = _HEADER.match(line)
    if header is None:
        _read_edge(sheet, number, line)
        return
    key, value = header.group(1), header.group(2).strip()
    if key in _LISTS:
        sheet.current = key
        sheet.line_of[key] = number
    elif key in _NUMBERS:
        if not value.isascii() or not value.isdigit():
            raise damaged(
                sheet.path,
                number,
                f"{key} 为“{value}”，应为整数，请改正",
                f"{key} is {value!r}, a whole number is expected; mend the line",
            )
        if key in sheet.numbers:
            raise given_twice(sheet.path, number, key)
        sheet.numbers[key] = int(value)
        sheet.line_of[key] = number
    elif key not in _OTHERS:
        raise damaged(
            sheet.path,
            number,
            f"未知关键字 {key}，请改正",
            f"keyword {key} is unknown, one of the CARP format is expected; mend the line",
        )


def _read_edge(sheet: _Sheet, number: int, line: str) -> None:
    edge = _EDGE.match(line)
    required = sheet.current == _LISTS[0]
    if sheet.current is None or edge is None or (edge.group(4) is not None) != required:
        wanted = "( u, v) coste C demanda D" if required else "( u, v) coste C"
        raise unreadable(sheet.path, number, line, wanted)
    u, v, cost, demand = (int(x or 0) for x in edge.groups())
    n_vertices = sheet.numbers.get("VERTICES", 0)
    for vertex in (u, v):
        if not 1 <= vertex <= n_vertices:
            raise damaged(
                sheet.path,
                number,
                f"顶点 {vertex} 超出 1..{n_vertices}，请改正",
                f"vertex {vertex} is outside 1..{n_vertices}; mend the line or VERTICES",
            )
    if cost >= _MOST or demand >= _MOST:
        raise damaged(
            sheet.path,
            number,
            f"数值过大，应小于 {_MOST}",
            f"a figure is too large, less than {_MOST} is expected; use a larger unit",
        )
    sheet.edges[sheet.current].append((number, u, v, cost, demand))


def _check(sheet: _Sheet, last: int) -> None:
    """Refuse a file that ends early or counts wrongly."""
    for key in ("VERTICES", "ARISTAS_REQ", "CAPACIDAD", "DEPOSITO"):
        if key not in sheet.numbers:
            raise cut_short(sheet.path, last, key)
    for key, count in zip(_LISTS, ("ARISTAS_REQ", "ARISTAS_NOREQ"), strict=True):
        wanted, found = sheet.numbers.get(count, 0), len(sheet.edges[key])
        if wanted != found:
            raise miscounted(sheet.path, sheet.line_of.get(count, last), (count, wanted), (key, found))
    depot, n_vertices = sheet.numbers["DEPOSITO"], sheet.numbers["VERTICES"]
    if not 1 <= depot <= n_vertices:
        raise damaged(
            sheet.path,
            sheet.line_of["DEPOSITO"],
            f"DEPOSITO 为 {depot}，应在 1..{n_vertices} 内，请改正",
            f"DEPOSITO is {depot}, a vertex in 1..{n_vertices} is expected; mend the line",
        )


def _instance(sheet: _Sheet, capacity: int | None) -> StreetInstance:
    required, other = (sheet.edges[key] for key in _LISTS)
    limit = sheet.numbers["CAPACIDAD"] if capacity is None else capacity
    for number, _, _, _, demand in required:
        if demand > limit:
            raise damaged(
                sheet.path,
                number,
                f"需求 {demand} 超过容量 {limit}，请改正",
                f"demand {demand} exceeds the capacity {limit}; mend the line or CAPACIDAD",
            )
    rows = np.array([edge[1:] for edge in required], dtype=np.int64).reshape(-1, 4)
    network = _network(sheet.numbers["VERTICES"], [*required, *other])
    ends = rows[:, :2] - 1
    no_time = np.zeros((len(rows), 2), dtype=np.int64)
    tasks = Tasks(
        entry=ends,
        exit=ends[:, ::-1].copy(),
        cost=np.repeat(rows[:, 2:3], 2, axis=1),
        time_s=no_time,
        reversible=np.ones(len(rows), dtype=np.bool_),
        demand=rows[:, 3:].copy(),
        value=np.ones(len(rows), dtype=np.int64),
    )
    depot = sheet.numbers["DEPOSITO"] - 1
    problem = ArcRoutingProblem(network, tasks, (VehicleGroup(depot, depot, (limit,)),), name=sheet.path.stem)
    return StreetInstance(sheet.path.stem, problem, tuple((edge[1], edge[2]) for edge in required), numbered=False)


def _network(n_vertices: int, edges: Sequence[tuple[int, int, int, int, int]]) -> Network:
    """Return the edges as arcs in both directions."""
    ends = np.array([edge[1:4] for edge in edges], dtype=np.int64).reshape(-1, 3)
    u, v, cost = ends[:, 0] - 1, ends[:, 1] - 1, ends[:, 2]
    no_time = np.zeros(2 * len(ends), dtype=np.int64)
    return Network(n_vertices, np.concatenate([u, v]), np.concatenate([v, u]), np.concatenate([cost, cost]), no_time)
