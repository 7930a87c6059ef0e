"""The engine's front door."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import numpy as np

from optimizer.engines.budget import Budget
from optimizer.engines.coverage.centre import solve_centre
from optimizer.engines.coverage.checker import faults, objective, plan_cost
from optimizer.engines.coverage.ground import Rows, rows_of
from optimizer.engines.coverage.own import Answer, Way, solve_rows
from optimizer.engines.coverage.problem import Aim, CoverageProblem
from optimizer.engines.coverage.programme import programme_of, solve_by_highs
from optimizer.engines.coverage.progress import Progress
from optimizer.engines.coverage.reasons import who_is_uncovered, why_closed
from optimizer.engines.coverage.search import Search
from optimizer.engines.coverage.solution import CoveragePlan, Result
from optimizer.engines.limits import LOCATION, Engine, Limits
from optimizer.engines.outcome import Outcome
from optimizer.engines.peers import refuse_engine
from optimizer.monitor import Monitor, Silent

# Seconds for reasons and checks at the end, for each site within reach of a customer.
TELL_S = 2e-6


@dataclass(frozen=True)
class _Known:
    """Sites of the best plan, the proven bound, whether there is proven to be no plan, and steps taken."""

    sites: tuple[int, ...]
    bound: float | None
    infeasible: bool
    n_steps: int


def solve(  # noqa: PLR0913 - what is asked, and one argument an option
    problem: CoverageProblem,
    *,
    limits: Limits | None = None,
    seed: int = 0,
    monitor: Monitor | None = None,
    engine: Engine = Engine.JINGCHENG,
    start: CoveragePlan | None = None,
    threads: int = 1,
) -> Result:
    """Search for the best plan.

    Parameters
    ----------
    problem
        What is asked.
    limits
        How long to search.
    seed
        Same problem, seed and work limit: same plan.
    monitor
        Told of progress and of better plans (as `CoveragePlan`); asked every 0.1 s or so whether to stop.
    engine
        Our own search, HiGHS on the whole problem, or OR-Tools' CP-SAT.
    start
        A plan without faults, such as an earlier one: the result is never worse.
    threads
        That HiGHS and CP-SAT may use.

    Returns
    -------
    Result
        Always with a plan; where it breaks a rule or leaves someone uncovered who is to be covered, the outcome is
        infeasible where no plan is proven to be right, and stopped where none was found.

    Raises
    ------
    ParameterError
        Where the engine solves no such problems.
    """
    refuse_engine(engine, LOCATION)
    began = perf_counter()
    limits = limits or Limits()
    progress = Progress(monitor or Silent())
    until_s = None if limits.time_limit_s is None else began + limits.time_limit_s - _to_tell_s(problem, limits.time_limit_s)
    budget = Budget(limits.n_steps, until_s, progress.stopped)
    begin = () if start is None else start.sites

    def solver(rows: Rows, part: Budget, sites: tuple[int, ...], end_at: int | None) -> Answer:
        way = Way(seed, threads, sites, end_at)
        return solve_rows(rows, part, way, progress) if engine is Engine.JINGCHENG else _by_peer(rows, part, way, engine)

    if problem.aim is Aim.P_CENTRE:
        centre = solve_centre(problem, budget, begin, solver)
        known = _Known(centre.sites, centre.bound_m, centre.infeasible, centre.n_steps)
    else:
        rows = rows_of(problem)
        answer = solver(rows, budget, begin, None)
        # With rows left out that cannot be covered, what is proven does not hold for the whole.
        bound = None if answer.bound is None or not rows.complete else float(answer.bound)
        known = _Known(answer.sites, bound, answer.infeasible or not rows.complete, answer.n_steps)
    return _result(problem, _best_of(problem, known, start), progress, (began, threads))


def _to_tell_s(problem: CoverageProblem, limit_s: float) -> float:
    """Return the seconds that are kept for reasons and checks at the end."""
    return min(0.1 * limit_s, TELL_S * len(problem.reach.sites))


def _by_peer(rows: Rows, budget: Budget, way: Way, engine: Engine) -> Answer:
    """Let another solver work on the whole; our own part is to break ties."""
    everything = np.ones(len(rows.ground.price), dtype=np.bool_)
    programme = programme_of(rows, everything, everything)
    if engine is Engine.HIGHS:
        solved = solve_by_highs(rows, programme, budget)
    else:
        from optimizer.engines.coverage.cpsat_engine import solve_by_cpsat

        solved = solve_by_cpsat(rows, programme, budget, (way.seed, way.threads))
    search = Search(rows, way.seed)
    if solved.chosen is not None:
        search.take(solved.chosen)
    bound = None if solved.bound is None else abs(solved.bound)
    return Answer(search.settled(), search.is_whole, bound, solved.infeasible, search.n_steps)


def _best_of(problem: CoverageProblem, known: _Known, start: CoveragePlan | None) -> _Known:
    """Return the plan begun at where the search found no better."""
    if start is None or faults(problem, start):
        return known
    old, new = objective(problem, start), objective(problem, CoveragePlan(known.sites))
    sign = -1.0 if problem.aim is Aim.MAXIMAL else 1.0
    is_worse = old is not None and (new is None or sign * new > sign * old)
    if is_worse or faults(problem, CoveragePlan(known.sites)):
        return _Known(start.sites, known.bound, known.infeasible, known.n_steps)
    return known


def _result(problem: CoverageProblem, known: _Known, progress: Progress, told: tuple[float, int]) -> Result:
    plan = CoveragePlan(known.sites)
    reached, is_faulty = objective(problem, plan), bool(faults(problem, plan))
    if is_faulty:
        # That there is no plan is said where it is proven only.
        outcome = Outcome.INFEASIBLE if known.infeasible else Outcome.STOPPED
    elif reached is not None and known.bound is not None and abs(reached - known.bound) < 1e-9:
        outcome = Outcome.OPTIMAL
    else:
        outcome = Outcome.STOPPED if progress.stopped() else Outcome.FEASIBLE
    return Result(
        outcome=outcome,
        plan=plan,
        objective=reached,
        bound=known.bound,
        cost=plan_cost(problem, plan),
        closed=why_closed(problem, plan, progress.stopped),
        uncovered=who_is_uncovered(problem, plan),
        n_iterations=known.n_steps,
        seconds=perf_counter() - told[0],
        threads=told[1],
    )
