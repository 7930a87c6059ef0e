"""Signs of new one-ways: where each is put up, and which way it faces."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import shapely

from layers.geometry import Geometry
from layers.layer import F64
from layers.text import Text
from optimizer.plan import ExtraLayer
from optimizer.planners.parking.reading.ground import Ground
from optimizer.planners.parking.search import looks
from optimizer.planners.parking.search.columns import LABELS, WORDS
from optimizer.planners.parking.search.draft import FORWARD

LAYER = Text("单行标志", "Signs of one-ways")
ONE_WAY, NO_ENTRY = "one_way", "no_entry"
# So far into the street, or a quarter of it; so far behind the kerb; of a street whose width nobody knows.
_INTO_M, _BEHIND_M, _WIDTH_M = 5.0, 0.5, 6.0


def sign_layer(ground: Ground, one_way: Mapping[int, str]) -> ExtraLayer:
    """Return two signs a street: one-way where it is entered, no entry where it is left.

    Each stands on the right of those who read it, and faces them (GB 5768: signs stand on the right of the road).

    Parameters
    ----------
    one_way
        By street row, ``forward`` or ``backward``.
    """
    streets, places = ground.streets, list[F64]()
    ids, signs, faces = list[str](), list[str](), list[float]()
    for row in sorted(one_way):
        line = streets.geometry.shapely[row]
        line = line if one_way[row] == FORWARD else shapely.reverse(line)
        width_m = float(streets.width_m[row])
        beside_m = (width_m if math.isfinite(width_m) else _WIDTH_M) / 2 + _BEHIND_M
        for sign, read_along in ((ONE_WAY, line), (NO_ENTRY, shapely.reverse(line))):
            place, bearing_deg = _beside(read_along, beside_m)
            ids.append(str(streets.ids[row]))
            signs.append(sign)
            places.append(place)
            faces.append(round((bearing_deg + 180.0) % 360.0, 1))
    values: dict[str, tuple[str | float, ...]] = {"id": tuple(ids), "sign": tuple(signs), "faces_deg": tuple(faces)}
    return ExtraLayer(LAYER, Geometry.points(np.array(places).reshape(-1, 2)), values, LABELS, WORDS, looks.SIGNS)


def _beside(line: shapely.LineString, beside_m: float) -> tuple[F64, float]:
    """Return the place on the right of a line's beginning, shape (2,), and the line's bearing there, degrees from north."""
    into_m = min(_INTO_M, 0.25 * line.length)
    here, ahead = (
        shapely.get_coordinates(shapely.line_interpolate_point(line, m))[0] for m in (into_m, into_m + 0.1 * into_m + 0.01)
    )
    x, y = (ahead - here) / max(1e-9, float(np.hypot(*(ahead - here))))
    return here + beside_m * np.array([y, -x]), math.degrees(math.atan2(x, y)) % 360.0
