"""Give every turnout its nights: no interval overrun as far as the fleet allows, nights alike, their work close together.

Turnouts are put in one by one, the most valuable first, each on the pattern of nights that adds least to the price; then
some are taken out and put back, again and again, and what is no dearer is kept (ruin and recreate, Schrimpf et al. 2000,
doi 10.1006/jcph.1999.6413).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from layers.layer import F64, Bool, Rows
from layers.units import HOUR_S, KM_M
from optimizer.planners.sweeping.washing.nights import Nights, missing, patterns

# The price of a washing that is missing, for each unit of its worth; dearer than any vehicle.
_MISSING_PRICE = 1e6
# A vehicle that stands ready at a depot.
_VEHICLE_PRICE = 100.0
# Squared kilometres of spread weigh as much as this many squared hours of unevenness.
_SPREAD_PRICE = 0.02
# Share of the turnouts that a round takes out, and how many at most.
_TAKEN_SHARE, _TAKEN_MOST = 0.1, 12
# Longer intervals that are tried where the fleet is too small, as multiples of what is asked.
_STRETCHES = (1.5, 2, 3, 4, 7, 14, 28)


@dataclass(frozen=True, eq=False)
class Turnouts:
    """Hold what is to be given nights, one turnout a row.

    Parameters
    ----------
    site
        Depot and vehicle type, by number, shape (n,).
    interval_days
        Shape (n,).
    work_s
        Time out, seconds, shape (n,).
    worth
        What leaving out one of its washings costs, shape (n,).
    xy_m
        Middle of its streets, shape (n, 2).
    """

    site: Rows
    interval_days: Rows
    work_s: F64
    worth: F64
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
    n_vehicles
        Vehicles of each pool, shape (n_pools,).
    crewed
        Sites whose turnouts need a crew of people, shape (n_sites,).
    n_crews
        Crews a night.
    """

    horizon_days: int
    open_nights: Nights
    pool_of_site: Rows
    n_vehicles: Rows
    crewed: Bool
    n_crews: int

    def without_limit(self) -> Room:
        """Return the same with as many vehicles and crews as one likes."""
        most = 1 << 30
        n_pools = np.full(len(self.n_vehicles), most, dtype=np.int64)
        return Room(self.horizon_days, self.open_nights, self.pool_of_site, n_pools, self.crewed, most)


class Calendar:
    """Nights of every turnout, and what each night holds."""

    def __init__(self, turnouts: Turnouts, room: Room) -> None:
        self.turnouts = turnouts
        self.room = room
        self.nights: list[Nights] = [()] * len(turnouts)
        n_sites, n_nights = len(room.pool_of_site), room.horizon_days
        self.n_out = np.zeros((n_sites, n_nights), dtype=np.int64)
        self._crews = np.zeros(n_nights, dtype=np.int64)
        self._work_h = np.zeros(n_nights)
        self._sum_km = np.zeros((n_sites, n_nights, 2))
        self._choices: dict[int, list[tuple[int, Bool, tuple[Nights, ...]]]] = {}

    def peaks(self) -> Rows:
        """Return the most turnouts of any night at each site, shape (n_sites,)."""
        return np.asarray(self.n_out.max(axis=1, initial=0), dtype=np.int64)

    def needed(self) -> Rows:
        """Return the vehicles of each pool that must stand ready at its sites, shape (n_pools,)."""
        n_pools = len(self.room.n_vehicles)
        return np.bincount(self.room.pool_of_site, weights=self.peaks(), minlength=n_pools).astype(np.int64)

    @property
    def crews(self) -> int:
        """The most crews of any night."""
        return int(self._crews.max(initial=0))

    def lost(self) -> float:
        """Return the worth of all washings that are missing."""
        intervals = self.turnouts.interval_days.tolist()
        left = [missing(n, days, self.room.horizon_days) for n, days in zip(self.nights, intervals, strict=True)]
        return float((np.array(left, dtype=np.float64) * self.turnouts.worth).sum())

    def price(self) -> float:
        """Return what is to be least."""
        even = float((self._work_h**2).sum()) / self.room.horizon_days
        return _MISSING_PRICE * self.lost() + _VEHICLE_PRICE * float(self.peaks().sum()) + even + self._spread()

    def _spread(self) -> float:
        """Return how far the turnouts of one site and night lie from their middle, squared kilometres, weighted."""
        squared = 0.0
        for k, nights in enumerate(self.nights):
            if nights:
                squared += len(nights) * float((self.turnouts.xy_m[k] ** 2).sum()) / KM_M**2
        n = np.maximum(self.n_out, 1)
        return _SPREAD_PRICE * (squared - float(((self._sum_km**2).sum(axis=2) / n).sum()))

    def put(self, k: int) -> None:
        """Give a turnout the nights that add least to the price; none where no vehicle is left for it."""
        for _, mask, pool in self._choices_of(int(self.turnouts.interval_days[k])):
            at = self._cheapest(k, mask)
            if at >= 0:
                self.move(k, pool[at], 1)
                self.nights[k] = pool[at]
                return

    def take(self, k: int) -> None:
        """Take a turnout's nights away."""
        self.move(k, self.nights[k], -1)
        self.nights[k] = ()

    def move(self, k: int, nights: Nights, sign: int) -> None:
        """Count a turnout in (sign 1) or out (sign -1) on some nights."""
        site, where = int(self.turnouts.site[k]), list(nights)
        self.n_out[site, where] += sign
        self._crews[where] += sign * bool(self.room.crewed[site])
        self._work_h[where] += sign * self.turnouts.work_s[k] / HOUR_S
        self._sum_km[site, where] += sign * self.turnouts.xy_m[k] / KM_M

    def _choices_of(self, interval_days: int) -> list[tuple[int, Bool, tuple[Nights, ...]]]:
        """Return patterns of nights by washings missing, fewest first, each list as masks of shape (n, n_nights)."""
        if interval_days not in self._choices:
            horizon, open_nights = self.room.horizon_days, self.room.open_nights
            by_missing: dict[int, set[Nights]] = {}
            longer = {min(horizon, int(np.ceil(interval_days * f))) for f in _STRETCHES}
            for days in sorted({interval_days, *(d for d in longer if d > interval_days)}):
                for nights in patterns(days, horizon, open_nights):
                    by_missing.setdefault(missing(nights, interval_days, horizon), set()).add(nights)
            table = []
            for n_missing, found in sorted(by_missing.items()):
                pool = tuple(sorted(found))
                mask = np.zeros((len(pool), horizon), dtype=bool)
                for row, nights in enumerate(pool):
                    mask[row, list(nights)] = True
                table.append((n_missing, mask, pool))
            self._choices[interval_days] = table
        return self._choices[interval_days]

    def _cheapest(self, k: int, mask: Bool) -> int:
        """Return the row of the pattern that adds least, -1 where none fits."""
        site = int(self.turnouts.site[k])
        here = self.n_out[site]
        peak = np.where(mask, here + 1, here).max(axis=1)
        more = peak - here.max(initial=0)
        pool = int(self.room.pool_of_site[site])
        fits = self.needed()[pool] + more <= self.room.n_vehicles[pool]
        if self.room.crewed[site]:
            fits &= ~(mask & (self._crews >= self.room.n_crews)).any(axis=1)
        if not fits.any():
            return -1
        work_h = self.turnouts.work_s[k] / HOUR_S
        even = mask @ (2 * self._work_h * work_h + work_h**2) / self.room.horizon_days
        away = self.turnouts.xy_m[k] / KM_M - self._sum_km[site] / np.maximum(here, 1)[:, None]
        spread = mask @ ((away**2).sum(axis=1) * here / (here + 1))
        price = _VEHICLE_PRICE * more + even + _SPREAD_PRICE * spread
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
    # what is asked often is hardest to place
    order = np.lexsort((-turnouts.work_s, -turnouts.worth, turnouts.interval_days))
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
    for k, nights in before.items():
        calendar.take(k)
        calendar.nights[k] = nights
        calendar.move(k, nights, 1)
    return price
