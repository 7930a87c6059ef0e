"""What a plan does to the objects of the city, why it does so there and not elsewhere, and what it might do instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from layers.text import Text


class ChangeKind(StrEnum):
    """What is done to an object of the city."""

    BUILD = "build"
    REBUILD = "rebuild"
    EXTEND = "extend"
    CLOSE = "close"
    REMOVE = "remove"
    ONE_WAY = "one_way"
    MARK_BERTHS = "mark_berths"


@dataclass(frozen=True, slots=True)
class Change:
    """Change one object of the city.

    Parameters
    ----------
    kind
        What is done.
    item
        Id of the object, or a new id where it is built.
    layer
        Kind of layer that the object belongs to.
    x_m, y_m
        Where, in the city's projection.
    """

    kind: ChangeKind
    item: str
    layer: str
    x_m: float
    y_m: float
    label: Text = Text("", "")
    year: int = 0
    cost_yuan: float = 0.0
    size: float = 0.0
    size_unit: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Say whether a candidate was chosen, or a rule kept, and why.

    Parameters
    ----------
    item
        Id of the candidate or object, name of the district, or empty for the city.
    rule
        Id of a row of `resources/standards.toml`, or a stable key such as ``cost``, ``must_not``, ``quota`` or ``land``.
    kept
        Whether the rule is kept; for a rule that weighs, such as ``cost``, whether the candidate was chosen.
    text
        One line for the user, with figures.
    clause, certainty
        Of the code, and how sure its wording is (A, B, C, M or G); empty where no code speaks.
    price, price_unit
        What forcing the candidate in, or out where it was chosen, adds to the objective at the least; None where nothing is
        proven or a rule forbids it.
    x_m, y_m
        Where, in the city's projection; None where it has no place.
    """

    item: str
    rule: str
    kept: bool
    text: Text
    clause: str = ""
    certainty: str = ""
    price: float | None = None
    price_unit: str = ""
    x_m: float | None = None
    y_m: float | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """Hold other changes that are nearly as good as a plan's, and differ from them.

    Parameters
    ----------
    label
        How it differs, in one line.
    objective
        In the planner's own objective, smaller is better.
    changes
        All that it would do.
    n_different
        Objects that only one of the two changes.
    """

    label: Text
    objective: float
    changes: tuple[Change, ...]
    n_different: int
