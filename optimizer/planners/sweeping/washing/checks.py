"""Check a washing calendar with code that has no solver in it: from the city, the inventory, the parameters and the plan.

Streets, turns, hours, pace and lengths are held to the same rules as sweeping (see `sweeping.checks` for those codes). The
calendar's own:

======================  =============================================================================================
interval_overrun        a kerb or pavement washed too seldom that is not listed with the washings that are missing
outside_calendar        a route on a night that the calendar does not have
too_cold                a route on a night below the temperature for wet work
vehicle_twice_a_night   a vehicle that goes out twice in one night, or stands at two depots
crew_twice_a_night      a crew that is out twice in one night; likewise ``no_crew`` for a pavement turnout without one
too_many_crews          more pavement turnouts in a night than crews
tank_empty              more water sprayed between two refills than the tank holds
wrong_refill            a refill of more or less than was sprayed since the last
not_at_water_point      a refill anywhere but at the water point that it names, or at one that is closed at night
no_pavement             a pavement washed along a street that has none
wrong_reason            an unserved washing whose reason, or area, is not what city and plan say
wrong_objective         an objective that is not the value of missing washings and the share of the fleet's time used
======================  =============================================================================================
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from layers.layer import F64, Rows
from layers.network import Network
from layers.units import mps
from optimizer.ground.faults import lock_broken, wrong_objective
from optimizer.ground.networks import first_network, networks_of, shift_groups
from optimizer.plan import Plan, PlanFault
from optimizer.planners.sweeping.checking.rules import Rules
from optimizer.planners.sweeping.day import fleet
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.washing import problem
from optimizer.planners.sweeping.washing.check_nights import night_faults
from optimizer.planners.sweeping.washing.check_reasons import reason_faults
from optimizer.planners.sweeping.washing.check_turnout import turnout_faults
from optimizer.planners.sweeping.washing.measured import missing_of, nights_of, objective_of
from optimizer.planners.sweeping.washing.places import washing_places
from optimizer.planners.sweeping.washing.work import Washings, washings_of
from optimizer.repeats import distinct
from optimizer.scenario import Scenario


@dataclass(frozen=True)
class WashingRules(Rules):
    """Hold what the city, the fleet and the parameters allow; water points stand in the place of dumps."""

    @property
    def washings(self) -> Washings:
        """What is to be washed."""
        assert isinstance(self.passes, Washings)
        return self.passes

    @cached_property
    def most_mps(self) -> F64:
        """Most speed of any washing on each street, shape (n_streets,); each job's own is checked beside."""
        return np.full(len(self.streets), mps(max(self.params.flush_speed_km_h, self.params.pavement_speed_km_h)))


def faults(scenario: Scenario, plan: Plan) -> tuple[PlanFault, ...]:
    """Return all that is wrong with a plan."""
    rules = rules_of(scenario)
    # routes of unknown types and shifts are told by `optimizer.check`
    known = tuple(r for r in plan.routes if r.vehicle_type in rules.vehicles and r.shift in rules.shifts)
    found = turnout_faults(rules, tuple(same.route for same in distinct(known)))
    found += night_faults(rules, plan.routes)
    nights = nights_of(rules.washings, plan.routes, rules.params.horizon_days)
    found += reason_faults(rules, plan, nights)
    found += objective(scenario, rules, plan, missing_of(rules.washings, nights, rules.params.horizon_days))
    found += closed_places(scenario, plan)
    return tuple(found)


def rules_of(scenario: Scenario) -> WashingRules:
    """Return what a scenario allows."""
    params, inventory = scenario.params, scenario.inventory
    assert isinstance(params, SweepingParams)
    washings, shift = washings_of(scenario.city, params), problem.shift_of(inventory, params)

    def network() -> Network:
        # wanted only where the city has no depot: the rule that places one looks at the first network
        groups = shift_groups(washings.streets, (shift,))
        return first_network(networks_of(scenario.city, washings.streets, problem.washers(inventory), groups))

    places = washing_places(scenario.city, params, scenario.locks, shift, network)
    return WashingRules(scenario.city, inventory, params, washings, places)


def objective(scenario: Scenario, rules: WashingRules, plan: Plan, n_missing: Rows) -> Iterator[PlanFault]:
    """Check the objective."""
    values, fleet_s = fleet.values_of(rules.passes, rules.params), problem.fleet_s(scenario.inventory, rules.params)
    again = objective_of(rules.washings, values, fleet_s, n_missing, plan.routes, plan.unserved)
    yield from wrong_objective(plan, again)


def closed_places(scenario: Scenario, plan: Plan) -> Iterator[PlanFault]:
    """Check that depots and water points that are locked as closed are not used."""
    used = {r.depot for r in plan.routes} | {leg.item for same in distinct(plan.routes) for leg in same.route.legs}
    for lock in scenario.locks:
        if lock.state == "closed" and lock.item in used:
            yield lock_broken(lock.item)
