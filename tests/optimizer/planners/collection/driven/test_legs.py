"""A timetable that is tighter than the streets allow: kept as written and told, or driven late."""

from __future__ import annotations

import pytest

from optimizer.plan import LegKind, Plan
from tests.optimizer.planners.collection.conftest import imported, row

# w1 and w2 lie 200 m apart; one second is left to drive there, then an hour until w4.
TIGHT = (
    row(1, "w1", 69_000, 69_060),
    row(2, "w2", 69_061, 69_100),
    row(3, "w4", 72_700, 72_760),
)


def served(plan: Plan) -> list[tuple[str, float, float]]:
    return [(leg.item, leg.start_s, leg.end_s) for leg in plan.routes[0].legs if leg.kind is LegKind.SERVE]


def test_times_are_kept_and_the_checks_tell_what_cannot_be_driven() -> None:
    plan = imported(*TIGHT)
    times = [("w1:OTHER", 69_000.0, 69_060.0), ("w2:OTHER", 69_061.0, 69_100.0), ("w4:OTHER", 72_700.0, 72_760.0)]
    assert served(plan) == times
    assert plan.faults


def test_a_late_vehicle_stays_as_long_and_catches_up() -> None:
    plan = imported(*TIGHT, driven_late=True)
    (first, second, third) = served(plan)
    assert first == ("w1:OTHER", 69_000.0, 69_060.0)
    assert second[1] > 69_070  # 200 m take longer than ten seconds at any speed in town
    assert second[2] - second[1] == pytest.approx(39)
    assert third == ("w4:OTHER", 72_700.0, 72_760.0)
    assert not plan.faults
