"""Read files of the families mcarp and mcarptif: mixed networks, with dump sites and a shift limit or without.

Header lines ``KEY : value``, then lists of ``(u,v) serv_cost S trav_cost T demand D`` for streets that need service and
``(u,v) cost T`` for the others. Edges may be served once in either direction, arcs from u to v only. S includes driving. Ids
may be negative. Format: Belenguer, Benavent, Lacomme & Prins (2006, doi 10.1016/j.cor.2005.02.009); dump sites: Willemse &
Joubert (2016, doi 10.1016/j.cor.2015.10.010).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from layers.errors import InputError
from layers.text import Text
from optimizer.engines.instances.damage import cut_short, given_twice, miscounted, unreadable
from optimizer.engines.instances.figures import figure, node
from optimizer.engines.instances.lines import numbered_lines
from optimizer.engines.instances.streets import LISTS_MAY_DIFFER_BY, Street, StreetFile

_HEADER = re.compile(r"\s*([A-Z][A-Z_]*)\s*:(.*)")
_STREET = re.compile(r"\s*\(\s*(-?\d{1,9})\s*,\s*(-?\d{1,9})\s*\)\s*(.*)")
_PAIRS = re.compile(r"(?:[a-z_]+\s*:?\s*\S+\s*)+")
_PAIR = re.compile(r"([a-z_]+)\s*:?\s*(\S+)")
_DRIVE = ("cost", "trav_cost", "trave_cost", "travel_cost")
_NAMED = {"serv_cost": "serve", "demand": "demand", **dict.fromkeys(_DRIVE, "drive")}
_WANTED = {True: "(u,v) serv_cost S trav_cost T demand D", False: "(u,v) cost T"}
# The lists, in the order in which solutions count their lines.
LISTS = ("LIST_REQ_EDGES", "LIST_REQ_ARCS", "LIST_NOREQ_EDGES", "LIST_NOREQ_ARCS")
_COUNTS = {key: key.removeprefix("LIST_") for key in LISTS}
_FIGURES = ("CAPACITY", "DUMPING_COST", "MAX_TRIP")
_KNOWN = (*LISTS, *_COUNTS.values(), *_FIGURES, "DEPOT", "DUMPING_SITES", "NAME", "NODES", "VEHICLES")


@dataclass
class _Sheet:
    """What was read so far."""

    path: Path
    values: dict[str, str] = field(default_factory=dict)
    line_of: dict[str, int] = field(default_factory=dict)
    streets: dict[str, list[Street]] = field(default_factory=lambda: {key: [] for key in LISTS})
    current: str | None = None
    notes: list[Text] = field(default_factory=list)

    def number(self, key: str, otherwise: str) -> Decimal:
        """Return a header's figure."""
        return figure(self.path, self.line_of.get(key, 1), key, self.values.get(key, otherwise))


def read_mixed(path: Path, text: str) -> StreetFile:
    """Read a file of the families mcarp and mcarptif; with dump sites it is of the second.

    Raises
    ------
    InputError
        The file is damaged; the message names the line.
    """
    sheet = _Sheet(path)
    lines, last = numbered_lines(text)
    for number, line in lines:
        _read_line(sheet, number, line)
    _check_whole(sheet, last)
    for key in LISTS:
        _check_count(sheet, key)
    return _file(sheet)


def _read_line(sheet: _Sheet, number: int, line: str) -> None:
    header = _HEADER.fullmatch(line)
    if header is None:
        _read_street(sheet, number, line)
        return
    key, value = header[1], header[2].strip()
    if key in sheet.line_of:
        raise given_twice(sheet.path, number, key)
    sheet.line_of[key] = number
    sheet.values[key] = value
    if key in LISTS:
        sheet.current = key
    elif key in _COUNTS.values() or key == "NODES":
        node(sheet.path, number, key, value)
    elif key not in _KNOWN:
        sheet.notes.append(
            Text(
                zh=f"第 {number} 行：{key} 不属于该格式，未使用",
                en=f"line {number}: {key} is no keyword of the format, it is not used",
            )
        )


def _read_street(sheet: _Sheet, number: int, line: str) -> None:
    key = sheet.current or LISTS[0]
    required = not key.startswith("LIST_NOREQ")
    street = _STREET.fullmatch(line)
    if sheet.current is None or street is None or not _PAIRS.fullmatch(street[3]):
        raise unreadable(sheet.path, number, line, _WANTED[required])
    found = {_NAMED.get(name, name): value for name, value in _PAIR.findall(street[3])}
    if set(found) != ({"serve", "drive", "demand"} if required else {"drive"}):
        raise unreadable(sheet.path, number, line, _WANTED[required])
    figures = {name: figure(sheet.path, number, name, value) for name, value in found.items()}
    sheet.streets[key].append(
        Street(
            line=number,
            tail=int(street[1]),
            head=int(street[2]),
            one_way=key.endswith("ARCS"),
            drive=figures["drive"],
            serve=figures.get("serve"),
            demand=(figures["demand"],) if required else (),
        )
    )


def _check_whole(sheet: _Sheet, last: int) -> None:
    """Refuse a file that ends early. One whose name speaks of dump sites must hold them: without, it is another problem."""
    for key in ("CAPACITY", "DEPOT"):
        if key not in sheet.values:
            raise cut_short(sheet.path, last, key)
    names = (sheet.path.stem, sheet.values.get("NAME", ""))
    if "DUMPING_SITES" not in sheet.values and any(re.search(r"[-_]IF(?![A-Za-z])", name, re.I) for name in names):
        raise cut_short(sheet.path, last, "DUMPING_SITES")
    if not any(sheet.streets[key] for key in LISTS[:2]):
        raise cut_short(sheet.path, last, f"{LISTS[0]} / {LISTS[1]}")


def _check_count(sheet: _Sheet, key: str) -> None:
    """Compare a list with the header, which is not always right; a list that needs service may differ by one line."""
    count, found = _COUNTS[key], len(sheet.streets[key])
    stated = int(sheet.values.get(count, found))
    if stated == found:
        return
    line = sheet.line_of[count]
    if abs(stated - found) > LISTS_MAY_DIFFER_BY and key in LISTS[:2]:
        raise miscounted(sheet.path, line, (count, stated), (key, found))
    sheet.notes.append(
        Text(
            zh=f"第 {line} 行：{count} 为 {stated}，{key} 中有 {found} 条；以后者为准",
            en=f"line {line}: {count} is {stated}, {key} holds {found} streets; these were taken",
        )
    )


def _file(sheet: _Sheet) -> StreetFile:
    streets = tuple(street for key in LISTS for street in sheet.streets[key])
    sites = _sites(sheet)
    _note_nodes(sheet, streets, sites)
    return StreetFile(
        path=sheet.path,
        streets=streets,
        depot=node(sheet.path, sheet.line_of["DEPOT"], "DEPOT", sheet.values["DEPOT"]),
        sites=sites,
        capacity=(sheet.number("CAPACITY", ""),),
        dump_costs=(sheet.number("DUMPING_COST", "0"),) * max(1, len(sites)),
        shift=_shift(sheet),
        lines=sheet.line_of,
        notes=tuple(sheet.notes),
    )


def _sites(sheet: _Sheet) -> tuple[int, ...]:
    listed = sheet.values.get("DUMPING_SITES")
    if listed is None:
        return ()
    line = sheet.line_of["DUMPING_SITES"]
    found = [node(sheet.path, line, "DUMPING_SITES", part.strip()) for part in listed.rstrip(", ").split(",")]
    return tuple(dict.fromkeys(found))


def _shift(sheet: _Sheet) -> Decimal | None:
    """Return the shift limit; one past all that can be driven is none."""
    value = sheet.values.get("MAX_TRIP")
    if value is None:
        return None
    try:
        return sheet.number("MAX_TRIP", "")
    except InputError:
        if re.fullmatch(r"\d{9,}|inf(inity)?", value, re.I):
            return None
        raise


def _note_nodes(sheet: _Sheet, streets: tuple[Street, ...], sites: tuple[int, ...]) -> None:
    """Say where the number of nodes in the header is too small."""
    nodes = {end for street in streets for end in (street.tail, street.head)}.union(sites)
    stated = sheet.values.get("NODES", "")
    if stated and max(len(nodes), *nodes) > int(stated):
        line = sheet.line_of["NODES"]
        sheet.notes.append(
            Text(
                zh=f"第 {line} 行：NODES 为 {stated}，文件中有 {len(nodes)} 个节点，编号至 {max(nodes)}；以后者为准",
                en=f"line {line}: NODES is {stated}, the file holds {len(nodes)} nodes, up to id {max(nodes)}; "
                "these were taken",
            )
        )
