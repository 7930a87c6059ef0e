"""Which district an object belongs to: written by name, as bureaus do; a district without a name goes by its id."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeVar

import numpy as np

from layers.city import Note
from layers.geometry import Shape
from layers.kinds.places import Districts
from layers.kinds.streets import Streets
from layers.layer import F64, REFUSED, AnyArray, Layer, Str
from layers.text import Text

L = TypeVar("L", bound=Layer)


def names_of(districts: Districts) -> Str:
    """Return what other layers call each district, shape (n,)."""
    named: Str = np.where(districts.name == "", districts.ids, districts.name)
    return named


def known_districts(districts: Districts) -> Str:
    """Return every word for a district that other layers may use: names and ids."""
    return np.unique(np.concatenate([names_of(districts), districts.ids]))


def with_known_districts(layer: L, districts: Districts) -> tuple[L, tuple[Note, ...]]:
    """Return a layer whose districts, given by name or id, are all named as the city's are; the unknown are kept aside.

    Returns
    -------
    tuple
        The layer, with a column ``district (given)`` of the bureau's own where a name was not known; and the note of it.
    """
    if not len(layer) or not any(c.name == "district" for c in layer.columns()):
        return layer, ()
    given: AnyArray = layer.arrays()["district"]
    names = names_of(districts).tolist()
    by_id = dict(zip(districts.ids.tolist(), names, strict=True))
    known = {"", *names}
    wanted = np.array([name if name in known else by_id.get(name, "") for name in given.tolist()], dtype=str)
    lost = (wanted == "") & (given != "")
    codes = layer.origins("district").copy()
    codes[lost] = REFUSED
    changes: dict[str, Any] = {"district": wanted, "origin": {**layer.origin, "district": codes}}
    if not lost.any():
        return replace(layer, **changes), ()
    absent = sorted(set(given[lost].tolist()))[:3]
    text = Text(
        f"城市没有这些区：{'、'.join(absent)}（{lost.sum()} 行），改按位置判定，原值另存",
        f"the city has no such districts: {', '.join(absent)} ({lost.sum()} rows): told by place, the words kept aside",
    )
    changes["extra"] = {**layer.extra, "district (given)": given}
    return replace(layer, **changes), (Note("refused", f"{layer.KIND}.district", text, int(lost.sum())),)


def with_districts(layer: L, districts: Districts) -> L:
    """Return a layer whose objects without a district have the one that holds them, streets else the nearest.

    Parameters
    ----------
    layer
        Of any kind; one without a column of districts comes back as it is.
    """
    import shapely

    if not len(layer) or not len(districts) or not any(c.name == "district" for c in layer.columns()):
        return layer
    middles = _middles(layer)
    names = _holding(middles, districts)
    inside = names != ""
    layer = layer.assume("district", names, "district.polygon", inside)
    outer = np.flatnonzero(~inside & ~shapely.is_empty(middles))
    if not isinstance(layer, Streets) or len(outer) == 0:
        return layer
    near = np.full(len(layer), "", dtype=names.dtype)
    near[outer] = names_of(districts)[shapely.STRtree(districts.geometry.shapely).nearest(middles[outer])]
    return layer.assume("district", near, "district.nearest", ~inside)


def districts_at(districts: Districts, xy: F64) -> Str:
    """Return the name of the district that holds each place, shape (n,); empty where none does.

    Parameters
    ----------
    xy
        Metres in the city's projection, shape (n, 2); what is not finite lies nowhere.
    """
    import shapely

    if not len(districts) or not len(xy):
        return np.full(len(xy), "", dtype="U1")
    places = np.full(len(xy), None, dtype=object)
    known = np.isfinite(xy).all(axis=1)
    places[known] = shapely.points(xy[known])
    return _holding(places, districts)


def _holding(places: AnyArray, districts: Districts) -> Str:
    """Return the name of the district that each shape touches, of two that share a border the first one's."""
    import shapely

    names: Str = np.full(len(places), "", dtype=names_of(districts).dtype)
    rows, hits = shapely.STRtree(districts.geometry.shapely).query(places, predicate="intersects")
    names[rows[::-1]] = names_of(districts)[hits[::-1]]
    return names


def _middles(layer: Layer) -> AnyArray:
    import shapely

    shapes = layer.geometry.shapely
    if layer.SHAPE is Shape.LINE:
        halfway: AnyArray = shapely.line_interpolate_point(shapes, 0.5, normalized=True)
        return halfway
    inner: AnyArray = shapely.point_on_surface(shapes)
    return inner
