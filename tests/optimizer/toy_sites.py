"""A planner that chooses sites by hand-checkable rules, to try what shows, saves and explains siting plans.

It opens the `n_sites` candidates nearest to the station that are large enough and not locked closed, those locked open
first, rebuilds the station unless it is to be kept or closed, and sends each waste point to the nearest open place.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
import shapely

from layers.city import City
from layers.geometry import Geometry
from layers.kinds.facilities import CandidateSites, TransferStations, WastePoints
from layers.kinds.places import Districts
from layers.kinds.streets import Streets
from layers.text import Text
from optimizer.changes import Alternative, Change, ChangeKind, Verdict
from optimizer.kpi import Kpi, KpiKind
from optimizer.monitor import Monitor
from optimizer.names import place_of
from optimizer.params import Params, param
from optimizer.plan import Assignment, Draft, Outcome, Plan, PlanFault
from optimizer.planner import Planner
from optimizer.scenario import Lock, Scenario
from tests.cities import X0_M, Y0_M, tiny_city
from tests.optimizer.toys import install, toy_inventory

LEAST_M2, COST_YUAN = 300.0, 2e6


@dataclass(frozen=True, kw_only=True)
class ToySitesParams(Params):
    """Ask for a number of sites."""

    n_sites: int = param(2, "新建数", "new sites", "sites", low=0, high=100)


PLANNER = Planner(
    key="toy_sites",
    label=Text("玩具选址", "toy sites"),
    about=Text("选最近的用地", "chooses the nearest land"),
    params=ToySitesParams,
    needs=(CandidateSites,),
    reads=(Streets, Districts, TransferStations, CandidateSites, WastePoints),
    kpi_kinds=(KpiKind("n_new", Text("新建数", "new sites"), "sites"),),
    prepare="tests.optimizer.toy_sites:prepare",
    solve="tests.optimizer.toy_sites:solve",
    faults="tests.optimizer.toy_sites:faults",
    kpis="tests.optimizer.toy_sites:kpis",
    explain="tests.optimizer.toy_sites:explain",
    sites=(CandidateSites, TransferStations),
)


@dataclass(frozen=True, eq=False)
class Problem:
    """Hold candidates from the nearest to the farthest: id, place, land; and what is served."""

    sites: tuple[tuple[str, float, float, float], ...]
    points: tuple[tuple[str, float, float, float], ...]
    locks: dict[str, str]


def prepare(scenario: Scenario, monitor: Monitor) -> Problem:
    city = scenario.city
    sites, points = city[CandidateSites], city[WastePoints]
    home = city[TransferStations].geometry.coords[0]
    middles = (sites.geometry.bounds[:, :2] + sites.geometry.bounds[:, 2:]) / 2
    order = np.argsort(np.hypot(*(middles - home).T), kind="stable")
    return Problem(
        tuple((str(sites.ids[i]), *middles[i].tolist(), float(sites.land_m2[i])) for i in order),
        tuple(
            (str(k), *xy, float(kg))
            for k, xy, kg in zip(points.ids, points.geometry.coords.tolist(), points.other_kg_day, strict=True)
        ),
        {lock.item: lock.state for lock in scenario.locks},
    )


def solve(problem: Problem, params: ToySitesParams, monitor: Monitor) -> Draft:
    may = [s for s in problem.sites if s[3] >= LEAST_M2 and problem.locks.get(s[0]) != "closed"]
    may.sort(key=lambda s: problem.locks.get(s[0]) != "open")
    chosen, rest = may[: params.n_sites], may[params.n_sites :]
    changes = (*(_built(s) for s in chosen), *_station(problem))
    others = []
    if chosen and rest:
        label = Text(f"以 {rest[0][0]} 代 {chosen[-1][0]}", f"{rest[0][0]} in place of {chosen[-1][0]}")
        swapped = (*(_built(s) for s in (*chosen[:-1], rest[0])), *_station(problem))
        others.append(Alternative(label, len(swapped) + 0.01, swapped, 2))
    draft = Draft(
        Outcome.FEASIBLE, float(len(changes)), 0.0, changes=changes, assignments=_served(problem, chosen),
        verdicts=(*_verdicts(problem, chosen, rest), _quota(params, chosen)), alternatives=tuple(others), n_iterations=1,
    )  # fmt: skip
    monitor.report(1.0, "search", draft, objective=draft.objective, bound=0.0)
    return draft


def _built(site: tuple[str, float, float, float]) -> Change:
    key, x_m, y_m, land_m2 = site
    label = Text("III 类站", "class III")
    return Change(ChangeKind.BUILD, key, "candidate_sites", x_m, y_m, label, 2027, COST_YUAN, land_m2 / 10, "t/d")


def _station(problem: Problem) -> tuple[Change, ...]:
    kinds = {"": ChangeKind.REBUILD, "closed": ChangeKind.CLOSE}
    kind = kinds.get(problem.locks.get("ts1", ""))
    at = (X0_M + 620, Y0_M + 200)
    label = Text("II 类站", "class II")
    return (Change(kind, "ts1", "transfer_stations", *at, label, 2028, 1e6, 80.0, "t/d"),) if kind else ()


def _served(problem: Problem, chosen: list[tuple[str, float, float, float]]) -> tuple[Assignment, ...]:
    servers = [(s[0], s[1], s[2]) for s in chosen]
    if problem.locks.get("ts1") != "closed":
        servers.append(("ts1", X0_M + 620, Y0_M + 200))
    found = []
    for key, x_m, y_m, kg in problem.points:
        way_m, server = min((math.dist((x_m, y_m), s[1:]), s[0]) for s in servers)
        found.append(Assignment(f"{key}:OTHER", server, kg, "kg/d", way_m))
    return tuple(found)


def _verdicts(
    problem: Problem, chosen: list[tuple[str, float, float, float]], rest: list[tuple[str, float, float, float]]
) -> tuple[Verdict, ...]:
    found = [Verdict(s[0], "cost", kept=True, text=Text("采用", "chosen")) for s in chosen]
    for s in rest:
        text = Text("多花 1.5 万元", "15,000 yuan more")
        found.append(Verdict(s[0], "cost", kept=False, text=text, price=15_000.0, price_unit="yuan"))
    for s in problem.sites:
        if s[3] < LEAST_M2:
            text = Text(f"用地 {s[3]:g} m²，至少 {LEAST_M2:g} m²", f"{s[3]:g} m² of land, at least {LEAST_M2:g} m²")
            found.append(Verdict(s[0], "T2.iv", kept=False, text=text, clause="CJJ/T 47-2016", certainty="B"))
        elif problem.locks.get(s[0]) == "closed":
            found.append(Verdict(s[0], "must_not", kept=False, text=Text("已锁定为不建", "locked closed")))
    return tuple(found)


def _quota(params: ToySitesParams, chosen: list[tuple[str, float, float, float]]) -> Verdict:
    n = len(chosen)
    text = Text(f"要求 {params.n_sites} 处，可行 {n} 处", f"{params.n_sites} wanted, {n} possible")
    return Verdict("甲区", "quota", kept=n == params.n_sites, text=text)


def faults(scenario: Scenario, plan: Plan) -> tuple[PlanFault, ...]:
    built = {c.item for c in plan.changes if c.kind is ChangeKind.BUILD}
    broken = [k.item for k in scenario.locks if k.state == "closed" and k.item in built]
    return tuple(PlanFault("lock_broken", item, Text("违反锁定", "against its lock")) for item in broken)


def kpis(scenario: Scenario, plan: Plan) -> tuple[Kpi, ...]:
    return (Kpi("n_new", float(sum(c.kind is ChangeKind.BUILD for c in plan.changes)), "sites"),)


def explain(problem: Problem, plan: Plan, item: str) -> Text:
    if (place := place_of(item)) is not None:
        way_m = min(math.dist(place, s[1:3]) for s in problem.sites)
        return Text(f"最近的备选用地在 {way_m:.0f} m 外", f"the nearest candidate is {way_m:.0f} m away")
    told = [v.text for v in plan.verdicts if v.item == item]
    return told[0] if told else Text("没有结论", "no verdict")


def sited_city() -> City:
    """Return the tiny city with four candidate sites: k1 to k3 of 400 m² along 人民路, k4 of 100 m² beside the station."""
    west_m = np.array([150.0, 350.0, 550.0, 640.0])
    side_m = np.array([20.0, 20.0, 20.0, 10.0])
    south_m = np.array([40.0, 40.0, 40.0, 230.0])
    shapes = [
        shapely.box(X0_M + w, Y0_M + s, X0_M + w + a, Y0_M + s + a) for w, s, a in zip(west_m, south_m, side_m, strict=True)
    ]
    sites = CandidateSites(
        ids=np.array(["k1", "k2", "k3", "k4"]),
        geometry=Geometry.from_shapely(CandidateSites.SHAPE, shapes),
        name=np.array(["西地块", "中地块", "", "小地块"]),
        district=np.array(["甲区", "乙区", "乙区", ""]),
        land_m2=side_m**2,
    )
    return tiny_city().with_layers(sites)


def sites_scenario(*locks: Lock, **params: Any) -> Scenario:
    """Return a scenario of the planner, which must be installed."""
    return Scenario("选址方案", sited_city(), toy_inventory(), PLANNER.key, ToySitesParams(**params), locks)


@contextmanager
def installed(factory: pytest.TempPathFactory) -> Iterator[None]:
    """Install the planner meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        install(factory.mktemp("toy_sites") / "site", patch, "tests.optimizer.toy_sites:PLANNER", "toy_sites")
        yield


def planned(*locks: Lock, **params: Any) -> tuple[Scenario, Plan]:
    """Return a scenario with its plan, made here without the planner being installed."""
    scenario = sites_scenario(*locks, **params)
    assert isinstance(scenario.params, ToySitesParams)
    draft = solve(prepare(scenario, _Silent()), scenario.params, _Silent())
    plan = Plan(
        PLANNER.key, scenario.name, draft.outcome, draft.objective, draft.bound, changes=draft.changes,
        assignments=draft.assignments, verdicts=draft.verdicts, alternatives=draft.alternatives,
    )  # fmt: skip
    return scenario, replace(plan, kpis=kpis(scenario, plan))


class _Silent:
    stopped = False

    def report(self, *_args: object, **_named: object) -> None:
        """Tell nobody."""
