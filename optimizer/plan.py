"""The one vocabulary of results: map, Gantt, tables, export and comparison read only this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from operator import attrgetter
from typing import Any, TypeVar, cast

from layers.geometry import Geometry
from layers.style import Style
from layers.text import Text
from optimizer.changes import Alternative, Change, Verdict
from optimizer.kpi import Kpi

C = TypeVar("C")


def _lean(cls: type[C]) -> type[C]:
    """Make a dataclass of which plans hold thousands travel as a call with its fields: twice as fast as state by state."""
    values = attrgetter(*(f.name for f in fields(cast("Any", cls))))

    def __reduce__(self: C) -> tuple[type[C], tuple[Any, ...]]:  # noqa: N807 - it becomes the class's own
        return cls, values(self)

    cls.__reduce__ = __reduce__  # type: ignore[assignment]
    return cls


class Outcome(StrEnum):
    """How a run ended. Infeasible is an outcome with reasons, not an exception."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    STOPPED = "stopped"
    INFEASIBLE = "infeasible"


class LegKind(StrEnum):
    """What a vehicle does during a leg; the same six words colour the map and the Gantt."""

    DRIVE = "drive"
    SERVE = "serve"
    UNLOAD = "unload"
    REFILL = "refill"
    BREAK = "break"
    WAIT = "wait"


@_lean
@dataclass(frozen=True, slots=True)
class Leg:
    """Say what a vehicle does from one moment to the next.

    Parameters
    ----------
    kind
        What it does.
    start_s, end_s
        Seconds after midnight of the route's day; may pass 86,400.
    length_m
        Distance driven, metres.
    path
        Streets driven, by id, with a ``-`` in front where driven against the drawn direction.
    item
        What is served or visited: the id of a street's kerb (``street id:L``, ``:R`` or ``:B`` for both in one pass, seen
        along the drawn line; ``#2`` behind it for the second pass), a waste point, a depot, a station.
    load_kg, water_l
        Taken aboard (positive) or given off (negative) during the leg.
    """

    kind: LegKind
    start_s: float
    end_s: float
    length_m: float = 0.0
    path: tuple[str, ...] = ()
    item: str = ""
    load_kg: float = 0.0
    water_l: float = 0.0


@_lean
@dataclass(frozen=True, slots=True)
class Route:
    """Give one vehicle its work for one shift.

    Parameters
    ----------
    id
        Unique in the plan.
    vehicle
        Name of the vehicle, unique by day and shift (such as ``大型扫路车 03``).
    vehicle_type
        Key in the inventory.
    depot
        Id of the depot where it begins and ends.
    shift
        Key of the shift in the inventory.
    day
        Day of the calendar, from 0.
    legs
        In order of time, without gaps or overlaps.
    """

    id: str
    vehicle: str
    vehicle_type: str
    depot: str
    shift: str
    legs: tuple[Leg, ...]
    crew: str = ""
    day: int = 0


@dataclass(frozen=True, slots=True)
class Assignment:
    """Say who is served by whom, how much, and at which distance."""

    item: str
    server: str
    amount: float
    unit: str
    distance_m: float = 0.0
    hour: int = -1


@dataclass(frozen=True, slots=True)
class Beat:
    """Join objects under one person.

    Parameters
    ----------
    n_missing
        How many it lacks of the least that a person is to have; 0 where it lacks none.
    """

    id: str
    items: tuple[str, ...]
    label: Text = Text("", "")
    n_missing: int = 0


@_lean
@dataclass(frozen=True, slots=True)
class Unserved:
    """Name what is not served, the constraint that binds, and the smallest change that would serve it.

    Parameters
    ----------
    item
        Id as in `Leg.item`.
    binding
        Stable key of the constraint, such as ``street_width`` or ``shift_time``.
    reason
        One line for the user, with figures.
    smallest_change
        The smallest change that would serve it; None where it was not yet looked for.
    amount, unit
        How much work is left undone.
    """

    item: str
    binding: str
    reason: Text
    smallest_change: Text | None = None
    amount: float = 0.0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class PlanFault:
    """Say what is wrong with a plan, as the solver-free checker saw it."""

    code: str
    where: str
    text: Text


@dataclass(frozen=True, slots=True)
class Assumed:
    """List something that the plan rests on and that nobody gave."""

    what: Text
    n_items: int
    rule: Text


@dataclass(frozen=True, slots=True)
class ExtraLayer:
    """Carry geometry that only this planner draws.

    Parameters
    ----------
    name
        Shown in the layers panel.
    geometry
        In the city's projection.
    values
        Columns as text or numbers, each with one value a row. One that is called ``id`` names the object that a row is of.
    labels
        What people call the columns; one that has none is called by its own name. The last word of a name is its unit.
    words
        What people call the values of a column, by the value as text (a number as ``1`` or ``0.5``).
    style
        How the map draws it; None for what is read in tables and files only.
    """

    name: Text
    geometry: Geometry
    values: Mapping[str, tuple[str | float, ...]] = field(default_factory=dict)
    labels: Mapping[str, Text] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)
    style: Style | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """Hold what `solve` found, before it is checked, measured and stamped.

    Parameters
    ----------
    outcome
        How the search ended.
    objective, bound
        In the planner's own objective, smaller is better; a bound is proven or None.
    answer
        One line that answers what was asked, where figures alone do not.
    """

    outcome: Outcome
    objective: float
    bound: float | None = None
    routes: tuple[Route, ...] = ()
    changes: tuple[Change, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    beats: tuple[Beat, ...] = ()
    unserved: tuple[Unserved, ...] = ()
    assumed: tuple[Assumed, ...] = ()
    extra_layers: tuple[ExtraLayer, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    engine: str = ""
    n_iterations: int = 0
    answer: Text | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """Say how a plan came about, so that it can be made again.

    Parameters
    ----------
    layer_hashes
        Hash of each layer that the plan read; a plan is out of date when one of these differs.
    limited_by
        ``work`` (reproducible), ``time`` or ``stop``.
    """

    made_at: str = ""
    version: str = ""
    layer_hashes: Mapping[str, str] = field(default_factory=dict)
    seed: int = 1
    n_threads: int = 1
    engine: str = ""
    limited_by: str = "time"
    load_s: float = 0.0
    prepare_s: float = 0.0
    search_s: float = 0.0
    n_iterations: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """Hold a finished plan: what was found, measured, and by whom it was checked.

    Parameters
    ----------
    planner
        Key of the planner.
    name
        As the user called the scenario.
    faults
        What the solver-free checker found; a plan with faults is shown, marked, and never exported as final.
    answer
        As `Draft` has it.
    """

    planner: str
    name: str
    outcome: Outcome
    objective: float
    bound: float | None
    routes: tuple[Route, ...] = ()
    changes: tuple[Change, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    beats: tuple[Beat, ...] = ()
    unserved: tuple[Unserved, ...] = ()
    assumed: tuple[Assumed, ...] = ()
    extra_layers: tuple[ExtraLayer, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    faults: tuple[PlanFault, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)
    answer: Text | None = None

    @property
    def gap(self) -> float | None:
        """Proven gap, (objective - bound) / |objective|; None where nothing is proven or there is no plan."""
        if self.bound is None or self.outcome is Outcome.INFEASIBLE:
            return None
        return (self.objective - self.bound) / abs(self.objective) if self.objective else 0.0
