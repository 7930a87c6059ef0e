"""The cheapest fleet that reaches a rate: fleets are tried, and the planner itself says what each reaches.

The first fleet is a guess from the seconds of sweeping that the rate needs. It is enlarged until it reaches the rate; then
one type after the other gives up as many vehicles as it can; last, with more search behind each try, those fleets are looked
at again that were cheaper and nearly reached it. What is found is the cheapest that was tried, and is called so; only the
bound is proven.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from time import perf_counter

import numpy as np

from layers.layer import Rows
from layers.text import Text
from optimizer.monitor import Monitor, Silent
from optimizer.plan import Draft, Outcome, Unserved
from optimizer.planners.sweeping.day import fleet
from optimizer.planners.sweeping.explaining.unserved import left, unreachable
from optimizer.planners.sweeping.measuring import money
from optimizer.planners.sweeping.measuring.goal import needed
from optimizer.planners.sweeping.model import Run
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.problem import SweepingProblem
from optimizer.planners.sweeping.search.board import SweepingBoard
from optimizer.planners.sweeping.search.dealing import Bench, all_units
from optimizer.planners.sweeping.search.proven import net_s

# Share of the whole time or work that trying may take, that one try takes, and that a second look takes.
_TRY_SHARE, _A_TRY, _SECOND_LOOK = 0.55, 0.04, 0.12
# A day's driving by the second of sweeping, for the first guess; and by how much a fleet that falls short is enlarged.
_DAY_FACTOR, _GROWTH_FACTOR = 1.45, 1.25
# Points below the rate within which a fleet is looked at again.
_NEAR_PCT = 4.0
_NOT_BOUGHT = Text("此车队不含能清扫该路段的车型", "this fleet has no vehicle of a type that can sweep it")
_BUY_ONE = Text("增加一辆这种车；达标不需要", "one such vehicle; the rate does not need it")


@dataclass(frozen=True)
class Trial:
    """Hold what one fleet reached.

    Parameters
    ----------
    n_by_type
        Vehicles of each type.
    """

    n_by_type: tuple[int, ...]
    rate_pct: float
    cost_yuan: float
    draft: Draft


class Search:
    """Try fleets, each once.

    Parameters
    ----------
    problem
        With its bench.
    """

    def __init__(self, problem: SweepingProblem, params: SweepingParams, monitor: Monitor) -> None:
        assert problem.bench is not None
        self.problem, self.params, self.monitor = problem, params, monitor
        self.bench: Bench = problem.bench
        self.trials: dict[tuple[int, ...], Trial] = {}
        self.n_steps = 0
        self.began_s = perf_counter()

    @property
    def best(self) -> Trial:
        """The cheapest trial that reaches the rate, else the one that comes nearest."""
        return min(self.trials.values(), key=lambda t: (max(0.0, self.wanted - t.rate_pct), t.cost_yuan, t.n_by_type))

    @cached_property
    def wanted(self) -> float:
        """The rate to be reached, percent, but no more than any fleet can; less what rounding may hide."""
        return min(self.params.target_rate_pct, self.most_pct) - 1e-9

    @cached_property
    def most_pct(self) -> float:
        """The rate with all swept that any vehicle can sweep, percent."""
        goal = self.problem.goal
        return goal.rate_pct(goal.unswept(self.problem.unserved))

    def over(self, share: float = _TRY_SHARE) -> bool:
        """Return whether a share of the time or the work is spent, so that no more fleets are to be tried."""
        return self.monitor.stopped or self.spent >= share

    @property
    def spent(self) -> float:
        """Share of the work, or where that is not limited of the time, that is spent."""
        in_time = (perf_counter() - self.began_s) / self.params.time_limit_s
        return (
            max(self.n_steps / self.params.work_limit, in_time if in_time >= 1 else 0) if self.params.work_limit else in_time
        )

    def reaches(self, n_by_type: tuple[int, ...]) -> bool:
        """Try a fleet, where that was not done, and return whether it reaches the rate."""
        if n_by_type not in self.trials:
            self.trials[n_by_type] = self.trial(n_by_type, _A_TRY)
            best = self.best
            self.monitor.report(min(1.0, self.spent), "fleet", best.draft, objective=best.draft.objective)
        return self.trials[n_by_type].rate_pct >= self.wanted

    def look_again(self, n_by_type: tuple[int, ...], share: float) -> bool:
        """Plan for a fleet with more search, keep the better plan and return whether it reaches the rate."""
        again, known = self.trial(n_by_type, share), self.trials.get(n_by_type)
        self.trials[n_by_type] = again if known is None else min(known, again, key=lambda t: t.draft.objective)
        return self.trials[n_by_type].rate_pct >= self.wanted

    def trial(self, n_by_type: tuple[int, ...], share: float) -> Trial:
        """Plan for a fleet; the first plan is always built, and searched for a share of the work or time.

        Where work is limited, each try gets its share of it and never less, so that it is the same on every machine.
        """
        problem, params = self.problem_of(n_by_type), self.params
        n_steps = max(1, int(share * params.work_limit)) if params.work_limit else 0
        whole_s = params.time_limit_s * (1 if params.work_limit else share)
        board = SweepingBoard(problem, Quiet(self.monitor))
        run = Run(problem.units, replace(params, work_limit=n_steps, time_limit_s=max(1.0, whole_s)), board)
        run.until_s = self.began_s + params.time_limit_s
        run.everywhere(run.build)
        run.until_s = min(run.until_s, perf_counter() + whole_s)
        run.everywhere(run.search)
        draft, goal = board.draft(Outcome.FEASIBLE), problem.goal
        self.n_steps += run.n_steps
        rate = goal.rate_pct(goal.unswept(draft.unserved))
        return Trial(n_by_type, rate, money.cost_yuan(draft.routes, goal.inventory), draft)

    def guess(self) -> tuple[int, ...]:
        """Return how many vehicles of each type sweeping for the rate may take."""
        goal, bench = self.problem.goal, self.bench
        wanted, work_s = needed(goal), sum(net_s(s) for s in fleet.shifts_of(goal.inventory, self.params))
        rows, service_s = np.flatnonzero(wanted & goal.passes.by_machine), np.zeros(len(bench.vehicles))
        for k, vehicle in enumerate(bench.vehicles):
            # full-size ones come first, and take what they can
            may = fleet.suits(goal.passes.streets, vehicle, self.params)[goal.passes.street[rows]]
            views = [ground for ground in bench.grounds[k] if ground is not None]
            may &= np.any([bench.arcs_of(rows, ground)[:, 0] >= 0 for ground in views], axis=0) if views else False
            service_s[k], rows = float(bench.service_s(rows[may], vehicle).sum()), rows[~may]
        n_by_type = np.ceil(_DAY_FACTOR * service_s / max(1.0, work_s)).astype(np.int64)
        return tuple(int(n) for n in np.minimum(np.maximum(n_by_type, service_s > 0), self.params.n_vehicles_most))

    def problem_of(self, n_by_type: tuple[int, ...]) -> SweepingProblem:
        """Return the problem with so many vehicles of each type."""
        here = [k for k, n in enumerate(n_by_type) if n]
        bench = self.bench
        some = replace(
            bench,
            vehicles=tuple(bench.vehicles[k] for k in here),
            grounds=tuple(bench.grounds[k] for k in here),
            n_vehicles=np.array([n_by_type[k] for k in here], dtype=np.int64),
        )
        units, lost = all_units(some, self.params) if here else ((), np.flatnonzero(bench.passes.by_machine))
        return replace(self.problem, units=units, unserved=self._kept_out(lost))

    def _kept_out(self, lost: Rows) -> tuple[Unserved, ...]:
        """Return passes that this fleet cannot sweep: those that no type can, and those of types that it has none of."""
        assert self.problem.barriers is not None
        by_any = np.isin(lost, [self.problem.passes.row_of[u.item] for u in self.problem.unserved])
        passes = self.problem.passes
        not_bought = tuple(left(passes, row, "no_vehicle", _NOT_BOUGHT, _BUY_ONE) for row in lost[~by_any].tolist())
        return (*unreachable(passes, lost[by_any], self.problem.barriers), *not_bought)


class Quiet(Silent):
    """Pass on the wish to stop, and no reports."""

    def __init__(self, whole: Monitor) -> None:
        self.whole = whole

    @property
    def stopped(self) -> bool:  # type: ignore[override]
        """Whether the whole was stopped."""
        return self.whole.stopped


def cheapest_fleet(problem: SweepingProblem, params: SweepingParams, monitor: Monitor) -> Draft:
    """Return the plan of the cheapest fleet found that reaches the rate.

    Parameters
    ----------
    problem
        Its bench holds enough vehicles of each type to begin with.
    """
    search = Search(problem, params, monitor)
    n_by_type = search.guess()
    while not search.reaches(n_by_type) and not search.over():
        more = tuple(min(params.n_vehicles_most, max(n + 1, round(_GROWTH_FACTOR * n))) for n in n_by_type)
        if more == n_by_type:
            break
        n_by_type = more
    if search.best.rate_pct >= search.wanted:
        spare(search)
    if not monitor.stopped and any(search.best.n_by_type):
        search.look_again(search.best.n_by_type, max(_A_TRY, 1 - search.spent))
    best = search.best
    outcome = Outcome.STOPPED if monitor.stopped else Outcome.FEASIBLE
    if short(search, best.rate_pct) and best.draft.unserved and not monitor.stopped:
        # what the time did not suffice for is not proven to be impossible
        at_most = all(n >= params.n_vehicles_most for n in best.n_by_type)
        outcome = Outcome.INFEASIBLE if at_most or short(search, search.most_pct) else Outcome.STOPPED
    return replace(best.draft, outcome=outcome, answer=answer(search, best), n_iterations=search.n_steps)


def short(search: Search, rate_pct: float) -> bool:
    """Return whether a rate is below the one that is asked for."""
    return rate_pct < search.params.target_rate_pct - 1e-9


def spare(search: Search) -> None:
    """Take vehicles away, the dearest type first, until none can be spared or the time for it is over."""
    vehicles = search.bench.vehicles
    dearest = sorted(range(len(vehicles)), key=lambda k: (-vehicles[k].fixed_yuan_day, k))
    n_by_type = search.best.n_by_type
    for k in dearest:
        n_by_type = _with(n_by_type, k, fewest(search, n_by_type, k))
    seen: set[tuple[int, ...]] = set()
    while not search.over(1 - 2 * _SECOND_LOOK):
        best = search.best
        near = [t for t in search.trials.values() if t.cost_yuan < best.cost_yuan and t.n_by_type not in seen]
        near = [t for t in near if search.wanted - _NEAR_PCT < t.rate_pct < search.wanted]
        if not near:
            return
        nearest = max(near, key=lambda t: (t.rate_pct, -t.cost_yuan))
        seen.add(nearest.n_by_type)
        search.look_again(nearest.n_by_type, _SECOND_LOOK)


def fewest(search: Search, n_by_type: tuple[int, ...], k: int) -> int:
    """Return the least number of a type with which the rate is reached, the others as they are.

    A step takes as many as the rate is above the one wanted, by their share of it; where that tells nothing steps grow while
    they succeed. They are halved where they fail.
    """
    n = n_by_type[k]
    step = spared(search, n_by_type, n)
    while n and step and not search.over():
        fewer = max(0, n - step)
        tried = _with(n_by_type, k, fewer)
        if search.reaches(tried):
            n, more = fewer, spared(search, tried, fewer)
            step = more if more > 1 else 2 * step
        else:
            step //= 2
    return n


def spared(search: Search, n_by_type: tuple[int, ...], n: int) -> int:
    """Return how many of `n` vehicles a fleet that was tried may do without, by how far its rate is above the one wanted."""
    return max(1, int(n * (1 - search.wanted / max(search.trials[n_by_type].rate_pct, 1e-9))))


def _with(n_by_type: tuple[int, ...], k: int, n: int) -> tuple[int, ...]:
    return (*n_by_type[:k], n, *n_by_type[k + 1 :])


def answer(search: Search, best: Trial) -> Text:
    """Say what was found, how far below the rate one vehicle fewer fell, and that it is not proven to be the cheapest."""
    named = [
        (f"{n} 辆{v.label.zh}", f"{n} x {v.label.en}")
        for v, n in zip(search.bench.vehicles, best.n_by_type, strict=True)
        if n
    ]
    zh, en = ("、".join(t[0] for t in named) or "无车", ", ".join(t[1] for t in named) or "no vehicle")
    zh, en = f"{zh}：{best.rate_pct:.2f} %", f"{en}: {best.rate_pct:.2f} %"
    for k, vehicle in enumerate(search.bench.vehicles):
        fewer = search.trials.get(_with(best.n_by_type, k, best.n_by_type[k] - 1))
        if fewer is not None:
            zh += f"；少一辆{vehicle.label.zh}：{fewer.rate_pct:.2f} %"
            en += f"; one {vehicle.label.en} fewer: {fewer.rate_pct:.2f} %"
    if short(search, best.rate_pct):
        wanted_pct, most_pct = search.params.target_rate_pct, search.most_pct
        time_zh, time_en = ("", "") if short(search, most_pct) else ("在时限内", " in the time for it")
        zh += f"；{time_zh}未达到 {wanted_pct:g} %，全部可进入的道路都清扫为 {most_pct:.2f} %"
        en += f"; {wanted_pct:g} % is not reached{time_en}; all that vehicles can enter is {most_pct:.2f} %"
    else:
        zh += f"；所试 {len(search.trials)} 种车队中最省，未证明为最省"
        en += f"; the cheapest of {len(search.trials)} fleets tried, not proven to be the cheapest"
    return Text(zh, en)
