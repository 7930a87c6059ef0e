"""Read VRPTW files: Solomon (1987, doi 10.1287/opre.35.2.254), Gehring & Homberger.

A name, a block VEHICLE with the number of vehicles and their capacity, and a table CUSTOMER: number, x, y, demand, ready
time, due date, service time; number 0 is the depot. Service begins between ready time and due date; a vehicle is back by
the depot's. The objective is the distance, each arc truncated to one decimal, times likewise (the DIMACS challenge's rule);
the file's number of vehicles is how many there are.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from optimizer.engines.instances.damage import cut_short, damaged, unreadable
from optimizer.engines.instances.figures import coordinate, count, figure, node
from optimizer.engines.instances.lines import numbered_lines
from optimizer.engines.instances.stop_files import Fleet, StopRow, check_loads, truncated_problem
from optimizer.engines.instances.stop_instance import Form, StopInstance

_COLUMNS = ("x", "y", "demand", "ready time", "due date", "service time")
_ROW = "number x y demand ready-time due-date service-time"
# Sets whose names tell how many customers they have.
_SOLOMON = re.compile(r"(R|C|RC)[12]\d\d", re.IGNORECASE)
_SOLOMON_SIZES = (25, 50, 100)
_HOMBERGER = re.compile(r"(?:R|C|RC)[12]_(10|[24689])_\d+", re.IGNORECASE)


def read_solomon(path: Path, text: str, capacity: int | None = None) -> StopInstance:
    """Read an instance; `capacity` stands in for the file's.

    Raises
    ------
    InputError
        The file is damaged; the message names the line.
    """
    lines, last = numbered_lines(text)
    at = next((k for k, (_, line) in enumerate(lines) if line.split()[:2] == ["CUST", "NO."]), len(lines))
    fleet = _fleet(path, lines[:at], last, capacity)
    rows = [_row(path, number, line, k) for k, (number, line) in enumerate(lines[at + 1 :])]
    if len(rows) < 2:
        raise cut_short(path, last, "CUSTOMER")
    _check_count(path, lines[0][1].strip(), last, len(rows) - 1)
    check_loads(path, rows[1:], fleet.capacity)
    problem = truncated_problem(rows[0], rows[1:], fleet, path.stem, reloads=False)
    customers = tuple(int(row.id) for row in rows[1:])
    return StopInstance(path.stem, problem, customers, (), Form.STOPS, unit=10, n_places=1)


def _fleet(path: Path, lines: list[tuple[int, str]], last: int, capacity: int | None) -> Fleet:
    """Return the block VEHICLE."""
    at = next((k for k, (_, line) in enumerate(lines) if line.split() == ["NUMBER", "CAPACITY"]), None)
    if at is None or at + 1 >= len(lines):
        raise cut_short(path, lines[-1][0] if lines else last, "VEHICLE: NUMBER CAPACITY")
    number, line = lines[at + 1]
    words = line.split()
    if len(words) != 2:
        raise unreadable(path, number, line, "NUMBER CAPACITY")
    holds = figure(path, number, "CAPACITY", words[1])
    return Fleet(count(path, number, "NUMBER", words[0]), holds if capacity is None else Decimal(capacity))


def _row(path: Path, number: int, line: str, k: int) -> StopRow:
    words = line.split()
    if len(words) != 1 + len(_COLUMNS):
        raise unreadable(path, number, line, _ROW)
    if node(path, number, "CUST NO.", words[0]) != k:
        raise damaged(
            path,
            number,
            f"客户编号为 {words[0]}，应为 {k}，请补全文件",
            f"customer {words[0]} is read, {k} is expected; get the whole file",
        )
    x, y = (coordinate(path, number, key, text) for key, text in zip("xy", words[1:3], strict=True))
    demand, ready, due, service = (
        figure(path, number, key, text) for key, text in zip(_COLUMNS[2:], words[3:], strict=True)
    )
    if due < ready:
        raise damaged(
            path,
            number,
            f"最晚时间 {due} 早于最早时间 {ready}，请改正",
            f"due date {due} is before ready time {ready}; mend the line",
        )
    return StopRow(number, words[0], x, y, demand, ready, due, service)


def _check_count(path: Path, name: str, last: int, n_customers: int) -> None:
    """Refuse a file that holds another number of customers than its name says."""
    homberger = _HOMBERGER.fullmatch(name)
    sizes = (100 * int(homberger[1]),) if homberger else _SOLOMON_SIZES if _SOLOMON.fullmatch(name) else ()
    if sizes and n_customers not in sizes:
        wanted = " / ".join(map(str, sizes))
        raise damaged(
            path,
            last,
            f"文件到此有 {n_customers} 个客户，{name} 应有 {wanted} 个，请补全文件",
            f"the file ends with {n_customers} customers, {name} has {wanted}; get the whole file",
        )
