"""A plan as the map draws it: served kerbs in the colour of their route, empty driving, what is not served. No widgets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from desktop.digest import street_of
from desktop.map import OverlayLayer, Stroke
from desktop.map.colours import neighbour_colours
from layers.city import City
from layers.geometry import Geometry, Shape
from layers.kinds.streets import Streets
from layers.style import ROUTE_COLOURS
from layers.text import Text
from optimizer.plan import LegKind, Route, Unserved

ROUTES, DRIVES, UNSERVED, CHOSEN = "plan:routes", "plan:drives", "plan:unserved", "plan:chosen"
_FADED = Stroke("other", 1.6)
_ORDER = (DRIVES, UNSERVED, ROUTES)
_I64 = NDArray[np.int64]


@dataclass(frozen=True)
class PlanLayers:
    """Hold the overlays of a plan, and what each of their rows stands for.

    Parameters
    ----------
    colours
        Of each route, ``#rrggbb``, by its id.
    items
        By overlay: the id of what each row serves.
    routes
        By overlay: the id of the route of each row.
    rows_of
        Rows of `ROUTES` by id of the route.
    """

    overlays: tuple[OverlayLayer, ...] = ()
    colours: dict[str, str] = field(default_factory=dict)
    items: dict[str, list[str]] = field(default_factory=dict)
    routes: dict[str, list[str]] = field(default_factory=dict)
    rows_of: dict[str, list[int]] = field(default_factory=dict)

    def n_routes(self, key: str) -> int:
        """Return how many routes an overlay shows; 0 where it shows none."""
        return len({r for r in self.routes.get(key, ()) if r})


@dataclass
class _Lines:
    """Gather streets driven, one row each."""

    rows: list[int] = field(default_factory=list)
    reverse: list[bool] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    routes: list[str] = field(default_factory=list)


def plan_layers(city: City, routes: Sequence[Route], unserved: Sequence[Unserved]) -> PlanLayers:
    """Return the overlays of routes and of what is not served."""
    streets = city[Streets]
    served, driven = _Lines(), _Lines()
    for route in routes:
        for leg in route.legs:
            _add(served if leg.kind is LegKind.SERVE else driven, streets, route.id, leg.item, leg.path)
    numbers = _colour_numbers(streets, served, [r.id for r in routes])
    left = _Lines()
    for u in unserved:
        row = streets.row_of.get(street_of(u.item))
        if row is not None:
            _add_row(left, row, False, u.item, "")
    overlays = (
        _overlay(DRIVES, Text("空驶", "Empty driving"), streets.geometry, driven, _route_styles(1.6, 0.0), numbers),
        _overlay(UNSERVED, Text("未作业路段", "Not served"), streets.geometry, left, _unserved_styles(), {}),
        _overlay(ROUTES, Text("作业线路", "Routes"), streets.geometry, served, _route_styles(2.6, 120.0), numbers),
    )
    rows_of: dict[str, list[int]] = {}
    for i, route_id in enumerate(served.routes):
        rows_of.setdefault(route_id, []).append(i)
    lines = {ROUTES: served, DRIVES: driven, UNSERVED: left}
    return PlanLayers(
        overlays,
        {k: ROUTE_COLOURS[n] for k, n in numbers.items()},
        {k: v.items for k, v in lines.items()},
        {k: v.routes for k, v in lines.items()},
        rows_of,
    )


def with_chosen(layers: PlanLayers, route: str) -> list[OverlayLayer]:
    """Return the overlays with one route in its colour, with its empty driving, and all else of the plan faded."""
    shown = [o for o in layers.overlays if len(o.geometry)]
    if route not in layers.rows_of:
        return shown
    out = []
    for overlay in shown:
        mine = np.array([r == route for r in layers.routes[overlay.key]], dtype=bool)
        if overlay.key == ROUTES and overlay.classes is not None:
            faded = np.where(mine, overlay.classes + 1, 0).astype(np.int8)
            out.append(replace(overlay, classes=faded, styles=(_FADED, *overlay.styles)))
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


def _add(lines: _Lines, streets: Streets, route: str, item: str, path: Sequence[str]) -> None:
    row_of = streets.row_of
    for street in path:
        back = street.startswith("-") and street not in row_of
        row = row_of.get(street[1:] if back else street)
        if row is not None:
            _add_row(lines, row, back, item, route)


def _add_row(lines: _Lines, row: int, back: bool, item: str, route: str) -> None:
    lines.rows.append(row)
    lines.reverse.append(back)
    lines.items.append(item)
    lines.routes.append(route)


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
    key: str, title: Text, geometry: Geometry, lines: _Lines, styles: tuple[Stroke, ...], numbers: Mapping[str, int]
) -> OverlayLayer:
    classes = np.array([numbers.get(r, 0) for r in lines.routes], dtype=np.int8)
    shown = driven(geometry, np.array(lines.rows, dtype=np.int64), np.array(lines.reverse, dtype=bool))
    return OverlayLayer(key, shown, styles, classes=classes, title=title, order=_ORDER.index(key))


def driven(geometry: Geometry, rows: _I64, reverse: NDArray[np.bool_]) -> Geometry:
    """Return lines of `rows`, those that are driven against their drawn direction turned round."""
    offsets = geometry.offsets[0]
    start, sizes = offsets[rows], offsets[rows + 1] - offsets[rows]
    cut = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    step = np.arange(cut[-1]) - np.repeat(cut[:-1], sizes)
    forward = np.repeat(start, sizes) + step
    back = np.repeat(start + sizes - 1, sizes) - step
    return Geometry(Shape.LINE, geometry.coords[np.where(np.repeat(reverse, sizes), back, forward)], (cut,))


def _colour_numbers(streets: Streets, served: _Lines, routes: Sequence[str]) -> dict[str, int]:
    """Return a colour for each route, another than those of the routes beside it."""
    row_of = {route: i for i, route in enumerate(routes)}
    route = np.array([row_of[r] for r in served.routes], dtype=np.int64)
    boxes = streets.geometry.bounds[np.array(served.rows, dtype=np.int64)]
    centres = (boxes[:, :2] + boxes[:, 2:]) / 2
    return dict(zip(routes, neighbour_colours(centres, route, len(routes), len(ROUTE_COLOURS)).tolist(), strict=True))
