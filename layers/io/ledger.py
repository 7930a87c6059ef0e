"""Lay a street ledger without coordinates upon the streets that there are, by id or by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from layers.city import City, Note
from layers.errors import InputError
from layers.io.fields import Match
from layers.io.frame import Frame
from layers.io.layered import values_of
from layers.io.rows import bounded
from layers.io.tally import Tally
from layers.kinds.streets import Streets
from layers.layer import GIVEN
from layers.text import Text

# What a ledger gives for a whole road is shared out over its segments by their length.
SHARED = ("swept_area_m2", "length_m")
# What segments keep, whatever a ledger says of the whole road.
KEPT = ("from_junction", "to_junction", "name")


def add_ledger(city: City, frame: Frame, found: Mapping[str, Match]) -> City:
    """Return the city with a ledger's values in place of those that its streets had.

    A row belongs to the street of its id, else to all segments of its name. Area and length of a road with several segments
    are shared out by the length of each; all else holds for every segment.

    Parameters
    ----------
    found
        Which heading holds which column; ``id`` or ``name`` must be among them.

    Raises
    ------
    InputError
        Where the table has neither ids nor names, or none that the city knows.
    """
    if not {"id", "name"} & found.keys():
        names = ", ".join(frame.columns)
        zh = f"台账“{frame.name}”没有坐标，也没有编号列或路名列；现有列：{names}。可用 --map name=列名 指定"
        en = f"ledger {frame.name!r} has no coordinates, no ids and no names; columns: {names}. Use --map name=COLUMN"
        raise InputError(Text(zh, en))
    streets, tally = city[Streets], Tally()
    values: dict[str, Any] = {name: array.copy() for name, array in streets.arrays().items()}
    origin = {name: streets.origins(name).copy() for name in values}
    rows_of = _rows_by_name(streets)
    unknown = Text("台账中的道路在城市里找不到，未采用", "roads of the ledger that the city lacks, not taken")
    n_taken = 0
    for i in range(len(frame)):
        rows = _rows(frame, i, found, streets, rows_of)
        if len(rows) == 0:
            tally.say("skipped", frame.name, unknown, f"{_cell(frame, i, found)} (row {frame.rows[i]})")
            continue
        n_taken += 1
        said, _ = values_of(frame, i, Streets, found, tally)
        _write(said, rows, streets, values, origin)
    if n_taken == 0:
        first = _cell(frame, 0, found)
        zh = f"台账“{frame.name}”的 {len(frame)} 行与城市的道路没有一条相符（如“{first}”）；请检查编号列或路名列"
        en = f"ledger {frame.name!r}: none of its {len(frame)} rows is a street of the city (as {first!r}); check the column"
        raise InputError(Text(zh, en))
    changed: Streets = bounded(replace(streets, origin=origin, **values), tally)
    text = Text(f"台账“{frame.name}”用于 {n_taken} 条道路", f"ledger {frame.name!r} taken for {n_taken} roads")
    return city.with_layers(changed).with_notes(*frame.notes, *tally.notes(), Note("repaired", "streets", text, n_taken))


def _rows_by_name(streets: Streets) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, name in enumerate(streets.name.tolist()):
        if name:
            rows[name].append(row)
    return rows


def _rows(frame: Frame, i: int, found: Mapping[str, Match], streets: Streets, by_name: Mapping[str, list[int]]) -> Any:
    if "id" in found:
        row = streets.row_of.get(str(frame.columns[found["id"].heading][i]).strip())
        if row is not None:
            return [row]
    return by_name.get(str(frame.columns[found["name"].heading][i]).strip(), []) if "name" in found else []


def _cell(frame: Frame, i: int, found: Mapping[str, Match]) -> str:
    return str(frame.columns[found["name" if "name" in found else "id"].heading][i]).strip()


def _write(said: Mapping[str, Any], rows: Any, streets: Streets, values: dict[str, Any], origin: dict[str, Any]) -> None:
    share = streets.geometry.lengths_m()[rows]
    share = share / share.sum() if share.sum() > 0 else np.full(len(rows), 1 / len(rows))
    for name, value in said.items():
        if name in KEPT:
            continue
        column = values[name]
        if column.dtype.kind == "U" and len(str(value)) > column.dtype.itemsize // 4:
            values[name] = column = column.astype(f"U{len(str(value))}")
        column[rows] = value * share if name in SHARED else value
        origin[name][rows] = GIVEN
