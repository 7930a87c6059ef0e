"""Each way of spoiling a plan is found by code without a solver, for the right reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from layers.errors import InputError
from layers.kinds.streets import Streets
from layers.text import Text
from optimizer.check import object_of
from optimizer.kpi import Kpi
from optimizer.monitor import Silent
from optimizer.plan import Leg, LegKind, Outcome, Plan, Unserved
from optimizer.project import Project, add_plan, load_project, save_project
from optimizer.run import faults_of, run
from optimizer.scenario import Scenario
from optimizer.verify import verify

Toy = Callable[..., Scenario]


def with_leg(plan: Plan, i: int, **changes: object) -> Plan:
    route = plan.routes[0]
    legs = tuple(replace(leg, **changes) if k == i else leg for k, leg in enumerate(route.legs))  # type: ignore[arg-type]
    return replace(plan, routes=(replace(route, legs=legs),))


def with_route(plan: Plan, **changes: object) -> Plan:
    return replace(plan, routes=(replace(plan.routes[0], **changes),))  # type: ignore[arg-type]


def unserved(item: str, binding: str = "why", reason: Text = Text("因", "because")) -> Unserved:
    return Unserved(item, binding, reason)


SPOILINGS: dict[str, tuple[str, Callable[[Plan], Plan]]] = {
    "gap between legs": ("legs_not_in_order", lambda p: with_leg(p, 2, start_s=250.0)),
    "overlapping legs": ("legs_not_in_order", lambda p: with_leg(p, 2, start_s=150.0)),
    "leg that ends before it starts": ("impossible_leg", lambda p: with_leg(p, 0, end_s=-5.0)),
    "time that is no number": ("impossible_leg", lambda p: with_leg(p, 0, start_s=float("nan"))),
    "negative length": ("impossible_leg", lambda p: with_leg(p, 0, length_m=-1.0)),
    "street that is not there": ("unknown_street", lambda p: with_leg(p, 1, path=("-nowhere",))),
    "item that is not there": ("unknown_item", lambda p: with_leg(p, 1, item="ghost:L")),
    "service of nothing": ("service_without_item", lambda p: with_leg(p, 1, item="")),
    "item served twice": ("served_twice", lambda p: with_leg(p, 1, item="s1")),
    "served and unserved": ("served_and_unserved", lambda p: replace(p, unserved=(unserved("s1"),))),
    "unserved without reason": ("unserved_without_reason", lambda p: replace(p, unserved=(unserved("s9", ""),))),
    "route id twice": ("route_id_twice", lambda p: replace(p, routes=(p.routes[0], with_route(p, legs=()).routes[0]))),
    "vehicle in two places": ("vehicle_twice", lambda p: replace(p, routes=(p.routes[0], replace(p.routes[0], id="r2")))),
    "empty route": ("empty_route", lambda p: with_route(p, legs=())),
    "unknown vehicle type": ("unknown_vehicle_type", lambda p: with_route(p, vehicle_type="rocket")),
    "unknown shift": ("unknown_shift", lambda p: with_route(p, shift="dusk")),
    "bound above the objective": ("objective_below_bound", lambda p: replace(p, bound=p.objective + 1)),
    "optimal without proof": ("optimal_without_proof", lambda p: replace(p, outcome=Outcome.OPTIMAL)),
    "infeasible without reason": ("infeasible_without_reason", lambda p: replace(p, outcome=Outcome.INFEASIBLE)),
    "objective that is no number": ("objective_not_finite", lambda p: replace(p, objective=float("inf"), bound=None)),
    "figure changed": ("kpi_differs", lambda p: replace(p, kpis=(Kpi("n_streets", 11.0, "streets"),))),
    "figure left out": ("kpi_differs", lambda p: replace(p, kpis=())),
    "figure in another unit": ("kpi_unit", lambda p: replace(p, kpis=(Kpi("n_streets", 5.0, "km"),))),
    "figure twice": ("kpi_twice", lambda p: replace(p, kpis=p.kpis * 2)),
    "figure that is no number": ("kpi_not_finite", lambda p: replace(p, kpis=(Kpi("n_streets", float("nan"), "streets"),))),
    "other layer": (
        "layer_changed",
        lambda p: replace(p, provenance=replace(p.provenance, layer_hashes={"streets": "0" * 32})),
    ),
    "layer not named": ("layer_changed", lambda p: replace(p, provenance=replace(p.provenance, layer_hashes={}))),
}


@pytest.mark.parametrize("name", SPOILINGS)
def test_a_spoilt_plan_is_rejected_from_its_file(toy: Toy, tmp_path: Path, name: str) -> None:
    code, spoil = SPOILINGS[name]
    scenario = toy()
    plan = run(scenario, Silent())
    save_project(tmp_path / "p.gpkg", add_plan(Project(scenario.city), scenario, spoil(plan)))
    (checked,) = verify(tmp_path / "p.gpkg")
    found = [f for f in checked.faults if f.code == code]
    assert found, [f.code for f in checked.faults]
    assert found[0].text.zh
    assert found[0].text.en


def test_a_sound_plan_passes_from_its_file(toy: Toy, tmp_path: Path) -> None:
    scenario = toy()
    save_project(tmp_path / "p.gpkg", add_plan(Project(scenario.city), scenario, run(scenario, Silent())))
    assert [p.faults for p in verify(tmp_path / "p.gpkg")] == [()]


def test_an_edited_street_makes_the_plan_out_of_date(toy: Toy, tmp_path: Path) -> None:
    scenario = toy()
    project = add_plan(Project(scenario.city), scenario, run(scenario, Silent()))
    edited = scenario.city.with_layers(replace(scenario.city[Streets], width_m=scenario.city[Streets].width_m + 1))
    save_project(tmp_path / "p.gpkg", replace(project, city=edited))
    (checked,) = verify(tmp_path / "p.gpkg")
    assert [f.code for f in checked.faults] == ["layer_changed"]
    assert "is not the one the plan was made from: it is out of date" in checked.faults[0].text.en


def test_a_renamed_toilet_does_not(toy: Toy) -> None:
    scenario = toy()
    plan = run(scenario, Silent())
    fewer = replace(scenario.city, layers={"streets": scenario.city[Streets]})
    assert faults_of(replace(scenario, city=fewer), plan, again=True) == ()


def test_a_planners_own_faults_are_told(toy: Toy) -> None:
    plan = run(toy(mode="wrong"), Silent())
    assert [f.code for f in plan.faults] == ["toy_wrong"]


def test_a_plan_without_its_scenario_is_faulty(toy: Toy, tmp_path: Path) -> None:
    scenario = toy()
    project = add_plan(Project(scenario.city), scenario, run(scenario, Silent()))
    save_project(tmp_path / "p.gpkg", replace(project, scenarios=()))
    assert [f.code for f in verify(tmp_path / "p.gpkg")[0].faults] == ["scenario_missing"]


def test_a_file_without_a_plan_says_so(toy: Toy, tmp_path: Path) -> None:
    save_project(tmp_path / "p.gpkg", Project(toy().city))
    with pytest.raises(InputError, match="holds no plan; make one with jingcheng plan"):
        verify(tmp_path / "p.gpkg")
    assert load_project(tmp_path / "p.gpkg").plans == ()


def test_a_vehicle_may_go_out_again_after_it_came_back(toy: Toy) -> None:
    scenario = toy()
    plan = run(scenario, Silent())
    later = replace(plan.routes[0], id="r2", legs=(Leg(LegKind.WAIT, 500.0, 600.0),))
    assert faults_of(scenario, replace(plan, routes=(*plan.routes, later))) == ()


@pytest.mark.parametrize(
    ("item", "wanted"),
    [
        ("s1", "s1"),
        ("s1:L", "s1"),
        ("s1:B#2", "s1"),
        ("w12-3:R", "w12-3"),
        ("a:b:L", "a:b"),
        ("way:12:R", "way:12"),
        ("way:12:RI#2", "way:12"),
        ("s1:PR", "s1"),
        ("A#12:L", "A#12"),
        ("a:L#2:R#3", "a:L#2"),
        ("", ""),
    ],
)
def test_an_item_names_its_object(item: str, wanted: str) -> None:
    assert object_of(item) == wanted
