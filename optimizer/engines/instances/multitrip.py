"""Read files of the family multitrip-vrptw: VRPLIB text of type MTVRPTWR (Yang 2023, 2024).

Header lines ``KEY: value``, then sections of lines that begin with a node's number, from 1; node 1 is the depot, where a
vehicle reloads between two trips. A trip begins no earlier than the release times of all that it serves. Coordinates are
Euclidean; distances, times and the objective are in tenths, cut off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from optimizer.engines.instances.damage import cut_short, damaged, given_twice, unreadable
from optimizer.engines.instances.figures import coordinate, count, figure
from optimizer.engines.instances.lines import numbered_lines
from optimizer.engines.instances.stop_files import Fleet, StopRow, check_loads, truncated_problem
from optimizer.engines.instances.stop_instance import Form, StopInstance

_HEADER = re.compile(r"\s*([A-Z_]+)\s*:\s*(.*?)\s*")
_NEEDED = ("DIMENSION", "VEHICLES", "CAPACITY", "SERVICE_TIME")
_OTHERS = ("NAME", "COMMENT", "TYPE", "EDGE_WEIGHT_TYPE")
# What the lines of each section hold behind the node; the last two list vehicles and depots.
_SECTIONS = {
    "NODE_COORD_SECTION": ("x", "y"),
    "DEMAND_SECTION": ("demand",),
    "TIME_WINDOW_SECTION": ("earliest", "latest"),
    "RELEASE_TIME_SECTION": ("release",),
}
_DEPOTS = {"VEHICLES_RELOAD_DEPOT_SECTION": ("depot",), "DEPOT_SECTION": ()}
_DEPOT = 1

Entry = tuple[int, list[str]]


@dataclass
class _Sheet:
    """What was read so far, each with its line."""

    path: Path
    headers: dict[str, tuple[int, str]] = field(default_factory=dict)
    sections: dict[str, dict[int, Entry]] = field(default_factory=dict)
    current: str | None = None
    ended: bool = False


def read_multitrip(path: Path, text: str, capacity: int | None = None) -> StopInstance:
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
    n_nodes = _check_whole(sheet, last)
    depot, *rows = (_row(sheet, node) for node in range(1, n_nodes + 1))
    number, written = sheet.headers["CAPACITY"]
    holds = figure(path, number, "CAPACITY", written) if capacity is None else Decimal(capacity)
    number, written = sheet.headers["VEHICLES"]
    fleet = Fleet(count(path, number, "VEHICLES", written), holds)
    check_loads(path, rows, holds)
    problem = truncated_problem(depot, rows, fleet, path.stem, reloads=True)
    return StopInstance(path.stem, problem, tuple(int(row.id) for row in rows), (), Form.TRIPS)


def _read_line(sheet: _Sheet, number: int, line: str) -> None:
    header = _HEADER.fullmatch(line)
    key = header[1] if header else line.strip()
    if key == "EOF":
        sheet.ended = True
    elif header is None and (key in _SECTIONS or key in _DEPOTS):
        if key in sheet.sections:
            raise given_twice(sheet.path, number, key)
        sheet.current = key
        sheet.sections[key] = {}
    elif header is None:
        _read_entry(sheet, number, line)
    elif key in sheet.headers:
        raise given_twice(sheet.path, number, key)
    elif key not in (*_NEEDED, *_OTHERS):
        raise damaged(
            sheet.path,
            number,
            f"未知关键字 {key}，请改正",
            f"keyword {key} is unknown, one of the format is expected; mend the line",
        )
    else:
        sheet.headers[key] = (number, header[2])


def _read_entry(sheet: _Sheet, number: int, line: str) -> None:
    if sheet.current is None:
        raise unreadable(sheet.path, number, line, "KEY: value")
    columns = (_SECTIONS | _DEPOTS)[sheet.current]
    words = line.split()
    if sheet.current == "DEPOT_SECTION" and words == ["-1"]:
        return
    if len(words) != 1 + len(columns):
        raise unreadable(sheet.path, number, line, " ".join(("number", *columns)))
    node = count(sheet.path, number, "number", words[0])
    if node in sheet.sections[sheet.current]:
        raise given_twice(sheet.path, number, f"{sheet.current} {node}")
    if sheet.current in _DEPOTS and words[-1] != str(_DEPOT):
        raise damaged(
            sheet.path,
            number,
            f"车场为 {words[-1]}，应为 {_DEPOT}，请改正",
            f"the depot is {words[-1]}, {_DEPOT} is expected; mend the line",
        )
    sheet.sections[sheet.current][node] = (number, words[1:])


def _check_whole(sheet: _Sheet, last: int) -> int:
    """Refuse a file that ends early; return the number of nodes."""
    for key in (*_NEEDED, *_SECTIONS, *_DEPOTS):
        if key not in sheet.headers and key not in sheet.sections:
            raise cut_short(sheet.path, last, key)
    if not sheet.ended:
        raise cut_short(sheet.path, last, "EOF")
    n_nodes = count(sheet.path, sheet.headers["DIMENSION"][0], "DIMENSION", sheet.headers["DIMENSION"][1])
    for key in _SECTIONS:
        entries = sheet.sections[key]
        wrong = next((n for n in range(1, n_nodes + 1) if n not in entries), None)
        if wrong is not None:
            raise cut_short(sheet.path, last, f"{key} {wrong}")
        beyond = next((n for n in entries if n > n_nodes), None)
        if beyond is not None:
            raise damaged(
                sheet.path,
                entries[beyond][0],
                f"节点 {beyond} 超出 1..{n_nodes}，请改正",
                f"node {beyond} is outside 1..{n_nodes}; mend the line or DIMENSION",
            )
    return n_nodes


def _row(sheet: _Sheet, node: int) -> StopRow:
    """Return what all sections say of a node."""
    path = sheet.path
    figures: dict[str, Decimal] = {}
    for key, columns in _SECTIONS.items():
        number, words = sheet.sections[key][node]
        for column, word in zip(columns, words, strict=True):
            figures[column] = (coordinate if column in "xy" else figure)(path, number, column, word)
    number, written = sheet.headers["SERVICE_TIME"]
    service = figure(path, number, "SERVICE_TIME", written)
    if figures["latest"] < figures["earliest"]:
        raise damaged(
            path,
            sheet.sections["TIME_WINDOW_SECTION"][node][0],
            f"最晚时间 {figures['latest']} 早于最早时间 {figures['earliest']}，请改正",
            f"latest {figures['latest']} is before earliest {figures['earliest']}; mend the line",
        )
    line = sheet.sections["DEMAND_SECTION"][node][0]
    return StopRow(line, str(node), service=Decimal(0) if node == _DEPOT else service, **figures)
