"""Berths that stand along the kerb today, some where they must not, and what the residents' council decided on them."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.ops import substring

from layers.geometry import Geometry
from layers.kinds.parking import Decision, KerbBerths
from layers.kinds.streets import RoadClass, Streets
from layers.layer import AnyArray
from sample_city.streets import numbered
from sample_city.terrain import F64, Rng

# Share of the streets of each class that have a row, metres of a berth, berths of a row.
_SHARE = {RoadClass.SECONDARY: 0.05, RoadClass.BRANCH: 0.12, RoadClass.BACK_STREET: 0.08}
_BERTH_M, _FEWEST, _MOST = 6.0, 3, 14
_FOOTWAY_SHARE = 0.06
_DECISIONS = (Decision.UNKNOWN, Decision.KEEP, Decision.REMOVE, Decision.ADD)
_DECIDED = (0.90, 0.05, 0.03, 0.02)


def berth_layer(streets: Streets, rng: Rng) -> KerbBerths:
    """Return rows of berths on some side streets, wherever drivers once began to leave cars."""
    chance = np.zeros(len(streets))
    for grade, share in _SHARE.items():
        chance[streets.road_class == grade] = share
    picked = np.flatnonzero((rng.random(len(streets)) < chance) & (streets.level == 0))
    left = rng.random(len(picked)) < 0.4
    room = np.floor(0.7 * streets.length_m[picked] / _BERTH_M).astype(np.int64)
    n = np.minimum(rng.integers(_FEWEST, _MOST + 1, len(picked)), room)
    begin = rng.random(len(picked))
    kept = n >= _FEWEST
    picked, left, n, begin = picked[kept], left[kept], n[kept], begin[kept]
    lines = [
        _row(streets.geometry.shapely[row], float(streets.width_m[row]) / 2, (float(share), int(count)), bool(side))
        for row, share, count, side in zip(picked, begin, n, left, strict=True)
    ]
    return KerbBerths(
        ids=numbered("B", len(picked)),
        geometry=Geometry.lines(lines),
        street=streets.ids[picked],
        left=left,
        n_berths=n.astype(np.int32),
        angle_deg=np.zeros(len(picked)),
        on_footway=rng.random(len(picked)) < _FOOTWAY_SHARE,
        decision=rng.choice(_DECISIONS, len(picked), p=_DECIDED).astype(np.int8),
    )


def _row(line: AnyArray, half_m: float, where: tuple[float, int], left: bool) -> F64:
    """Return the kerb beside a piece of a street, from the first berth to the last, shape (n, 2)."""
    share, count = where
    length_m = float(shapely.length(line))
    start_m = share * (length_m - count * _BERTH_M)
    piece = substring(line, start_m, start_m + count * _BERTH_M)
    beside = shapely.offset_curve(piece, half_m if left else -half_m, join_style="mitre")
    coords = shapely.get_coordinates(beside if beside.geom_type == "LineString" and not beside.is_empty else piece)
    return np.asarray(np.round(coords, 2))
