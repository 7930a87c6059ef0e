"""What lies along the kerb and keeps berths away: hydrants, bus stops, crossings and entrances."""

from __future__ import annotations

import numpy as np

from layers.geometry import Geometry
from layers.kinds.parking import KerbFacts, KerbKind
from layers.kinds.streets import RoadClass
from layers.layer import Bool, Str
from sample_city.roadside import I64, Roadside
from sample_city.segments import Segments
from sample_city.streets import numbered
from sample_city.terrain import F64, Rng


def kerb_layer(cut: Segments, road: Roadside, ids: Str, signals: Bool, rng: Rng) -> KerbFacts:
    """Return the facts along all kerbs.

    Parameters
    ----------
    ids
        Of the streets.
    signals
        Of the junctions.
    """
    grade = road.grade
    spaced = (
        # kind, where, metres between two of them, off the kerb
        (KerbKind.HYDRANT, (grade <= RoadClass.BRANCH) & (grade >= RoadClass.MAIN), 118.0, 1.0),
        (KerbKind.BUS_STOP, (grade == RoadClass.MAIN) | (grade == RoadClass.SECONDARY), 300.0, 0.5),
        (KerbKind.CROSSING, (grade == RoadClass.MAIN) | (grade == RoadClass.SECONDARY), 420.0, 0.0),
        (KerbKind.ENTRANCE, (grade >= RoadClass.SECONDARY), 105.0, 0.5),
    )
    parts = [(*_spaced(road, where, gap_m, off_m, rng), kind) for kind, where, gap_m, off_m in spaced]
    parts.append((*_at_junctions(cut, road, signals), KerbKind.CROSSING))
    rows = np.concatenate([r for r, _, _ in parts])
    return KerbFacts(
        ids=numbered("F", len(rows)),
        geometry=Geometry.points(np.concatenate([xy for _, xy, _ in parts])),
        kerb=np.repeat([int(k) for _, _, k in parts], [len(r) for r, _, _ in parts]).astype(np.int8),
        street=ids[rows],
    )


def _spaced(road: Roadside, where: Bool, gap_m: float, off_m: float, rng: Rng) -> tuple[I64, F64]:
    n_each = np.where(where & road.ground, np.floor(road.length_m / gap_m + rng.random(len(where))), 0).astype(np.int64)
    rows = np.repeat(np.arange(len(where)), n_each)
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(n_each) - n_each, n_each)
    share = (nth + rng.uniform(0.3, 0.7, len(rows))) / np.maximum(n_each[rows], 1)
    side = np.where((nth + rows) % 2 == 0, 1.0, -1.0)
    return rows, road.beside(rows, 0.06 + 0.88 * share, side, off_m)


def _at_junctions(cut: Segments, road: Roadside, signals: Bool) -> tuple[I64, F64]:
    """Return a crossing on each leg of a junction with signals, some metres before it."""
    legs = [(np.flatnonzero(signals[end] & (road.length_m > 60.0)), back) for end, back in ((cut.tail, 0), (cut.head, 1))]
    rows = np.concatenate([r for r, _ in legs])
    away = np.minimum(18.0 / road.length_m[rows], 0.3)
    share = np.where(np.repeat([back for _, back in legs], [len(r) for r, _ in legs]) == 1, 1 - away, away)
    # crossings lie over the carriageway: their point is on its middle
    return rows, road.beside(rows, share, np.ones(len(rows)), -road.half_width_m[rows])
