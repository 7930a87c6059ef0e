"""Routes of the tiny city written by hand: what a truck does, one thing after the other, and for how long."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import accumulate
from typing import Any

from optimizer.params import with_values
from optimizer.plan import Leg, LegKind, Outcome, Plan, Route
from optimizer.planners.collection.checks import faults
from optimizer.planners.collection.explaining.unserved import NOT_BEGUN, left
from optimizer.planners.collection.measuring.goal import objective
from optimizer.planners.collection.night.reading import night_of
from optimizer.scenario import Scenario
from tests.optimizer.planners.collection.conftest import inventory, scenario

SEVEN_S = 19 * 3600.0  # when the evening's window begins


@cache
def asked(**values: Any) -> Scenario:
    """Return the question that the routes below answer: other waste alone, one small truck."""
    base = scenario(fleet=inventory(sealed_3t=1), streams="other")
    return replace(base, params=with_values(base.params, values))


def drive(metres: float, *streets: str, seconds: float = 100.0) -> Leg:
    """Drive some streets; 100 s are more than any way here takes."""
    return Leg(LegKind.DRIVE, 0, seconds, metres, streets)


def serve(item: str, kg: float, seconds: float = 120.0) -> Leg:
    """Serve a point for as long as four bins take with the stop, or for as long as is said."""
    return Leg(LegKind.SERVE, 0, seconds, item=item, load_kg=kg)


def unload(kg: float, seconds: float = 600.0, station: str = "ts1") -> Leg:
    """Unload."""
    return Leg(LegKind.UNLOAD, 0, seconds, item=station, load_kg=-kg)


def still(kind: LegKind, seconds: float, item: str = "") -> Leg:
    """Wait, rest or charge."""
    return Leg(kind, 0, seconds, item=item)


# From the depot to w1 and w2, on to the station, and home.
TO_W1, ON_TO_W2 = drive(100, "s1"), drive(200, "s1", "s2")
W1_TO_STATION, W2_TO_STATION = drive(700, "s1", "s2", "s3", "s10"), drive(500, "s2", "s3", "s10")
HOME = drive(800, "-s10", "-s3", "-s2", "-s1")
ONE_POINT = (TO_W1, serve("w1:OTHER", 150), W1_TO_STATION, unload(150), HOME)
TWO_POINTS = (TO_W1, serve("w1:OTHER", 150), ON_TO_W2, serve("w2:OTHER", 120), W2_TO_STATION, unload(270), HOME)


def route(*legs: Leg, begin_s: float = SEVEN_S - 100, **fields: Any) -> Route:
    """Return a route of legs one behind the other; the first stop of a default one begins at seven."""
    ends_s = list(accumulate((leg.end_s for leg in legs), initial=begin_s))
    timed = tuple(replace(leg, start_s=a, end_s=b) for leg, a, b in zip(legs, ends_s[:-1], ends_s[1:], strict=True))
    base: dict[str, Any] = {
        "id": "r1", "vehicle": "1 号车", "vehicle_type": "sealed_3t", "depot": "depot1", "shift": "collection",
    }  # fmt: skip
    return Route(**base | {"legs": timed} | fields)


def plan_of(of: Scenario, *routes: Route) -> Plan:
    """Return routes as a plan; what they leave is listed, and the objective is what it comes to."""
    night = night_of(of)
    done = {leg.item for r in routes for leg in r.legs if leg.kind is LegKind.SERVE}
    rest = [row for item, row in night.tasks.row_of.items() if item not in done and row not in night.kept_out]
    unserved = (*night.kept_out.values(), *(left(night, row, NOT_BEGUN) for row in rest))
    told = objective(night, [r for r in routes if r.legs], unserved)
    return Plan("collection", "手排", Outcome.FEASIBLE, told, None, routes=routes, unserved=unserved)


def codes(of: Scenario, *routes: Route) -> list[str]:
    """Return the codes of the faults of some routes."""
    return [fault.code for fault in faults(of, plan_of(of, *routes))]


def texts(of: Scenario, *routes: Route) -> list[str]:
    """Return the faults of some routes in words, behind the name of the route."""
    return [fault.text.en.split(": ", 1)[-1] for fault in faults(of, plan_of(of, *routes))]
