"""Check a plan of parking with code that has no solver in it: from city, parameters and plan alone.

What every plan must satisfy is checked by `optimizer.check`. Here every fault has a code of its own:

===================  ================================================================================================
unknown_place        a change of a street, lot or row that there is not
keep_clear           a berth too near to a junction, crossing, stop, hydrant, entrance, bend, bridge or narrow road
too_narrow           berths on a street whose width does not allow them, or that leaves too little for fire engines
off_kerb             a berth that is not within the carriageway of its street; on a lot, outside its outline
overlap              two berths that cover the same ground
wrong_size           a berth smaller than the code has it
not_drawn            other numbers of berths drawn than changed
kept_breach          a berth that stands against the rules and is kept without a decision
decision_broken      a decision of the council that is not kept
cut_off              a street that a car, fire engine or garbage truck reached and no longer does
detour               a way round beyond the limits
one_way              a street made one-way that may not be, or berths that need a one-way without it
too_full             more cars than berths; more of a zone than want a berth
too_far              cars that walk farther than allowed, or by another length
over_budget          a year that costs more than its budget
wrong_cost           a change that costs what its works do not
beat                 a berth in no beat or in two; a beat that is too long or too small and not told
wrong_objective      an objective that is not what `goal` makes of the plan
===================  ================================================================================================
"""

from __future__ import annotations

from optimizer.ground.faults import wrong_objective
from optimizer.plan import Plan, PlanFault
from optimizer.planners.parking.checking.beats import attendant_faults
from optimizer.planners.parking.checking.berths import berth_faults
from optimizer.planners.parking.checking.cars import car_faults
from optimizer.planners.parking.checking.driving import driving_faults
from optimizer.planners.parking.checking.facts import Facts
from optimizer.planners.parking.checking.widths import width_faults
from optimizer.planners.parking.checking.works import work_faults
from optimizer.planners.parking.measuring.goal import plan_objective
from optimizer.planners.parking.reading.ground import ground_of
from optimizer.scenario import Scenario


def faults(scenario: Scenario, plan: Plan) -> tuple[PlanFault, ...]:
    """Return all that is wrong with a plan."""
    facts = Facts(ground_of(scenario), plan)
    found = [
        *work_faults(facts),
        *berth_faults(facts),
        *width_faults(facts),
        *driving_faults(facts),
        *car_faults(facts),
        *attendant_faults(facts),
    ]
    found += wrong_objective(plan, plan_objective(facts.ground, plan))
    return tuple(found)
