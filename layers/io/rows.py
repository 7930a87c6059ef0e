"""From one mapping a row to the arrays of a layer, as every reader needs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from layers.geometry import Geometry
from layers.io.osm_tags import StreetTags
from layers.io.tally import Tally
from layers.kinds.streets import Streets
from layers.layer import GIVEN, MISSING, REFUSED, AnyArray, Layer, Str

MIN_LENGTH_M = 0.1
LENGTH_RULE = "length.geometry"
_NOTHING: frozenset[str] = frozenset()


def gather(
    kind: type[Layer], rows: Sequence[Mapping[str, Any]], refused: Sequence[Iterable[str]] = ()
) -> tuple[dict[str, Any], dict[str, AnyArray]]:
    """Return the columns of a layer and where their values came from, both by name.

    Parameters
    ----------
    rows
        The values that are known, by column, one mapping a row.
    refused
        For each row the columns whose value was there and could not be read; empty where nothing was refused.
    """
    columns: dict[str, Any] = {}
    origin: dict[str, AnyArray] = {}
    bad = [frozenset(names) for names in refused] or [_NOTHING] * len(rows)
    for col in kind.columns():
        said = np.array([col.name in row for row in rows], dtype=bool)
        bad_here = np.array([col.name in names for names in bad], dtype=bool)
        if not (said.any() or bad_here.any()):
            continue
        blank = col.blank(1)[0].item()
        columns[col.name] = col.cast([row.get(col.name, blank) for row in rows])
        if bad_here.any() or col.dtype in {"?", "i4"}:
            told = said & (~col.is_blank(columns[col.name]) | (col.dtype in {"?", "i4"}))
            origin[col.name] = np.where(bad_here, REFUSED, np.where(told, GIVEN, MISSING)).astype(np.uint8)
    return columns, origin


def texts(values: Iterable[str]) -> Str:
    """Return texts as an array, also where there are none."""
    listed = list(values)
    return np.array(listed, dtype=str) if listed else np.empty(0, "U1")


def bounded(layer: Layer, tally: Tally) -> Any:
    """Return the layer with out-of-bounds values refused and told to `tally`."""
    kept, refused = layer.refuse_out_of_bounds()
    for fault in refused:
        tally.add("bounds", fault.where, fault.text.en)
    return kept


def street_layer(
    ids: Sequence[str],
    geometry: Geometry,
    ends: Sequence[tuple[str, str]],
    said: Sequence[StreetTags],
    extra: Mapping[str, AnyArray],
    tally: Tally,
) -> Streets:
    """Return streets from the tags of each; lengths are measured along their lines.

    Parameters
    ----------
    geometry
        Lines, metres.
    ends
        Ids of the junctions where each begins and ends.
    """
    columns, origin = gather(
        Streets, [tags.values for tags in said], [[column for column, _ in tags.refused] for tags in said]
    )
    layer: Streets = bounded(
        Streets(
            ids=texts(ids),
            geometry=geometry,
            from_junction=texts([start for start, _ in ends]),
            to_junction=texts([end for _, end in ends]),
            origin=origin,
            extra=extra,
            **columns,
        ),
        tally,
    )
    return layer.assume("length_m", np.maximum(layer.geometry.lengths_m(), MIN_LENGTH_M), LENGTH_RULE)
