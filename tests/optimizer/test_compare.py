from __future__ import annotations

from optimizer.compare import Turn, compare
from optimizer.kpi import Kpi
from optimizer.plan import Outcome, Plan


def _plan(*kpis: Kpi) -> Plan:
    return Plan("sweeping", "a", Outcome.FEASIBLE, 0.0, None, kpis=kpis)


def test_a_figure_turns_as_its_kind_is_good() -> None:
    before = _plan(Kpi("mechanised_sweeping_rate", 80.0, "%"), Kpi("deadhead_km", 100.0, "km"))
    after = _plan(Kpi("mechanised_sweeping_rate", 85.0, "%"), Kpi("deadhead_km", 90.0, "km"))
    by_id = {line.id: line for line in compare([before, after])}
    rate, empty = by_id["mechanised_sweeping_rate"], by_id["deadhead_km"]
    assert (rate.changes, rate.turns) == ((0.0, 5.0), (Turn.SAME, Turn.BETTER))
    assert (empty.changes, empty.turns) == ((0.0, -10.0), (Turn.SAME, Turn.BETTER))
    assert {line.id: line for line in compare([after, before])}["deadhead_km"].turns[1] is Turn.WORSE


def test_a_figure_that_one_plan_lacks_has_no_change() -> None:
    (line,) = compare([_plan(), _plan(Kpi("routes", 3.0, "routes"))])
    assert line.values == (None, 3.0)
    assert line.changes == (None, None)
    assert line.turns == (None, None)


def test_the_whole_city_comes_first_and_scopes_are_kept_apart() -> None:
    one = _plan(Kpi("deadhead_km", 1.0, "km", "district A"), Kpi("deadhead_km", 5.0, "km"))
    two = _plan(Kpi("deadhead_km", 2.0, "km", "district A"), Kpi("deadhead_km", 5.0, "km"))
    assert [(line.scope, line.values) for line in compare([one, two])] == [("city", (5.0, 5.0)), ("district A", (1.0, 2.0))]
