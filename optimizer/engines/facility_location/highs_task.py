"""What is handed to the process that HiGHS runs in, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.engines.facility_location.problem import Floats
from optimizer.engines.facility_location.programme import Programme


@dataclass(frozen=True)
class Task:
    """A programme, and for how long it may be searched: seconds, nodes of the tree; None for no limit."""

    programme: Programme
    time_limit_s: float | None
    n_nodes: int | None


@dataclass(frozen=True)
class Solved:
    """What came back.

    Parameters
    ----------
    x
        Shape (n_columns,); None without a solution.
    bound
        Proven; `inf` where no solution exists, `-inf` where nothing is proven.
    n_nodes
        Searched.
    """

    x: Floats | None
    bound: float
    n_nodes: int
