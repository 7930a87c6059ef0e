"""What stands beside a scenario in the list."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from desktop import words
from desktop.desk import Result
from desktop.panels.scenarios import verdict_of
from layers.text import Text
from optimizer.kpi import Kpi
from optimizer.plan import Outcome, Plan, PlanFault
from tests.optimizer.toy_sites import planned
from tests.optimizer.toys import toy_scenario

pytestmark = pytest.mark.usefixtures("toy")


def note(*kpis: Kpi, faults: tuple[PlanFault, ...] = ()) -> str:
    scenario = toy_scenario()
    plan = Plan("toy", scenario.name, Outcome.FEASIBLE, 1.0, None, kpis=kpis, faults=faults)
    return verdict_of(Result(plan, scenario), scenario)[0]


def test_rate_and_cost_tell_plans_apart(qapp: QApplication) -> None:
    kpis = (
        Kpi("x", 3.0, "km"),
        Kpi("rate", 80.02, "%"),
        Kpi("rate", 99.0, "%", "district a"),
        Kpi("cost", 19_240.9, "yuan"),
    )
    assert note(*kpis) == f"{words.figure(80.0, '%')} · {words.figure(19_240.9, 'yuan')}"
    assert note(*kpis[:2]) == words.figure(80.0, "%")


def test_plans_of_sites_are_told_by_their_changes_and_cost(qapp: QApplication) -> None:
    scenario, plan = planned()
    kpis = (Kpi("off_network", 0.0, "%"), Kpi("cost", 5e6, "yuan"))
    told, _, tip = verdict_of(Result(replace(plan, kpis=kpis), scenario), scenario)
    assert (told, tip) == ("变更 3", words.figure(5e6, "yuan"))


def test_without_such_figures_what_is_left_counts(qapp: QApplication) -> None:
    assert "0" in note()
    assert "1" in note(Kpi("rate", 80.0, "%"), faults=(PlanFault("a", "b", Text("错", "wrong")),))


def test_a_plan_that_is_out_of_date_says_so(qapp: QApplication) -> None:
    scenario = toy_scenario()
    plan = Plan("toy", scenario.name, Outcome.FEASIBLE, 1.0, None)
    changed = replace(scenario, params=replace(scenario.params, seed=7))
    assert verdict_of(Result(plan, scenario), changed)[0] == "过期"
    assert verdict_of(None, scenario)[0] == "–"
