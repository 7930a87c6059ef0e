"""What the window shows of a plan's sites, worked out off its thread; no Qt in it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from desktop.drawn_layers import DrawnLayers, drawn_layers
from layers.city import City
from layers.geometry import Shape
from layers.kinds.facilities import CandidateSites
from layers.kinds.parking import Lots
from layers.layer import Layer
from layers.text import Text
from optimizer.changes import Change, ChangeKind
from optimizer.check import object_of
from optimizer.names import find
from optimizer.plan import Assignment, ExtraLayer, Plan
from optimizer.site_rows import (
    ChangeRow,
    LoadRow,
    Places,
    VerdictRow,
    change_rows,
    district_row,
    load_rows,
    verdict_rows,
)

# Land, on which nothing stands yet.
LAND = (CandidateSites, Lots)
# What the keys of overlays of sites begin with.
SITES = "plan:sites"
# The column of a plan's own layer that names the object of a row, and the units that names of columns end in.
_ID = "id"
_UNITS = {"m", "m2", "km", "s", "h", "kg", "t", "yuan", "people"}
_THIS_PLAN = Text("本方案", "this plan")


@dataclass(frozen=True, slots=True)
class AlternativeRow:
    """Hold the plan itself (number 0), or one that is nearly as good.

    Parameters
    ----------
    more_share
        By which its objective is larger than the plan's.
    """

    number: int
    label: Text
    objective: float
    more_share: float
    n_different: int
    changes: tuple[Change, ...]
    rows: tuple[ChangeRow, ...]

    @property
    def item(self) -> str:
        """Its number as text."""
        return str(self.number)

    @property
    def n_changes(self) -> int:
        """How many objects it changes."""
        return len(self.changes)

    @property
    def cost_yuan(self) -> float:
        """What all its changes cost."""
        return sum(c.cost_yuan for c in self.changes)


@dataclass(frozen=True, slots=True)
class Fact:
    """Hold one value that a plan's own layer tells of an object; a number in `unit`, a word where the layer has one."""

    label: Text
    value: str | float | Text
    unit: str


@dataclass(frozen=True)
class SiteDigest:
    """Hold what is known of the sites of one plan.

    Parameters
    ----------
    places
        Where the plan's items are.
    verdicts
        What is broken first.
    alternatives
        The plan itself first; empty where the plan changes nothing.
    kept
        Facilities that the planner chooses among and that stay as they are.
    candidates
        Land that the plan speaks of.
    facts
        What the plan's own layers tell of an object, by its id.
    drawn
        These layers on the map.
    served_of, servers_of
        Who is served by a facility, by its id, and by whom an object is served, by its.
    """

    places: Places = field(default_factory=lambda: Places(City("", 0)))
    verdicts: tuple[VerdictRow, ...] = ()
    loads: tuple[LoadRow, ...] = ()
    alternatives: tuple[AlternativeRow, ...] = ()
    kept: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    facts: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    drawn: DrawnLayers = field(default_factory=DrawnLayers)
    served_of: Mapping[str, tuple[Assignment, ...]] = field(default_factory=dict)
    servers_of: Mapping[str, tuple[Assignment, ...]] = field(default_factory=dict)

    @property
    def speaks(self) -> bool:
        """Whether the plan says anything of sites."""
        return bool(self.alternatives or self.verdicts or self.loads)

    def verdicts_of(self, item: str) -> tuple[VerdictRow, ...]:
        """Return what is said of one item."""
        return tuple(row for row in self.verdicts if row.item == item)

    def load_of(self, item: str) -> tuple[LoadRow, ...]:
        """Return what comes to one facility."""
        return tuple(row for row in self.loads if row.item == item)

    def knows(self, item: str) -> bool:
        """Return whether the plan puts something at an item."""
        return any(row.item == item for other in self.alternatives for row in other.rows) or bool(self.verdicts_of(item))


def site_digest(plan: Plan, city: City, sites: tuple[type[Layer], ...]) -> SiteDigest:
    """Return what is shown of a plan's sites.

    Parameters
    ----------
    sites
        Layers that its planner chooses among.
    """
    if not (plan.changes or plan.verdicts or plan.assignments):
        return SiteDigest()
    others = [change for other in plan.alternatives for change in other.changes]
    places = Places(city, tuple({c.item: c for c in (*others, *plan.changes)}.values()))
    for one in plan.assignments:  # looked up here, off the window's thread
        places.all_at((one.item, one.server))
    verdicts = sorted(verdict_rows(plan.verdicts, places), key=lambda row: row.verdict.kept)
    changed = {c.item for c in plan.changes}
    return SiteDigest(
        places,
        tuple(verdicts),
        load_rows(plan, places),
        _alternatives(plan, places),
        tuple(k for k in _facilities(city, sites) if k not in changed),
        _candidates(city, sites, verdicts),
        _facts(plan.extra_layers),
        drawn_layers(plan.extra_layers, SITES),
        _by(plan.assignments, lambda a: a.server),
        _by(plan.assignments, lambda a: object_of(a.item)),
    )


def _alternatives(plan: Plan, places: Places) -> tuple[AlternativeRow, ...]:
    if not plan.changes and not plan.alternatives:
        return ()
    size = abs(plan.objective) or math.nan
    own = AlternativeRow(0, _THIS_PLAN, plan.objective, 0.0, 0, plan.changes, change_rows(plan.changes, places))
    rest = (
        AlternativeRow(
            n, other.label, other.objective, (other.objective - plan.objective) / size, other.n_different, other.changes,
            change_rows(other.changes, places),
        )
        for n, other in enumerate(plan.alternatives, start=1)
    )  # fmt: skip
    return (own, *rest)


def _facilities(city: City, sites: tuple[type[Layer], ...]) -> Iterable[str]:
    for kind in sites:
        if kind not in LAND and kind.SHAPE is not Shape.LINE:  # streets that stay as they are need no sign
            yield from city[kind].ids.tolist()


def _candidates(city: City, sites: tuple[type[Layer], ...], verdicts: Iterable[VerdictRow]) -> tuple[str, ...]:
    """Return the bureau's own candidates where the planner chooses among them, and all else that a verdict gives a place."""
    own = city[CandidateSites].ids.tolist() if CandidateSites in sites else []
    facilities = set(_facilities(city, sites))
    spoken = [v.item for v in verdicts if math.isfinite(v.x_m) and v.item not in facilities]
    return tuple(dict.fromkeys((*own, *(item for item in spoken if district_row(city, item) < 0))))


def _facts(layers: Iterable[ExtraLayer]) -> dict[str, tuple[Fact, ...]]:
    found: dict[str, list[Fact]] = {}
    for layer in layers:
        if any(object_of(str(item)) != item for item in layer.values.get(_ID, ())[:1]):
            continue  # parts of objects, such as single berths, tell nothing of the whole
        for row, item in enumerate(layer.values.get(_ID, ())):
            own = found.setdefault(str(item), [])
            for name, values in layer.values.items():
                if name != _ID and _tells(values[row]):
                    own.append(_fact(layer, name, values[row]))
    return {item: tuple(facts) for item, facts in found.items()}


def _tells(value: str | float) -> bool:
    return bool(value) if isinstance(value, str) else math.isfinite(value)


def _fact(layer: ExtraLayer, name: str, value: str | float) -> Fact:
    stem, _, last = name.rpartition("_")
    unit = last if stem and last in _UNITS else ""
    own = (stem if unit else name).replace("_", " ")
    word = layer.words.get(name, {}).get(value if isinstance(value, str) else f"{value:g}")
    return Fact(layer.labels.get(name, Text(own, own)), value if word is None else word, unit)


def _by(assignments: Iterable[Assignment], key: object) -> dict[str, tuple[Assignment, ...]]:
    assert callable(key)
    found: dict[str, list[Assignment]] = {}
    for one in assignments:
        found.setdefault(key(one), []).append(one)
    return {item: tuple(rows) for item, rows in found.items()}


def is_land(city: City, item: str) -> bool:
    """Return whether an item is land on which nothing stands yet."""
    found = find(city, item)
    return found is not None and found[0] in {kind.KIND for kind in LAND}


def ends_open(kind: ChangeKind) -> bool:
    """Return whether something stands there after a change."""
    return kind not in {ChangeKind.CLOSE, ChangeKind.REMOVE}
