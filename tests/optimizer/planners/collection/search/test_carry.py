"""A plan that builds on a timetable begins at it."""

from __future__ import annotations

from dataclasses import replace

from optimizer.monitor import Silent
from optimizer.plan import LegKind
from optimizer.planners.collection.problem import prepare
from optimizer.run import run
from tests.optimizer.planners.collection.conftest import imported, inventory, row, scenario

H = 3600
ROWS = (
    row(2, "w2", 19 * H + 600, 19 * H + 720),
    row(3, "w1", 19 * H + 900, 19 * H + 960),
    row(4, "w4", 20 * H, 20 * H + 300),
    row(5, "w3", 20 * H + 1200, 20 * H + 1300),
    row(6, "w5", 20 * H + 2400, 20 * H + 2500),
)


def test_times_stay_near_and_stays_are_those_of_the_timetable() -> None:
    today = imported(*ROWS, streams="other")
    assert today.faults == ()
    asked = scenario(fleet=inventory(sealed_3t=1), streams="other", near_input_min=5.0, stays_as_input=True)
    asked = replace(asked, inputs=(today,))
    problem = prepare(asked, Silent())
    begun = problem.starts[0]
    assert begun is not None
    order = [problem.night.tasks.items[problem.units[0].part.tasks[k]] for k in begun.routes[0].stops]
    assert order == ["w2:OTHER", "w1:OTHER", "w4:OTHER", "w3:OTHER", "w5:OTHER"]
    plan = run(asked, Silent())
    assert plan.faults == ()
    assert plan.unserved == ()
    legs = {leg.item: leg for r in plan.routes for leg in r.legs if leg.kind is LegKind.SERVE}
    for one in ROWS:
        leg = legs[f"{one['point']}:OTHER"]
        assert abs(leg.start_s - one["arrive_s"]) <= 300
        assert leg.end_s - leg.start_s == one["leave_s"] - one["arrive_s"]


def test_without_being_asked_an_input_changes_nothing() -> None:
    today = imported(*ROWS, streams="other")
    asked = replace(scenario(streams="other"), inputs=(today,))
    plain = prepare(scenario(streams="other"), Silent())
    assert prepare(asked, Silent()).starts == plain.starts
