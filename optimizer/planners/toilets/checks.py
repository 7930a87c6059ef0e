"""Check a plan of toilets with code that has no solver in it: from city, parameters and plan alone.

What every plan must satisfy is checked by `optimizer.check`. Here every fault has a code of its own:

=====================  ==============================================================================================
unknown, twice         a toilet, candidate or place of people that there is not; one that is changed twice
wrong_place, outside   a work elsewhere than its object stands; a toilet in no district
off_network, land      a new toilet far from streets, or on too little land
wrong_class            a class that does not belong to the place
too_close, spacing     a new toilet too near to a school or water; to another toilet
density_most           new toilets that make a district denser than is allowed
quota_not_told         a number of a district that is missed, and the plan does not say so, or that is said to be missed
wrong_year, over_budget  a year that is none of the plan's, or costs more than its budget
dry_left               a dry toilet that is neither rebuilt nor told
not_listed, wrong_dry  a toilet that is missing among those as planned; one that is said to be dry and is not
not_whole, wrong_size  stalls that are no whole numbers, or others than are told
ratio, no_room         too few stalls for women; more than there is room for
wrong_stalls           other stalls of a toilet that is not mended
wrong_wait, wrong_cost a wait, or a cost, that is not what the formula gives
closed_serves          people sent to where no toilet is
not_assigned           people who are sent nowhere, or where they cannot come
wrong_distance         a way of another length; likewise ``not_nearest``, ``wrong_amount``
lock_broken            a lock that the plan does not keep; likewise ``closed_unasked``
wrong_objective        an objective that is not what `goal` makes of who goes where
=====================  ==============================================================================================
"""

from __future__ import annotations

from optimizer.ground.faults import wrong_objective
from optimizer.plan import Plan, PlanFault
from optimizer.planners.toilets.checking.facts import Facts
from optimizer.planners.toilets.checking.sites import lock_faults, quota_faults, site_faults
from optimizer.planners.toilets.checking.stalls import money_faults, stall_faults
from optimizer.planners.toilets.checking.walking import nearest_m, walk_faults
from optimizer.planners.toilets.measuring.goal import objective
from optimizer.planners.toilets.reading.ground import ground_of
from optimizer.scenario import Scenario


def faults(scenario: Scenario, plan: Plan) -> tuple[PlanFault, ...]:
    """Return all that is wrong with a plan."""
    facts = Facts(ground_of(scenario), plan)
    found = [
        *site_faults(facts),
        *lock_faults(facts),
        *quota_faults(facts),
        *stall_faults(facts, plan),
        *money_faults(facts),
    ]
    found += walk_faults(facts, plan)
    rows = [facts.candidate_row[item] for item in facts.built]
    found += wrong_objective(plan, objective(facts.ground, rows, nearest_m(facts, facts.open_sites)))
    return tuple(found)
