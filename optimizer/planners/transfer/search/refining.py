"""Search by clusters, better the plan by its own service areas, and bound it by these and then by every item."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from layers.layer import F64
from optimizer.engines.facility_location import Engine, FacilityLocationProblem, Limits, LocationPlan, Result, prove
from optimizer.engines.facility_location import solve as search
from optimizer.engines.facility_location.checker import faults
from optimizer.monitor import Monitor, Part
from optimizer.plan import Draft, Outcome
from optimizer.planners.transfer.params import TransferParams
from optimizer.planners.transfer.reading.question import Question
from optimizer.planners.transfer.search.answering import Answer, answer_of, draft_of
from optimizer.planners.transfer.search.asking import Asked
from optimizer.planners.transfer.search.clusters import Clusters
from optimizer.planners.transfer.search.lifting import areas, item_prices, item_problem, lifted

# Of the time or work that is left: for a first plan by prices, for the clusters by a programme, and for the areas; the
# bound of the items has the rest.
_FIRST_SHARE, _CLUSTER_SHARE, _AREA_SHARE = 0.1, 0.3, 0.4
# Bands that each service area is cut into.
_N_BANDS = 4
# A plan this near its bound, as a share, is left as it is.
_NEAR = 1e-4


@dataclass(frozen=True)
class Prices:
    """What any plan costs at the least with a site open, or closed, yuan a year, by the site's row, where proven."""

    open_yuan: dict[int, float]
    closed_yuan: dict[int, float]


class Refining:
    """One search: the best plan of all items, and the best bound.

    Parameters
    ----------
    question, asked
        What is asked.
    params
        Limits and engine.
    monitor
        Told of drafts of the whole city.
    time_s
        That it may take, of the time limit.
    """

    def __init__(self, question: Question, asked: Asked, params: TransferParams, monitor: Monitor, *, time_s: float) -> None:
        self.question, self.asked, self.params, self.monitor = question, asked, params, monitor
        self.answer: Answer | None = None
        self.draft: Draft | None = None
        self.bound = -np.inf
        self.n_steps = 0
        self._began_s = perf_counter()
        self._time_s = time_s
        self._until_s = self._began_s + time_s
        self._work = params.work_limit

    @property
    def over(self) -> bool:
        """Whether the plan is proven, or the run at its end."""
        near = self.draft is not None and self.draft.objective - self.bound <= _NEAR * abs(self.draft.objective)
        spent = self._work > 0 and self.n_steps >= self._work
        return near or spent or self.monitor.stopped or perf_counter() >= self._until_s

    def run(self) -> Prices:
        """Search until all is proven or the limits are reached; return what any plan costs with a site open, or closed."""
        asked, own = self.asked, Engine(self.params.engine)
        spare = asked.constant_yuan_year - asked.joining_yuan_year
        if own is not Engine.JINGCHENG or not asked.clusters.side_m:
            found = self._part(asked.problem, asked.clusters, spare, (own, 1.0, None))
            return self._prices(found, spare)
        first = self._part(asked.problem, asked.clusters, spare, (own, _FIRST_SHARE, None))
        if not self.over:
            self._part(asked.problem, asked.clusters, spare, (Engine.HIGHS, _CLUSTER_SHARE, first.plan))
        if self.over or self.answer is None or (self.answer.site_of < 0).any():
            return Prices({}, {})
        answer = self.answer
        clusters = areas(self.question, asked, answer, _N_BANDS)
        problem, constant, start = lifted(self.question, asked, answer, clusters)
        found = self._part(problem, clusters, constant, (own, _AREA_SHARE, start))
        known = self._prices(found, constant)
        if found.prices is None:
            return known
        return self._by_items(known, item_prices(self.question, asked, answer, clusters, found.prices))

    def _by_items(self, known: Prices, prices: F64) -> Prices:
        """Raise the bound by prices of all items, and with it what sites cost that are forced open or closed."""
        constant, draft = self.asked.constant_yuan_year, self.draft
        assert draft is not None
        problem = item_problem(self.question, self.asked)
        quiet = _Bounds(self, constant)
        proven = prove(problem, draft.objective - constant, prices=prices, limits=self._limits(1.0), monitor=quiet)
        self.n_steps += proven.n_steps
        self.bound = max(self.bound, proven.bound + constant)
        rows = self.asked.sites.tolist()
        forced = ((known.open_yuan, proven.forced_in), (known.closed_yuan, proven.forced_out))
        for told, costs in forced:
            for column, row in enumerate(rows):
                cost = float(costs[column]) + constant
                if draft.objective < cost < np.inf:
                    told[row] = max(told.get(row, 0.0), cost)
        return known

    def _prices(self, found: Result, constant_yuan: float) -> Prices:
        cost, rows = (found.cost or 0.0) + constant_yuan, self.asked.sites
        known = [(n.site, n.extra_cost) for n in found.not_open if n.extra_cost is not None and n.site < len(rows)]
        kept = [(n.site, n.extra_cost) for n in found.is_open if n.extra_cost is not None and n.site < len(rows)]
        return Prices({int(rows[s]): cost + x for s, x in known}, {int(rows[s]): cost + x for s, x in kept})

    def _limits(self, share: float) -> Limits:
        left_s = max(0.0, self._until_s - perf_counter())
        return Limits(share * left_s, max(1, int(share * (self._work - self.n_steps))) if self._work else None)

    def _search(self, problem: FacilityLocationProblem, how: tuple[Engine, float, LocationPlan | None]) -> Result:
        engine, share, start = how
        if start is not None and faults(problem, start):
            start = None
        done = min(1.0, (perf_counter() - self._began_s) / self._time_s)
        quiet = Quiet(self.monitor, 0.95 * done, 0.95)
        found = search(problem, limits=self._limits(share), seed=self.params.seed, monitor=quiet, engine=engine, start=start)
        self.n_steps += max(1, found.n_steps)
        return found

    def _part(
        self,
        problem: FacilityLocationProblem,
        clusters: Clusters,
        constant_yuan: float,
        how: tuple[Engine, float, LocationPlan | None],
    ) -> Result:
        """Search a problem whose plans, with what it leaves out, cost no more than those of the items; keep the better."""
        found = self._search(problem, how)
        if found.plan is not None:
            answer = answer_of(self.question, self.asked, found.plan, clusters)
            draft = draft_of(self.question, self.asked, answer, Outcome.FEASIBLE)
            if self.draft is None or (len(draft.unserved), draft.objective) < (
                len(self.draft.unserved),
                self.draft.objective,
            ):
                self.answer, self.draft = answer, draft
        self._proven(found, constant_yuan)
        if self.draft is not None:
            self.tell("search", shown=True)
        return found

    def tell(self, phase: str, *, shown: bool = False) -> None:
        """Tell how far the run is, with the best plan where that is new."""
        assert self.draft is not None
        bound = min(self.bound, self.draft.objective) if np.isfinite(self.bound) else None
        share = 0.95 * min(1.0, (perf_counter() - self._began_s) / self._time_s)
        draft = replace(self.draft, bound=bound) if shown else None
        self.monitor.report(share, phase, draft, objective=self.draft.objective, bound=bound)

    def _proven(self, found: Result, constant_yuan: float) -> None:
        if found.bound is not None:
            self.bound = max(self.bound, found.bound + constant_yuan)


class _Bounds:
    """Tell how far the bound of the items is, with the best plan's cost."""

    def __init__(self, run: Refining, constant_yuan: float) -> None:
        self._run, self._constant_yuan = run, constant_yuan

    @property
    def stopped(self) -> bool:
        """Whether the run is stopped, or the plan proven."""
        return self._run.over

    def report(
        self,
        fraction: float,
        message: str,
        incumbent: object | None = None,
        *,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        """Pass the bound on."""
        if bound is not None:
            self._run.bound = max(self._run.bound, bound + self._constant_yuan)
        self._run.tell(message)


class Quiet(Part):
    """Pass on progress without the engine's own plans and figures, which are of clusters."""

    def report(
        self,
        fraction: float,
        message: str,
        incumbent: object | None = None,
        *,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        """Tell how far the part is."""
        super().report(fraction, "search")
