"""What a plan reaches of the numbers that are asked for, from its changes alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from layers.layer import Rows
from optimizer.changes import Change
from optimizer.engines.circulation import can_be_closed
from optimizer.planners.parking.measuring.goal import berths_by_place
from optimizer.planners.parking.reading.ground import Ground
from optimizer.planners.parking.reading.places import Places, places_of
from optimizer.planners.parking.search.asked import Asked, asked_of


@dataclass(frozen=True, slots=True)
class Number:
    """Hold what is asked, and what is done of it."""

    asked: Asked
    n_done: int


def most_berths(ground: Ground, places: Places) -> Rows:
    """Return the most new berths that each place could have, shape (n_places,)."""
    can = np.append(can_be_closed(ground.driving.problem).any(axis=1), False)
    switch = np.where(places.street >= 0, can[places.pair], True)
    return np.asarray(places.room + np.where(switch, places.more, 0), dtype=np.int64)


def numbers_of(ground: Ground, changes: Iterable[Change]) -> tuple[Number, ...]:
    """Return the numbers that are asked for with what a plan does."""
    places = places_of(ground)
    new = berths_by_place(changes)
    berths = np.array([new[item] for item in places.items], dtype=np.int64)
    return tuple(Number(a, n_done(a, berths, places)) for a in asked_of(ground, places, most_berths(ground, places)))


def n_done(asked: Asked, berths: Rows, places: Places) -> int:
    """Return what is done of one number, by the new berths of each place, shape (n_places,)."""
    if asked.by_group:
        return sum(bool((berths[list(g)] + places.there[list(g)]).sum()) for g in asked.groups)
    return int(sum(berths[list(g)].sum() for g in asked.groups))
