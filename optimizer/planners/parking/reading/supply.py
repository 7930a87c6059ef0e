"""What each street's width and kerbs allow: no berths, on one kerb or both, as it is or made one-way."""

from __future__ import annotations

import numpy as np
import shapely

from layers.city import City
from layers.kinds.streets import Oneway, RoadClass, Streets
from layers.layer import F64, Bool
from optimizer.planners.parking.params import ParkingParams
from optimizer.planners.parking.reading.apart import Layout, StreetSupply, apart
from optimizer.planners.parking.reading.kerbs import LEFT, RIGHT, Kerb, KerbRules, Row, kerb_of
from optimizer.planners.parking.reading.stalls import Stall, fits, stalls_of


def free_width_m(streets: Streets, params: ParkingParams) -> F64:
    """Return the carriageway that is left beside cycle lanes, shape (n_streets,)."""
    return np.asarray(streets.width_m - 2 * params.cycle_lane_m * streets.cycle_lane)


def may_hold(streets: Streets, params: ParkingParams) -> Bool:
    """Return which streets may have berths at all, by class, level and width, shape (n_streets,)."""
    classes = [RoadClass.BRANCH, RoadClass.BACK_STREET]
    classes += [RoadClass.SECONDARY] if params.on_secondary else []
    classes += [RoadClass.MAIN] if params.on_main else []
    with np.errstate(invalid="ignore"):
        wide = free_width_m(streets, params) >= min(params.one_one_m, params.two_one_m)
    drawn = np.diff(streets.geometry.offsets[0]) > 1
    return np.asarray(np.isin(streets.road_class, classes) & (streets.level == 0) & ~streets.closed & wide & drawn)


def supply_of(
    city: City, params: ParkingParams, rules: KerbRules, rows: np.ndarray, taken: dict[int, F64]
) -> dict[int, StreetSupply]:
    """Return what each of some streets offers, by row; those that offer nothing are left out.

    Parameters
    ----------
    rows
        Streets that may have berths.
    taken
        Berths that stay, by street, shape (n, 4, 2).
    """
    streets, found = city[Streets], dict[int, StreetSupply]()
    width_m, lines = free_width_m(streets, params), streets.geometry.shapely
    stalls, none = stalls_of(params), np.empty((0, 4, 2))
    for row in rows.tolist():
        kerb = kerb_of(lines[row], float(streets.width_m[row]), rules, taken.get(row, none))
        if len(kerb.line) < 2:
            continue
        is_one_way = streets.oneway[row] in (Oneway.FORWARD, Oneway.BACKWARD)
        one = _best(kerb, stalls, float(width_m[row]), True, params, rules)
        two = one if is_one_way else _best(kerb, stalls, float(width_m[row]), False, params, rules)
        if one.n_berths or two.n_berths:
            found[row] = StreetSupply(row, two, one)
    return apart(found, params.least_row)


def _best(
    kerb: Kerb, stalls: tuple[Stall, ...], width_m: float, one_way: bool, params: ParkingParams, rules: KerbRules
) -> Layout:
    """Return the layout with the most berths; of equals the one with the shallowest."""
    best = Layout()
    for stall in stalls:
        if not fits(stall, width_m, 1, one_way, params):
            continue
        sides = {side: _clear(kerb.rows(side, stall, params.least_row), rules, params.least_row) for side in (RIGHT, LEFT)}
        own = [(side, rows) for side, rows in sides.items() if rows]
        if not fits(stall, width_m, 2, one_way, params):
            own = sorted(own, key=lambda s: -sum(r.n_berths for r in s[1]))[:1]
        layout = Layout(tuple(own))
        if layout.n_berths > best.n_berths:
            best = layout
    return best


def _clear(rows: tuple[Row, ...], rules: KerbRules, least_row: int) -> tuple[Row, ...]:
    """Return the rows without the berths that stand too near to a line, such as a bridge."""
    kept = list[Row]()
    for row in rows:
        near = rules.near_lines(shapely.polygons(row.corners(False))) if rules.has_lines else np.zeros(row.n_berths, bool)
        if not near.any():
            kept.append(row)
            continue
        kept += [part for part in row.parts(~near) if part.n_berths >= least_row]
    return tuple(kept)
