"""What every planner promises, tried on all that are discovered: one that is added tomorrow is tested tomorrow."""

from __future__ import annotations

import json
import math
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from layers.city import City
from layers.errors import InputError, ParameterError
from layers.geometry import Geometry
from layers.kinds.facilities import WastePoints
from layers.units import HOUR_S
from optimizer.check import object_of
from optimizer.codec import decode, encode
from optimizer.imported import ImportedRow, import_plan
from optimizer.monitor import Silent
from optimizer.params import Params, specs, with_values
from optimizer.plan import Draft, Outcome, Plan
from optimizer.planner import Planner, planner, planners
from optimizer.project import decode_scenario, encode_scenario
from optimizer.run import faults_of, run
from optimizer.scenario import Scenario
from resources.io import default_inventory
from resources.unit_names import unit_text
from tests.cities import X0_M, Y0_M, tiny_city
from tests.optimizer.toys import install

_WORK_LIMIT = 200
_FOLDERS = [
    p.name for p in sorted((Path(__file__).parents[2] / "optimizer" / "planners").iterdir()) if (p / "__init__.py").is_file()
]


@pytest.fixture(scope="module", params=[*planners(), "toy"])
def declared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planner]:
    """Return each planner that is discovered, and the toy as one of an installed package."""
    with pytest.MonkeyPatch.context() as patch:
        install(tmp_path_factory.mktemp("site") / "site", patch)
        yield planner(request.param)


@pytest.fixture(scope="module")
def scenario(declared: Planner) -> Scenario:
    values = {"work_limit": _WORK_LIMIT, "n_threads": 1, "time_limit_s": 86_400.0}
    inventory = default_inventory()
    if declared.key == "toy":
        from tests.optimizer.toys import toy_inventory

        inventory = toy_inventory()
    return Scenario("试", tiny_city(), inventory, declared.key, with_values(declared.params(), values))


def test_units_of_figures_are_said_in_chinese(declared: Planner) -> None:
    """A unit that is an English word (``turnouts``) has a Chinese one; signs such as kWh stay as they are."""
    if declared.key != "toy":
        words = {k.unit for k in declared.kpi_kinds if re.search("[a-z]{4,}", k.unit)}
        assert [u for u in words if not re.search("[\u4e00-\u9fff]", unit_text(u).zh)] == []


class Watch(Silent):
    """Keep what is reported; ask for a stop after so many reports."""

    def __init__(self, stop_after: int = 10**9) -> None:
        self.n_reports = 0
        self.stop_after = stop_after
        self.drafts: list[Draft] = []

    @property
    def stopped(self) -> bool:  # type: ignore[override]
        return self.n_reports >= self.stop_after

    def report(self, fraction: float, message: str, incumbent: object | None = None, **_: float | None) -> None:
        assert 0 <= fraction <= 1
        assert message
        self.n_reports += 1
        if incumbent is not None:
            assert isinstance(incumbent, Draft)
            self.drafts.append(incumbent)


@pytest.fixture(scope="module")
def plan(scenario: Scenario) -> Plan:
    return run(scenario, Silent())


def same(a: Plan, b: Plan) -> bool:
    """Say whether two plans are equal but for the time they took."""
    told: list[dict[str, Any]] = [encode(a), encode(b)]
    for document in told:
        for name in ("made_at", "load_s", "prepare_s", "search_s"):
            document["provenance"].pop(name, None)
    return told[0] == told[1]


def test_folders_are_discovered_by_their_names() -> None:
    assert set(_FOLDERS) <= set(planners())


def test_discovery_loads_no_solver() -> None:
    script = (
        "import sys\nfrom optimizer.planner import planners\nfrom optimizer.params import specs\n"
        "[specs(p.params) for p in planners().values()]\n"
        "print(*(m for m in ('ortools', 'numba', 'scipy', 'shapely', 'pandas', 'osmnx', 'PySide6') if m in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert done.stdout.split() == []


def test_it_says_what_it_is_and_needs(declared: Planner) -> None:
    assert declared.label.zh
    assert declared.about.en
    assert declared.needs
    assert set(declared.needs) <= set(declared.reads)
    assert declared.kpi_kinds
    assert declared.engines
    for name in ("prepare", "solve", "faults", "kpis"):
        assert callable(declared.function(name))


def test_every_parameter_is_declared_in_full(declared: Planner) -> None:
    for spec in specs(declared.params):
        assert spec.label.zh
        assert spec.label.en
        assert spec.fault(spec.default) is None
        if spec.type in {int, float} and spec.choices is None:
            assert spec.low is not None, spec.name
            assert spec.high is not None, spec.name
            assert spec.unit or spec.type is int or spec.name.endswith(("factor", "ratio", "share")), spec.name


def test_every_bound_holds(declared: Planner) -> None:
    for spec in specs(declared.params):
        outside: Any = "no such thing" if spec.high is None else spec.high * 2 + 1
        if spec.high is None and spec.type is str and spec.choices is None:
            continue  # free text has no bounds
        with pytest.raises(ParameterError, match=spec.name):
            with_values(declared.params(), {spec.name: outside})


def test_a_city_without_its_layers_is_refused(scenario: Scenario) -> None:
    with pytest.raises(InputError, match="lacks the layers"):
        run(replace(scenario, city=City("空城", 4549)), Silent())


def test_its_plan_has_no_faults(scenario: Scenario, plan: Plan) -> None:
    assert plan.faults == ()
    assert faults_of(scenario, plan, again=True) == ()
    assert plan.outcome in {Outcome.FEASIBLE, Outcome.OPTIMAL}
    assert plan.routes or plan.changes or plan.assignments or plan.beats


def test_the_same_seed_and_work_give_the_same_plan(scenario: Scenario, plan: Plan) -> None:
    assert same(run(scenario, Silent()), plan)


def test_its_figures_are_finite_and_in_their_units(declared: Planner, plan: Plan) -> None:
    units = {k.id: k.unit for k in declared.kpi_kinds}
    assert plan.kpis
    for kpi in plan.kpis:
        assert math.isfinite(kpi.value)
        assert kpi.unit == units[kpi.id]
        assert kpi.scope


def test_it_reports_drafts(scenario: Scenario) -> None:
    watch = Watch()
    run(scenario, watch)
    assert watch.drafts
    assert all(math.isfinite(d.objective) for d in watch.drafts)


def test_it_stops_when_it_is_told(scenario: Scenario) -> None:
    unlimited = replace(scenario, params=with_values(scenario.params, {"work_limit": 0, "time_limit_s": 600.0}))
    stopped = run(unlimited, Watch(stop_after=1))
    assert stopped.faults == ()
    assert stopped.outcome is Outcome.STOPPED
    assert stopped.provenance.search_s < 5  # a loaded machine; the worker's test holds the second


def test_it_travels_between_processes(scenario: Scenario, plan: Plan) -> None:
    assert encode(pickle.loads(pickle.dumps(plan))) == encode(plan)
    assert pickle.loads(pickle.dumps(scenario.params)) == scenario.params


def test_it_survives_its_file(scenario: Scenario, plan: Plan) -> None:
    again = decode(Plan, json.loads(json.dumps(encode(plan))), "plan")
    assert encode(again) == encode(plan)
    back = decode_scenario(json.loads(json.dumps(encode_scenario(scenario))), scenario.city)
    assert back.params == scenario.params
    assert back.inventory == scenario.inventory


def test_a_timetable_that_is_driven_becomes_a_plan(declared: Planner, scenario: Scenario) -> None:
    if not declared.import_plan:
        with pytest.raises(InputError, match=f"planner '{declared.key}' cannot import a plan"):
            import_plan(scenario, ())
        return
    at = [[X0_M + 50.0, Y0_M + 5.0], [X0_M + 250.0, Y0_M + 205.0]]
    points = WastePoints(ids=np.array(["p1", "p2"]), geometry=Geometry.points(at), other_kg_day=np.array([100.0, 80.0]))
    rows = [
        ImportedRow(
            row=2 + k, vehicle="甲-01", trip="1", order=k, arrive_s=at_s, leave_s=at_s + 90.0, point=f"p{k + 1}", name="",
            stream="", kg=None,
        )
        for k, at_s in enumerate((19.5 * HOUR_S, 19.6 * HOUR_S))
    ]  # fmt: skip
    plan = import_plan(replace(scenario, city=scenario.city.with_layers(points)), rows)
    assert plan.provenance.engine == "imported"
    legs = [leg for route in plan.routes for leg in route.legs if leg.item]
    stops = [(object_of(leg.item) if ":" in leg.item else leg.item, leg.start_s, leg.end_s) for leg in legs]
    assert {(row["point"], row["arrive_s"], row["leave_s"]) for row in rows} <= set(stops)


def test_its_parameters_are_its_own(declared: Planner) -> None:
    assert issubclass(declared.params, Params)
    names = [s.name for s in specs(declared.params)]
    assert len(names) == len(set(names))
