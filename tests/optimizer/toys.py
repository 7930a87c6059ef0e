"""A planner that behaves as it is told, well or badly, to try what runs planners."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from layers.errors import NetworkError
from layers.kinds.streets import Streets
from layers.text import Text
from optimizer.imported import ImportedRow
from optimizer.kpi import Kpi, KpiKind
from optimizer.monitor import Monitor
from optimizer.params import Params, param
from optimizer.plan import Draft, Leg, LegKind, Outcome, Plan, PlanFault, Route
from optimizer.planner import Planner
from optimizer.scenario import Scenario
from resources.inventory import Crew, Inventory, Prices, Shift, VehicleKind, VehicleType
from tests.cities import tiny_city

_MODES = ("good", "deaf", "kill", "crash", "memory", "error", "bug", "silent", "prints", "wrong", "days")


@dataclass(frozen=True, kw_only=True)
class ToyParams(Params):
    """Ask for a manner of behaving."""

    mode: str = param("good", "行为", "manner", choices={m: Text(m, m) for m in _MODES})
    n_steps: int = param(5, "步数", "steps", "steps", low=1, high=10**9)
    step_s: float = param(0.0, "每步用时", "time of a step", "s", low=0, high=10)
    prepare_s: float = param(0.0, "准备用时", "time to prepare", "s", low=0, high=10)


PLANNER = Planner(
    key="toy",
    label=Text("玩具", "toy"),
    about=Text("每步多扫一条街", "sweeps one more street a step"),
    params=ToyParams,
    needs=(Streets,),
    reads=(Streets,),
    kpi_kinds=(KpiKind("n_streets", Text("街道数", "streets"), "streets"),),
    prepare="tests.optimizer.toys:prepare",
    solve="tests.optimizer.toys:solve",
    faults="tests.optimizer.toys:faults",
    kpis="tests.optimizer.toys:kpis",
    evaluate="tests.optimizer.toys:evaluate",
    explain="tests.optimizer.toys:explain",
    import_plan="tests.optimizer.toys:import_plan",
)


def prepare(scenario: Scenario, monitor: Monitor) -> tuple[str, ...]:
    assert isinstance(scenario.params, ToyParams)
    time.sleep(scenario.params.prepare_s)
    return tuple(scenario.city[Streets].ids.tolist())


def solve(problem: tuple[str, ...], params: ToyParams, monitor: Monitor) -> Draft:
    n_steps = min(params.n_steps, params.work_limit or params.n_steps)
    if params.mode == "days":
        return _calendar(problem)
    draft = _draft(problem, 1)
    for step in range(n_steps):
        if monitor.stopped and params.mode != "deaf":
            return replace(draft, n_iterations=step)
        draft = _draft(problem, min(step + 1, len(problem)))
        told = None if params.mode == "silent" else draft
        monitor.report(step / n_steps, "search", told, objective=draft.objective, bound=0.0)
        time.sleep(params.step_s)
        if step == n_steps // 2:
            _behave(params.mode)
    return replace(draft, n_iterations=n_steps)


def _behave(mode: str) -> None:
    if mode == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif mode == "crash":
        ctypes.string_at(0)
    elif mode == "memory":
        hoard = [bytearray(1 << 26)]
        while True:
            hoard.append(bytearray(1 << 26))
    elif mode == "error":
        raise NetworkError(Text("没有可走的街道", "no street to drive"))
    elif mode == "bug":
        raise ZeroDivisionError("a slip")
    elif mode == "prints":
        os.write(sys.stdout.fileno(), b"noise")


def _calendar(problem: tuple[str, ...]) -> Draft:
    """Serve one street a day on three days."""
    routes = tuple(
        Route(f"r{d}", "车 1", "toy_truck", "depot1", "toy_shift", (Leg(LegKind.SERVE, 0.0, 100.0, 200.0, (s,), s),), day=d)
        for d, s in enumerate(problem[:3])
    )
    return Draft(Outcome.FEASIBLE, 0.0, 0.0, routes)


def _draft(problem: tuple[str, ...], n: int) -> Draft:
    legs = tuple(Leg(LegKind.SERVE, 100.0 * i, 100.0 * (i + 1), 200.0, (s,), s) for i, s in enumerate(problem[:n]))
    return Draft(
        Outcome.FEASIBLE, float(len(problem) - n), 0.0, (Route("r1", "车 1", "toy_truck", "depot1", "toy_shift", legs),)
    )


def faults(scenario: Scenario, plan: Plan) -> tuple[PlanFault, ...]:
    if isinstance(scenario.params, ToyParams) and scenario.params.mode == "wrong":
        return (PlanFault("toy_wrong", "r1", Text("错了", "wrong")),)
    return ()


def kpis(scenario: Scenario, plan: Plan) -> tuple[Kpi, ...]:
    return (Kpi("n_streets", float(sum(len(r.legs) for r in plan.routes)), "streets"),)


def evaluate(problem: tuple[str, ...], plan: Plan, edit: float) -> Plan:
    return replace(plan, objective=plan.objective + edit)


def explain(problem: tuple[str, ...], plan: Plan, item: str) -> Text:
    return Text(f"{item} 是 {len(problem)} 条街之一", f"{item} is one of {len(problem)} streets")


def import_plan(scenario: Scenario, rows: Sequence[ImportedRow]) -> Draft:
    by_vehicle: dict[str, list[Leg]] = {}
    for row in rows:
        legs = by_vehicle.setdefault(row["vehicle"], [])
        if legs:
            legs.append(Leg(LegKind.DRIVE, legs[-1].end_s, row["arrive_s"]))
        legs.append(Leg(LegKind.WAIT, row["arrive_s"], row["leave_s"], item=row["point"], load_kg=row["kg"] or 0.0))
    routes = [Route(v, v, "toy_truck", "depot1", "toy_shift", tuple(found)) for v, found in by_vehicle.items()]
    return Draft(Outcome.FEASIBLE, 0.0, routes=tuple(routes))


def toy_inventory() -> Inventory:
    truck = VehicleType(
        key="toy_truck", label=Text("玩具车", "toy truck"), kind=VehicleKind.SWEEPER, n_owned=2, width_m=2.0, height_m=2.0,
        weight_kg=3000.0, least_street_width_m=3.0, working_speed_mps=2.0, driving_speed_mps=8.0, hopper_kg=3000.0,
    )  # fmt: skip
    return Inventory(
        name="toy",
        vehicle_types=(truck,),
        shifts=(Shift(key="toy_shift", label=Text("白班", "day"), start_s=0.0, end_s=28_800.0),),
        crews=(
            Crew(
                key="drivers",
                label=Text("驾驶员", "drivers"),
                n_posts=2,
                n_per_vehicle=1,
                relief_factor=1.4,
                wage_yuan_month=6000.0,
            ),
        ),
        prices=Prices(
            electricity_yuan_kwh=0.8,
            diesel_yuan_l=7.5,
            water_yuan_m3=4.0,
            grid_kg_co2_kwh=0.57,
            diesel_kg_co2_l=2.63,
            hand_m2_day=6000.0,
        ),
        spare_ratio=0.0,
    )


def toy_scenario(**params: Any) -> Scenario:
    """Return a scenario of the toy planner, which must be installed."""
    return Scenario("玩具方案", tiny_city(), toy_inventory(), "toy", ToyParams(**params))


@contextmanager
def installed(factory: pytest.TempPathFactory) -> Iterator[None]:
    """Install the toy planner meanwhile."""
    with pytest.MonkeyPatch.context() as patch:
        install(factory.mktemp("toy") / "site", patch)
        yield


def install(
    folder: Path, monkeypatch: pytest.MonkeyPatch, target: str = "tests.optimizer.toys:PLANNER", name: str = "toy"
) -> None:
    """Make a planner known as an installed package does: by an entry point."""
    info = folder / f"{name}_planner-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}-planner\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[jingcheng.planners]\n{name} = {target}\n")
    monkeypatch.syspath_prepend(str(folder))
