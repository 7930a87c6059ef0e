"""Read public instances of vehicle routing, written apart from the product's reader: nothing here comes from it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

FEET_A_MILE = 5280


@dataclass(frozen=True)
class Place:
    """A stop, a depot or a landfill."""

    x: Fraction
    y: Fraction
    load: Fraction
    earliest: Fraction
    latest: Fraction
    service: Fraction
    release: Fraction = Fraction(0)


@dataclass
class StopSheet:
    """What a file says; times in its own unit, in seconds for waste-vrptw."""

    family: str
    depot: Place
    stops: dict[str, Place]
    capacity: Fraction
    landfills: dict[str, Place] = field(default_factory=dict)
    n_vehicles: int | None = None
    load_a_day: Fraction | None = None
    stops_a_day: int | None = None
    lunch: Fraction = Fraction(0)
    speed_mph: Fraction = Fraction(1)

    def length(self, a: Place, b: Place) -> Fraction:
        """Return how far it is: miles on a grid for waste-vrptw, else a straight line cut off behind the first decimal."""
        if self.family == "waste-vrptw":
            return (abs(a.x - b.x) + abs(a.y - b.y)) / FEET_A_MILE
        squared = (a.x - b.x) ** 2 + (a.y - b.y) ** 2
        return Fraction(math.isqrt(math.floor(100 * squared)), 10)

    def time(self, a: Place, b: Place) -> Fraction:
        """Return how long the way takes."""
        miles = self.length(a, b)
        return miles * 3600 / self.speed_mph if self.family == "waste-vrptw" else miles


def read_stops(path: Path) -> StopSheet:
    """Read a file of the families vrptw, multitrip-vrptw and waste-vrptw."""
    text = path.read_text(encoding="latin-1")
    if "NODE_COORD_SECTION" in text:
        return _sections(text)
    return _waste(text) if "Stop_ID" in text else _table(text)


def _table(text: str) -> StopSheet:
    head, rows = re.split(r"CUST NO\..*\n", text)
    number, capacity = head.split("CAPACITY")[1].split()[:2]
    places = {}
    for row in rows.splitlines():
        if row.strip():
            key, *figures = row.split()
            places[key] = Place(*(Fraction(x) for x in figures))
    depot = places.pop("0")
    return StopSheet("vrptw", depot, places, Fraction(capacity), n_vehicles=int(number))


def _sections(text: str) -> StopSheet:
    header = dict(re.findall(r"^(\w+)\s*:\s*(.*?)\s*$", text, re.M))
    section: dict[str, dict[str, list[Fraction]]] = {}
    for name, body in re.findall(r"^(\w+_SECTION)\s*\n((?:[-\d].*\n?)*)", text, re.M):
        rows = [line.split() for line in body.splitlines()]
        section[name] = {row[0]: [Fraction(x) for x in row[1:]] for row in rows}
    places = {}
    for key, (x, y) in section["NODE_COORD_SECTION"].items():
        earliest, latest = section["TIME_WINDOW_SECTION"][key]
        (load,), (release,) = section["DEMAND_SECTION"][key], section["RELEASE_TIME_SECTION"][key]
        places[key] = Place(x, y, load, earliest, latest, Fraction(header["SERVICE_TIME"]), release)
    depot = places.pop("1")
    return StopSheet("multitrip-vrptw", depot, places, Fraction(header["CAPACITY"]), n_vehicles=int(header["VEHICLES"]))


def _waste(text: str) -> StopSheet:
    head, table = re.split(r"Stop_ID.*\n", text)
    capacity, a_day, n_stops, lunch, speed = (Fraction(line.split()[0]) for line in head.splitlines())
    kinds: dict[str, dict[str, Place]] = {"0": {}, "1": {}, "2": {}}
    for row in table.splitlines():
        if row.strip():
            key, x, y, earliest, latest, service, load, kind = row.split()
            opens, closes = (Fraction(3600 * (int(t) // 100) + 60 * (int(t) % 100)) for t in (earliest, latest))
            kinds[kind][key] = Place(Fraction(x), Fraction(y), Fraction(load), opens, closes, Fraction(service))
    (depot,) = kinds["0"].values()
    return StopSheet(
        "waste-vrptw", depot, kinds["1"], capacity, kinds["2"], None, a_day, int(n_stops), lunch, speed_mph=speed
    )
