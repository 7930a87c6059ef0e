"""The question as a whole: all that is read of a scenario, and where people, toilets and candidates meet the streets."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from layers.city import City
from layers.errors import InputError
from layers.kinds.parking import Lots
from layers.kinds.streets import Streets
from layers.layer import F64, Bool, Rows
from layers.network import Mover, Network, Snaps, Walks, build, nearest_walks, snap, walks_within
from layers.text import Text
from optimizer.planners.toilets.params import ToiletsParams
from optimizer.planners.toilets.reading.areas import Areas, areas_of
from optimizer.planners.toilets.reading.candidates import Candidates, candidates_of
from optimizer.planners.toilets.reading.people import People, people_of
from optimizer.planners.toilets.reading.standing import Standing, standing_of
from optimizer.planners.toilets.reading.suits import Broken, Setting, broken_rules, setting_of
from optimizer.scenario import Lock, Scenario

WALKER = Mover("walker", 1.2, walker=True)
OPEN, CLOSED, KEEP = "open", "closed", "keep"


@dataclass(frozen=True, eq=False)
class Ground:
    """Hold what is asked and what there is.

    Parameters
    ----------
    people
        All, also those off the network.
    standing
        Toilets that stand.
    candidates
        All, also those that do not suit.
    locks
        What is fixed, by item.
    """

    params: ToiletsParams
    city: City
    areas: Areas
    people: People
    standing: Standing
    candidates: Candidates
    locks: dict[str, str]

    @cached_property
    def network(self) -> Network:
        """What is walked."""
        return build(self.city, WALKER)

    def at(self, xy_m: F64) -> Snaps:
        """Return where places meet the network, shape (n, 2), metres."""
        return snap(self.network, self.city[Streets], xy_m)

    @cached_property
    def people_at(self) -> Snaps:
        """Where people meet the network."""
        return self.at(self.people.xy_m)

    @cached_property
    def sites_at(self) -> Snaps:
        """Where toilets that stand, and behind them all candidates, meet the network."""
        return self.at(np.vstack([self.standing.xy_m, self.candidates.xy_m]))

    @cached_property
    def reached(self) -> Bool:
        """Whether people are on the network, shape (n_people,)."""
        return self.people_at.distance_m <= self.params.snap_m

    @cached_property
    def on_network(self) -> Bool:
        """Whether toilets that stand, and candidates, are on the network, shape (n_standing + n_candidates,)."""
        return self.sites_at.distance_m <= self.params.snap_m

    @cached_property
    def setting(self) -> Setting:
        """What lies about toilets that stand, and behind them all candidates."""
        return setting_of(self.city, np.vstack([self.standing.xy_m, self.candidates.xy_m]), self.params)

    @cached_property
    def shut(self) -> Bool:
        """Which toilets that stand are to be closed, shape (n_standing,)."""
        return np.array([self.locks.get(item) == CLOSED for item in self.standing.ids], dtype=bool)

    @cached_property
    def broken(self) -> dict[int, Broken]:
        """The rule that each candidate breaks which does not suit, by row."""
        n = len(self.standing)
        setting = self.setting
        own = Setting(setting.grade[n:], setting.crowded[n:], setting.residential[n:], setting.spacing_m[n:])
        left = np.flatnonzero(~self.shut)
        kept = replace(self.standing, ids=tuple(self.standing.ids[i] for i in left), xy_m=self.standing.xy_m[left])
        return broken_rules(self.city, self.candidates, kept, own, self.sites_at.distance_m[n:], self.params)

    @cached_property
    def walks(self) -> Walks:
        """All walks of people on the network to sites on it that matter for cover; rows as in `people` and `sites_at`."""
        limit_m = max(self.params.far_m, self.params.near_m, self.params.crowd_m)
        starts, ends = np.flatnonzero(self.reached), np.flatnonzero(self.on_network)
        found = walks_within(self.network, part(self.people_at, starts), part(self.sites_at, ends), limit_m)
        return Walks(starts[found.start], ends[found.end], found.length_m)

    def nearest(self, sites: Rows) -> tuple[Rows, F64]:
        """Return the nearest of some sites to everyone, and the way there; -1 and infinite where there is none."""
        which, length_m = np.full(len(self.people), -1, dtype=np.int64), np.full(len(self.people), np.inf)
        starts, ends = np.flatnonzero(self.reached), sites[self.on_network[sites]]
        found = nearest_walks(self.network, part(self.people_at, starts), part(self.sites_at, ends))
        which[starts[found.start]], length_m[starts[found.start]] = ends[found.end], found.length_m
        return which, length_m


def part(places: Snaps, rows: Rows) -> Snaps:
    """Return some places."""
    return Snaps(places.street[rows], places.along[rows], places.xy_m[rows], places.distance_m[rows], places.arc[rows])


def ground_of(scenario: Scenario) -> Ground:
    """Return the question of a scenario.

    Raises
    ------
    InputError
        Where a lock names nothing, or hours cannot be read.
    ParameterError
        Where a place drawn by hand cannot be read, or near is farther than within reach.
    """
    params = scenario.params
    assert isinstance(params, ToiletsParams)
    city = scenario.city
    areas = areas_of(city, params)
    standing, candidates = standing_of(city, areas), candidates_of(city, areas, params)
    locks = _locks(scenario.locks, standing, candidates, city[Lots].row_of)
    return Ground(params, city, areas, people_of(city, areas, params), standing, candidates, locks)


def _locks(locks: tuple[Lock, ...], standing: Standing, candidates: Candidates, land: Container[str]) -> dict[str, str]:
    known = {*standing.ids, *candidates.ids}
    # land that is no candidate, such as a car park in use, is not built on anyway
    idle = {lock.item for lock in locks if lock.item in land and lock.item not in known and lock.state != OPEN}
    for lock in locks:
        if lock.item not in known | idle:
            zh = f"锁定的“{lock.item}”既不是公厕也不是备选地点；请删去该锁定"
            raise InputError(Text(zh, f"lock on {lock.item!r}: there is no such toilet or candidate; remove the lock"))
        if lock.state not in (OPEN, CLOSED, KEEP):
            zh = f"锁定“{lock.item}”的状态为“{lock.state}”，应为 open、closed 或 keep"
            raise InputError(Text(zh, f"lock on {lock.item!r}: state {lock.state!r}, expected open, closed or keep"))
    # land that is kept as it is gets no toilet
    own = set(candidates.ids)
    return {
        lock.item: CLOSED if lock.item in own and lock.state == KEEP else lock.state for lock in locks if lock.item in known
    }
