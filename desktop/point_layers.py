"""Points that a plan serves, as the map draws them: a layer a stream, each point in its route's colour."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from desktop.map import Mark, OverlayLayer
from layers.city import City
from layers.geometry import I64, Geometry, Shape
from layers.kinds.streets import Streets
from layers.style import ROUTE_COLOURS
from layers.text import Text
from optimizer.check import object_of
from optimizer.names import find, side_of
from optimizer.plan import LegKind, Route, Unserved

POINTS = "plan:points"
_SIZE_PX, _FAR_PX, _FAR_SCALE = 15.0, 5.0, 8_000.0
_SERVED = Text("已安排", "served")
_LEFT = Text("未安排", "not served")
_ORDER = 10


@dataclass(frozen=True)
class PointLayers:
    """Hold the overlays of points, and what each of their rows stands for.

    Parameters
    ----------
    objects
        By overlay: kind of layer and row of each row's object.
    routes
        By overlay: the number of each row's route in the names given, -1 where it is of none.
    """

    overlays: tuple[OverlayLayer, ...] = ()
    objects: Mapping[str, tuple[str, I64]] = field(default_factory=dict)
    routes: Mapping[str, I64] = field(default_factory=dict)


def point_layers(
    city: City, routes: Sequence[Route], unserved: Sequence[Unserved], colours: Mapping[str, str]
) -> PointLayers:
    """Return an overlay for each stream of points that routes serve or leave out; none where they serve streets.

    Parameters
    ----------
    colours
        Of each route, one of `ROUTE_COLOURS`, by its id, in the order of the routes' numbers.
    """
    number = {route: k for k, route in enumerate(colours)}
    found: dict[tuple[str, str], dict[int, int]] = {}
    items = [
        (leg.item, number.get(r.id, -1)) for r in routes for leg in r.legs if leg.kind is LegKind.SERVE and not leg.path
    ]
    items += [(left.item, -1) for left in unserved]
    streets = city[Streets].row_of
    for item, n_th in items:
        point = object_of(item)
        where = None if point in streets else find(city, point)
        if where is not None:
            of_stream = found.setdefault((item[len(point) :].partition("#")[0].lstrip(":"), where[0]), {})
            of_stream[where[1]] = max(n_th, of_stream.get(where[1], -1))
    colour_of = np.array([ROUTE_COLOURS.index(c) for c in colours.values()] + [len(ROUTE_COLOURS)], dtype=np.int8)
    overlays: list[OverlayLayer] = []
    objects: dict[str, tuple[str, I64]] = {}
    drawn: dict[str, I64] = {}
    largest_first = sorted(found.items(), key=lambda entry: -len(entry[1]))
    for place, ((stream, kind), rows) in enumerate(largest_first):
        key = f"{POINTS}:{stream or kind}"
        at = np.array(list(rows), dtype=np.int64)
        route_of = np.array(list(rows.values()), dtype=np.int64)
        label = side_of(f"{kind}:{stream}") or city.layers[kind].LABEL
        is_served = bool((route_of >= 0).any())
        title = Text(f"收集 · {label.zh}", f"Points · {label.en}")
        if not is_served:
            title = Text(f"未满足 · {label.zh}", f"Not served · {label.en}")
        overlays.append(
            OverlayLayer(
                key, _places(city.layers[kind].geometry.take(at)), _STYLES, classes=colour_of[route_of], title=title,
                class_labels=_LABELS, order=_ORDER + place,
            )
        )  # fmt: skip
        objects[key], drawn[key] = (kind, at), route_of
    return PointLayers(tuple(overlays), objects, drawn)


def _places(geometry: Geometry) -> Geometry:
    """Return objects as points: the middle of what has an extent, as a district or a community that is left out."""
    if geometry.shape is Shape.POINT:
        return geometry
    boxes = geometry.bounds
    return Geometry.points((boxes[:, :2] + boxes[:, 2:]) / 2)


def _mark(colour: str, symbol: str = "bin") -> Mark:
    return Mark(colour, symbol, _SIZE_PX, _FAR_PX, _FAR_SCALE)


# what is left out keeps its shape at all scales: colour alone would not tell it from a route's
_STYLES = (*(_mark(colour) for colour in ROUTE_COLOURS), Mark("missed", "diamond", 7.0, far_scale=math.inf))
_LABELS = (*(_SERVED for _ in ROUTE_COLOURS), _LEFT)
FADED = _mark("other")
