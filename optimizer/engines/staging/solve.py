"""The engine's front door: CP-SAT of OR-Tools, first for the fewest shortages, then for the most gain."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

from ortools.sat.python import cp_model

from optimizer.engines.budget import Budget
from optimizer.engines.cpsat import solve_with_cpsat
from optimizer.engines.limits import Limits
from optimizer.engines.outcome import Outcome
from optimizer.engines.staging.checker import faults
from optimizer.engines.staging.greedy import greedy_plan
from optimizer.engines.staging.problem import (
    UNDONE,
    Result,
    StagingPlan,
    StagingProblem,
    YearQuota,
    gain_of,
    shortages,
)  # fmt: skip
from optimizer.monitor import Monitor, Silent

PHASE = "staging"
POLL_S = 0.05


def solve(problem: StagingProblem, *, limits: Limits | None = None, seed: int = 0, monitor: Monitor | None = None) -> Result:
    """Choose the year of each work.

    Parameters
    ----------
    problem
        What is asked.
    limits
        Seconds in all; work counts conflicts of the solver.
    seed
        For the solver.
    monitor
        Told of the first and the last plan (as `StagingPlan`); asked every 0.05 s whether to stop.

    Returns
    -------
    Result
        With a plan that keeps budgets and upper limits; with none done, and outcome infeasible, where the works whose
        year is given pass these already.
    """
    began_s = perf_counter()
    limits, monitor = limits or Limits(), monitor or Silent()
    until_s = None if limits.time_limit_s is None else began_s + limits.time_limit_s
    budget = Budget(limits.n_steps, until_s, lambda: monitor.stopped)
    first = greedy_plan(problem)
    if first is None:
        nothing = StagingPlan((UNDONE,) * problem.n_works)
        lacking = shortages(problem, nothing)
        return Result(Outcome.INFEASIBLE, nothing, 0, None, lacking, False, 0, perf_counter() - began_s)
    monitor.report(0.0, PHASE, first, objective=-float(gain_of(problem, first)))
    search = _Search(problem, budget, seed, first)
    search.run()
    gain = gain_of(problem, search.best)
    bound = search.bound
    monitor.report(1.0, PHASE, search.best, objective=-float(gain), bound=None if bound is None else -float(bound))
    return Result(
        outcome=_outcome(search, gain, monitor),
        plan=search.best,
        gain=gain,
        bound=bound,
        shortages=shortages(problem, search.best),
        fewest_proven=search.fewest_proven,
        n_steps=search.n_steps,
        seconds=perf_counter() - began_s,
    )


def _outcome(search: _Search, gain: int, monitor: Monitor) -> Outcome:
    if search.fewest_proven and search.n_missing(search.best):
        return Outcome.INFEASIBLE
    if search.bound == gain:
        return Outcome.OPTIMAL
    return Outcome.STOPPED if monitor.stopped else Outcome.FEASIBLE


@dataclass(frozen=True)
class _Model:
    """A model with its choices by work and year, and the number of shortages."""

    model: cp_model.CpModel
    chosen: list[list[cp_model.IntVar]]
    n_missing: cp_model.LinearExpr


class _Search:
    """Two searches one after the other, each begun at the best plan so far."""

    def __init__(self, problem: StagingProblem, budget: Budget, seed: int, first: StagingPlan) -> None:
        self.problem, self.budget, self.seed = problem, budget, seed
        self.best = first
        self.bound: int | None = None
        self.fewest_proven = False
        self.n_steps = 0

    def n_missing(self, plan: StagingPlan) -> int:
        """Return how many works a plan is short of."""
        return sum(lack.n_missing for lack in shortages(self.problem, plan))

    def run(self) -> None:
        """Find the fewest shortages, then the most gain with them."""
        least = 0
        if self.n_missing(self.best):
            asked = _model(self.problem)
            asked.model.minimize(asked.n_missing)
            proven = self._ask(asked)
            least = self.n_missing(self.best)
            self.fewest_proven = proven is not None and round(proven) >= least
            if not self.fewest_proven:
                return
        self.fewest_proven = True
        asked = _model(self.problem)
        asked.model.add(asked.n_missing <= least)
        works, years = range(self.problem.n_works), range(self.problem.n_years)
        terms = [asked.chosen[w][y] for w in works for y in years]
        asked.model.maximize(cp_model.LinearExpr.weighted_sum(terms, self.problem.gain.ravel().tolist()))
        proven = self._ask(asked)
        self.bound = None if proven is None else round(proven)

    def _ask(self, asked: _Model) -> float | None:
        """Search from the best plan on, and return the proven bound; None where nothing is proven."""
        for work, row in enumerate(asked.chosen):
            for year, variable in enumerate(row):
                asked.model.add_hint(variable, self.best.years[work] == year)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = self.seed
        if self.budget.n_steps is not None:
            solver.parameters.max_number_of_conflicts = max(1, self.budget.n_steps - self.n_steps)
        status = solve_with_cpsat(asked.model, solver, self.budget)
        self.n_steps += int(solver.num_conflicts)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        found = StagingPlan(tuple(self._year(solver, row) for row in asked.chosen))
        if not faults(self.problem, found) and self._value(found) > self._value(self.best):
            self.best = found
        return solver.best_objective_bound

    def _value(self, plan: StagingPlan) -> tuple[int, int]:
        return -self.n_missing(plan), gain_of(self.problem, plan)

    @staticmethod
    def _year(solver: cp_model.CpSolver, row: list[cp_model.IntVar]) -> int:
        return next((year for year, variable in enumerate(row) if solver.value(variable)), UNDONE)


def _model(problem: StagingProblem) -> _Model:
    model = cp_model.CpModel()
    works, years = range(problem.n_works), range(problem.n_years)
    chosen = [[model.new_bool_var("") for _ in years] for _ in works]
    for row in chosen:
        model.add_at_most_one(row)
    for work, year in problem.fixed:
        model.add(chosen[work][year] == 1)
    spent = [sum(int(problem.cost[w]) * chosen[w][y] for w in works) for y in years]
    for year in years:
        since = 0 if problem.carry_over else year
        model.add(sum(spent[since : year + 1]) <= int(problem.budget[since : year + 1].sum()))
    for first, second in problem.before:
        for year in years:
            model.add(chosen[second][year] <= sum(chosen[first][:year]))
    missing = [_short_of(model, chosen, quota) for quota in problem.quotas]
    missing += [1 - sum(chosen[work]) for work in problem.must]
    return _Model(model, chosen, cp_model.LinearExpr.sum(missing))


def _short_of(model: cp_model.CpModel, chosen: list[list[cp_model.IntVar]], quota: YearQuota) -> cp_model.LinearExprT:
    """Hold a quota's upper limit, and return how many works it is short of."""
    group = sorted(set(quota.works))
    done = sum(v for w in group for v in (chosen[w] if quota.year is None else [chosen[w][quota.year]]))
    if quota.at_most is not None:
        model.add(done <= quota.at_most)
    if not quota.at_least:
        return 0
    short = model.new_int_var(0, quota.at_least, "")
    model.add(short >= quota.at_least - done)
    return short
