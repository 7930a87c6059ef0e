"""Which numbers the documents ask for, how many are possible at all, and what is missing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from layers.layer import Rows
from layers.text import Text
from optimizer.engines.circulation import can_be_closed
from optimizer.planners.parking.reading.ground import Ground
from optimizer.planners.parking.reading.places import Places

ROADS, IDLE, MARKED = "roads_with_parking_facilities", "berths_on_idle_land", "berths_marked"
_WHAT = {
    ROADS: Text("设泊位道路", "roads with berths"),
    IDLE: Text("闲置地泊位", "berths on idle land"),
    MARKED: Text("施划泊位", "berths marked"),
}


@dataclass(frozen=True, eq=False)
class Asked:
    """Hold one number that is asked for.

    Parameters
    ----------
    key
        Key of the figure.
    district
        Name of the district; empty for the city.
    groups
        Rows of places, group by group.
    by_group
        Whether groups with berths are counted, not berths.
    n_wanted, n_possible
        As the document has it for all years, and the most that the city's kerbs and lots allow.
    """

    key: str
    district: str
    groups: tuple[tuple[int, ...], ...]
    by_group: bool
    n_wanted: int
    n_possible: int

    @property
    def n_asked(self) -> int:
        """What the engine is asked for."""
        return min(self.n_wanted, self.n_possible)

    @property
    def what(self) -> Text:
        """What is counted, in words."""
        return _WHAT[self.key]


def asked_of(ground: Ground, places: Places, most: Rows) -> tuple[Asked, ...]:
    """Return the numbers that are asked for.

    Parameters
    ----------
    most
        New berths that each place could have, shape (n_places,).
    """
    params, n_years = ground.params, ground.params.n_years
    found = list[Asked]()
    roads = defaultdict[str, list[int]](list)
    for row in np.flatnonzero((places.street >= 0) & (most + places.there > 0)).tolist():
        if ground.areas.is_central(int(places.district[row])):
            roads[road_name(ground, int(places.street[row]))].append(row)
    groups = tuple(tuple(rows) for rows in roads.values())
    found.append(Asked(ROADS, "", groups, True, params.n_roads_least * n_years, len(groups)))
    idle = np.flatnonzero(places.lot >= 0)
    idle = idle[most[idle] > 0]
    found.append(Asked(IDLE, "", (tuple(idle.tolist()),), False, params.n_idle_least * n_years, int(most[idle].sum())))
    for district, name in enumerate(ground.areas.names):
        own = np.flatnonzero((places.district == district) & (places.street >= 0))
        wanted = params.n_new_least * n_years
        found.append(Asked(MARKED, name, (tuple(own.tolist()),), False, wanted, int(most[own].sum())))
    return tuple(a for a in found if a.n_wanted > 0)


def road_name(ground: Ground, street: int) -> str:
    """Return the road that a street is of: those of one name in one district are one, a street without a name is its own."""
    name = str(ground.streets.name[street])
    return f"{name}|{ground.street_district[street]}" if name else str(ground.streets.ids[street])


def most_berths(ground: Ground, places: Places) -> Rows:
    """Return the most new berths that each place could have, shape (n_places,)."""
    can = np.append(can_be_closed(ground.driving.problem).any(axis=1), False)
    switch = np.where(places.street >= 0, can[places.pair], True)
    return np.asarray(places.room + np.where(switch, places.more, 0), dtype=np.int64)


def n_done(asked: Asked, berths: Rows, places: Places) -> int:
    """Return what is done of one number, by the new berths of each place, shape (n_places,)."""
    if asked.by_group:
        return sum(bool((berths[list(g)] + places.there[list(g)]).sum()) for g in asked.groups)
    return int(sum(berths[list(g)].sum() for g in asked.groups))
