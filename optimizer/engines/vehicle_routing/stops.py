"""What is to be collected, and how a type of vehicle sees the places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]
Int32Array = npt.NDArray[np.int32]
BoolArray = npt.NDArray[np.bool_]

# Times and lengths of ways are held in 32 bits, with this as "no way"; sums of two must still fit.
UNREACHABLE = 1 << 29


@dataclass(frozen=True)
class Stops:
    """Places that are visited once each, or left out.

    Parameters
    ----------
    place
        Shape (n_stops,): row of the matrices. Several stops may share a place, such as two streams put out at one point.
    demand
        Shape (n_stops, n_loads): how much of each load is taken aboard. A load is what has a compartment of its own.
    value
        Shape (n_stops,): worth of serving it where the fleet cannot serve all.
    allowed
        Shape (n_stops, n_groups): vehicle groups that may serve it; None when all may.
    release_s
        Shape (n_stops,): the trip that serves it begins (at the depot, or behind a station) no earlier. None: at any time.
    """

    place: IntArray
    demand: IntArray
    value: IntArray
    allowed: BoolArray | None = None
    release_s: IntArray | None = None

    @property
    def n_stops(self) -> int:
        """Number of stops."""
        return len(self.place)

    @property
    def n_loads(self) -> int:
        """Number of loads."""
        return int(self.demand.shape[1])

    def faults(self, n_places: int, n_groups: int) -> list[str]:
        """Return what is wrong with the stops, one line each."""
        n = len(self.place)
        if self.demand.ndim != 2 or self.demand.shape[0] != n or self.demand.shape[1] < 1:
            return [f"stops: demand has shape {self.demand.shape}, ({n}, n_loads) is expected"]
        found = [] if self.value.shape == (n,) else [f"stops: value has shape {self.value.shape}, ({n},) is expected"]
        if self.allowed is not None and self.allowed.shape != (n, n_groups):
            found.append(f"stops: allowed has shape {self.allowed.shape}, ({n}, {n_groups}) is expected")
        if self.release_s is not None and self.release_s.shape != (n,):
            found.append(f"stops: release_s has shape {self.release_s.shape}, ({n},) is expected")
        if found:
            return found
        outside = np.flatnonzero((self.place < 0) | (self.place >= n_places))[:3]
        found += [f"stops: place of stop {i} is {self.place[i]}, which is outside 0..{n_places - 1}" for i in outside]
        found += [
            f"stops: demand of stop {i} is {self.demand[i, k]}, which is negative; at least 0 is expected"
            for i, k in np.argwhere(self.demand < 0)[:3]
        ]
        negative = np.flatnonzero(self.value < 0)[:3]
        return found + [f"stops: value of stop {i} is {self.value[i]}, at least 0 is expected" for i in negative]


@dataclass(frozen=True)
class Profile:
    """How vehicles of some types see the places: ways between them, time at each stop, and when it may be served.

    Parameters
    ----------
    time_s, length_m
        Shape (n_places, n_places): the way from one place to another, asymmetric; `UNREACHABLE` where there is none,
        0 from a place to itself. Files of other units may use any whole unit; the engine only adds and compares.
    service_s
        Shape (n_stops,): time at the stop.
    earliest_s, latest_s
        Shape (n_stops,): on the clock; service *begins* between the two (a vehicle that is early waits). A stop whose latest
        is before its earliest can never be served by such a vehicle.
    """

    time_s: Int32Array
    length_m: Int32Array
    service_s: IntArray
    earliest_s: IntArray
    latest_s: IntArray

    def faults(self, name: str, n_places: int, n_stops: int) -> list[str]:
        """Return what is wrong with the profile, one line each."""
        found = [
            f"{name}: {key} has shape {matrix.shape}, ({n_places}, {n_places}) is expected"
            for key, matrix in (("time_s", self.time_s), ("length_m", self.length_m))
            if matrix.shape != (n_places, n_places)
        ]
        columns = (("service_s", self.service_s), ("earliest_s", self.earliest_s), ("latest_s", self.latest_s))
        found += [
            f"{name}: {key} has shape {values.shape}, ({n_stops},) is expected"
            for key, values in columns
            if values.shape != (n_stops,)
        ]
        if found:
            return found
        found += [
            f"{name}: {key} from place {i} to {j} is {matrix[i, j]}, 0..{UNREACHABLE} is expected"
            for key, matrix in (("time_s", self.time_s), ("length_m", self.length_m))
            for i, j in np.argwhere((matrix < 0) | (matrix > UNREACHABLE))[:3]
        ]
        found += [
            f"{name}: {key} from place {i} to itself is {matrix[i, i]}, 0 is expected"
            for key, matrix in (("time_s", self.time_s), ("length_m", self.length_m))
            for i in np.flatnonzero(matrix.diagonal())[:3]
        ]
        negative = np.flatnonzero(self.service_s < 0)[:3]
        return found + [f"{name}: service_s of stop {i} is {self.service_s[i]}, at least 0 is expected" for i in negative]
