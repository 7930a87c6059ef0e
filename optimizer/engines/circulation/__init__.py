"""Circulation: which streets can be made one-way, and which way, so that nobody has to drive round by more than a limit.

Making streets one-way so that all stays reachable is a strong orientation (Robbins 1939, doi 10.2307/2303897); here in a
mixed graph, with gains, and with a limit on the way that replaces each direction that is given up. Where each has such a
way, any drive that was possible still is: the network stays strongly connected without being asked to.

State a `CirculationProblem`, call `orient`, check with `circulation_faults`.

- `problem`: what is asked. `solve`: greedy insertion, then ruin and recreate. `never`: streets that are proven not to be
  one-way in any answer. `checker`: is it right? (nothing of the search in it)
"""

from __future__ import annotations

from optimizer.engines.circulation.checker import CirculationFault, circulation_faults
from optimizer.engines.circulation.never import can_be_closed
from optimizer.engines.circulation.problem import BOTH, CirculationProblem
from optimizer.engines.circulation.solve import Orientation, orient

__all__ = ["BOTH", "CirculationFault", "CirculationProblem", "Orientation", "can_be_closed", "circulation_faults", "orient"]
