"""Compile all kernels now, so that no user waits for it: ``python -m optimizer.engines.arc_routing.warm``."""

from __future__ import annotations

import numpy as np

from optimizer.engines.arc_routing.problem import ArcRoutingProblem, Break, Facility, Network, Tasks, VehicleGroup
from optimizer.engines.arc_routing.session import Session
from optimizer.engines.budget import Budget


def toy() -> ArcRoutingProblem:
    """Return a ring of four streets with a depot, a dump and a break."""
    tail = np.arange(4, dtype=np.int64)
    head = (tail + 1) % 4
    ones = np.ones(8, dtype=np.int64)
    network = Network(4, np.concatenate([tail, head]), np.concatenate([head, tail]), ones, ones)
    both = np.ones((4, 2), dtype=np.int64)
    tasks = Tasks(
        entry=np.column_stack([tail, head]),
        exit=np.column_stack([head, tail]),
        cost=both,
        time_s=both,
        reversible=np.ones(4, dtype=np.bool_),
        demand=np.ones((4, 1), dtype=np.int64),
        value=np.ones(4, dtype=np.int64),
    )
    return ArcRoutingProblem(
        network, tasks, (VehicleGroup(0, 0, (2,), shift_s=100, breaks=(Break(1, 5, 50),)),), (Facility(2),), name="toy"
    )


def warm_up() -> None:
    """Load all compiled kernels, or compile them where that was never done, by solving the toy in every way.

    The first search in a process would else spend seconds of its time on this, and could not be stopped meanwhile.
    """
    session = Session(toy(), 1)
    session.build(bool)
    session.improve(Budget(5, None, bool), lambda _share, _plan: False)
    search = session.search(bool)
    search.split_anew()


if __name__ == "__main__":
    warm_up()
