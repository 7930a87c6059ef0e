"""Legs laid side by side are those of the routes, in their order."""

from __future__ import annotations

from optimizer.leg_table import LegTable
from optimizer.plan import Leg, LegKind, Route


def route(key: str, *legs: Leg) -> Route:
    return Route(key, key, "sweeper", "d", "day", legs)


def test_legs_of_two_routes_and_one_without_any() -> None:
    drive = Leg(LegKind.DRIVE, 0, 10, 30.0, ("a", "-b"), load_kg=1.0)
    serve = Leg(LegKind.SERVE, 10, 40, 20.0, ("c",), "c:R", 5.0, -2.0)
    table = LegTable.of((route("r1", drive, serve), route("r2"), route("r3", serve)))
    assert table.route.tolist() == [0, 0, 2]
    assert table.first.tolist() == [0, 2, 2, 3]
    assert table.doing(LegKind.SERVE, LegKind.BREAK).tolist() == [False, True, True]
    assert table.n_steps.tolist() == [2, 1, 1]
    assert table.step_leg.tolist() == [0, 0, 1, 2]
    assert table.step_names == ["a", "-b", "c", "c"]
    assert (table.start_s.tolist(), table.end_s.tolist()) == ([0, 10, 10], [10, 40, 40])
    assert (table.length_m.tolist(), table.load_kg.tolist(), table.water_l.tolist()) == (
        [30, 20, 20],
        [1, 5, 5],
        [0, -2, -2],
    )


def test_no_legs_at_all() -> None:
    table = LegTable.of(())
    assert table.route.tolist() == table.step_leg.tolist() == table.step_names == []
    assert table.doing(LegKind.DRIVE).tolist() == []
