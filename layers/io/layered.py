"""Make a layer, or a free layer, of the rows of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from layers.city import Note, Reference
from layers.errors import InputError
from layers.geometry import Geometry, Shape
from layers.io.areas import squared, tell_squares, with_land
from layers.io.fields import Match, UnreadableCellError, read_cell
from layers.io.frame import Frame
from layers.io.placed import Placed
from layers.io.repeated import repeated
from layers.io.rows import bounded, gather, texts
from layers.io.tally import Tally
from layers.kinds.streets import Streets
from layers.layer import AnyArray, Layer
from layers.projection import project
from layers.text import Text

_TYPES = {
    Shape.POINT: (shapely.GeometryType.POINT,),
    Shape.LINE: (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING),
    Shape.AREA: (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON),
}


def layer_of(placed: Placed, kind: type[Layer], found: Mapping[str, Match], epsg: int) -> tuple[Layer, tuple[Note, ...]]:
    """Return a layer of the rows of a file, and what was refused, repaired or assumed.

    Parameters
    ----------
    found
        Which heading holds which column.
    epsg
        The city's projection.
    """
    tally = Tally()
    frame = placed.frame
    shapes = in_metres(placed.shapes, epsg)
    shapes, kept, was_point = _fitted(shapes, kind, frame, tally)
    twice = repeated(shapes, frame.rows[kept], frame.name) if kind.SHAPE is Shape.POINT else ()
    rows = [values_of(frame, i, kind, found, tally) for i in kept]
    columns, origin = gather(kind, [values for values, _ in rows], [refused for _, refused in rows])
    layer = kind(
        ids=texts(ids_of(frame, kept, found, kind, tally)),
        geometry=Geometry.from_shapely(kind.SHAPE, shapes),
        origin=origin,
        extra=extra_of(frame, kept, found),
        **columns,
    )
    layer = bounded(layer, tally)
    if kind.SHAPE is Shape.AREA:
        layer = with_land(layer, shapes, was_point)
    return layer, (*frame.notes, *placed.notes, *tally.notes(), *twice)


def in_metres(shapes: AnyArray, epsg: int) -> AnyArray:
    """Return shapes in metres for shapes in degrees on WGS 84."""
    moved: AnyArray = shapely.transform(shapes, lambda xy: project(xy, epsg))
    return moved


def _fitted(shapes: AnyArray, kind: type[Layer], frame: Frame, tally: Tally) -> tuple[AnyArray, AnyArray, AnyArray]:
    """Return shapes as the kind wants them, the rows that were kept, and which of these were points made squares."""
    types = shapely.get_type_id(shapes)
    fits = np.isin(types, [int(t) for t in _TYPES[kind.SHAPE]])
    was_point = np.zeros(len(shapes), dtype=bool)
    shapes = shapes.copy()
    if kind.SHAPE is Shape.POINT and not fits.all():
        text = Text("面或线以其内部一点代替", "areas or lines taken as a point within them")
        tally.say("assumed", kind.KIND, text, n_items=int((~fits).sum()))
        shapes[~fits] = shapely.point_on_surface(shapes[~fits])
        fits[:] = True
    elif kind.SHAPE is Shape.AREA:
        was_point = types == shapely.GeometryType.POINT
        tell_squares(kind, was_point, tally)
        shapes = squared(shapes, was_point)
        fits |= was_point
    text = Text("几何类型与图层不符，未采用", "geometry of another type than the layer's: not taken")
    for row in np.flatnonzero(~fits):
        tally.say("refused", f"{frame.name} row {frame.rows[row]}", text, shapes[row].geom_type)
    kept = np.flatnonzero(fits)
    if len(kept) == 0:
        wanted = {Shape.POINT: Text("点", "points"), Shape.LINE: Text("线", "lines"), Shape.AREA: Text("面", "areas")}[
            kind.SHAPE
        ]
        zh = f"文件“{frame.name}”中没有{wanted.zh}；图层“{kind.LABEL.zh}”应为{wanted.zh}"
        raise InputError(Text(zh, f"file {frame.name!r} holds no {wanted.en}; {kind.KIND} are {wanted.en}"))
    return shapes[kept], kept, was_point[kept]


def values_of(
    frame: Frame, row: int, kind: type[Layer], found: Mapping[str, Match], tally: Tally
) -> tuple[dict[str, Any], list[str]]:
    """Return what a row says of our columns, and the columns whose cell could not be read."""
    values: dict[str, Any] = {}
    refused: list[str] = []
    for col in kind.columns():
        match = found.get(col.name)
        if match is None:
            continue
        try:
            value = read_cell(frame.columns[match.heading][row], col, match.multiplier_ratio)
        except UnreadableCellError as error:
            refused.append(col.name)
            tally.add("unreadable", f"{kind.KIND}.{col.name}", f"{match.heading}={error} (row {frame.rows[row]})")
            continue
        if value is not None:
            values[col.name] = value
    return values, refused


def ids_of(frame: Frame, kept: AnyArray, found: Mapping[str, Match], kind: type[Layer], tally: Tally) -> list[str]:
    """Return permanent ids: the file's own where they are there and unique, else file name and row number."""
    match = found.get("id")
    made = [f"{frame.name.split('.')[0]}-{frame.rows[i]}" for i in kept]
    if match is None:
        return made
    own = ["" if (cell := frame.columns[match.heading][i]) is None else str(cell).strip() for i in kept]
    if kind is Streets and any(key.startswith("-") for key in own):
        # in a plan a minus in front says that a street is driven against its drawn direction
        own = [frame.name.split(".")[0] + key if key.startswith("-") else key for key in own]
        text = Text(
            "道路编号不能以减号开头，前面加上文件名", "ids of streets cannot begin with a minus: file name put in front"
        )
        tally.say("repaired", kind.KIND, text)
    if len(set(own)) == len(own) and all(own):
        # mere row numbers would clash with those of the next file
        return made if _counts_rows(own) else own
    text = Text(
        f"列“{match.heading}”有空值或重复，改用文件名与行号作编号",
        f"column {match.heading!r} has blanks or repeats: file name and row number serve as ids",
    )
    tally.say("repaired", kind.KIND, text)
    return made


def _counts_rows(own: Sequence[str]) -> bool:
    figures = sorted(int(key) for key in own if key.isdecimal())
    return len(figures) == len(own) and figures[-1] - figures[0] == len(own) - 1


def extra_of(frame: Frame, kept: AnyArray, found: Mapping[str, Match]) -> dict[str, AnyArray]:
    """Return the columns that no field of ours took, and the one that ids came from, untouched."""
    used = {m.heading for field, m in found.items() if field != "id"}
    return {name: cells([values[i] for i in kept]) for name, values in frame.columns.items() if name not in used}


def cells(values: Sequence[Any]) -> AnyArray:
    """Return cells as an array: numbers where all are numbers, flags where all are flags, else text."""
    if values and all(isinstance(v, bool) for v in values):
        return np.array(values, dtype=bool)
    if values and all((isinstance(v, int | float) and not isinstance(v, bool)) or v is None for v in values):
        if all(isinstance(v, int) and abs(v) < 2**53 for v in values):
            return np.array(values, dtype=np.int64)
        return np.array([np.nan if v is None else float(v) for v in values])
    return np.array(["" if v is None else str(v) for v in values], dtype=str)


def references_of(placed: Placed, name: str, epsg: int) -> tuple[tuple[Reference, ...], tuple[Note, ...]]:
    """Return a file's rows as free layers, one for each type of geometry, and what was skipped."""
    frame, shapes = placed.frame, in_metres(placed.shapes, epsg)
    types = shapely.get_type_id(shapes)
    multipoints = types == shapely.GeometryType.MULTIPOINT
    shapes[multipoints] = shapely.centroid(shapes[multipoints])
    types[multipoints] = shapely.GeometryType.POINT
    made = []
    for shape, wanted in _TYPES.items():
        kept = np.flatnonzero(np.isin(types, [int(t) for t in wanted]))
        if shape is Shape.LINE:
            kept, parts = _single_lines(shapes, kept)
        else:
            parts = shapes[kept]
        if len(kept):
            columns = {key: cells([values[i] for i in kept.tolist()]) for key, values in frame.columns.items()}
            ids = np.array([f"{frame.rows[i]}" for i in kept])
            ids = (
                ids if len(set(ids.tolist())) == len(ids) else np.array([f"{r}-{n}" for n, r in enumerate(ids.tolist(), 1)])
            )
            made.append(Reference(name, ids, Geometry.from_shapely(shape, parts), columns))
    every = [int(t) for types_ in _TYPES.values() for t in types_]
    n_other = int((~np.isin(types, every)).sum())
    text = Text("混合几何未采用", "collections of geometries are not taken")
    notes = (Note("skipped", frame.name, text, n_other),) if n_other else ()
    return tuple(made), (*frame.notes, *placed.notes, *notes)


def _single_lines(shapes: AnyArray, kept: AnyArray) -> tuple[AnyArray, AnyArray]:
    """Return the row of each part of some lines, and the parts."""
    parts, index = shapely.get_parts(shapes[kept], return_index=True)
    return kept[index], parts
