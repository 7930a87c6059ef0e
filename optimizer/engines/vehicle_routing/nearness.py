"""Which stops are near one another, and in which order they are best visited."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.stops import UNREACHABLE

Int64 = npt.NDArray[np.int64]
Float64 = npt.NDArray[np.float64]

# Neighbours for taking out, and for putting in on either side.
N_NEAR = 100
N_BESIDE = 40
# Stations that a stop is tried with.
N_HANDY = 6
# What waiting weighs against driving (Vidal, Crainic, Gendreau & Prins 2013, doi 10.1016/j.cor.2012.07.018, section 4.4).
WAITING = 0.2
# Rows of a matrix that are made at a time.
ROWS = 64
# Stands for what cannot be, in sums that are ranked.
FAR = 1e12


class Stopped(Exception):  # noqa: N818 - it is no error
    """The caller wants no more."""


@dataclass(frozen=True)
class Nearness:
    """Neighbours of each stop, nearest first, -1 where there are no more; as in `kernels.model.Model`."""

    near: Int64
    before: Int64
    behind: Int64
    handy: Int64


def nearness(problem: VehicleRoutingProblem, stopped: Callable[[], bool] = bool) -> Nearness:
    """Rank neighbours by metres, seconds and waiting; windows forbid what can never follow.

    Raises
    ------
    Stopped
        When asked to before it is ready.
    """
    n = problem.n_stops
    near = np.empty((n, min(N_NEAR, max(1, n - 1))), dtype=np.int64)
    before = np.empty((n, min(N_BESIDE, max(1, n - 1))), dtype=np.int64)
    behind = np.empty_like(before)
    ways = _Ways(problem)
    for rows in _chunks(n):
        if stopped():
            raise Stopped
        onward, back = ways.onward(rows), ways.back(rows)
        for chunk in (onward, back):
            chunk[np.arange(len(rows)), rows] = np.inf
        before[rows] = _smallest(back, before.shape[1], FAR)
        behind[rows] = _smallest(onward, behind.shape[1], FAR)
        near[rows] = _smallest(np.minimum(onward, back), near.shape[1], np.inf)
    return Nearness(near, before, behind, _handy(problem))


def _chunks(n: int) -> Iterator[npt.NDArray[np.int64]]:
    for begin in range(0, n, ROWS):
        yield np.arange(begin, min(n, begin + ROWS))


def _smallest(values: Float64, n: int, below: float) -> Int64:
    """Return the columns of the `n` smallest values of each row, ascending; -1 for those that are not below a limit."""
    if values.shape[1] <= n:
        columns = np.argsort(values, axis=1, kind="stable")
    else:
        columns = np.sort(np.argpartition(values, n - 1, axis=1)[:, :n], axis=1)
        order = np.argsort(np.take_along_axis(values, columns, axis=1), axis=1, kind="stable")
        columns = np.take_along_axis(columns, order, axis=1)
    found = np.where(np.take_along_axis(values, columns, axis=1) < below, columns, -1)
    return found[:, :n].astype(np.int64)


class _Ways:
    """Ways between stops as the most favourable of all profiles sees them."""

    def __init__(self, problem: VehicleRoutingProblem) -> None:
        self.place = problem.stops.place
        # Profiles that differ in speed or windows only share a matrix.
        self.times = list({id(profile.time_s): profile.time_s for profile in problem.profiles}.values())
        self.lengths = list({id(profile.length_m): profile.length_m for profile in problem.profiles}.values())
        self.earliest = np.min([profile.earliest_s for profile in problem.profiles], axis=0)
        self.latest = np.max([profile.latest_s for profile in problem.profiles], axis=0)
        self.service = np.min([profile.service_s for profile in problem.profiles], axis=0)
        sample = np.unique(self.place)[:: max(1, len(np.unique(self.place)) // 200)]
        time_s, length_m = self._ways(sample, sample)
        is_way = (time_s < UNREACHABLE) & (length_m < UNREACHABLE)
        self.mean_s = max(1.0, float(time_s[is_way].mean())) if is_way.any() else 1.0
        self.mean_m = max(1.0, float(length_m[is_way].mean())) if is_way.any() else 1.0

    def _ways(self, a: npt.NDArray[np.int64], b: npt.NDArray[np.int64]) -> tuple[Float64, Float64]:
        time_s, length_m = (
            np.min([matrix[np.ix_(a, b)] for matrix in one_of_each], axis=0).astype(np.float64)
            for one_of_each in (self.times, self.lengths)
        )
        return time_s, length_m

    def onward(self, rows: npt.NDArray[np.int64]) -> Float64:
        """Return what going from each stop of `rows` to every stop weighs."""
        time_s, length_m = self._ways(self.place[rows], self.place)
        ready = time_s + self.service[rows, None]
        late = self.earliest[rows, None] + ready > self.latest[None, :]
        waiting = np.maximum(0.0, self.earliest[None, :] - (self.latest[rows, None] + ready))
        return self._weight(time_s, length_m, waiting) + np.where(late, FAR, 0.0)

    def back(self, rows: npt.NDArray[np.int64]) -> Float64:
        """Return what going to each stop of `rows` from every stop weighs."""
        time_s, length_m = (matrix.T for matrix in self._ways(self.place, self.place[rows]))
        ready = time_s + self.service[None, :]
        late = self.earliest[None, :] + ready > self.latest[rows, None]
        waiting = np.maximum(0.0, self.earliest[rows, None] - (self.latest[None, :] + ready))
        return self._weight(time_s, length_m, waiting) + np.where(late, FAR, 0.0)

    def _weight(self, time_s: Float64, length_m: Float64, waiting_s: Float64) -> Float64:
        weight = length_m / self.mean_m + time_s / self.mean_s + WAITING * waiting_s / self.mean_s
        weight[(time_s >= UNREACHABLE) | (length_m >= UNREACHABLE)] += FAR
        return weight


def _handy(problem: VehicleRoutingProblem) -> Int64:
    """Return the stations nearest to each stop, there and back."""
    if not problem.stations:
        return np.full((problem.n_stops, 1), -1, dtype=np.int64)
    places = np.array([station.place for station in problem.stations])
    stops = problem.stops.place
    both: list[Float64] = [
        (p.time_s[np.ix_(stops, places)].astype(np.float64) + p.time_s[np.ix_(places, stops)].T) for p in problem.profiles
    ]
    return _smallest(np.min(both, axis=0), min(N_HANDY, len(places)), np.inf)
