"""Check a collection plan with code that has no solver in it: from city, inventory, parameters and plan alone.

What every plan must satisfy (legs in order of time, nothing served twice, known types and shifts) is checked by
`optimizer.check`. Here every fault has a code of its own:

=====================  ==============================================================================================
unknown                a depot, station, street or item that the scenario does not have
path_broken            streets that do not lead from one stop to the next
wrong_side             a divided road's point served from the other side
banned_turn            a turn that a restriction forbids
wrong_way              a one-way street driven against its direction
street_closed          a closed street driven; likewise ``banned_hours``, ``street_too_narrow``, ``street_too_low``,
                       ``street_too_weak``
too_fast, wrong_length drives that are quicker, or of another length, than their streets and turns allow
outside_shift          a route outside its shift, or in a shift or on a day that was not asked for
no_break               a route that lasts beyond the time of its break and has none
outside_window         a point served outside its window
not_quiet              a small street with homes served by a noisy vehicle in quiet hours
too_short              a stay at a point or station shorter than it takes
unsuitable_vehicle     a vehicle that is not for collection
wrong_load             other kilograms than stand there, or some that appear or vanish on the way
streams_mixed          two streams in one compartment
overloaded             a compartment that holds more than it can
not_emptied            a route that ends with waste aboard
range_exceeded         farther on one charge or tank than the vehicle can
wrong_charging         charging where it cannot be, or too short
station_closed         unloading at a station that is not open
bays_exceeded          more vehicles at a station than it has bays
throughput_exceeded    more waste to a station than it takes
fleet_exceeded         more vehicles of a type than are in service
two_depots             one vehicle at several depots
time_moved             a point whose time moves from day to day by more than is allowed; likewise ``vehicle_moved``,
                       ``not_every_day``
not_explained          a task neither done nor listed as unserved
wrong_reason           a listed task whose binding constraint, or weight, is not what the city says
lock_broken            a lock that the plan does not keep
wrong_objective        an objective that is not what `goal` makes of the routes and what is left
=====================  ==============================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from optimizer.check import object_of
from optimizer.ground.faults import lock_broken, wrong_objective
from optimizer.ground.street_walk import Found
from optimizer.imported import ENGINE
from optimizer.plan import LegKind, Plan, PlanFault
from optimizer.planners.collection.checking.driving import driving_faults
from optimizer.planners.collection.checking.hours import fleet_faults, hour_faults
from optimizer.planners.collection.checking.loads import load_faults, range_faults
from optimizer.planners.collection.checking.reasons import reasons, work_done
from optimizer.planners.collection.checking.rules import Rules
from optimizer.planners.collection.checking.stations import station_faults, visit_faults
from optimizer.planners.collection.checking.stops import service_faults, stay_faults
from optimizer.planners.collection.checking.walk import Walk
from optimizer.planners.collection.checking.week import week_faults
from optimizer.planners.collection.measuring.goal import objective
from optimizer.planners.collection.night.reading import night_of
from optimizer.scenario import Scenario

_OF_ROUTES = (hour_faults, driving_faults, service_faults, load_faults, range_faults, visit_faults)
# A timetable that is driven says itself how long trucks stay, and its vehicles are there.
_OF_OURS = (stay_faults,)


def faults(scenario: Scenario, plan: Plan) -> tuple[PlanFault, ...]:
    """Return all that is wrong with a plan."""
    rules = Rules.of(night_of(scenario))
    # routes of unknown types and shifts are told by `optimizer.check`
    known = tuple(r for r in plan.routes if r.vehicle_type in rules.vehicles and r.shift in rules.shifts)
    walk = Walk.of(rules, known)
    is_ours = plan.provenance.engine != ENGINE
    found = [*_of_routes(rules, walk, (*_OF_ROUTES, *(_OF_OURS if is_ours else ())))]
    found += station_faults(rules, walk)
    found += fleet_faults(rules, plan.routes) if is_ours else ()
    found += week_faults(rules, plan.routes)
    found += work_done(rules, plan)
    found += reasons(rules, plan, {item for lock in scenario.locks if lock.vehicle for item in _items(rules, lock.item)})
    found += _locks(scenario, rules, plan)
    found += wrong_objective(plan, objective(rules.night, plan.routes, plan.unserved))
    return tuple(found)


def _of_routes(rules: Rules, walk: Walk, checks: Sequence[Callable[[Walk], Found]]) -> list[PlanFault]:
    """Return the faults of routes by themselves, route by route; those that drive no known street are checked no further."""
    lost, first = np.unique(walk.route[walk.street < 0], return_index=True)
    found = []
    for route, step in zip(lost.tolist(), np.flatnonzero(walk.street < 0)[first].tolist(), strict=True):
        name = walk.legs.step_names[step]
        found.append(walk.fault(route, "unknown", f"没有道路“{name}”", f"there is no street {name!r}"))
    kept = np.setdiff1d(np.arange(len(walk.legs.routes)), lost)
    rest = walk if not len(lost) else Walk.of(rules, tuple(walk.legs.routes[k] for k in kept.tolist()))
    found += [(int(kept[k]), fault) for check in checks for k, fault in check(rest)]
    return [fault for _, fault in sorted(found, key=lambda pair: pair[0])]


def _items(rules: Rules, item: str) -> list[str]:
    """Return the tasks that a lock's item stands for: itself, or all of a waste point."""
    row_of = rules.night.tasks.row_of
    return [item] if item in row_of else [i for i in row_of if object_of(i) == item]


def _locks(scenario: Scenario, rules: Rules, plan: Plan) -> Iterator[PlanFault]:
    """Check the locks: who serves a task, if anybody does, and that closed places are not used."""
    if not scenario.locks:
        return
    served = {leg.item: r.vehicle for r in plan.routes for leg in r.legs if leg.kind is LegKind.SERVE}
    visited = {leg.item for r in plan.routes for leg in r.legs if leg.kind in (LegKind.UNLOAD, LegKind.REFILL)}
    visited |= {route.depot for route in plan.routes}
    for lock in scenario.locks:
        others = lock.vehicle and any(served.get(i, lock.vehicle) != lock.vehicle for i in _items(rules, lock.item))
        if others or (lock.state == "closed" and lock.item in visited):
            yield lock_broken(lock.item)
