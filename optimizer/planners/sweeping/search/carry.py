"""Carry a plan over from one fleet to another, so that a fleet with a vehicle less is not planned from nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from optimizer.engines.arc_routing.windows import Costed
from optimizer.planners.sweeping.search.joint import Joint

# Vehicle type, depot and shift.
Place = tuple[str, str, str]


@dataclass(frozen=True)
class Carried:
    """Hold a plan's routes apart from the fleet that they were made for.

    Parameters
    ----------
    question
        Which passes, profiles and facilities they are counted in.
    routes
        With the place of each. What they cost is the same in every fleet: a place's vehicles are of one type.
    """

    question: tuple[object, ...]
    routes: tuple[tuple[Place, Costed], ...]


def packed(joint: Joint, routes: tuple[Costed, ...]) -> Carried:
    """Return a plan's routes to be carried over."""
    places = places_of(joint)
    return Carried(question_of(joint), tuple((places[costed.route.group], costed) for costed in routes))


def unpacked(carried: Carried, joint: Joint) -> tuple[Costed, ...]:
    """Return the routes that a fleet has vehicles for, the most valuable first; none where it sees another question."""
    if carried.question != question_of(joint):
        return ()
    problem, places = joint.problem, places_of(joint)
    idle, allowed, worth = [group.n_vehicles or 0 for group in problem.groups], problem.allowed, problem.worth
    by_worth = sorted(carried.routes, key=lambda both: -int(worth[list(both[1].route.tasks)].sum()))
    taken = []
    for place, costed in by_worth:
        route = costed.route
        for group, here in enumerate(places):
            if here == place and idle[group] and allowed[list(route.tasks), group].all():
                idle[group] -= 1
                taken.append(replace(costed, route=replace(route, group=group, vehicle=None)))
                break
    return tuple(sorted(taken, key=lambda costed: costed.route.group))


def places_of(joint: Joint) -> list[Place]:
    """Return the place of each of the engine's groups."""
    units = joint.units
    return [(units[u].vehicle.key, units[u].depot.places[0].id, units[u].shifts[k].key) for u, k in joint.group_at]


def question_of(joint: Joint) -> tuple[object, ...]:
    """Return what must be the same for routes to mean the same: types by profile, passes, facilities."""
    groups = joint.problem.groups
    types = {(joint.units[u].vehicle.key, group.profile) for (u, _), group in zip(joint.group_at, groups, strict=True)}
    return tuple(sorted(types)), len(joint.tasks), joint.facility_index
