"""Give every turnout its nights: no interval overrun as far as the fleet allows, few hours, nights alike, their work close.

Turnouts are put in one by one, those washed oftenest first, each on the pattern of nights that adds least to the price; then
some are taken out and put back, again and again, and what is no dearer is kept (ruin and recreate, Schrimpf et al. 2000,
doi 10.1006/jcph.1999.6413). Short turnouts of one site share a vehicle for the night.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from layers.layer import F64, Bool, Rows
from layers.units import HOUR_S, KM_M
from optimizer.planners.sweeping.washing.nights import Nights, missing, patterns

# The price of a washing that is missing, for each unit of its worth; of an hour out; of a vehicle that stands ready.
_MISSING_PRICE, _HOUR_PRICE, _VEHICLE_PRICE = 1e6, 1e3, 100.0
# Squared kilometres of spread weigh as much as this many squared hours of unevenness.
_SPREAD_PRICE = 0.02
# Share of the turnouts that a round takes out, and how many at most.
_TAKEN_SHARE, _TAKEN_MOST = 0.1, 12
# Intervals that are tried beside the one asked for: shorter ones where only then nights are free, longer ones where the
# fleet is too small.
_STRETCHES = (0.5, 0.67, 0.75, 1.0, 1.5, 2, 3, 4, 7, 14, 28)


@dataclass(frozen=True, eq=False)
class Turnouts:
    """Hold what is to be given nights, one turnout a row.

    Parameters
    ----------
    site
        Depot and vehicle type, by number, shape (n,).
    interval_days
        Most days from one to the next, shape (n,).
    work_s
        Time that it takes of a night, the way to the next turnout among it, shape (n,).
    value
        What leaving out one of its washings costs, shape (n,).
    xy_m
        Middle of its streets, shape (n, 2).
    """

    site: Rows
    interval_days: Rows
    work_s: F64
    value: F64
    xy_m: F64

    def __len__(self) -> int:
        return len(self.site)


@dataclass(frozen=True, eq=False)
class Room:
    """Hold what nights can take.

    Parameters
    ----------
    horizon_days
        Nights of the calendar.
    open_nights
        Those that are warm enough.
    pool_of_site
        Pool of vehicles that each site draws on: those of its type, shape (n_sites,).
    night_s
        Time of a night that a vehicle of each site has, counted as the turnouts' is, shape (n_sites,).
    n_vehicles
        Vehicles of each pool, shape (n_pools,).
    crewed
        Sites whose vehicles need a crew of people, shape (n_sites,).
    n_crews
        Crews a night.
    """

    horizon_days: int
    open_nights: Nights
    pool_of_site: Rows
    night_s: F64
    n_vehicles: Rows
    crewed: Bool
    n_crews: int

    def without_limit(self) -> Room:
        """Return the same with as many vehicles and crews as one likes."""
        most = 1 << 30
        return replace(self, n_vehicles=np.full(len(self.n_vehicles), most, dtype=np.int64), n_crews=most)


class Calendar:
    """Nights of every turnout, and what each night holds."""

    def __init__(self, turnouts: Turnouts, room: Room) -> None:
        self.turnouts = turnouts
        self.room = room
        self.nights: list[Nights] = [()] * len(turnouts)
        n_sites, n_nights = len(room.pool_of_site), room.horizon_days
        self._members: list[list[list[int]]] = [[[] for _ in range(n_nights)] for _ in range(n_sites)]
        self.n_out = np.zeros((n_sites, n_nights), dtype=np.int64)
        self._n_turnouts = np.zeros((n_sites, n_nights), dtype=np.int64)
        self._free_s = np.zeros((n_sites, n_nights))
        self._work_h = np.zeros(n_nights)
        self._sum_km = np.zeros((n_sites, n_nights, 2))
        self._choices: dict[int, list[tuple[Bool, tuple[Nights, ...]]]] = {}

    def vehicles(self, site: int, night: int) -> list[list[int]]:
        """Return the turnouts of each vehicle that goes out: the longest first, each where it fits first."""
        loads: list[float] = []
        found: list[list[int]] = []
        order = sorted(self._members[site][night], key=lambda k: (-self.turnouts.work_s[k], k))
        for k in order:
            work_s = float(self.turnouts.work_s[k])
            v = next((v for v, load in enumerate(loads) if load + work_s <= self.room.night_s[site]), len(loads))
            if v == len(loads):
                loads.append(0.0)
                found.append([])
            loads[v] += work_s
            found[v].append(k)
        self._free_s[site, night] = self.room.night_s[site] - min(loads, default=np.inf)
        return found

    def peaks(self) -> Rows:
        """Return the most vehicles of any night at each site, shape (n_sites,)."""
        return np.asarray(self.n_out.max(axis=1, initial=0), dtype=np.int64)

    def needed(self) -> Rows:
        """Return the vehicles of each pool that must stand ready at its sites, shape (n_pools,)."""
        n_pools = len(self.room.n_vehicles)
        return np.bincount(self.room.pool_of_site, weights=self.peaks(), minlength=n_pools).astype(np.int64)

    def crews(self) -> Rows:
        """Return the crews of each night, shape (n_nights,)."""
        return np.asarray(self.n_out[self.room.crewed].sum(axis=0), dtype=np.int64)

    def lost(self) -> float:
        """Return the worth of all washings that are missing."""
        intervals = self.turnouts.interval_days.tolist()
        left = [missing(n, days, self.room.horizon_days) for n, days in zip(self.nights, intervals, strict=True)]
        return float((np.array(left, dtype=np.float64) * self.turnouts.value).sum())

    def price(self) -> float:
        """Return what is to be least."""
        hours = float(self._work_h.sum()) * _HOUR_PRICE + _VEHICLE_PRICE * float(self.peaks().sum())
        even = float((self._work_h**2).sum()) / self.room.horizon_days
        return _MISSING_PRICE * self.lost() + hours + even + self._spread()

    def _spread(self) -> float:
        """Return how far the turnouts of one site and night lie from their middle, squared kilometres, weighted."""
        times = np.array([len(nights) for nights in self.nights], dtype=np.float64)
        squared = float(((self.turnouts.xy_m / KM_M) ** 2).sum(axis=1) @ times)
        n = np.maximum(self._n_turnouts, 1)
        return _SPREAD_PRICE * (squared - float(((self._sum_km**2).sum(axis=2) / n).sum()))

    def put(self, k: int) -> None:
        """Give a turnout the nights that add least to the price; none where no vehicle is left for it."""
        for mask, pool in self._choices_of(int(self.turnouts.interval_days[k])):
            at = self._cheapest(k, mask)
            if at >= 0:
                self.give(k, pool[at])
                return

    def take(self, k: int) -> None:
        """Take a turnout's nights away."""
        nights, self.nights[k] = self.nights[k], ()
        for night in nights:
            self._members[int(self.turnouts.site[k])][night].remove(k)
        self._count(k, nights, -1)

    def give(self, k: int, nights: Nights) -> None:
        """Give a turnout that has none some nights."""
        self.nights[k] = nights
        for night in nights:
            self._members[int(self.turnouts.site[k])][night].append(k)
        self._count(k, nights, 1)

    def _count(self, k: int, nights: Nights, sign: int) -> None:
        site, where = int(self.turnouts.site[k]), list(nights)
        self._n_turnouts[site, where] += sign
        self._work_h[where] += sign * self.turnouts.work_s[k] / HOUR_S
        self._sum_km[site, where] += sign * self.turnouts.xy_m[k] / KM_M
        for night in nights:
            self.n_out[site, night] = len(self.vehicles(site, night))

    def _choices_of(self, interval_days: int) -> list[tuple[Bool, tuple[Nights, ...]]]:
        """Return patterns of nights, those with fewest washings missing first, each list as masks of shape (n, n_nights)."""
        if interval_days not in self._choices:
            horizon, open_nights = self.room.horizon_days, self.room.open_nights
            by_missing: dict[int, set[Nights]] = {}
            for days in sorted({int(np.clip(np.ceil(interval_days * f), 1, horizon)) for f in _STRETCHES} | {interval_days}):
                for nights in patterns(days, horizon, open_nights):
                    by_missing.setdefault(missing(nights, interval_days, horizon), set()).add(nights)
            table = []
            for _, found in sorted(by_missing.items()):
                pool = tuple(sorted(found))
                mask = np.zeros((len(pool), horizon), dtype=bool)
                for row, nights in enumerate(pool):
                    mask[row, list(nights)] = True
                table.append((mask, pool))
            self._choices[interval_days] = table
        return self._choices[interval_days]

    def _cheapest(self, k: int, mask: Bool) -> int:
        """Return the row of the pattern that adds least, -1 where none fits."""
        site, work_s = int(self.turnouts.site[k]), float(self.turnouts.work_s[k])
        here, work_h = self.n_out[site], work_s / HOUR_S
        extra = self._free_s[site] < work_s
        out = np.where(mask & extra, here + 1, here)
        more = out.max(axis=1) - here.max(initial=0)
        pool = int(self.room.pool_of_site[site])
        fits = self.needed()[pool] + more <= self.room.n_vehicles[pool]
        if self.room.crewed[site]:
            fits &= ~(mask & extra & (self.crews() >= self.room.n_crews)).any(axis=1)
        if not fits.any():
            return -1
        even = mask @ (2 * self._work_h * work_h + work_h**2) / self.room.horizon_days
        n = self._n_turnouts[site]
        away = self.turnouts.xy_m[k] / KM_M - self._sum_km[site] / np.maximum(n, 1)[:, None]
        spread = mask @ ((away**2).sum(axis=1) * n / (n + 1))
        price = _HOUR_PRICE * work_h * mask.sum(axis=1) + _VEHICLE_PRICE * more + even + _SPREAD_PRICE * spread
        return int(np.argmin(np.where(fits, price, np.inf)))


def calendar_of(turnouts: Turnouts, room: Room, n_rounds: int, seed: int, stopped: Callable[[], bool] = bool) -> Calendar:
    """Return the nights of all turnouts.

    Parameters
    ----------
    n_rounds
        How often some turnouts are taken out and put back.
    stopped
        Asked every round whether to return what there is.
    """
    calendar = Calendar(turnouts, room)
    order = np.lexsort((-turnouts.work_s, -turnouts.value, turnouts.interval_days))
    for k in order.tolist():
        calendar.put(k)
    dice = np.random.default_rng(seed)
    n_taken = int(np.clip(_TAKEN_SHARE * len(turnouts), 1, _TAKEN_MOST)) if len(turnouts) else 0
    price = calendar.price()
    for _ in range(n_rounds if len(turnouts) else 0):
        if stopped():
            break
        price = _again(calendar, dice.choice(len(turnouts), n_taken, replace=False), price)
    return calendar


def _again(calendar: Calendar, taken: Rows, price: float) -> float:
    """Take some turnouts out and put them back; leave all as it was where that is dearer. Return the price."""
    before = {k: calendar.nights[k] for k in taken.tolist()}
    for k in before:
        calendar.take(k)
    for k in before:
        calendar.put(k)
    after = calendar.price()
    if after <= price:
        return after
    for k in before:
        calendar.take(k)
    for k, nights in before.items():
        calendar.give(k, nights)
    return price
