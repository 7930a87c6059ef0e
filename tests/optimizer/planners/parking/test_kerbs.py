"""Berths along a kerb, counted by hand: each clear distance on a street of 100 m that ends at no junction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.kinds.parking import KerbKind
from layers.kinds.streets import Oneway, RoadClass, Streets
from optimizer.params import with_values
from optimizer.planners.parking.params import ParkingParams
from optimizer.planners.parking.reading.apart import Layout
from optimizer.planners.parking.reading.kerbs import KerbRules
from optimizer.planners.parking.reading.rules import clear_rules
from optimizer.planners.parking.reading.supply import may_hold, supply_of
from tests.optimizer.planners.parking.by_hand import PLAIN, city_of

LINE = [(0.0, 0.0), (100.0, 0.0)]


def layouts(
    streets: Sequence[Mapping[str, Any]], facts: list[tuple[KerbKind, float, float]] | None = None, **values: Any
) -> tuple[Layout, Layout]:
    """Return the layouts of the first street, as it is and one-way."""
    city = city_of(streets, facts or [])
    params = with_values(ParkingParams(), PLAIN | values)
    rules = KerbRules(clear_rules(city, params))
    rows = np.flatnonzero(may_hold(city[Streets], params))
    found = supply_of(city, params, rules, rows, {})
    none = Layout()
    return (found[0].as_it_is, found[0].one_way) if 0 in found else (none, none)


def by_side(layout: Layout) -> dict[str, int]:
    return {side: sum(row.n_berths for row in rows) for side, rows in layout.rows}


@pytest.mark.parametrize(
    ("width_m", "two_way", "one_way"),
    [
        (5.9, {}, {}),  # below every width
        (6.4, {}, {}),  # 3.9 m would stay free of 4 m for fire engines
        (6.5, {}, {"R": 16}),  # 100 m / 6 m = 16 on one kerb of a one-way street
        (8.0, {"R": 16}, {"R": 16}),
        (9.0, {"R": 16}, {"R": 16, "L": 16}),
        (12.0, {"R": 16, "L": 16}, {"R": 16, "L": 16}),
    ],
)
def test_widths_decide_on_how_many_kerbs(width_m: float, two_way: dict[str, int], one_way: dict[str, int]) -> None:
    as_it_is, turned = layouts([{"line": LINE, "width_m": width_m}])
    assert by_side(as_it_is) == two_way
    assert by_side(turned) == one_way


def test_a_street_that_is_one_way_has_the_widths_of_one() -> None:
    as_it_is, _ = layouts([{"line": LINE, "width_m": 6.5, "oneway": Oneway.FORWARD}])
    assert by_side(as_it_is) == {"R": 16}


def test_cycle_lanes_are_taken_off_the_width() -> None:
    """11 m with a lane of 1.5 m on each side are 8 m: one kerb."""
    as_it_is, _ = layouts([{"line": LINE, "width_m": 11.0, "cycle_lane": True}])
    assert by_side(as_it_is) == {"R": 16}


@pytest.mark.parametrize("road_class", [RoadClass.MAIN, RoadClass.EXPRESSWAY])
def test_main_roads_have_none(road_class: RoadClass) -> None:
    assert layouts([{"line": LINE, "width_m": 14.0, "road_class": road_class}])[0].n_berths == 0


def test_a_hydrant_keeps_15_m_free_on_its_kerb_and_less_across_the_street() -> None:
    """On its own kerb 35 to 65 m are blocked: 5 berths each side of it. Across, less by Pythagoras."""
    as_it_is, _ = layouts([{"line": LINE, "width_m": 12.0}], [(KerbKind.HYDRANT, 50.0, 6.0)], hydrant_m=15)
    assert by_side(as_it_is)["L"] == 10
    beside_m = 6.0 + 6.0 - 2.5  # from the hydrant to the strip on the far kerb
    left_m = 50.0 - np.sqrt(15.0**2 - beside_m**2)
    assert by_side(as_it_is)["R"] == 2 * int(left_m // 6)


@pytest.mark.parametrize(
    ("kind", "name", "default_m"),
    [
        (KerbKind.HYDRANT, "hydrant_m", 15.0),
        (KerbKind.BUS_STOP, "bus_stop_m", 30.0),
        (KerbKind.CROSSING, "crossing_m", 15.0),
        (KerbKind.ENTRANCE, "entrance_m", 5.0),
    ],
)
def test_each_fact_has_its_distance(kind: KerbKind, name: str, default_m: float) -> None:
    """A fact at the kerb 50 m along: (50 - d) / 6 berths on either side of it, at the default and at 20 m."""
    for metres in (default_m, 20.0):
        as_it_is, _ = layouts([{"line": LINE, "width_m": 8.0}], [(kind, 50.0, -4.0)], **{name: metres})
        own = int((50.0 - metres) // 6)
        assert as_it_is.n_berths == max(2 * own, by_side(as_it_is).get("L", 0))
        only_right = {side: n for side, n in by_side(as_it_is).items() if side == "R"}
        assert only_right in ({}, {"R": 2 * own})


def test_a_junction_of_three_legs_keeps_20_m_and_two_legs_keep_nothing() -> None:
    """Of 100 m, 20 m go at the end where three streets meet: 13 berths; where two meet, none goes: 16."""
    three: list[dict[str, Any]] = [{"line": LINE}, {"line": [(0, 0), (0, 100)]}, {"line": [(0, 0), (0, -100)]}]
    assert layouts(three)[0].n_berths == 13
    assert layouts([{"line": LINE}, {"line": [(-100, 0), (0, 0)]}])[0].n_berths == 16


def test_a_bridge_has_none_and_keeps_20_m() -> None:
    bridge: list[dict[str, Any]] = [{"line": LINE}, {"line": [(100, 0), (200, 0)], "level": 1}]
    assert layouts(bridge)[0].n_berths == 13
    assert layouts([{"line": LINE, "level": 1}])[0].n_berths == 0


def test_a_sharp_bend_keeps_20_m_on_both_legs() -> None:
    """Two legs of 100 m at a right angle: (100 - 20) / 6 = 13 on each."""
    bent: list[dict[str, Any]] = [{"line": [(0, 0), (100, 0), (100, 100)]}]
    assert layouts(bent, bend_m=20)[0].n_berths == 26
    free = layouts(bent, bend_m=0)[0].n_berths
    assert 26 < free <= 32


def test_the_law_is_stricter_than_the_guides() -> None:
    """50 m from the junction of three leave 50 m: 8 berths; a narrow road within 50 m leaves none of them."""
    three: list[dict[str, Any]] = [{"line": LINE}, {"line": [(0, 0), (0, 100)]}, {"line": [(0, 0), (0, -100)]}]
    assert layouts(three, rule_set="law")[0].n_berths == 8
    narrow = [*three, {"line": [(100, 10), (100, 60)], "width_m": 3.0}]
    assert layouts(narrow, rule_set="law")[0].n_berths < 8
    assert layouts(narrow)[0].n_berths == 13


def test_angled_berths_need_more_width_and_give_more() -> None:
    """Square ones take 2.5 m of the kerb each, 5.3 m of the width, and 5.5 m to drive: 40 on 10.8 m."""
    assert layouts([{"line": LINE, "width_m": 10.8}], angled=True)[0].n_berths == 40
    assert layouts([{"line": LINE, "width_m": 10.0}], angled=True)[0].n_berths == 16


@settings(max_examples=40, deadline=None)
@given(
    near_m=st.floats(0, 40), more_m=st.floats(0, 40), x_m=st.floats(0, 100), width_m=st.floats(8, 14),
    name=st.sampled_from(["hydrant_m", "bus_stop_m", "crossing_m", "entrance_m"]),
)  # fmt: skip
def test_a_larger_clearance_never_yields_more_berths(
    near_m: float, more_m: float, x_m: float, width_m: float, name: str
) -> None:
    kind = KerbKind[name.removesuffix("_m").upper()]
    street, fact = [{"line": LINE, "width_m": width_m}], [(kind, x_m, -width_m / 2)]
    small, large = (layouts(street, fact, **{name: m})[0].n_berths for m in (near_m, near_m + more_m))
    assert large <= small


@settings(max_examples=30, deadline=None)
@given(
    points=st.lists(st.tuples(st.floats(0, 100), st.floats(-60, 60)), min_size=2, max_size=5, unique=True),
    facts=st.lists(st.tuples(st.floats(0, 100), st.floats(-60, 60)), max_size=4),
    width_m=st.floats(8, 14),
    angled=st.booleans(),
)
def test_berths_keep_every_distance_and_never_overlap(
    points: list[tuple[float, float]], facts: list[tuple[float, float]], width_m: float, angled: bool
) -> None:
    """On any bent street: measured by shapely, which knows nothing of how they were placed."""
    line = shapely.LineString(points)
    if not line.is_simple or line.length < 10:
        return
    as_it_is, one_way = layouts(
        [{"line": points, "width_m": width_m}], [(KerbKind.HYDRANT, x, y) for x, y in facts], angled=angled
    )
    for layout in (as_it_is, one_way):
        rows = [row for _, own in layout.rows for row in own]
        if not rows:
            continue
        shapes = shapely.polygons(np.concatenate([row.corners(False) for row in rows])) if rows else []
        for x, y in facts:
            assert shapely.distance(shapes, shapely.Point(500_000 + x, 3_550_000 + y)).min() >= 15.0 - 1e-6
        sides = {side: shapely.union_all(shapely.polygons(np.concatenate([r.corners(False) for r in own])))
                 for side, own in layout.rows}  # fmt: skip
        for side, own in layout.rows:
            whole = sum(shapely.area(shapely.polygons(r.corners(False))).sum() for r in own)
            assert sides[side].area == pytest.approx(whole, rel=1e-6)
