"""Check a sweeping plan with code that has no solver in it: from the city, the inventory, the parameters and the plan alone.

What every plan must satisfy (legs in order of time, nothing served twice, known types and shifts) is checked by
`optimizer.check`. Here every fault has a code of its own:

=====================  ==============================================================================================
unknown                a depot, dump, street or pass that the scenario does not have
path_broken            a leg that does not begin where the one before it ended
wrong_way              a one-way street driven against its direction
banned_turn            a turn that a restriction forbids
street_closed          a closed street driven
banned_hours           a street driven while it is closed to sanitation vehicles
street_too_narrow      a street narrower than the vehicle needs; likewise ``street_too_low``, ``street_too_weak``
too_fast               a leg quicker than street, vehicle or sweeping allow
wrong_length           a leg whose length is not that of its streets
outside_shift          a route that begins before or ends after its shift, has no time for its break, or is in a shift or on
                       a day that was not asked for
wrong_hours            a pass swept within a peak that can be avoided, or first swept later than asked
hopper_over            more dirt aboard than the hopper holds, less taken up than lies on the kerb, or some lost on the way
wrong_water            water sprayed that is not the vehicle's for that length, or sprayed while it does not sweep
not_emptied            a route that ends with dirt aboard
not_at_depot           a route that does not begin and end at its depot
not_at_dump            an unloading anywhere but at the dump that it names
tank_empty             more water sprayed than the tank held
wrong_refill           a refill that does not give back what was sprayed since the last one
not_at_water_point     a refill anywhere but at the water point that it names, or at one that is closed in one of the shifts
fleet_exceeded         more vehicles of a type than are in service
wrong_direction        a kerb swept against its driving direction
unsuitable_vehicle     a street swept by a vehicle of the wrong kind
not_explained          a pass neither swept nor listed as unserved
wrong_reason           an unserved pass whose binding constraint, or area, is not what the city says
lock_broken            a lock that the plan does not keep
wrong_objective        an objective that is not what `goal` makes of the routes and the passes left
=====================  ==============================================================================================
"""

from __future__ import annotations

from collections.abc import Iterator

from layers.network import Network
from layers.text import Text
from optimizer.ground.faults import lock_broken, wrong_objective
from optimizer.ground.networks import first_network, networks_of, shift_groups
from optimizer.plan import LegKind, Plan, PlanFault, Route
from optimizer.planners.sweeping.checking.hours import hours_kept
from optimizer.planners.sweeping.checking.reasons import reasons
from optimizer.planners.sweeping.checking.route import route_faults
from optimizer.planners.sweeping.checking.rules import Rules
from optimizer.planners.sweeping.day import fleet, kerbs
from optimizer.planners.sweeping.day.places import places_of
from optimizer.planners.sweeping.day.water import with_water
from optimizer.planners.sweeping.measuring.goal import goal_of
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.scenario import Scenario


def faults(scenario: Scenario, plan: Plan) -> tuple[PlanFault, ...]:
    """Return all that is wrong with a plan."""
    rules = rules_of(scenario)
    # routes of unknown types and shifts are told by `optimizer.check`
    known = tuple(r for r in plan.routes if r.vehicle_type in rules.vehicles and r.shift in rules.shifts)
    found = route_faults(rules, known)
    found += asked_for(rules, plan.routes)
    found += hours_kept(rules, known)
    found += fleet_used(rules, plan.routes)
    found += work_done(rules, plan)
    found += reasons(rules, plan, {lock.item for lock in scenario.locks if lock.vehicle})
    found += locks_kept(scenario, plan)
    found += objective(rules, plan)
    return tuple(found)


def rules_of(scenario: Scenario) -> Rules:
    """Return what a scenario allows."""
    params = scenario.params
    assert isinstance(params, SweepingParams)
    passes = kerbs.passes_of(scenario.city, params)
    inventory = fleet.offered(scenario.inventory, params)

    def network() -> Network:
        # wanted only where the city has no depot: the rule that places one looks at the first network
        groups = shift_groups(passes.streets, fleet.shifts_of(inventory, params))
        vehicles = fleet.sweepers(inventory)
        return first_network(networks_of(scenario.city, passes.streets, vehicles, groups))

    places = with_water(places_of(scenario.city, params, scenario.locks, network), scenario, inventory)
    return Rules(scenario.city, inventory, params, passes, places)


def asked_for(rules: Rules, routes: tuple[Route, ...]) -> Iterator[PlanFault]:
    """Check that routes are of the one day and the shifts that the parameters ask for."""
    keys = [s.key for s in fleet.shifts_of(rules.inventory, rules.params)]
    for route in routes:
        if route.shift not in keys:
            en = f"route {route.id}: shift {route.shift!r} was not asked for"
            yield PlanFault("outside_shift", route.id, Text(f"路线 {route.id}：未要求班次“{route.shift}”", en))
        if route.day != 0:
            en = f"route {route.id} is on day {route.day}; the plan is for one day, 0"
            yield PlanFault("outside_shift", route.id, Text(f"路线 {route.id}：在第 {route.day} 日；方案只有第 0 日", en))


def objective(rules: Rules, plan: Plan) -> Iterator[PlanFault]:
    """Check the objective."""
    goal = goal_of(rules.city, rules.passes, rules.inventory, rules.params)
    again = goal.objective(plan.routes, plan.unserved)
    yield from wrong_objective(plan, again)


def fleet_used(rules: Rules, routes: tuple[Route, ...]) -> Iterator[PlanFault]:
    """Check that there are enough vehicles."""
    for key, vehicle in rules.vehicles.items():
        used = len({r.vehicle for r in routes if r.vehicle_type == key})
        there = rules.inventory.n_in_service(vehicle)
        if used > there:
            zh = f"{vehicle.label.zh} 用 {used} 辆，可出勤 {there} 辆"
            text = Text(zh, f"{used} {vehicle.label.en} used, {there} in service")
            yield PlanFault("fleet_exceeded", key, text)


def work_done(rules: Rules, plan: Plan) -> Iterator[PlanFault]:
    """Check that each pass that machines are to sweep is swept or listed as unserved."""
    swept = {leg.item for route in plan.routes for leg in route.legs if leg.kind is LegKind.SERVE}
    listed = {u.item for u in plan.unserved}
    passes = rules.passes
    left = passes.row_of.keys() - swept - listed
    for item in sorted(item for item in left if passes.by_machine[passes.row_of[item]]):
        text = Text(f"{item} 既未清扫也未说明", f"{item} is neither swept nor explained")
        yield PlanFault("not_explained", item, text)
    for item in sorted(listed - passes.row_of.keys()):
        yield PlanFault("unknown", item, Text(f"没有清扫项“{item}”", f"there is no pass {item!r}"))


def locks_kept(scenario: Scenario, plan: Plan) -> Iterator[PlanFault]:
    """Check the locks: on vehicle, on place in its order, and on depots, dumps and water points that are closed.

    A lock says who sweeps a pass, if anybody does: one that is left is told as unserved.
    """
    done: dict[str, tuple[str, int]] = {}
    for route in plan.routes if scenario.locks else ():
        items = [leg.item for leg in route.legs if leg.kind is LegKind.SERVE]
        done |= {item: (route.vehicle, k) for k, item in enumerate(items)}
    places = (LegKind.UNLOAD, LegKind.REFILL)
    visited = {leg.item for r in plan.routes for leg in r.legs if leg.kind in places} | {r.depot for r in plan.routes}
    left = {u.item for u in plan.unserved} if scenario.locks else set()
    for lock in scenario.locks:
        vehicle, position = done.get(lock.item, (lock.vehicle, lock.position) if lock.item in left else ("", -1))
        kept = (not lock.vehicle or vehicle == lock.vehicle) and (lock.position < 0 or position == lock.position)
        if not kept or (lock.state == "closed" and lock.item in visited):
            yield lock_broken(lock.item)
