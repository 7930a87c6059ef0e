"""Plans broken on purpose: the checks name each fault, and nothing on the plan as it was made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import shapely

from layers.geometry import Geometry, Shape
from layers.kinds.parking import KerbKind
from layers.text import Text
from optimizer.changes import Change, ChangeKind
from optimizer.plan import Beat, Plan
from optimizer.planners.parking.measuring.rows import BERTHS, ONE_WAYS
from optimizer.scenario import Scenario
from tests.optimizer.planners.parking.by_hand import block, city_of, faults_of, plan_of, with_layer


@pytest.fixture(scope="module")
def made() -> tuple[Scenario, Plan]:
    """Return a plan with berths on both kinds of streets, a one-way, a row that is removed and one that stays."""
    rows = [{"line": [(30, -3.5), (48, -3.5)], "n_berths": 3, "on_footway": True}]
    facts = [(KerbKind.HYDRANT, 60.0, -3.5)]
    scenario, plan = plan_of(city_of(block(width_m=7.0), facts=facts, demand=[(120, 120, 90)], rows=rows))
    assert faults_of(scenario, plan) == set()
    assert {c.kind for c in plan.changes} >= {ChangeKind.MARK_BERTHS, ChangeKind.ONE_WAY, ChangeKind.REMOVE}
    return scenario, plan


def moved(plan: Plan, k: int, by_m: tuple[float, float]) -> Plan:
    layer = plan.extra_layers[BERTHS]
    shapes = layer.geometry.shapely.copy()
    shapes[k] = shapely.transform(shapes[k], lambda xy: xy + np.array(by_m))
    return drawn(plan, shapes)


def drawn(plan: Plan, shapes: np.ndarray) -> Plan:
    layers = list(plan.extra_layers)
    layers[BERTHS] = replace(layers[BERTHS], geometry=Geometry.from_shapely(Shape.AREA, shapes))
    return replace(plan, extra_layers=tuple(layers))


def _first_new(plan: Plan) -> int:
    values = plan.extra_layers[BERTHS].values
    return next(k for k, state in enumerate(values["state"]) if state == "new")


def _onto_junction(plan: Plan) -> Plan:
    k = _first_new(plan)
    at = plan.extra_layers[BERTHS].geometry.shapely[k].centroid
    street = str(plan.extra_layers[BERTHS].values["place"][k])
    return moved(plan, k, (500_120 - at.x, 3_550_120 - at.y)) if street else plan


def _onto_another(plan: Plan) -> Plan:
    shapes = plan.extra_layers[BERTHS].geometry.shapely.copy()
    k = _first_new(plan)
    shapes[k + 1] = shapes[k]
    return drawn(plan, shapes)


def _smaller(plan: Plan) -> Plan:
    shapes = plan.extra_layers[BERTHS].geometry.shapely.copy()
    k = _first_new(plan)
    at = shapes[k].centroid
    shapes[k] = shapely.transform(shapes[k], lambda xy: (xy - (at.x, at.y)) * 0.9 + (at.x, at.y))
    return drawn(plan, shapes)


def _two_ways_again(plan: Plan) -> Plan:
    """Berths that need a one-way, without it."""
    layers = list(plan.extra_layers)
    layer = layers[ONE_WAYS]
    layers[ONE_WAYS] = replace(layer, geometry=Geometry.lines([]), values=dict.fromkeys(layer.values, ()))
    changes = tuple(c for c in plan.changes if c.kind is not ChangeKind.ONE_WAY)
    return replace(plan, changes=changes, extra_layers=tuple(layers))


def _all_one_direction(plan: Plan) -> Plan:
    """Every street of the rim towards the corner: nobody gets away from it."""
    layers = list(plan.extra_layers)
    rim = ["s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12"]
    lines = Geometry.lines([np.array([[0.0, 0.0], [1.0, 0.0]])] * len(rim))
    layers[ONE_WAYS] = replace(
        layers[ONE_WAYS], geometry=lines, values={"id": tuple(rim), "direction": ("forward",) * len(rim)}
    )
    return replace(plan, extra_layers=tuple(layers))


def _change(plan: Plan, kind: ChangeKind, **values: object) -> Plan:
    k = next(i for i, c in enumerate(plan.changes) if c.kind is kind)
    changes = list(plan.changes)
    changes[k] = replace(changes[k], **values)  # type: ignore[arg-type]
    return replace(plan, changes=tuple(changes))


def _kept(plan: Plan) -> Plan:
    values = plan.extra_layers[BERTHS].values
    return with_layer(plan, BERTHS, state=tuple("kept" if s == "removed" else s for s in values["state"]))


def _first_assignment(plan: Plan, **values: object) -> Plan:
    first = replace(plan.assignments[0], **values)  # type: ignore[arg-type]
    return replace(plan, assignments=(first, *plan.assignments[1:]))


BREAKS: dict[str, tuple[Callable[[Plan], Plan], str]] = {
    "on a junction": (_onto_junction, "keep_clear"),
    "on another berth": (_onto_another, "overlap"),
    "too small": (_smaller, "wrong_size"),
    "off the street": (lambda p: moved(p, _first_new(p), (40.0, 40.0)), "off_kerb"),
    "no one-way": (_two_ways_again, "too_narrow"),
    "all one way": (_all_one_direction, "cut_off"),
    "drawn and changed differ": (_all_one_direction, "one_way"),
    "berths not drawn": (lambda p: _change(p, ChangeKind.MARK_BERTHS, size=99.0), "not_drawn"),
    "another price": (lambda p: _change(p, ChangeKind.ONE_WAY, cost_yuan=1.0), "wrong_cost"),
    "another year": (lambda p: _change(p, ChangeKind.MARK_BERTHS, year=7), "over_budget"),
    "no such street": (lambda p: _change(p, ChangeKind.MARK_BERTHS, item="nowhere:R"), "unknown_place"),
    "a breach that stays": (_kept, "kept_breach"),
    "too many cars": (lambda p: _first_assignment(p, amount=500.0), "too_full"),
    "half a car": (lambda p: _first_assignment(p, amount=0.5), "too_full"),
    "another walk": (lambda p: _first_assignment(p, distance_m=1.0), "too_far"),
    "another objective": (lambda p: replace(p, objective=p.objective - 1000), "wrong_objective"),
    "no attendant": (lambda p: replace(p, beats=()), "beat"),
    "an attendant for nothing": (lambda p: replace(p, beats=(*p.beats, Beat("B9", ("nowhere",), Text("", "")))), "beat"),
    "twice": (lambda p: replace(p, changes=(*p.changes, p.changes[0])), "unknown_place"),
}


@pytest.mark.parametrize("what", BREAKS)
def test_what_is_broken_is_named(made: tuple[Scenario, Plan], what: str) -> None:
    scenario, plan = made
    broken, code = BREAKS[what]
    assert code in faults_of(scenario, broken(plan))


def test_too_dear_a_year_is_named(made: tuple[Scenario, Plan]) -> None:
    scenario, plan = made
    poor = replace(scenario, params=replace(scenario.params, budget_yuan=1.0))  # type: ignore[call-arg]
    assert "over_budget" in faults_of(poor, plan)


def test_too_long_a_detour_is_named(made: tuple[Scenario, Plan]) -> None:
    scenario, plan = made
    strict = replace(scenario, params=replace(scenario.params, detour_m=1.0))  # type: ignore[call-arg]
    assert "detour" in faults_of(strict, plan)


def test_a_stricter_rule_is_named(made: tuple[Scenario, Plan]) -> None:
    scenario, plan = made
    strict = replace(scenario, params=replace(scenario.params, junction_m=60.0))  # type: ignore[call-arg]
    assert "keep_clear" in faults_of(strict, plan)


def test_a_change_of_what_the_council_fixed_is_named(made: tuple[Scenario, Plan]) -> None:
    from optimizer.scenario import Lock

    scenario, plan = made
    street = next(c.item.partition(":")[0] for c in plan.changes if c.kind is ChangeKind.MARK_BERTHS)
    fixed = replace(scenario, locks=(Lock(street, state="keep"),))
    assert "decision_broken" in faults_of(fixed, plan)


def test_changes_are_of_known_kinds() -> None:
    assert Change(ChangeKind.ONE_WAY, "s1", "streets", 0, 0).size == 0.0
