"""What can be wrong with a plan."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class FaultKind(Enum):
    """What can be wrong with a plan."""

    UNKNOWN_GROUP = "unknown group"
    UNKNOWN_VEHICLE = "unknown vehicle"
    UNKNOWN_STOP = "unknown stop"
    UNKNOWN_STATION = "unknown station"
    UNKNOWN_BREAK = "unknown break"
    TWICE = "served twice"
    LEFT_OUT = "left out"
    NOT_ALLOWED = "not allowed"
    LOCK_BROKEN = "lock broken"
    ORDER_BROKEN = "order broken"
    NO_WAY = "no way"
    TOO_SOON = "begun before it can be there"
    OUTSIDE_WINDOW = "outside its window"
    NOT_RELEASED = "trip begun before it is released"
    OVERLOADED = "overloaded"
    OVER_ROUTE_CAPACITY = "more than a route may take"
    NOT_EMPTIED = "not emptied"
    TOO_MANY_TRIPS = "too many trips"
    CLOSED = "station closed"
    BAYS_FULL = "bays full"
    OVER_THROUGHPUT = "more than a station takes"
    LEAVES_EARLY = "leaves too early"
    BACK_LATE = "back too late"
    TOO_LONG = "shift too long"
    DRIVES_TOO_LONG = "drives too long"
    OUT_OF_RANGE = "out of range"
    BREAK_MISSED = "break missed"
    BREAK_AT_WRONG_TIME = "break at a wrong time"
    TOO_MANY_VEHICLES = "too many vehicles"
    VEHICLE_TWICE = "vehicle used twice"
    WRONG_COST = "wrong cost"


@dataclass(frozen=True)
class PlanFault:
    """One thing that is wrong.

    Parameters
    ----------
    kind
        Which rule is broken.
    text
        Where, by what value, and what was expected.
    """

    kind: FaultKind
    text: str
