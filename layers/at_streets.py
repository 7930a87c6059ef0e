"""Which street an object lies at: written by id, or by the street's name as ledgers have it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
import shapely

from layers.city import Note
from layers.kinds.streets import Streets
from layers.layer import REFUSED, AnyArray, Layer
from layers.text import Text

L = TypeVar("L", bound=Layer)

NAMED_REACH_M = 200.0  # a place in a ledger lies this near to the street that it names, or one of the two is wrong


def with_known_streets(layer: L, streets: Streets) -> tuple[L, tuple[Note, ...]]:
    """Return a layer whose streets, given by id or name, are ids of the city's; the unknown are kept aside.

    A name stands for the nearest segment that bears it, within `NAMED_REACH_M`.

    Returns
    -------
    tuple
        The layer, with a column ``street (given)`` of the bureau's own where a street was not known; and the note of it.
    """
    if not len(layer) or not len(streets) or not any(c.name == "street" for c in layer.columns()):
        return layer, ()
    given: AnyArray = layer.arrays()["street"]
    open_rows = np.flatnonzero((given != "") & ~np.isin(given, streets.ids))
    if not len(open_rows):
        return layer, ()
    wanted = np.where(np.isin(given, streets.ids), given, "").astype(np.result_type(given, streets.ids))
    wanted[open_rows] = _nearest_named(layer, open_rows, streets)
    lost = (wanted == "") & (given != "")
    codes = layer.origins("street").copy()
    codes[lost] = REFUSED
    changes: dict[str, Any] = {"street": wanted, "origin": {**layer.origin, "street": codes}}
    if not lost.any():
        return replace(layer, **changes), ()
    absent = sorted(set(given[lost].tolist()))[:3]
    text = Text(
        f"{NAMED_REACH_M:g} m 内没有这些路：{'、'.join(absent)}（{lost.sum()} 行），改按位置判定，原值另存",
        f"no such streets within {NAMED_REACH_M:g} m: {', '.join(absent)} ({lost.sum()} rows): "
        "told by place, the words kept aside",
    )
    changes["extra"] = {**layer.extra, "street (given)": given}
    return replace(layer, **changes), (Note("refused", f"{layer.KIND}.street", text, int(lost.sum())),)


def _nearest_named(layer: Layer, rows: AnyArray, streets: Streets) -> list[str]:
    """Return the id of the nearest segment of the name that each row gives; empty where none is near."""
    of_name: dict[str, list[int]] = defaultdict(list)
    for row, name in enumerate(streets.name.tolist()):
        of_name[name].append(row)
    given, lines, shapes = layer.arrays()["street"], streets.geometry.shapely, layer.geometry.shapely
    found = []
    for row in rows.tolist():
        segments = of_name.get(str(given[row]), [])
        away_m = shapely.distance(lines[segments], shapes[row])
        near = len(segments) > 0 and away_m.min() <= NAMED_REACH_M
        found.append(str(streets.ids[segments[int(away_m.argmin())]]) if near else "")
    return found
