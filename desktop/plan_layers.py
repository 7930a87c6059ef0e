"""A plan as the map draws it: served kerbs in the colour of their route, empty driving, what is not served. No widgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from desktop.map import OverlayLayer, Stroke
from desktop.map.colours import neighbour_colours
from desktop.point_layers import FADED, PointLayers
from layers.city import City
from layers.geometry import I64, Geometry, Shape
from layers.kinds.streets import Streets
from layers.style import ROUTE_COLOURS
from layers.text import Text
from optimizer.names import find
from optimizer.plan import Unserved
from optimizer.sketch import Sketch

ROUTES, DRIVES, UNSERVED, CHOSEN = "plan:routes", "plan:drives", "plan:unserved", "plan:chosen"
# So many points that are left out hide what the plan does.
_MANY = 200
_FADED = Stroke("other", 1.6)
_ORDER = (DRIVES, UNSERVED, ROUTES)


@dataclass(frozen=True)
class PlanLayers:
    """Hold the overlays of a plan, and what each of their rows stands for.

    Parameters
    ----------
    colours
        Of each route, ``#rrggbb``, by its id.
    streets
        By overlay: the row of each row's street in the street layer.
    routes
        By overlay: the number of each row's route in `names`, -1 where it is of none.
    names
        Ids of the routes.
    points
        By overlay of points: kind of layer and row of each row's object.
    quiet
        Keys of the overlays that are not shown at first.
    """

    overlays: tuple[OverlayLayer, ...] = ()
    colours: dict[str, str] = field(default_factory=dict)
    streets: dict[str, I64] = field(default_factory=dict)
    routes: dict[str, I64] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    points: dict[str, tuple[str, I64]] = field(default_factory=dict)
    quiet: frozenset[str] = frozenset({DRIVES})

    def n_routes(self, key: str) -> int:
        """Return how many routes an overlay of streets shows; 0 where it shows none."""
        found = self.routes.get(key) if key in self.streets else None
        return 0 if found is None else int((np.bincount(found[found >= 0]) > 0).sum())

    def rows_of(self, route: str, key: str = ROUTES) -> I64:
        """Return the rows of an overlay that belong to a route: what it serves, where not said otherwise."""
        if route not in self.names:
            return np.empty(0, dtype=np.int64)
        return np.flatnonzero(self.routes[key] == self.names.index(route))

    def bounds_of(self, route: str) -> tuple[float, float, float, float] | None:
        """Return the box around what a route serves; where that has no length, around its ways; None without either."""
        for key in (ROUTES, DRIVES):
            overlay, rows = next((o for o in self.overlays if o.key == key), None), self.rows_of(route, key)
            if overlay is not None and len(rows):
                boxes = overlay.geometry.bounds[rows]
                west, south = boxes[:, :2].min(axis=0).tolist()
                east, north = boxes[:, 2:].max(axis=0).tolist()
                return west, south, east, north
        return None


@dataclass(frozen=True)
class _Lines:
    """Hold streets driven, one row each: row of the street, whether it is driven backwards, number of the route."""

    street: I64
    reverse: NDArray[np.bool_]
    route: I64


def plan_layers(city: City, drawn: Sketch, unserved: Sequence[Unserved]) -> PlanLayers:
    """Return the overlays of routes, sketched on this city, and of what is not served."""
    streets = city[Streets]
    served, driven_empty = _part(drawn, drawn.served), _part(drawn, ~drawn.served)
    found = (find(city, u.item) for u in unserved)
    rows = np.fromiter((place[1] for place in found if place and place[0] == Streets.KIND), dtype=np.int64)
    left = _Lines(rows, np.zeros(len(rows), dtype=bool), np.full(len(rows), -1, dtype=np.int64))
    colour = _colour_numbers(streets, served, len(drawn.routes))
    overlays = (
        _overlay(DRIVES, Text("空驶", "Empty driving"), streets.geometry, driven_empty, _route_styles(1.6, 0.0), colour),
        _overlay(UNSERVED, Text("未作业路段", "Not served"), streets.geometry, left, _unserved_styles(), colour),
        _overlay(ROUTES, Text("作业线路", "Routes"), streets.geometry, served, _route_styles(2.6, 120.0), colour),
    )
    lines = {ROUTES: served, DRIVES: driven_empty, UNSERVED: left}
    return PlanLayers(
        overlays,
        {name: ROUTE_COLOURS[n] for name, n in zip(drawn.routes, colour.tolist(), strict=True)},
        {k: v.street for k, v in lines.items()},
        {k: v.route for k, v in lines.items()},
        drawn.routes,
    )


def with_points(layers: PlanLayers, points: PointLayers) -> PlanLayers:
    """Return the overlays with those of points.

    Of several streams that are served the one with the most points is shown at first; what is left out, where that is not
    much.
    """
    served = [o.key for o in points.overlays if (points.routes[o.key] >= 0).any()]
    left = [o.key for o in points.overlays if o.key not in served and len(o.geometry) > _MANY]
    return replace(
        layers,
        overlays=(*layers.overlays, *points.overlays),
        routes={**layers.routes, **points.routes},
        points=dict(points.objects),
        quiet=layers.quiet | {*served[1:], *left},
    )


def with_chosen(layers: PlanLayers, route: str) -> list[OverlayLayer]:
    """Return the overlays with one route in its colour, with its empty driving, and all else of the plan faded."""
    shown = [o for o in layers.overlays if len(o.geometry)]
    if layers.bounds_of(route) is None:
        return shown
    number = layers.names.index(route)
    out = []
    for overlay in shown:
        mine = layers.routes[overlay.key] == number
        if overlay.classes is not None and (overlay.key == ROUTES or overlay.key in layers.points):
            faded = np.where(mine, overlay.classes + 1, 0).astype(np.int8)
            first, label = (FADED, overlay.title) if overlay.key in layers.points else (_FADED, Text("", ""))
            labels = (label, *overlay.class_labels) if overlay.class_labels else ()
            out.append(replace(overlay, classes=faded, styles=(first, *overlay.styles), class_labels=labels))
            continue
        quiet = overlay.key == UNSERVED
        out.append(replace(overlay, styles=(_FADED,) * len(overlay.styles)) if quiet else overlay)
        if overlay.key == DRIVES and overlay.classes is not None and mine.any():
            rows = np.flatnonzero(mine)
            part = replace(
                overlay, key=CHOSEN, order=len(_ORDER), geometry=overlay.geometry.take(rows), classes=overlay.classes[rows]
            )
            out.append(part)
    return out


def _part(drawn: Sketch, mask: NDArray[np.bool_]) -> _Lines:
    return _Lines(drawn.street[mask], drawn.reverse[mask], drawn.route[mask])


def _route_styles(width_px: float, arrow_px: float) -> tuple[Stroke, ...]:
    solid = arrow_px > 0
    return tuple(
        Stroke(c, width_px, dash_px=() if solid else (1.5, 3.0), arrow_px=arrow_px, halo_px=0.6 if solid else 0.0,
               offset_px=1.7 if solid else 0.0)
        for c in ROUTE_COLOURS
    )  # fmt: skip


def _unserved_styles() -> tuple[Stroke, ...]:
    return (Stroke("missed", 1.2, dash_px=(4.0, 3.0), offset_px=0.0),)


def _overlay(
    key: str, title: Text, geometry: Geometry, lines: _Lines, styles: tuple[Stroke, ...], colour: I64
) -> OverlayLayer:
    classes = np.append(colour, 0)[lines.route].astype(np.int8)  # what is of no route takes the first style
    shown = driven(geometry, lines.street, lines.reverse)
    return OverlayLayer(key, shown, styles, classes=classes, title=title, order=_ORDER.index(key))


def driven(geometry: Geometry, rows: I64, reverse: NDArray[np.bool_]) -> Geometry:
    """Return lines of `rows`, those that are driven against their drawn direction turned round."""
    offsets = geometry.offsets[0]
    start, sizes = offsets[rows], offsets[rows + 1] - offsets[rows]
    cut = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    step = np.arange(cut[-1]) - np.repeat(cut[:-1], sizes)
    forward = np.repeat(start, sizes) + step
    back = np.repeat(start + sizes - 1, sizes) - step
    return Geometry(Shape.LINE, geometry.coords[np.where(np.repeat(reverse, sizes), back, forward)], (cut,))


def _colour_numbers(streets: Streets, served: _Lines, n_routes: int) -> I64:
    """Return the number of a colour for each route, another than those of the routes beside it."""
    boxes = streets.geometry.bounds[served.street]
    centres = (boxes[:, :2] + boxes[:, 2:]) / 2
    return neighbour_colours(centres, served.route, n_routes, len(ROUTE_COLOURS))
