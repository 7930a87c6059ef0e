"""Turn the city into parts for the engine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np

from layers.errors import ParameterError
from layers.text import Text
from layers.units import clock
from optimizer.engines.vehicle_routing import Engine, RoutePlan
from optimizer.engines.vehicle_routing.warm import warm_up
from optimizer.monitor import Monitor, Part
from optimizer.plan import Assumed, Unserved
from optimizer.planners.collection.explaining.unserved import left, no_crew, not_begun
from optimizer.planners.collection.night.locks import owners
from optimizer.planners.collection.night.reading import Night, night_of
from optimizer.planners.collection.night.stations import closed_stations
from optimizer.planners.collection.night.tasks import is_noisy, n_cut_in_two
from optimizer.planners.collection.search.carry import begun_at
from optimizer.planners.collection.search.dealing import deal
from optimizer.planners.collection.search.earlier import kept_together
from optimizer.planners.collection.search.first import first_plan
from optimizer.planners.collection.search.parts import Part as NightPart
from optimizer.planners.collection.search.parts import parts_of, shifts_of, tasks_in
from optimizer.planners.collection.search.unit import Unit, unit_of
from optimizer.scenario import Scenario


@dataclass(frozen=True, eq=False)
class CollectionProblem:
    """Hold what is to be solved.

    Parameters
    ----------
    night
        What is asked and what there is.
    units
        What the engine is asked; empty where the run was stopped before they were made.
    unserved
        Tasks that are in no unit.
    owner
        Type and number of the vehicle that alone may do a task, by the task's row.
    assumed
        What nobody gave.
    starts
        Plans of the units to begin at.
    """

    night: Night
    units: tuple[Unit, ...]
    unserved: tuple[Unserved, ...]
    owner: dict[int, tuple[str, int]]
    assumed: tuple[Assumed, ...]
    starts: tuple[RoutePlan | None, ...] = ()


def prepare(scenario: Scenario, monitor: Monitor) -> CollectionProblem:
    """Read the scenario and return the problem; where the monitor is stopped in the midst, one without any unit.

    Raises
    ------
    InputError
        Where nothing is to be collected, no vehicle collects, a depot lies far from every street, or a lock cannot be kept.
    ParameterError
        Where a shift, a stream, a window or a place cannot be read, or two shifts overlap.
    NetworkError
        Where no vehicle can drive any street.
    """
    monitor.report(0.0, "prepare")
    night = night_of(scenario)
    owner = owners(night, scenario.locks)
    monitor.report(0.2, "network")
    _ = night.views
    if scenario.params.engine == Engine.JINGCHENG.value:
        warm_up()
    _refuse_overlap(night)
    units: list[Unit] = []
    idle: list[Unserved] = []
    for n, shift in enumerate(shifts_of(night)):
        parts = parts_of(night, shift, regroup=partial(kept_together, night, shift.key))
        crews = deal(night, parts, _forced(night, parts, owner)) if parts else ()
        for k, (part, own) in enumerate(zip(parts, crews, strict=True)):
            if monitor.stopped:
                return _unprepared(night, owner)
            Part(monitor, 0.3 + 0.6 * n / 2, 0.3 + 0.6 * (n + 1) / 2).report(k / len(parts), "network")
            if own:
                units.append(unit_of(night, part, own, owner))
            else:
                idle += [left(night, row, no_crew(night, row)) for row in part.tasks.tolist()]
    monitor.report(1.0, "prepare")
    unserved = (*night.kept_out.values(), *idle)
    starts = tuple(begun_at(night, unit) or first_plan(unit) for unit in units)
    return CollectionProblem(night, tuple(units), unserved, owner, (*night.assumed, *_reckoned(night)), starts)


def _refuse_overlap(night: Night) -> None:
    """Refuse two shifts that both have tasks and overlap: each deals the whole fleet, which would be out twice at once."""
    shifts = sorted((s for s in shifts_of(night) if len(tasks_in(night, s))), key=lambda s: s.start_s)
    for before, after in pairwise(shifts):
        if after.start_s < before.end_s:
            first, second = (f"{s.key} {clock(s.start_s)}-{clock(s.end_s)}" for s in (before, after))
            zh = f"参数 shift 与 unlit_shift：班次 {first} 与 {second} 重叠，同一辆车不能同时出两班；请改用不重叠的班次"
            en = (
                f"parameters 'shift' and 'unlit_shift': {first} and {second} overlap, and no vehicle works both at once;"
                " choose shifts that do not overlap, or the same one for both"
            )
            raise ParameterError(Text(zh, en))


def _unprepared(night: Night, owner: dict[int, tuple[str, int]]) -> CollectionProblem:
    waiting = not_begun(night, np.flatnonzero(night.open_tasks).tolist())
    return CollectionProblem(night, (), (*night.kept_out.values(), *waiting), owner, night.assumed)


def _forced(
    night: Night, parts: tuple[NightPart, ...], owner: dict[int, tuple[str, int]]
) -> dict[tuple[str, int], tuple[int, int]]:
    """Return where vehicles must be that tasks of a shift are locked to: the part and the stream of their first task."""
    part_of = {row: k for k, part in enumerate(parts) for row in part.tasks.tolist() if row in owner}
    found: dict[tuple[str, int], tuple[int, int]] = {}
    for row in sorted(part_of):
        found.setdefault(owner[row], (part_of[row], int(night.tasks.stream[row])))
    return found


def _reckoned(night: Night) -> tuple[Assumed, ...]:
    """Return what the plan reckons with and the city does not say."""
    found = []
    n_closed = closed_stations(night.city)
    if n_closed:
        rule = Text("待关闭，不使用", "to be closed, not used")
        found.append(Assumed(Text("转运站", "transfer stations"), n_closed, rule))
    rule = Text("各站接收所有类别，分别存放", "each station takes every stream, kept apart there")
    found.append(Assumed(Text("卸料站", "stations"), len(night.places.stations), rule))
    noisy = [v for v in night.vehicles if is_noisy(v)]
    if noisy:
        rule = Text("非电动车按有噪声计", "vehicles that are not electric count as noisy")
        found.append(Assumed(Text("噪声", "noise"), len(noisy), rule))
    n_cut = n_cut_in_two(night.tasks, night.points.residential[night.tasks.point], night.params) if noisy else 0
    if n_cut:
        rule = Text("有噪声车辆只在较长的一段收集", "noisy vehicles serve them in the longer piece alone")
        found.append(Assumed(Text("被安静时段分成两段的时段", "windows that quiet hours cut in two"), n_cut, rule))
    turn = Text("卡车可在双向道路上任意点掉头", "trucks may leave a two-way street without barrier either way")
    found.append(Assumed(Text("停靠", "stops"), 1, turn))
    return tuple(found)
