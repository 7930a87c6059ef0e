"""Fleets that are tried: the planner itself says what each reaches, and each begins at what another one reached."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from time import perf_counter

import numpy as np

from layers.layer import Bool, Rows
from layers.text import Text
from optimizer.monitor import Monitor, Silent
from optimizer.plan import Draft, Outcome, Unserved
from optimizer.planners.sweeping.day import fleet
from optimizer.planners.sweeping.explaining.spare_time import able
from optimizer.planners.sweeping.explaining.unserved import left, unreachable
from optimizer.planners.sweeping.measuring import money
from optimizer.planners.sweeping.measuring.goal import needed
from optimizer.planners.sweeping.model import Run
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.problem import SweepingProblem
from optimizer.planners.sweeping.search.board import SweepingBoard
from optimizer.planners.sweeping.search.carry import Carried, packed, unpacked
from optimizer.planners.sweeping.search.dealing import Bench, all_units
from optimizer.planners.sweeping.search.joint import Joint
from optimizer.planners.sweeping.search.proven import net_s

Fleet = tuple[int, ...]
# Share of the whole time or work that trying may take, and that a slice of one try's search takes.
_TRY_SHARE, A_TRY = 0.75, 0.03
# A try goes on while what its last slice gained, so many times over, makes up what is missing; and slices of one at most.
_AHEAD, _MOST_SLICES = 3.0, 5
# A day's driving by the second of sweeping, for the first guess.
_DAY_FACTOR = 1.45
_NOT_BOUGHT = Text("此车队不含能清扫该路段的车型", "this fleet has no vehicle of a type that can sweep it")
_BUY_ONE = Text("增加一辆这种车；达标不需要", "one such vehicle; the rate does not need it")


@dataclass(frozen=True)
class Trial:
    """Hold what one fleet reached.

    Parameters
    ----------
    n_by_type
        Vehicles of each type that go out.
    routes
        As the engine has them, for other fleets to begin at; None where it had nothing to do.
    """

    n_by_type: Fleet
    rate_pct: float
    cost_yuan: float
    draft: Draft
    routes: Carried | None = None


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
        self.trials: dict[Fleet, Trial] = {}
        self.n_tried = self.n_steps = 0
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
        return self.problem.goal.rate_pct(self.out_of_reach)

    @cached_property
    def out_of_reach(self) -> Bool:
        """Passes that no machine sweeps in any fleet, shape (n,): those too long for every tank, too, or too dirty."""
        goal = self.problem.goal
        rows = np.arange(len(goal.passes))
        by_any = np.any([self._may(k, rows) for k in range(len(self.bench.vehicles))], axis=0)
        return np.asarray(goal.unswept(self.problem.unserved) | ~by_any)

    def _may(self, k: int, rows: Rows) -> Bool:
        """Return which passes a type may sweep, comes to, and has hopper and tank enough for, shape (n,)."""
        bench = self.bench
        views = [ground for ground in bench.grounds[k] if ground is not None]
        if not views:
            return np.zeros(len(rows), dtype=bool)
        comes = np.any([bench.arcs_of(rows, ground)[:, 0] >= 0 for ground in views], axis=0)
        return np.asarray(able(bench.passes, rows, bench.vehicles[k], self.params) & comes)

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

    def reaches(self, n_by_type: Fleet) -> bool:
        """Try a fleet, where that was not done, and return whether it reaches the rate.

        It begins at what the best fleet so far reached, and is searched as long as it comes nearer.
        """
        if n_by_type not in self.trials:
            self.n_tried += 1
            self._keep(n_by_type, self._tried(n_by_type, self.best if self.trials else None))
            best = self.best
            self.monitor.report(min(1.0, self.spent), "fleet", best.draft, objective=best.draft.objective)
        return self.trials[n_by_type].rate_pct >= self.wanted

    def _tried(self, n_by_type: Fleet, start: Trial | None) -> Trial:
        run = self._built(n_by_type, start)
        trial = self._trial(run)
        for _ in range(_MOST_SLICES):
            before_pct = trial.rate_pct
            self._search(run, A_TRY)
            trial = self._trial(run)
            missing_pct = self.wanted - trial.rate_pct
            if missing_pct <= 0 or self.over() or missing_pct > _AHEAD * (trial.rate_pct - before_pct):
                break
        return trial

    def look_again(self, n_by_type: Fleet, share: float) -> None:
        """Plan on for a fleet that was tried, with so much more search, and keep what is better."""
        run = self._built(n_by_type, self.trials[n_by_type])
        self._search(run, share)
        self._keep(n_by_type, self._trial(run))

    def _keep(self, n_by_type: Fleet, trial: Trial) -> None:
        """Keep what a fleet reached, for the vehicles too that it sent out, where it is the best known of these."""
        for key in (n_by_type, trial.n_by_type):
            known = self.trials.get(key, trial)
            self.trials[key] = min(known, trial, key=lambda t: (t.draft.objective, t.n_by_type))

    def _built(self, n_by_type: Fleet, start: Trial | None) -> Run[Joint]:
        """Return a fleet's run with its first plan."""
        problem = self.problem_of(n_by_type)
        run = Run(problem.units, self.params, SweepingBoard(problem, Trying(self)))
        run.until_s = self.began_s + self.params.time_limit_s
        if start is not None and start.routes is not None:
            for joint, session in zip(run.units, run.sessions, strict=True):
                session.start_from(unpacked(start.routes, joint))
        run.everywhere(run.build)
        return run

    def _search(self, run: Run[Joint], share: float) -> None:
        """Search on for a share of the work or time.

        Where work is limited, each search gets its share of it and never less, so that it is the same on every machine.
        """
        params, before, end_s = self.params, run.n_steps, run.until_s
        if params.work_limit:
            run.params = replace(params, work_limit=max(1, int(share * params.work_limit)))
        else:
            run.until_s = min(end_s, perf_counter() + max(1.0, share * params.time_limit_s))
        run.search_all()
        run.until_s = end_s
        self.n_steps += run.n_steps - before

    def _trial(self, run: Run[Joint]) -> Trial:
        draft, goal = run.board.draft(Outcome.FEASIBLE), self.problem.goal
        out = Counter(key for key, _ in {(r.vehicle_type, r.vehicle) for r in draft.routes})
        return Trial(
            n_by_type=tuple(out[v.key] for v in self.bench.vehicles),
            rate_pct=goal.rate_pct(goal.unswept(draft.unserved)),
            cost_yuan=money.cost_yuan(draft.routes, goal.inventory),
            draft=draft,
            routes=packed(run.units[0], run.sessions[0].costed) if run.units else None,
        )

    def guess(self) -> Fleet:
        """Return how many vehicles of each type sweeping for the rate may take."""
        passes = self.problem.goal.passes
        return self._within(self._vehicles_for(needed(self.problem.goal) & passes.by_machine, 1.0))

    def more(self, n_by_type: Fleet, n_times: int) -> Fleet:
        """Return a fleet with vehicles for what one that was tried lacks of the rate, so many times over."""
        goal, trial = self.problem.goal, self.trials[n_by_type]
        unswept = goal.unswept(trial.draft.unserved)
        lacking = unswept & needed(goal) & ~self.out_of_reach
        with_all_pct = goal.rate_pct(unswept & ~lacking)
        share = min(1.0, (self.wanted - trial.rate_pct) / max(with_all_pct - trial.rate_pct, 1e-9))
        wanted = self._vehicles_for(lacking, share)
        return self._within(tuple(n + n_times * k for n, k in zip(n_by_type, wanted, strict=True)))

    def _vehicles_for(self, chosen: Bool, share: float) -> Fleet:
        """Return vehicles of each type for a share of some passes, shape (n_passes,)."""
        goal, bench = self.problem.goal, self.bench
        work_s = sum(net_s(s) for s in fleet.shifts_of(goal.inventory, self.params))
        rows, service_s = np.flatnonzero(chosen), np.zeros(len(bench.vehicles))
        for k, vehicle in enumerate(bench.vehicles):
            # full-size ones come first, and take what they can
            may = self._may(k, rows)
            service_s[k], rows = float(bench.service_s(rows[may], vehicle).sum()), rows[~may]
        n_by_type = np.ceil(_DAY_FACTOR * share * service_s / max(1.0, work_s)).astype(np.int64)
        return tuple(np.maximum(n_by_type, service_s > 0).tolist())

    def _within(self, n_by_type: Fleet) -> Fleet:
        return tuple(min(n, self.params.n_vehicles_most) for n in n_by_type)

    def problem_of(self, n_by_type: Fleet) -> SweepingProblem:
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


class Trying(Silent):
    """Pass on the wish to stop, and how far the whole is; what a try finds is shown only until a first one is done."""

    def __init__(self, search: Search) -> None:
        self._search = search

    @property
    def stopped(self) -> bool:  # type: ignore[override]
        """Whether the whole was stopped."""
        return self._search.monitor.stopped

    def report(
        self,
        fraction: float,
        message: str,
        incumbent: object | None = None,
        *,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        """Tell of the whole in place of the try."""
        search, is_first = self._search, not self._search.trials
        search.monitor.report(
            min(1.0, search.spent),
            "fleet",
            incumbent if is_first else None,
            objective=objective if is_first else None,
            bound=bound,
        )
