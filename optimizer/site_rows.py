"""What a plan does to places, as people read it: changes, verdicts and loads with names, districts and coordinates.

Terminal, window, exports and project file read the same rows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from layers.city import City
from layers.districts import districts_at, names_of
from layers.kinds.facilities import Plants, TransferStations
from layers.kinds.places import Districts
from layers.layer import F64
from layers.text import Text
from layers.units import TONNE_KG
from optimizer.changes import Change, ChangeKind, Verdict
from optimizer.check import object_of
from optimizer.names import find, item_name, place_of
from optimizer.plan import Assignment, Plan
from optimizer.scopes import CITY_NAME
from resources.standards import load_standards

KINDS = {
    ChangeKind.BUILD: Text("新建", "build"),
    ChangeKind.REBUILD: Text("改建", "rebuild"),
    ChangeKind.EXTEND: Text("扩建", "extend"),
    ChangeKind.CLOSE: Text("关闭", "close"),
    ChangeKind.REMOVE: Text("拆除", "remove"),
    ChangeKind.ONE_WAY: Text("改单行", "make one-way"),
    ChangeKind.MARK_BERTHS: Text("划泊位", "mark berths"),
}
QUOTA = "quota"
# Rules that tell whether a district, or the city, has the numbers that are wanted.
QUOTAS = frozenset({QUOTA, "density_least", "density_most", "new_least", "upgraded_least", "works_least"})
# Stable keys of rules that no code has; any other rule is a row of `resources/standards.toml`.
_RULES = {
    "access": Text("进出道路", "access street"),
    "area": Text("面积", "area"),
    "barrier": Text("无障碍", "barrier-free"),
    "barrier_free": Text("无障碍", "barrier-free"),
    "budget": Text("预算", "budget"),
    "capacity": Text("能力", "capacity"),
    "cost": Text("费用", "cost"),
    "density": Text("密度", "density"),
    "density_least": Text("密度下限", "least density"),
    "density_most": Text("密度上限", "most density"),
    "dry": Text("旱厕改造", "dry toilets"),
    "duplicate": Text("重复", "duplicate"),
    "exchange": Text("调换", "exchange"),
    "food_waste_capacity": Text("厨余处理能力", "food-waste capacity"),
    "year": Text("年份", "year"),
    "plant_capacity": Text("处理厂能力", "plant capacity"),
    "keep": Text("锁定：保持", "locked: keep"),
    "land": Text("用地", "land"),
    "must": Text("锁定：必选", "locked: must"),
    "must_not": Text("锁定：不选", "locked: must not"),
    "new_least": Text("新建数量", "new ones wanted"),
    QUOTA: Text("数量", "number wanted"),
    "spacing": Text("间距", "spacing"),
    "too_near": Text("间距", "spacing"),
    "unreachable": Text("道路不通", "out of reach"),
    "upgraded_least": Text("改扩建数量", "upgrades wanted"),
    "wait": Text("等候", "wait"),
    "works_least": Text("建设数量", "works wanted"),
    "zero_area": Text("面积", "area"),
}
# What may be the id of an object in a sentence: letters with a number; bare numbers are figures.
_ID = re.compile(r"(?<![\w.])[A-Za-z]+[-_]?\d[\w-]*", re.ASCII)
_NOWHERE = (math.nan, math.nan)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Hold one change with what people call the object, and the district that it lies in."""

    change: Change
    name: Text
    district: str

    @property
    def item(self) -> str:
        """Id of the object."""
        return self.change.item


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """Hold one verdict with what people call its item, the district, and where that is, metres; NaN where nowhere.

    Parameters
    ----------
    text
        The verdict's own, with objects called as people call them.
    """

    verdict: Verdict
    name: Text
    text: Text
    district: str
    x_m: float
    y_m: float

    @property
    def item(self) -> str:
        """Id of the object, or name of the district; empty for the city."""
        return self.verdict.item

    @property
    def price(self) -> float:
        """What forcing it adds to the objective; NaN where that is not known."""
        return math.nan if self.verdict.price is None else self.verdict.price


@dataclass(frozen=True, slots=True)
class LoadRow:
    """Sum up whom one server serves.

    Parameters
    ----------
    item
        Id of the server.
    amount, unit
        All that comes to it, of all hours; weights in tonnes.
    n_items
        Objects that it serves, streams and hours aside.
    mean_m, most_m
        Way to it, weighted by amount, and the longest.
    capacity
        In `unit`, after the plan's changes; NaN where it is not known.
    peak_hour, peak_amount
        The hour that brings most; -1 and NaN where the plan does not tell hours.
    """

    item: str
    name: Text
    district: str
    amount: float
    unit: str
    n_items: int
    mean_m: float
    most_m: float
    capacity: float
    peak_hour: int
    peak_amount: float


@dataclass(frozen=True, eq=False)
class Places:
    """Tell where the items of a plan are, and what they are called; looks each up once.

    Parameters
    ----------
    changes
        Of the plan: what is built is in no layer yet.
    """

    city: City
    changes: Sequence[Change] = ()
    _at: dict[str, tuple[float, float]] = field(default_factory=dict)
    _names: dict[str, Text] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._at.update((c.item, (c.x_m, c.y_m)) for c in self.changes)

    def at(self, item: str) -> tuple[float, float]:
        """Return where an item is, metres: the middle of what is no point; NaN where it has no place."""
        if item not in self._at:
            self._at[item] = self._looked_up(item)
        return self._at[item]

    def _looked_up(self, item: str) -> tuple[float, float]:
        if (place := place_of(item)) is not None:
            return place
        if (row := district_row(self.city, item)) >= 0:
            return self._middle(Districts.KIND, row)
        found = find(self.city, item) if item else None
        return self._middle(*found) if found is not None else self._at.get(object_of(item), _NOWHERE)

    def _middle(self, kind: str, row: int) -> tuple[float, float]:
        west, south, east, north = self.city.layers[kind].geometry.bounds[row].tolist()
        return (west + east) / 2, (south + north) / 2

    def all_at(self, items: Iterable[str]) -> F64:
        """Return where items are, metres, shape (n, 2)."""
        return np.array([self.at(item) for item in items], dtype=np.float64).reshape(-1, 2)

    def name(self, item: str) -> Text:
        """Return what a person calls an item."""
        return item_name(self.city, item) if item else CITY_NAME

    def named(self, text: Text) -> Text:
        """Return a text in which objects of the city are called as people call them, and not by their ids."""
        return Text(_ID.sub(lambda m: self._called(m[0]).zh, text.zh), _ID.sub(lambda m: self._called(m[0]).en, text.en))

    def _called(self, word: str) -> Text:
        if word not in self._names:
            self._names[word] = item_name(self.city, word)
        return self._names[word]

    def districts(self, items: Sequence[str]) -> list[str]:
        """Return the name of the district of each item: as its layer tells it, else the one that holds its place."""
        told = [self._told(item) for item in items]
        rest = [i for i, name in enumerate(told) if not name]
        at = districts_at(self.city[Districts], self.all_at(items[i] for i in rest))
        for i, name in zip(rest, at.tolist(), strict=True):
            told[i] = name
        return told

    def _told(self, item: str) -> str:
        if (row := district_row(self.city, item)) >= 0:
            return str(names_of(self.city[Districts])[row])
        found = find(self.city, item) if item else None
        column = getattr(self.city.layers[found[0]], "district", None) if found is not None else None
        return str(column[found[1]]) if found is not None and column is not None else ""


def district_row(city: City, name: str) -> int:
    """Return the row of the district that other layers call so, -1 where there is none."""
    if not name:
        return -1
    rows = np.flatnonzero(names_of(city[Districts]) == name)
    return int(rows[0]) if len(rows) else -1


def rule_name(rule: str) -> Text:
    """Return what a person calls a verdict's rule: the code's own words, or those of a key without code; else the key."""
    if rule in _RULES:
        return _RULES[rule]
    return next((s.label for s in load_standards() if s.id == rule), Text(rule, rule))


def change_rows(changes: Sequence[Change], places: Places) -> tuple[ChangeRow, ...]:
    """Return changes with names and districts; what is built on no object of the city goes by its label."""
    districts = places.districts([c.item for c in changes])
    return tuple(ChangeRow(c, _name(c, places), d) for c, d in zip(changes, districts, strict=True))


def _name(change: Change, places: Places) -> Text:
    known = find(places.city, change.item) is not None
    return places.name(change.item) if known or not change.label.en else change.label


def verdict_rows(verdicts: Sequence[Verdict], places: Places) -> tuple[VerdictRow, ...]:
    """Return verdicts with names, districts and places: their own, else those of their items."""
    districts = places.districts([v.item for v in verdicts])
    built = {c.item: _name(c, places) for c in places.changes}
    rows = []
    for verdict, district in zip(verdicts, districts, strict=True):
        has_own = verdict.x_m is not None and verdict.y_m is not None
        x_m, y_m = (verdict.x_m or 0.0, verdict.y_m or 0.0) if has_own else places.at(verdict.item)
        name = built.get(verdict.item) or places.name(verdict.item)
        rows.append(VerdictRow(verdict, name, places.named(verdict.text), district, x_m, y_m))
    return tuple(rows)


def load_rows(plan: Plan, places: Places) -> tuple[LoadRow, ...]:
    """Return what comes to each server, by unit, the largest load first."""
    groups: dict[tuple[str, str], list[Assignment]] = {}
    for one in plan.assignments:
        groups.setdefault((one.server, weighed(0.0, one.unit)[1]), []).append(one)
    changes = {c.item: c for c in plan.changes}
    districts = places.districts([server for server, _ in groups])
    rows = []
    for ((server, unit), group), district in zip(groups.items(), districts, strict=True):
        change = changes.get(server)
        name = places.name(server) if change is None else _name(change, places)
        rows.append(_load_row(server, unit, group, (name, district, _capacity(places.city, change, server))))
    return tuple(sorted(rows, key=lambda row: (row.unit, -row.amount, row.item)))


def _load_row(server: str, unit: str, group: Sequence[Assignment], told: tuple[Text, str, tuple[float, str]]) -> LoadRow:
    name, district, (capacity, of_unit) = told
    amounts = np.array([weighed(a.amount, a.unit)[0] for a in group])
    ways_m = np.array([a.distance_m for a in group])
    hours: dict[int, float] = {}
    for one, amount in zip(group, amounts.tolist(), strict=True):
        hours[one.hour] = hours.get(one.hour, 0.0) + amount
    hours.pop(-1, None)
    peak = max(hours, key=lambda hour: hours[hour]) if hours else -1
    total = float(amounts.sum())
    return LoadRow(
        server, name, district, total, unit,
        n_items=len({object_of(a.item) for a in group}),
        mean_m=float((amounts * ways_m).sum() / total) if total > 0 else float(ways_m.mean()),
        most_m=float(ways_m.max()),
        capacity=capacity if of_unit == unit else math.nan,
        peak_hour=peak,
        peak_amount=hours[peak] if hours else math.nan,
    )  # fmt: skip


def weighed(amount: float, unit: str) -> tuple[float, str]:
    """Return an amount and its unit, weights in tonnes; ``kg/d`` and ``t/day`` both become ``t/d``."""
    unit = unit.replace("/day", "/d")
    return (amount / TONNE_KG, f"t{unit[2:]}") if unit.partition("/")[0] == "kg" else (amount, unit)


def _capacity(city: City, change: Change | None, server: str) -> tuple[float, str]:
    """Return how much a server can take after the plan's change to it, with the unit; NaN where nobody says."""
    if change is not None and change.size > 0:
        return weighed(change.size, change.size_unit)
    if change is not None and change.kind is ChangeKind.CLOSE:
        return math.nan, ""
    for layer in (city[TransferStations], city[Plants]):
        if (row := layer.row_of.get(server)) is not None:
            return float(layer.capacity_t_day[row]), "t/d"
    return math.nan, ""
