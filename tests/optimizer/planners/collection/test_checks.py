"""One spoilt plan a rule: the checker names it, and a sound plan has no fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from layers.kinds.facilities import TransferStations, WastePoints
from layers.kinds.streets import Streets
from optimizer.plan import Leg, LegKind, Plan, Unserved
from optimizer.planners.collection.checks import faults
from optimizer.scenario import Lock, Scenario
from tests.cities import tiny_city
from tests.optimizer.planners.collection.conftest import find, inventory, scenario, tiny_plan, with_legs, with_route


def codes(plan: Plan, asked: Scenario | None = None) -> set[str]:
    return {fault.code for fault in faults(asked or scenario(), plan)}


def shifted(plan: Plan, by_s: float, route: int = 0) -> Plan:
    """Return a plan with a route at another time."""
    legs = tuple(replace(leg, start_s=leg.start_s + by_s, end_s=leg.end_s + by_s) for leg in plan.routes[route].legs)
    return with_route(plan, replace(plan.routes[route], legs=legs), route)


def changed(plan: Plan, kind: LegKind, nth: int = 0, **values: Any) -> Plan:
    """Return a plan with the nth leg of a kind changed."""
    route, k = find(plan, kind, nth)
    return with_legs(plan, k, replace(plan.routes[route].legs[k], **values), route=route)


def leg(plan: Plan, kind: LegKind, nth: int = 0) -> Leg:
    route, k = find(plan, kind, nth)
    return plan.routes[route].legs[k]


def test_a_sound_plan_has_no_fault() -> None:
    plan = tiny_plan()
    assert plan.unserved == ()
    assert faults(scenario(), plan) == ()


SPOILT: tuple[tuple[str, Callable[[Plan], Plan]], ...] = (
    ("outside_window", lambda p: shifted(p, -600)),
    ("outside_shift", lambda p: shifted(p, 4 * 3600)),
    ("too_fast", lambda p: changed(p, LegKind.DRIVE, 1, start_s=leg(p, LegKind.DRIVE, 1).end_s - 2)),
    ("wrong_length", lambda p: changed(p, LegKind.DRIVE, 1, length_m=leg(p, LegKind.DRIVE, 1).length_m + 50)),
    ("path_broken", lambda p: changed(p, LegKind.DRIVE, 1, path=("s7",))),
    ("unknown", lambda p: changed(p, LegKind.DRIVE, 1, path=("no such street",))),
    ("too_short", lambda p: changed(p, LegKind.SERVE, 0, end_s=leg(p, LegKind.SERVE).start_s + 30)),
    ("wrong_load", lambda p: changed(p, LegKind.SERVE, 0, load_kg=leg(p, LegKind.SERVE).load_kg + 5)),
    ("unknown", lambda p: changed(p, LegKind.UNLOAD, 0, item="no such station")),
    ("not_emptied", lambda p: without(p, LegKind.UNLOAD)),
    ("not_explained", lambda p: without(p, LegKind.SERVE)),
    ("too_short", lambda p: changed(p, LegKind.UNLOAD, 0, end_s=leg(p, LegKind.UNLOAD).start_s + 30)),
    ("unknown", lambda p: with_route(p, replace(p.routes[0], depot="no such depot"))),
    ("outside_shift", lambda p: with_route(p, replace(p.routes[0], day=1))),
    ("outside_shift", lambda p: with_route(p, replace(p.routes[0], shift="night"))),
    ("unsuitable_vehicle", lambda p: with_route(p, replace(p.routes[0], vehicle_type="washer"))),
    ("wrong_objective", lambda p: replace(p, objective=p.objective + 1)),
    ("unknown", lambda p: replace(p, unserved=(Unserved("nobody:OTHER", "stopped", p_text()),))),
)  # fmt: skip


def p_text() -> Any:
    from layers.text import Text

    return Text("因", "why")


def without(plan: Plan, kind: LegKind) -> Plan:
    route, k = find(plan, kind)
    return with_legs(plan, k, route=route)


@pytest.mark.parametrize(("code", "spoil"), SPOILT, ids=[f"{k}-{code}" for k, (code, _) in enumerate(SPOILT)])
def test_a_spoilt_plan_is_told(code: str, spoil: Callable[[Plan], Plan]) -> None:
    assert code in codes(spoil(tiny_plan()))


def test_two_streams_in_one_body_are_told() -> None:
    route, k = find(tiny_plan(), LegKind.SERVE)
    served = {x.item for x in tiny_plan().routes[route].legs if x.kind is LegKind.SERVE}
    other = next(item for item in ("w1:FOOD", "w1:OTHER") if item not in served)
    mixed = with_legs(tiny_plan(), k, replace(tiny_plan().routes[route].legs[k], item=other), route=route)
    assert "streams_mixed" in codes(mixed)


def test_a_divided_body_may_take_food_and_another_stream() -> None:
    fleet = inventory(sealed_3t=1)
    divided = replace(fleet, vehicle_types=tuple(replace(v, second_compartment_ratio=0.4) for v in fleet.vehicle_types))
    from optimizer.monitor import Silent
    from optimizer.run import run

    plan = run(scenario(fleet=divided), Silent())
    assert plan.faults == ()
    assert plan.unserved == ()
    assert {x.item.split(":")[1] for x in plan.routes[0].legs if x.kind is LegKind.SERVE} == {"OTHER", "FOOD"}
    assert "streams_mixed" in codes(plan, scenario(fleet=fleet))


def test_a_truck_that_holds_less_is_overloaded() -> None:
    fleet = inventory(sealed_3t=1, bin_lifter=1)
    small = replace(fleet, vehicle_types=tuple(replace(v, hopper_kg=140.0) for v in fleet.vehicle_types))
    assert "overloaded" in codes(tiny_plan(), scenario(fleet=small))


def test_a_short_range_is_exceeded() -> None:
    fleet = inventory(sealed_3t=1, bin_lifter=1)
    short = replace(fleet, vehicle_types=tuple(replace(v, range_m=500.0) for v in fleet.vehicle_types))
    assert "range_exceeded" in codes(tiny_plan(), scenario(fleet=short))


def test_more_vehicles_than_there_are_is_told() -> None:
    assert "fleet_exceeded" in codes(tiny_plan(), scenario(fleet=inventory(sealed_3t=1)))


def station(**columns: Any) -> Scenario:
    city = tiny_city()
    return scenario(city.with_layers(replace(city[TransferStations], **columns)))


def test_a_station_that_is_closed_or_takes_less_is_told() -> None:
    assert "station_closed" in codes(tiny_plan(), station(open_periods=np.array(["06:00-12:00"])))
    assert "throughput_exceeded" in codes(tiny_plan(), station(capacity_t_day=np.array([0.5])))


def test_more_trucks_than_bays_are_told() -> None:
    plan, one_bay = tiny_plan(), station(n_bays=np.array([1]))
    unloads = [find(plan, LegKind.UNLOAD, n)[0] for n in (0, 1)]
    first, second = (leg(plan, LegKind.UNLOAD, n) for n in (0, 1))
    together = shifted(plan, first.start_s - second.start_s, unloads[1])
    assert "bays_exceeded" in codes(together, one_bay)
    assert "bays_exceeded" not in codes(together)


def streets(**columns: Any) -> Scenario:
    city = tiny_city()
    return scenario(city.with_layers(replace(city[Streets], **columns)))


def test_streets_are_used_as_they_may_be() -> None:
    n = len(tiny_city()[Streets])
    first = np.arange(n) == 0
    assert "street_closed" in codes(tiny_plan(), streets(closed=first))
    assert "street_too_narrow" in codes(tiny_plan(), streets(width_m=np.where(first, 2.0, 9.0)))
    assert "banned_hours" in codes(tiny_plan(), streets(ban_periods=np.where(first, "18:00-23:00", "")))


def test_a_noisy_vehicle_is_told_in_quiet_hours() -> None:
    from layers.geometry import Geometry
    from layers.kinds.places import SensitiveKind, SensitivePlaces

    city = tiny_city()
    homes = SensitivePlaces(
        ids=np.array(["h1"]),
        geometry=Geometry.points(city[WastePoints].geometry.coords[:1]),
        sensitive=np.array([SensitiveKind.HOME], dtype=np.int8),
    )
    small = replace(city[Streets], road_class=np.full(len(city[Streets]), 4, dtype=np.int8))
    fleet = inventory(sealed_3t=1, bin_lifter=1)
    noisy = replace(fleet, vehicle_types=tuple(replace(v, electric=False) for v in fleet.vehicle_types))
    quiet: dict[str, Any] = {"quiet_from_s": 19 * 3600 + 1}
    assert "not_quiet" in codes(tiny_plan(), scenario(city.with_layers(small, homes), noisy, **quiet))
    assert "not_quiet" not in codes(tiny_plan(), scenario(city.with_layers(small, homes), fleet, **quiet))


def test_a_lock_is_kept() -> None:
    item = leg(tiny_plan(), LegKind.SERVE).item
    route = tiny_plan().routes[find(tiny_plan(), LegKind.SERVE)[0]]
    other = next(r.vehicle for r in tiny_plan().routes if r.vehicle != route.vehicle)
    assert "lock_broken" in codes(tiny_plan(), scenario(locks=(Lock(item, other),)))
    assert "lock_broken" not in codes(tiny_plan(), scenario(locks=(Lock(item, route.vehicle),)))
    assert "lock_broken" in codes(tiny_plan(), scenario(locks=(Lock("ts1", state="closed"),)))


def test_the_kerb_of_a_divided_road_is_served_from_its_own_side() -> None:
    n = len(tiny_city()[Streets])
    barred = streets(centre_barrier=np.ones(n, dtype=bool))
    # w1 lies north of 人民路, drawn eastward: on its left, so trucks must come from the east
    assert "wrong_side" in codes(tiny_plan(), barred)


def test_a_vehicle_belongs_to_one_depot() -> None:
    plan = tiny_plan()
    again = replace(plan.routes[0], id="again", depot="elsewhere")
    assert "two_depots" in codes(replace(plan, routes=(*plan.routes, again)))


def test_reasons_are_measured_anew() -> None:
    plan = without(tiny_plan(), LegKind.SERVE)
    item, kg = leg(tiny_plan(), LegKind.SERVE).item, leg(tiny_plan(), LegKind.SERVE).load_kg

    def told(binding: str, amount: float) -> set[str]:
        return codes(replace(plan, unserved=(Unserved(item, binding, p_text(), None, amount, "kg"),)))

    assert "wrong_reason" not in told("fleet_time", kg)
    assert "wrong_reason" in told("fleet_time", kg + 3)
    assert "wrong_reason" in told("no_street", kg)
    assert "wrong_reason" in told("capacity", kg)
    assert "wrong_reason" in told("no such reason", kg)
    assert "wrong_reason" in told("lock", kg)
