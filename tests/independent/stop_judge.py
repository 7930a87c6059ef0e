"""Judge a solution of a vehicle-routing instance from the instance file and the solution alone.

Nothing here comes from the product. Figures are exact fractions. A vehicle leaves as early as it can and is nowhere later
than need be, which no other way of driving the same route can better: nothing limits how long it is under way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.independent.stop_files import Place, StopSheet, read_stops

# Lunch begins between these.
LUNCH_FROM, LUNCH_TO = Fraction(11 * 3600), Fraction(12 * 3600)
# What an objective in miles may be off by: it is printed with four decimals.
ROUNDED = Fraction(1, 10_000)

Clock = Fraction | None


@dataclass
class StopJudge:
    """Recomputes what a solution costs and what is wrong with it."""

    sheet: StopSheet
    unserved: set[str]
    wrong: list[str] = field(default_factory=list)

    def serve(self, name: str, stop: Any) -> Place | None:
        """Return a stop that is served; None, said, where it is none or was served before."""
        key = str(stop)
        if key not in self.sheet.stops:
            self.wrong.append(f"{name}: {key} is no stop")
            return None
        if key not in self.unserved:
            self.wrong.append(f"{name}: {key} is served twice")
            return None
        self.unserved.discard(key)
        return self.sheet.stops[key]

    def check_late(self, name: str, key: str, clock: Fraction, place: Place) -> Fraction:
        """Return when service begins; later than may be is noted."""
        if clock > place.latest:
            self.wrong.append(f"{name}: {key} is reached at {float(clock)}, at most {float(place.latest)}")
        return max(clock, place.earliest)

    def trip(self, name: str, stops: list[Any], clock: Fraction) -> tuple[Fraction, Fraction]:
        """Return length and return of a trip that begins at the depot no earlier than `clock`."""
        depot = self.sheet.depot
        found = [(str(stop), self.serve(name, stop)) for stop in stops]
        served = [(key, place) for key, place in found if place is not None]
        load = sum((place.load for _, place in served), Fraction(0))
        if load > self.sheet.capacity:
            self.wrong.append(f"{name}: load {load} exceeds the capacity {self.sheet.capacity}")
        clock = max([clock, *(place.release for _, place in served)])
        here, length = depot, Fraction(0)
        for key, place in served:
            length += self.sheet.length(here, place)
            clock = self.check_late(name, key, clock + self.sheet.time(here, place), place) + place.service
            here = place
        clock += self.sheet.time(here, depot)
        if clock > depot.latest:
            self.wrong.append(f"{name}: back at {float(clock)}, at most {float(depot.latest)}")
        return length + self.sheet.length(here, depot), clock

    def trips(self, name: str, trips: list[list[Any]]) -> Fraction:
        """Return the length of a route of several trips."""
        clock, total = self.sheet.depot.earliest, Fraction(0)
        for stops in trips:
            length, clock = self.trip(name, stops, clock)
            total += length
        return total

    def collection(self, name: str, steps: list[Any]) -> Fraction:
        """Return the length of a route past stops and landfills; lunch is taken where the vehicle stands."""
        sheet, here, total = self.sheet, self.sheet.depot, Fraction(0)
        load, taken, n_stops = Fraction(0), Fraction(0), 0
        # When it is ready without lunch and with it; None where it cannot be.
        before: Clock = sheet.depot.earliest
        after: Clock = None
        for step in steps:
            landfill = sheet.landfills.get(str(step))
            place = landfill or self.serve(name, step)
            if place is None:
                continue
            drive = sheet.time(here, place)
            before, after = self._arrive(before, after, drive)
            before, after = self._in_window(before, place), self._in_window(after, place)
            if before is None and after is None:
                self.wrong.append(f"{name}: {step} cannot be reached in time, with lunch or before it")
                return total
            load = Fraction(0) if landfill else load + place.load
            taken, n_stops = (taken, n_stops) if landfill else (taken + place.load, n_stops + 1)
            if load > sheet.capacity:
                self.wrong.append(f"{name}: load {load} exceeds the capacity {sheet.capacity}")
            total += sheet.length(here, place)
            here = place
        self._check_day(name, load, taken, n_stops)
        before, after = self._arrive(before, after, sheet.time(here, sheet.depot))
        # Back before lunch must have begun, it may be taken after the work.
        early = before if before is not None and before <= LUNCH_TO else None
        if not [clock for clock in (after, early) if clock is not None and clock <= sheet.depot.latest]:
            self.wrong.append(f"{name}: not back in time with lunch begun between 11:00 and 12:00")
        return total + sheet.length(here, sheet.depot)

    def _arrive(self, before: Clock, after: Clock, drive: Fraction) -> tuple[Clock, Clock]:
        """Return the earliest arrivals without lunch and with it: taken earlier, before the drive, or behind it."""
        found = [] if after is None else [after + drive]
        if before is not None:
            starts = [(max(before, LUNCH_FROM), drive), (max(before + drive, LUNCH_FROM), Fraction(0))]
            found += [begin + self.sheet.lunch + rest for begin, rest in starts if begin <= LUNCH_TO]
        return (None if before is None else before + drive), min(found, default=None)

    def _in_window(self, clock: Clock, place: Place) -> Clock:
        """Return when a vehicle that arrives then is ready to go on; None where it is too late."""
        return None if clock is None or clock > place.latest else max(clock, place.earliest) + place.service

    def _check_day(self, name: str, load: Fraction, taken: Fraction, n_stops: int) -> None:
        if load:
            self.wrong.append(f"{name}: ends loaded")
        if self.sheet.load_a_day is not None and taken > self.sheet.load_a_day:
            self.wrong.append(f"{name}: takes {taken} in all, at most {self.sheet.load_a_day}")
        if self.sheet.stops_a_day is not None and n_stops > self.sheet.stops_a_day:
            self.wrong.append(f"{name}: {n_stops} stops, at most {self.sheet.stops_a_day}")


def stop_faults(path: Path, document: dict[str, Any]) -> list[str]:
    """Return what is wrong with a document of ``solve --json``; nothing, when it may be believed."""
    sheet = read_stops(path)
    judge = StopJudge(sheet, set(sheet.stops))
    routes = document["solution"]["routes"]
    total = Fraction(0)
    for number, route in enumerate(routes):
        name = f"route {number}"
        if sheet.family == "waste-vrptw":
            total += judge.collection(name, route)
        else:
            total += judge.trips(name, route if sheet.family == "multitrip-vrptw" else [route])
    judge.wrong += [f"{key} is not served" for key in sorted(judge.unserved)]
    if sheet.n_vehicles is not None and len(routes) > sheet.n_vehicles:
        judge.wrong.append(f"{len(routes)} routes, there are {sheet.n_vehicles} vehicles")
    if document["family"] != sheet.family:
        judge.wrong.append(f"family {document['family']}, it is {sheet.family}")
    if not judge.wrong:
        judge.wrong += _claims(sheet, document, 10 * total if sheet.family == "multitrip-vrptw" else total)
    return judge.wrong


def _claims(sheet: StopSheet, document: dict[str, Any], total: Fraction) -> list[str]:
    off = ROUNDED if sheet.family == "waste-vrptw" else Fraction(0)
    wrong = []
    objective, bound = (None if document[key] is None else Fraction(str(document[key])) for key in ("objective", "bound"))
    if objective is not None and abs(objective - total) > off:
        wrong.append(f"objective is said to be {document['objective']}, the solution costs {float(total)}")
    if bound is not None and bound > total:
        wrong.append(f"bound is said to be {document['bound']}, the solution costs {float(total)}")
    return wrong
