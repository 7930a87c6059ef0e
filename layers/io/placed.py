"""Find where the rows of a file lie, in degrees, whatever way the file says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import shapely

from layers.city import Note
from layers.errors import InputError
from layers.io.fields import Match, figure
from layers.io.frame import Frame
from layers.io.located import locate, source_of, to_degrees
from layers.layer import F64, AnyArray
from layers.text import Text


@dataclass(frozen=True, eq=False)
class Placed:
    """Hold the rows that have a place.

    Parameters
    ----------
    frame
        Without the rows whose place could not be used.
    shapes
        Shapely geometry of each row, degrees on WGS 84.
    notes
        What was repaired or refused.
    """

    frame: Frame
    shapes: AnyArray
    notes: tuple[Note, ...]


def has_place(frame: Frame, found: Mapping[str, Match]) -> bool:
    """Return whether a file says where its rows lie."""
    return frame.shapes is not None or "wkt" in found or {"x", "y"} <= found.keys()


def place(frame: Frame, found: Mapping[str, Match], crs: str | None) -> Placed:
    """Return the rows of a file with their places in degrees.

    Parameters
    ----------
    found
        Which heading holds ``x`` and ``y``, or ``wkt``.
    crs
        What the user says of the coordinates: an EPSG code, ``gcj02``, ``bd09``, or None.

    Raises
    ------
    InputError
        Where there are no coordinates, or none that can be used.
    """
    if frame.shapes is not None:
        return _placed_shapes(frame, frame.shapes, crs)
    if "wkt" in found:
        texts = np.array(frame.columns[found["wkt"].heading], dtype=object)
        return _placed_wkt(frame, shapely.from_wkt(texts, on_invalid="ignore"), crs)
    if not {"x", "y"} <= found.keys():
        names = ", ".join(frame.columns)
        raise InputError(
            Text(
                f"文件“{frame.name}”中找不到坐标列（经度、纬度或 x、y）；现有列：{names}；可用 --map x=列名 --map y=列名",
                f"file {frame.name!r}: no columns of coordinates (longitude and latitude, or x and y); there are: {names}; "
                "name them with --map x=COLUMN --map y=COLUMN",
            )
        )
    return _placed_points(frame, found["x"].heading, found["y"].heading, crs)


def _placed_points(frame: Frame, x: str, y: str, crs: str | None) -> Placed:
    cells = list(zip(frame.columns[x], frame.columns[y], strict=True))
    xy = np.array([(figure(a), figure(b)) for a, b in cells], dtype=np.float64).reshape(-1, 2)
    source = source_of(xy, crs, frame.epsg, frame.name)
    texts = [f"{x}={a}, {y}={b}" for a, b in cells]
    located = locate(xy, source, frame.rows, frame.name, texts)
    _need_some(located.good, frame)
    kept = np.flatnonzero(located.good)
    return Placed(taken(frame, kept), shapely.points(located.lonlat[kept]), located.notes)


def _placed_wkt(frame: Frame, shapes: AnyArray, crs: str | None) -> Placed:
    bad = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    _need_some(~bad, frame)
    text = Text("几何文本无法识别，未采用", "geometry that cannot be read: row not taken")
    notes = tuple(Note("refused", f"{frame.name} row {n}", text) for n in frame.rows[bad])
    kept = np.flatnonzero(~bad)
    placed = _placed_shapes(taken(frame, kept), shapely.force_2d(shapes[kept]), crs)
    return replace(placed, notes=(*notes, *placed.notes))


def _placed_shapes(frame: Frame, shapes: AnyArray, crs: str | None) -> Placed:
    centres = shapely.get_coordinates(shapely.centroid(shapes)).reshape(-1, 2)
    source = source_of(centres, crs, frame.epsg, frame.name)
    texts = [f"{x:.6g}, {y:.6g}" for x, y in centres]
    located = locate(centres, source, frame.rows, frame.name, texts)
    _need_some(located.good, frame)
    kept = np.flatnonzero(located.good)
    # a row that was turned round is turned with all its points
    turned = ~np.isclose(to_degrees(centres, source)[kept], located.lonlat[kept], rtol=0, atol=1e-9).all(axis=1)
    moved = shapes[kept]
    moved[turned] = shapely.transform(moved[turned], lambda xy: xy[:, ::-1])
    return Placed(taken(frame, kept), shapely.transform(moved, lambda xy: to_degrees(xy, source)), located.notes)


def _need_some(good: AnyArray, frame: Frame) -> None:
    if good.any():
        return
    raise InputError(
        Text(
            f"文件“{frame.name}”的 {len(frame)} 行都没有可用的坐标；请检查坐标列，或用 --crs、--map 指明",
            f"file {frame.name!r}: none of its {len(frame)} rows has usable coordinates; check the columns, or "
            "name them with --crs and --map",
        )
    )


def taken(frame: Frame, kept: AnyArray) -> Frame:
    """Return some rows of a file."""
    columns = {name: [values[i] for i in kept] for name, values in frame.columns.items()}
    return replace(
        frame, columns=columns, rows=frame.rows[kept], shapes=None if frame.shapes is None else frame.shapes[kept]
    )


def middle(shapes: AnyArray) -> tuple[float, float]:
    """Return the median place of shapes: longitude and latitude, degrees."""
    centres: F64 = shapely.get_coordinates(shapely.centroid(shapes))
    lon, lat = np.median(centres, axis=0).tolist()
    return float(lon), float(lat)
