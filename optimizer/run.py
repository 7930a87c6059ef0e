"""Make a plan: prepare, solve, check, measure, stamp. Worker, command line and tests all come through here."""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from layers.city import City
from layers.errors import InputError
from layers.text import Text
from optimizer.check import kpi_faults, structural_faults
from optimizer.codec import encode
from optimizer.collector import no_collection
from optimizer.monitor import Monitor, Part
from optimizer.plan import Draft, Outcome, Plan, PlanFault, Provenance
from optimizer.planner import Planner, planner
from optimizer.scenario import Scenario

# Parameters that steer the search alone: a problem prepared under others serves as well.
_SEARCH_ONLY = {"seed", "time_limit_s", "work_limit", "n_threads", "engine"}

_PREPARED, _SEARCHED = 0.1, 0.95
# Phases behind the search; with the first of them the finished draft is reported.
MEASURE, CHECK = "measure", "check"


@dataclass(frozen=True, slots=True)
class Prepared:
    """Hold a prepared problem, which serves every search of the same question.

    Parameters
    ----------
    key
        Hash of all that the problem was made from.
    """

    key: str
    problem: Any
    prepare_s: float


def run(scenario: Scenario, monitor: Monitor, *, prepared: Prepared | None = None, load_s: float = 0.0) -> Plan:
    """Return the plan of a scenario, checked and measured.

    Parameters
    ----------
    prepared
        A problem to use again, where its key is that of the scenario.
    load_s
        Time that reading the city took, for the record.

    Raises
    ------
    InputError
        Where the city lacks layers that the planner needs; what the planner raises passes through.
    """
    chosen = planner(scenario.planner)
    scenario = seen_by(chosen, scenario)
    if prepared is None or prepared.key != problem_key(scenario):
        prepared = prepare(scenario, monitor)
    started_s = time.monotonic()
    draft = chosen.function("solve")(prepared.problem, scenario.params, Part(monitor, _PREPARED, _SEARCHED))
    search_s = time.monotonic() - started_s
    limit = limited_by(scenario, stopped=monitor.stopped, search_s=search_s)
    stamp = replace(
        provenance(scenario, draft), limited_by=limit, load_s=load_s, prepare_s=prepared.prepare_s, search_s=search_s
    )
    return finish(scenario, draft, stamp, monitor)


def prepare(scenario: Scenario, monitor: Monitor) -> Prepared:
    """Return the prepared problem of a scenario.

    Raises
    ------
    InputError
        Where the city lacks layers that the planner needs.
    """
    chosen = planner(scenario.planner)
    scenario = seen_by(chosen, scenario)
    require_layers(scenario.city, chosen)
    started_s = time.monotonic()
    monitor.report(0.0, "prepare")
    problem = chosen.function("prepare")(scenario, Part(monitor, 0.0, _PREPARED))
    for later in ("solve", "kpis", "faults"):
        chosen.function(later)  # imported now, so that no stop waits for it
    return Prepared(problem_key(scenario), problem, time.monotonic() - started_s)


def seen_by(chosen: Planner, scenario: Scenario) -> Scenario:
    """Return the scenario with those layers alone that the planner says it reads.

    So a plan cannot depend on a layer whose hash it does not carry.
    """
    reads = {kind.KIND for kind in (*chosen.needs, *chosen.reads)}
    layers = {k: v for k, v in scenario.city.layers.items() if k in reads}
    return replace(scenario, city=replace(scenario.city, layers=layers))


def require_layers(city: City, chosen: Planner) -> None:
    """See that a city has what a planner needs.

    Raises
    ------
    InputError
        Names all the layers that are missing.
    """
    missing = [kind.LABEL for kind in chosen.needs if kind not in city]
    if missing:
        zh, en = "、".join(t.zh for t in missing), ", ".join(t.en for t in missing)
        raise InputError(
            Text(
                f"城市“{city.name}”缺少图层：{zh}；{chosen.label.zh}需要它们，请先导入",
                f"city {city.name!r} lacks the layers {en}; {chosen.label.en} needs them, add them first",
            )
        )


def problem_key(scenario: Scenario) -> str:
    """Return a hash of all that a prepared problem depends on, which is all but the parameters of the search."""
    params = {k: v for k, v in vars(scenario.params).items() if k not in _SEARCH_ONLY}
    content = {
        "planner": scenario.planner,
        "city": scenario.city.hash,
        "params": encode(params),
        "inventory": encode(scenario.inventory),
        "locks": encode(scenario.locks),
        "inputs": encode(scenario.inputs),
    }
    return hashlib.blake2b(json.dumps(content, sort_keys=True).encode(), digest_size=16).hexdigest()


def limited_by(scenario: Scenario, *, stopped: bool, search_s: float) -> str:
    """Return what ended a search: ``stop``, ``work`` (the plan can be made again to the letter) or ``time``."""
    if stopped:
        return "stop"
    return "work" if scenario.params.work_limit and search_s < scenario.params.time_limit_s else "time"


def provenance(scenario: Scenario, draft: Draft) -> Provenance:
    """Return the stamp of a draft, without its seconds."""
    chosen, params = planner(scenario.planner), scenario.params
    return Provenance(
        made_at=time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        version=_version(),
        layer_hashes={kind.KIND: scenario.city[kind].hash for kind in chosen.reads},
        seed=params.seed,
        n_threads=params.n_threads,
        engine=draft.engine or params.engine,
        n_iterations=draft.n_iterations,
    )


def _version() -> str:
    try:
        return version("jingcheng")
    except PackageNotFoundError:  # run from a checkout that was not installed
        return "0"


def finish(scenario: Scenario, draft: Draft, stamp: Provenance, monitor: Monitor) -> Plan:
    """Return a draft as a plan: measured and checked by code without a solver."""
    chosen = planner(scenario.planner)
    scenario = seen_by(chosen, scenario)
    # what a search that was cut short did not find is not proven to be impossible
    stopped = stamp.limited_by == "stop" and draft.outcome is not Outcome.OPTIMAL
    plan = Plan(
        planner=scenario.planner,
        name=scenario.name,
        outcome=Outcome.STOPPED if stopped else draft.outcome,
        objective=draft.objective,
        bound=draft.bound,
        routes=draft.routes,
        changes=draft.changes,
        assignments=draft.assignments,
        beats=draft.beats,
        unserved=draft.unserved,
        assumed=draft.assumed,
        extra_layers=draft.extra_layers,
        verdicts=draft.verdicts,
        alternatives=draft.alternatives,
        provenance=stamp,
        answer=draft.answer,
    )
    with no_collection():  # walking a plan's objects would hold up whoever stopped the run
        monitor.report(_SEARCHED, MEASURE, draft, objective=draft.objective)
        plan = replace(plan, kpis=tuple(chosen.function("kpis")(scenario, plan)))
        monitor.report(_SEARCHED, CHECK)
        return replace(plan, faults=faults_of(scenario, plan))


def faults_of(scenario: Scenario, plan: Plan, *, again: bool = False) -> tuple[PlanFault, ...]:
    """Return all faults of a plan, without any solver.

    Parameters
    ----------
    again
        Also measure the plan's figures anew, and compare; and look for faults that take longer to find.
    """
    chosen = planner(scenario.planner)
    scenario = seen_by(chosen, scenario)
    structural = structural_faults(scenario, plan, chosen)
    # a plan that is broken in itself may be more than a planner's own checks can read
    broken = {f.code for f in structural} & {
        "unknown_street",
        "unknown_vehicle_type",
        "unknown_shift",
        "impossible_leg",
        "empty_route",
    }
    if broken:
        return structural
    measured = tuple(chosen.function("kpis")(scenario, plan)) if again else None
    own = tuple(chosen.function("faults")(scenario, plan))
    if again and chosen.recheck:
        own += tuple(chosen.function("recheck")(scenario, plan))
    return (*structural, *own, *kpi_faults(plan, chosen, measured))
