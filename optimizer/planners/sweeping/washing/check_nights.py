"""Check nights: that each is one to work on, and that nobody and nothing is out twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from layers.text import Text
from optimizer.plan import PlanFault, Route
from optimizer.planners.sweeping.checking.rules import Rules
from optimizer.planners.sweeping.day.fleet import LEAST_WET_C
from optimizer.planners.sweeping.washing import work
from optimizer.planners.sweeping.washing.work import KIND_OF_JOB, PAVEMENT


def night_faults(rules: Rules, routes: Sequence[Route]) -> list[PlanFault]:
    """Return all that is wrong with nights."""
    found: list[PlanFault] = []
    for check in (asked_for, vehicles_once, fleet_used, crews):
        found += check(rules, routes)
    return found


def asked_for(rules: Rules, routes: Sequence[Route]) -> Iterator[PlanFault]:
    """Check that routes are in the shift and on nights of the calendar, none of them too cold."""
    params, warm = rules.params, frozenset(work.open_nights(rules.params))
    for route in routes:
        if route.shift != params.washing_shift:
            en = f"shift {route.shift!r}, washing is in {params.washing_shift!r}"
            yield _fault("outside_shift", route, f"班次“{route.shift}”，应为“{params.washing_shift}”", en)
        if not 0 <= route.day < params.horizon_days:
            en = f"night {route.day}, the calendar has 0 … {params.horizon_days - 1}"
            yield _fault("outside_calendar", route, f"第 {route.day} 夜，日历为 0 … {params.horizon_days - 1}", en)
        elif route.day not in warm:
            en = f"night {route.day} is below {LEAST_WET_C:.0f} °C"
            yield _fault("too_cold", route, f"第 {route.day} 夜低于 {LEAST_WET_C:.0f} °C", en)


def vehicles_once(rules: Rules, routes: Sequence[Route]) -> Iterator[PlanFault]:
    """Check that each vehicle goes out once a night, and always from one depot."""
    out: set[tuple[int, str, str]] = set()
    home: dict[tuple[str, str], str] = {}
    for route in routes:
        night = (route.day, route.vehicle_type, route.vehicle)
        if night in out:
            en = f"{route.vehicle} goes out twice in night {route.day}"
            yield _fault("vehicle_twice_a_night", route, f"{route.vehicle} 在第 {route.day} 夜出车两次", en)
        out.add(night)
        depot = home.setdefault(night[1:], route.depot)
        if depot != route.depot:
            en = f"{route.vehicle} stands at {depot}, it leaves from {route.depot}"
            yield _fault("vehicle_twice_a_night", route, f"{route.vehicle} 停于 {depot}，却从 {route.depot} 出车", en)


def fleet_used(rules: Rules, routes: Sequence[Route]) -> Iterator[PlanFault]:
    """Check that there are enough vehicles of each type."""
    used = Counter(key for key, _ in {(r.vehicle_type, r.vehicle) for r in routes})
    for key, n in used.items():
        vehicle = rules.vehicles.get(key)
        if vehicle is not None and n > (there := rules.inventory.n_in_service(vehicle)):
            zh, en = f"{vehicle.label.zh} 用 {n} 辆，可出勤 {there} 辆", f"{n} {vehicle.label.en} used, {there} in service"
            yield PlanFault("fleet_exceeded", key, Text(zh, en))


def crews(rules: Rules, routes: Sequence[Route]) -> Iterator[PlanFault]:
    """Check that each pavement turnout has a crew of its own, and that there are no more of them than crews."""
    kind = {key: v.kind for key, v in rules.vehicles.items()}
    crewed = [r for r in routes if kind.get(r.vehicle_type) is KIND_OF_JOB[PAVEMENT]]
    out: set[tuple[int, str]] = set()
    for route in crewed:
        if not route.crew:
            yield _fault("no_crew", route, "没有班组", "it has no crew")
        elif (route.day, route.crew) in out:
            en = f"{route.crew} is out twice in night {route.day}"
            yield _fault("crew_twice_a_night", route, f"{route.crew} 在第 {route.day} 夜出车两次", en)
        out.add((route.day, route.crew))
    most = rules.params.n_turnouts_night
    for night, n in Counter(r.day for r in crewed).items():
        if most and n > most:
            text = Text(f"第 {night} 夜 {n} 个班组，上限 {most}", f"night {night} has {n} pavement turnouts, at most {most}")
            yield PlanFault("too_many_crews", f"night {night}", text)


def _fault(code: str, route: Route, zh: str, en: str) -> PlanFault:
    return PlanFault(code, route.id, Text(f"路线 {route.id}：{zh}", f"route {route.id}: {en}"))
