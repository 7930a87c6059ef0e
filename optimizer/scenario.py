"""A scenario: everything that a plan is made from, frozen; the unit of saving and of undo."""

from __future__ import annotations

from dataclasses import dataclass

from layers.city import City
from optimizer.params import Params
from optimizer.plan import Plan
from resources.inventory import Inventory


@dataclass(frozen=True, slots=True)
class Lock:
    """Fix what the drivers know better.

    Parameters
    ----------
    item
        Id as in `Leg.item`, or of a facility.
    vehicle
        Vehicle that must serve it; empty where only the rest of the lock counts.
    position
        Place in that vehicle's order of services, from 0; -1 where any will do.
    state
        For facilities: ``open`` (must), ``closed`` (must not), ``keep`` (as it is), or empty.
    """

    item: str
    vehicle: str = ""
    position: int = -1
    state: str = ""


@dataclass(frozen=True)
class Scenario:
    """Ask one planner one question about one city.

    Parameters
    ----------
    name
        As shown.
    city, inventory
        What there is.
    planner
        Key of the planner.
    params
        What it asks, of the planner's own class.
    locks
        What must stay as it is.
    documents
        Ids of the documents whose targets bind the bureau; where two bind, the stricter counts and both are shown.
    inputs
        Plans that this one builds on.
    """

    name: str
    city: City
    inventory: Inventory
    planner: str
    params: Params
    locks: tuple[Lock, ...] = ()
    documents: tuple[str, ...] = ()
    inputs: tuple[Plan, ...] = ()
