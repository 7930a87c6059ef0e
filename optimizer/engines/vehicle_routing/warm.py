"""Compile all kernels now, so that no user waits for it: ``python -m optimizer.engines.vehicle_routing.warm``."""

from __future__ import annotations

import numpy as np

from optimizer.engines.budget import Budget
from optimizer.engines.vehicle_routing.fleet import Station, VehicleGroup
from optimizer.engines.vehicle_routing.problem import VehicleRoutingProblem
from optimizer.engines.vehicle_routing.search import search
from optimizer.engines.vehicle_routing.stops import Profile, Stops


def toy() -> VehicleRoutingProblem:
    """Return four stops on a line, with a station at its end and a vehicle that holds two of them."""
    places = np.arange(6)
    ways = np.abs(places[:, None] - places[None, :]).astype(np.int32)
    ones = np.ones(4, dtype=np.int64)
    stops = Stops(places[1:5], ones[:, None], ones)
    profile = Profile(ways, ways, ones, 0 * ones, 100 * ones)
    group = VehicleGroup(0, 0, (2,), n_vehicles=2, earliest_s=0, latest_s=100)
    return VehicleRoutingProblem(stops, (profile,), (group,), (Station(5),), name="toy")


def warm_up() -> None:
    """Load all compiled kernels, or compile them where that was never done, by solving the toy.

    The first search in a process would else spend seconds of its time on this, and could not be stopped meanwhile.
    """
    search(toy(), Budget(5, None, bool), 1, None, lambda _share, _key, _plan: False, 1)


if __name__ == "__main__":
    warm_up()
