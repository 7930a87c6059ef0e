"""What a plan reaches of the numbers that are asked for, from its changes alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from optimizer.changes import Change, ChangeKind
from optimizer.planners.parking.reading.asked import Asked, asked_of, most_berths, n_done
from optimizer.planners.parking.reading.ground import Ground
from optimizer.planners.parking.reading.places import places_of


@dataclass(frozen=True, slots=True)
class Number:
    """Hold what is asked, and what is done of it."""

    asked: Asked
    n_done: int


def numbers_of(ground: Ground, changes: Iterable[Change]) -> tuple[Number, ...]:
    """Return the numbers that are asked for with what a plan does."""
    places = places_of(ground)
    new = berths_by_place(changes)
    berths = np.array([new[item] for item in places.items], dtype=np.int64)
    return tuple(Number(a, n_done(a, berths, places)) for a in asked_of(ground, places, most_berths(ground, places)))


def berths_by_place(changes: Iterable[Change]) -> Counter[str]:
    """Return new berths by street or lot."""
    found = Counter[str]()
    for change in changes:
        if change.kind in (ChangeKind.MARK_BERTHS, ChangeKind.BUILD):
            found[place_of_change(change)] += round(change.size)
    return found


def place_of_change(change: Change) -> str:
    """Return the street or lot of a change."""
    return change.item.rpartition(":")[0] if change.kind is ChangeKind.MARK_BERTHS else change.item
