"""Make streets and junctions of drawn lines: where ends meet exactly, there is a junction."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely

from layers.city import Note
from layers.errors import InputError
from layers.geometry import Geometry
from layers.io.fields import Match
from layers.io.layered import extra_of, ids_of, in_metres, values_of
from layers.io.placed import Placed
from layers.io.rows import LENGTH_RULE, MIN_LENGTH_M, bounded, gather, texts
from layers.io.tally import Tally
from layers.kinds.junctions import Junctions
from layers.kinds.streets import Streets
from layers.layer import F64, AnyArray
from layers.text import Text

# Ends that agree to so many places of a degree (1 cm) are one junction.
N_DECIMALS = 7
# An end so near another street's middle was probably meant to touch it.
NEAR_M = 1.0


def streets_of(placed: Placed, found: Mapping[str, Match], epsg: int) -> tuple[Streets, Junctions, tuple[Note, ...]]:
    """Return the streets that a file's lines draw, their junctions, and what was refused or left apart.

    Parameters
    ----------
    found
        Which heading holds which column.
    epsg
        The city's projection.

    Raises
    ------
    InputError
        Where the file holds no line.
    """
    tally, frame = Tally(), placed.frame
    parts, kept = shapely.get_parts(placed.shapes, return_index=True)
    is_line = shapely.get_type_id(parts) == shapely.GeometryType.LINESTRING
    text = Text("不是线，未采用", "not lines: not taken")
    for row in kept[~is_line]:
        tally.say("refused", "streets", text, f"row {frame.rows[row]}")
    parts, kept = parts[is_line], kept[is_line]
    if len(parts) == 0:
        zh = f"文件“{frame.name}”中没有线；道路应为线"
        raise InputError(Text(zh, f"file {frame.name!r} holds no lines; streets are lines"))
    ends = _ends(parts)
    keys = [[f"j{lon * 10**N_DECIMALS:.0f}_{lat * 10**N_DECIMALS:.0f}" for lon, lat in end] for end in ends]
    rows = [values_of(frame, i, Streets, found, tally) for i in kept]
    columns, origin = gather(Streets, [values for values, _ in rows], [refused for _, refused in rows])
    columns["from_junction"], columns["to_junction"] = np.array(keys[0]), np.array(keys[1])
    origin = {name: codes for name, codes in origin.items() if not name.endswith("_junction")}
    metres = in_metres(parts, epsg)
    layer: Streets = bounded(
        Streets(
            ids=texts(_part_ids(ids_of(frame, kept_once(kept), found, Streets, tally), kept)),
            geometry=Geometry.from_shapely(Streets.SHAPE, metres),
            origin=origin,
            extra=extra_of(frame, kept, found),
            **columns,
        ),
        tally,
    )
    layer = layer.assume("length_m", np.maximum(shapely.length(metres), MIN_LENGTH_M), LENGTH_RULE)
    junctions = _junctions(layer, epsg)
    _tell_near(layer, tally)
    return layer, junctions, (*frame.notes, *placed.notes, *tally.notes())


def kept_once(kept: AnyArray) -> AnyArray:
    """Return each row once, of rows that may have several parts, in order."""
    return np.array(list(dict.fromkeys(kept.tolist())), dtype=np.int64)


def _ends(lines: AnyArray) -> tuple[F64, F64]:
    first = shapely.get_coordinates(shapely.get_point(lines, 0))
    last = shapely.get_coordinates(shapely.get_point(lines, -1))
    return np.round(first, N_DECIMALS), np.round(last, N_DECIMALS)


def _part_ids(own: list[str], kept: AnyArray) -> list[str]:
    """Return an id for each part: the row's own, with the part's number where a row has several."""
    by_row = dict(zip(kept_once(kept).tolist(), own, strict=True))
    n_parts = {row: int((kept == row).sum()) for row in by_row}
    seen: dict[int, int] = {}
    ids = []
    for row in kept.tolist():
        seen[row] = seen.get(row, 0) + 1
        ids.append(by_row[row] if n_parts[row] == 1 else f"{by_row[row]}-{seen[row]}")
    return ids


def _junctions(streets: Streets, epsg: int) -> Junctions:
    offsets = streets.geometry.offsets[0]
    xy = np.concatenate([streets.geometry.coords[offsets[:-1]], streets.geometry.coords[offsets[1:] - 1]])
    ids, first = np.unique(np.concatenate([streets.from_junction, streets.to_junction]), return_index=True)
    return Junctions(ids=ids, geometry=Geometry.points(xy[first]))


def _tell_near(streets: Streets, tally: Tally) -> None:
    """Tell the dead ends that lie on or beside another street without joining it: the network is broken there."""
    ids, counts = np.unique(np.concatenate([streets.from_junction, streets.to_junction]), return_counts=True)
    dead = set(ids[counts == 1].tolist())
    offsets = streets.geometry.offsets[0]
    text = Text(
        "端点靠近另一条道路却未相接，未处理", "street ends beside another street that they do not join, left as they are"
    )
    tree = shapely.STRtree(streets.geometry.shapely)
    for keys, at in ((streets.from_junction, offsets[:-1]), (streets.to_junction, offsets[1:] - 1)):
        rows = np.flatnonzero([key in dead for key in keys.tolist()])
        if len(rows) == 0:
            continue
        points = shapely.points(streets.geometry.coords[at[rows]])
        hit, other = tree.query(points, predicate="dwithin", distance=NEAR_M)
        for i in dict.fromkeys(hit[other != rows[hit]].tolist()):
            tally.say("skipped", "streets", text, str(streets.ids[rows[i]]))
