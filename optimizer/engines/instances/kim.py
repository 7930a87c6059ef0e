"""Read files of the family waste-vrptw, commercial waste collection (Kim, Kim & Sahoo 2006, doi 10.1016/j.cor.2005.02.045).

Five figures, each followed by a comment: what a vehicle holds, the most it may take in a day, the most stops of a day,
seconds of lunch (it begins between 11:00 and 12:00), speed in miles an hour. Then a table with number, x and y in feet,
earliest and latest begin of service (HHMM), seconds of service, load in cubic yards, and type: 0 the depot, 1 a stop, 2 a
landfill. Ways are Manhattan distances. Vehicles leave the depot empty and must be empty when they are back; the fewest
vehicles are wanted, then the least distance.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from layers.text import Text
from optimizer.engines.instances.damage import cut_short, damaged, unreadable
from optimizer.engines.instances.figures import coordinate, count, figure, node
from optimizer.engines.instances.kim_problem import WasteFile, waste_problem
from optimizer.engines.instances.lines import numbered_lines
from optimizer.engines.instances.stop_files import StopRow, check_loads
from optimizer.engines.instances.stop_instance import Form, StopInstance

_HEADER = ("vehicle capacity", "yards a day", "stops a day", "lunch time", "speed")
_ROW = "id x y earliest latest service load type"
_N_COLUMNS = 8
_TYPES = {"0": "depot", "1": "stop", "2": "landfill"}
_LAST_HOUR = 24
_MINUTES = 60
_NAMED = re.compile(r"(\d+)_stop")


@dataclass(frozen=True)
class _Read:
    """A row of the table, and what it is."""

    row: StopRow
    type: str
    notes: tuple[Text, ...]


def read_kim(path: Path, text: str, capacity: int | None = None) -> StopInstance:
    """Read an instance; `capacity` stands in for the file's.

    Raises
    ------
    InputError
        The file is damaged; the message names the line.
    """
    lines, last = numbered_lines(text)
    at = next((k for k, (_, line) in enumerate(lines) if line.startswith("Stop_ID")), len(lines))
    holds, a_day, n_stops, lunch_s, mph = _header(path, lines[:at])
    read = [_row(path, number, line) for number, line in lines[at + 1 :]]
    file = WasteFile(
        depot=_depot(path, read, last),
        stops=tuple(r.row for r in read if r.type == "stop"),
        landfills=tuple(r.row for r in read if r.type == "landfill"),
        capacity=holds if capacity is None else Decimal(capacity),
        capacity_a_day=a_day,
        stops_a_day=int(n_stops),
        lunch_s=lunch_s,
        speed_mph=mph,
    )
    _check_whole(path, file, read, last)
    check_loads(path, file.stops, min(file.capacity, a_day))
    problem, unit = waste_problem(file, path.stem)
    return StopInstance(
        name=path.stem,
        problem=problem,
        stops=tuple(row.id for row in file.stops),
        stations=tuple(row.id for row in file.landfills),
        form=Form.STEPS,
        unit=unit,
        n_places=4,
        notes=tuple(note for r in read for note in r.notes),
    )


def _header(path: Path, lines: list[tuple[int, str]]) -> list[Decimal]:
    """Return the five figures above the table."""
    if len(lines) != len(_HEADER):
        number = lines[-1][0] if lines else 1
        raise damaged(
            path,
            number,
            f"表头有 {len(lines)} 行数值，应为 {len(_HEADER)} 行，请改正",
            f"{len(lines)} figures stand above the table, {len(_HEADER)} are expected; mend the header",
        )
    found = []
    for key, (number, line) in zip(_HEADER, lines, strict=True):
        value = figure(path, number, key, line.split()[0])
        if key != "lunch time" and value <= 0:
            raise damaged(
                path,
                number,
                f"{key} 为 {value}，应大于 0，请改正",
                f"{key} is {value}, more than 0 is expected; mend the line",
            )
        found.append(value)
    count(path, lines[2][0], _HEADER[2], lines[2][1].split()[0])
    return found


def _row(path: Path, number: int, line: str) -> _Read:
    words = line.split()
    if len(words) != _N_COLUMNS or words[-1] not in _TYPES:
        raise unreadable(path, number, line, _ROW)
    node(path, number, "id", words[0])
    x, y = coordinate(path, number, "x", words[1]), coordinate(path, number, "y", words[2])
    (earliest, odd), (latest, odder) = _time(path, number, words[3]), _time(path, number, words[4])
    if latest < earliest:
        raise damaged(
            path,
            number,
            f"最晚时间 {words[4]} 早于最早时间 {words[3]}，请改正",
            f"latest time {words[4]} is before earliest time {words[3]}; mend the line",
        )
    service, load = figure(path, number, "service", words[5]), figure(path, number, "load", words[6])
    return _Read(StopRow(number, words[0], x, y, load, earliest, latest, service), _TYPES[words[-1]], odd + odder)


def _time(path: Path, number: int, text: str) -> tuple[Decimal, tuple[Text, ...]]:
    """Return a time HHMM in seconds, and a note where its minutes are more than an hour has."""
    hours, minutes = divmod(int(text), 100) if re.fullmatch(r"\d{1,4}", text) else (_LAST_HOUR + 1, 0)
    seconds = 3600 * hours + 60 * minutes
    if seconds > 3600 * _LAST_HOUR:
        raise damaged(
            path,
            number,
            f"时刻为“{text}”，应为 0000..2400（时时分分），请改正",
            f"time is {text!r}, 0000..2400 (HHMM) is expected; mend the line",
        )
    if minutes < _MINUTES:
        return Decimal(seconds), ()
    clock = f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"
    note = Text(
        zh=f"第 {number} 行：时刻 {text} 的分钟数不小于 60，按 {clock} 处理",
        en=f"line {number}: time {text} has 60 minutes or more; it was read as {clock}",
    )
    return Decimal(seconds), (note,)


def _depot(path: Path, read: list[_Read], last: int) -> StopRow:
    depots = [r.row for r in read if r.type == "depot"]
    if not depots:
        raise cut_short(path, last, "depot (type 0)")
    if len(depots) > 1:
        raise damaged(
            path,
            depots[1].line,
            "出现第二个车场（类型 0），应只有一个，请改正",
            "a second depot (type 0) is given, one is expected; mend the line",
        )
    return depots[0]


def _check_whole(path: Path, file: WasteFile, read: list[_Read], last: int) -> None:
    """Refuse a file that holds fewer rows than its name says, none of a type, or an id twice."""
    named = _NAMED.fullmatch(path.stem)
    if named and int(named[1]) != len(read):
        raise damaged(
            path,
            last,
            f"文件到此有 {len(read)} 行，按文件名应有 {named[1]} 行，请补全文件",
            f"the file ends with {len(read)} rows, its name says {named[1]}; get the whole file",
        )
    for rows, kind in ((file.stops, "stop (type 1)"), (file.landfills, "landfill (type 2)")):
        if not rows:
            raise cut_short(path, last, kind)
    seen: set[str] = set()
    for r in read:
        if r.row.id in seen:
            raise damaged(
                path,
                r.row.line,
                f"编号 {r.row.id} 重复出现，请改正",
                f"id {r.row.id} is given a second time, once is expected; mend the line",
            )
        seen.add(r.row.id)
