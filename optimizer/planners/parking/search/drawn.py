"""What a plan of parking draws beside its changes: berths to scale, one-ways, aisles, and cars without a berth."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from layers.geometry import Geometry, Shape
from layers.text import Text
from optimizer.plan import ExtraLayer
from optimizer.planners.parking.problem import ParkingProblem
from optimizer.planners.parking.reading.demand import PERIODS
from optimizer.planners.parking.search import looks
from optimizer.planners.parking.search.columns import LABELS, WORDS
from optimizer.planners.parking.search.draft import FORWARD, Decided
from optimizer.planners.parking.search.marking import WHITE

BERTHS = Text("泊位实样", "Berths to scale")
ONE_WAYS = Text("改单行道路", "New one-ways")
UNMET = Text("无处停放 · 规划", "No berth, as planned")
UNMET_TODAY = Text("无处停放 · 现状", "No berth, today")
AISLES = Text("场内通道", "Aisles of lots")


def drawn(problem: ParkingProblem, decided: Decided) -> tuple[ExtraLayer, ...]:
    """Return the layers, each even where it is empty, in this order."""
    return (
        berth_layer(decided),
        one_way_layer(problem, decided),
        unmet_layer(problem, decided, today=False),
        aisle_layer(problem, decided),
        unmet_layer(problem, decided, today=True),
    )


def berth_layer(decided: Decided) -> ExtraLayer:
    """Return every berth as its outline, with all that road markers need."""
    berths = decided.berths
    corners = np.array([b.corners_m for b in berths]).reshape(-1, 4, 2)
    sizes = np.stack([np.hypot(*(corners[:, k + 1] - corners[:, k]).T) for k in (0, 1)]) if len(berths) else np.zeros((2, 0))
    values = {
        "id": tuple(b.item for b in berths),
        "place": tuple(b.place for b in berths),
        "side": tuple(b.side for b in berths),
        "state": tuple(b.state for b in berths),
        "angle_deg": tuple(b.angle_deg for b in berths),
        "along_m": tuple(np.round(sizes[0], 2).tolist()),
        "deep_m": tuple(np.round(sizes[1], 2).tolist()),
        "colour": tuple(WHITE for _ in berths),
        "year": tuple(float(b.year) for b in berths),
    }
    # to the millimetre, which is finer than any marking
    shapes = shapely.polygons(np.round(corners, 3))
    return ExtraLayer(BERTHS, Geometry.from_shapely(Shape.AREA, shapes), values, LABELS, WORDS, looks.BERTHS)


def one_way_layer(problem: ParkingProblem, decided: Decided) -> ExtraLayer:
    """Return the streets made one-way, each line drawn in the direction that may be driven."""
    streets = problem.ground.streets
    rows = sorted(decided.one_way)
    lines = [streets.geometry.row(row)[:: 1 if decided.one_way[row] == FORWARD else -1] for row in rows]
    values = {
        "id": tuple(str(streets.ids[row]) for row in rows),
        "direction": tuple(decided.one_way[row] for row in rows),
    }
    return ExtraLayer(ONE_WAYS, Geometry.lines(lines), values, LABELS, WORDS, looks.ONE_WAYS)


def unmet_layer(problem: ParkingProblem, decided: Decided, today: bool) -> ExtraLayer:
    """Return for each place of demand the cars without a berth in each period, as planned or with no new berth."""
    demand = problem.ground.demand
    out = problem.left_out_today if today else decided.plan.left_out(problem.question.problem)
    most = out.max(axis=0, initial=0)
    rows = np.flatnonzero(most > 0)
    values: dict[str, tuple[str | float, ...]] = {"id": tuple(demand.ids[row] for row in rows.tolist())}
    for k, period in enumerate(PERIODS):
        values[f"{period.key}_today" if today else period.key] = tuple(out[k, rows].astype(float).tolist())
    values["size"] = tuple(looks.size_of(n) for n in most[rows].tolist())
    name = UNMET_TODAY if today else UNMET
    return ExtraLayer(name, Geometry.points(demand.xy_m[rows]), values, LABELS, WORDS, looks.UNMET)


def aisle_layer(problem: ParkingProblem, decided: Decided) -> ExtraLayer:
    """Return the aisles of lots that are built."""
    found = list(_aisles(problem, decided))
    shapes = np.array([shape for _, shape in found], dtype=object)
    values = {"lot": tuple(item for item, _ in found)}
    return ExtraLayer(
        AISLES,
        Geometry.from_shapely(Shape.AREA, shapes),
        values,
        LABELS,
        WORDS,
        looks.AISLES,
    )


def _aisles(problem: ParkingProblem, decided: Decided) -> Iterator[tuple[str, object]]:
    ground, places = problem.ground, problem.places
    for place in sorted(decided.years):
        lot = int(places.lot[place])
        if lot >= 0 and (layout := ground.lots[lot].layout) is not None:
            for shape in layout.aisles:
                if shape.geom_type in ("Polygon", "MultiPolygon") and not shape.is_empty:
                    yield ground.lots[lot].item, shape
