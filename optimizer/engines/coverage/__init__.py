"""Coverage: choose sites so that customers have one within reach, under numbers, budgets, quotas and spacing.

The engine knows no city. State a `CoverageProblem`, call `solve`, check the plan with `faults`.

- `problem`, `lists`: what is asked. `solution`: what comes back. `checker`: is it right? (no solver in it)
- `ground`: the problem as rows of sites. `search`, `kernels`: local search. `bounds`: what no plan goes beyond.
  `own`: how these are put together. `centre`: p-centres by halving. `programme`: HiGHS. `cpsat_engine`: CP-SAT.
  `reasons`: why sites are closed and customers uncovered.
"""

from __future__ import annotations

from optimizer.engines.coverage.checker import FaultKind, PlanFault, faults, n_covering, nearest_m, objective, serving
from optimizer.engines.coverage.lists import CoverLists, lists_of, lists_within, too_near
from optimizer.engines.coverage.problem import TOLERANCE_M, Aim, CoverageProblem, Quota, Step
from optimizer.engines.coverage.solution import Closed, CoveragePlan, Result, Rule, Uncovered
from optimizer.engines.coverage.solve import solve
from optimizer.engines.limits import Engine, Limits
from optimizer.engines.outcome import Outcome

__all__ = [
    "TOLERANCE_M",
    "Aim",
    "Closed",
    "CoverLists",
    "CoveragePlan",
    "CoverageProblem",
    "Engine",
    "FaultKind",
    "Limits",
    "Outcome",
    "PlanFault",
    "Quota",
    "Result",
    "Rule",
    "Step",
    "Uncovered",
    "faults",
    "lists_of",
    "lists_within",
    "n_covering",
    "nearest_m",
    "objective",
    "serving",
    "solve",
    "too_near",
]
