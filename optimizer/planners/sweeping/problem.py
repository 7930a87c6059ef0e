"""Turn the city into units of work for the engine; the only place of this planner that reads columns for solving."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from layers.city import City
from layers.errors import InputError, ParameterError
from layers.text import Text
from optimizer.engines.arc_routing.warm import warm_up
from optimizer.ground.assumed import assumed_streets
from optimizer.ground.networks import Networks, first_network, networks_of, shift_groups
from optimizer.monitor import Monitor
from optimizer.plan import Assumed, Unserved
from optimizer.planners.sweeping.day import fleet, hand, kerbs
from optimizer.planners.sweeping.day.assumed import (
    READ,
    full_at_start,
    left_out_of_account,
    outer_kerbs_only,
    said_of,
)
from optimizer.planners.sweeping.day.hours import hours_of, never, open_in
from optimizer.planners.sweeping.day.kerbs import Passes
from optimizer.planners.sweeping.day.locks import Locks
from optimizer.planners.sweeping.day.places import places_of
from optimizer.planners.sweeping.day.water import with_water
from optimizer.planners.sweeping.explaining.spare_time import Question, question_of
from optimizer.planners.sweeping.explaining.unserved import Barriers, not_begun, unreachable
from optimizer.planners.sweeping.measuring.goal import Goal, goal_of
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.search.dealing import Bench, all_units, locked_out
from optimizer.planners.sweeping.search.grounds import grounds_of, without_water
from optimizer.planners.sweeping.search.joint import Joint
from optimizer.planners.sweeping.search.weights import weights_of
from optimizer.scenario import Scenario


@dataclass(frozen=True, eq=False)
class SweepingProblem:
    """Hold what is to be solved.

    Parameters
    ----------
    passes
        All that the day asks for.
    goal
        What plans are judged by.
    units
        What the engine is asked.
    unserved
        Passes that no vehicle can sweep at all.
    assumed
        What nobody gave.
    bench, barriers
        What the units were made from, and what keeps vehicles from streets; None where the run was stopped before.
    question, city
        What smallest changes are looked for in; likewise.
    """

    passes: Passes
    goal: Goal
    units: tuple[Joint, ...]
    unserved: tuple[Unserved, ...]
    assumed: tuple[Assumed, ...]
    bench: Bench | None = None
    barriers: Barriers | None = None
    question: Question | None = None
    city: City | None = None


def prepare(scenario: Scenario, monitor: Monitor) -> SweepingProblem:
    """Read the scenario and return the problem; where the monitor is stopped in the midst, one without any unit.

    Raises
    ------
    InputError
        Where nothing is to be swept, no sweeper is in service, a place lies far from every street, or a lock cannot be kept.
    ParameterError
        Where a shift is unknown, a place cannot be read, or a rate is of no street.
    NetworkError
        Where no sweeper can drive any street.
    """
    params = scenario.params
    assert isinstance(params, SweepingParams)
    inventory = fleet.offered(scenario.inventory, params)
    monitor.report(0.0, "prepare")
    passes = kerbs.passes_of(scenario.city, params)
    city = scenario.city.with_layers(passes.streets)
    vehicles = fleet.sweepers(inventory)
    if not vehicles:
        zh = f"资源清单“{inventory.name}”中没有可出勤的扫路车；至少需要一辆"
        raise InputError(Text(zh, f"inventory {inventory.name!r} has no sweeper in service; at least one is needed"))
    shifts = fleet.shifts_of(inventory, params)
    groups = shift_groups(passes.streets, shifts)
    goal = goal_of(scenario.city, passes, inventory, params)
    require_work(goal)
    monitor.report(0.1, "network")
    networks = networks_of(city, passes.streets, vehicles, groups)
    if monitor.stopped:
        return unprepared(goal)
    places = places_of(city, params, scenario.locks, lambda: first_network(networks))
    places = with_water(places, scenario, inventory)
    weights = tuple(weights_of(v, inventory, params, len(shifts)) for v in vehicles)
    grounds, aside = grounds_of(networks, passes.streets, places, params, weights)
    monitor.report(0.4, "network")
    if monitor.stopped:
        return unprepared(goal)
    hours = hours_of(passes, shifts, vehicles, params)
    choices = fleet.shift_choices(passes, groups, shifts)
    if hours.windows_s is not None:
        choices &= open_in(hours.windows_s, tuple(s for g in groups for s in g.shifts))
    n_vehicles = fleet.to_begin_with(passes, vehicles, shifts, inventory, params)
    bench = Bench(
        passes, vehicles, groups, grounds,
        values=goal.values,
        most_mps=kerbs.most_speed_mps(passes.streets, params)[passes.street],
        choices=choices,
        n_vehicles=n_vehicles,
        hours=hours,
        locks=Locks.of(scenario.locks, passes, zip(vehicles, n_vehicles.tolist(), strict=True)),
    )  # fmt: skip
    units, lost = all_units(bench, params)
    monitor.report(0.7, "prepare")
    warm_up()
    for ground in (g for row in grounds for g in row if g is not None and not monitor.stopped):
        # what routes are looked up in is made now, so that none waits for it
        ground.router.paths([])
        _ = ground.network.turn_times
    monitor.report(1.0, "prepare")
    question = question_of(networks, places, passes, inventory, params)
    barriers = barriers_of(bench, networks, params, locked_out(bench, params, lost))
    kept_out = unreachable(passes, lost, barriers)
    assumed = (
        *assumed_streets(passes.streets, READ),
        *places.assumed,
        *aside,
        *without_water(vehicles, grounds, places),
        *said_of(params),
        *full_at_start(vehicles),
        *left_out_of_account(passes.streets, vehicles),
        *outer_kerbs_only(passes.streets, params),
        *hand.told(passes, kept_out, inventory),
    )
    return SweepingProblem(passes, goal, units, kept_out, assumed, bench, barriers, question, city)


def require_work(goal: Goal) -> None:
    """See that something is to be swept, and that a rate to be reached is of streets that machines sweep.

    Raises
    ------
    InputError
        Where no street is to be swept at all.
    ParameterError
        Where the rate is of none.
    """
    params = goal.params
    if not len(goal.passes):
        zh = "没有需要清扫的道路：各保洁等级的每日遍数均为 0；请至少给一个等级一遍"
        raise InputError(
            Text(zh, "no street is to be swept: every grade is swept 0 times a day; ask for one sweep at least")
        )
    if params.mode == "fleet" and not any((goal.amount[mask & goal.passes.by_machine]).any() for mask in goal.scopes()):
        zh = f"参数 target_of 为“{params.target_of}”；没有由机器清扫的这类道路，无从达标；请选其他道路，或恢复其机扫"
        en = f"parameter 'target_of' is {params.target_of!r}; machines sweep no such street: choose others or let them do it"
        raise ParameterError(Text(zh, en))


def unprepared(goal: Goal) -> SweepingProblem:
    """Return the problem of a run that was stopped before its units were made: no pass is begun."""
    passes = goal.passes
    return SweepingProblem(passes, goal, (), not_begun(passes, np.flatnonzero(passes.by_machine)), ())


def barriers_of(bench: Bench, networks: Networks, params: SweepingParams, locked: Mapping[int, str]) -> Barriers:
    """Return why streets cannot be swept, for `unreachable`."""
    left_out = tuple({x.street: x for network in row if network is not None for x in network.left_out} for row in networks)
    suited = tuple(fleet.suits(bench.passes.streets, v, params) for v in bench.vehicles)
    banned = np.all([g.banned for g in bench.groups], axis=0)
    late = None if bench.hours.windows_s is None else never(bench.hours.windows_s)
    return Barriers(bench.vehicles, suited, left_out, banned, late, params.first_sweep_by, locked)
