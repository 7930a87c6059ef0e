"""Plans nearly as good that build elsewhere: the clusters are searched again with the sites in use made dearer."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import numpy as np

from layers.layer import F64
from layers.text import Text
from optimizer.changes import Alternative
from optimizer.engines.facility_location import Engine, FacilityLocationProblem, Limits, LocationPlan, Options
from optimizer.engines.facility_location import solve as search
from optimizer.monitor import Monitor
from optimizer.plan import Draft, Outcome
from optimizer.planners.transfer.params import TransferParams
from optimizer.planners.transfer.reading.question import Question
from optimizer.planners.transfer.search.answering import answer_of, draft_of
from optimizer.planners.transfer.search.asking import Asked
from optimizer.planners.transfer.search.refining import Quiet
from optimizer.siting.alternatives import most_different

# Seconds that one of them is looked for at the most, and steps where steps are limited.
_EACH_S, _EACH_STEPS = 6.0, 60

Found = tuple[Draft, frozenset[int], float]


def alternatives(
    question: Question, asked: Asked, best: Draft, params: TransferParams, how: tuple[Monitor, float]
) -> tuple[Draft, tuple[Alternative, ...]]:
    """Return plans within 1 % of the best that differ from it and from one another the most of those found.

    Where one of them turns out to cost less it takes the best's place, which comes first, and that one's.

    Parameters
    ----------
    best
        The plan.
    how
        Who is asked whether to stop, and the clock (`time.perf_counter`) at which to end.
    """
    monitor, until_s = how
    rows = asked.sites
    engine = Engine.HIGHS if params.work_limit == 0 else Engine.JINGCHENG

    def over() -> bool:
        return monitor.stopped or (params.work_limit == 0 and perf_counter() + 1.0 > until_s)

    def solve_with(charge: F64) -> Found | None:
        left_s = min(_EACH_S, max(0.1, until_s - perf_counter())) if params.work_limit == 0 else None
        limits = Limits(left_s, _EACH_STEPS if params.work_limit else None)
        quiet = Quiet(monitor, 0.9, 0.95)
        found = search(charged(asked.problem, charge), limits=limits, seed=params.seed, monitor=quiet, engine=engine)
        return None if found.plan is None else _made(question, asked, found.plan)

    used = frozenset(used_sites(question, best))
    column = {int(site): k for k, site in enumerate(rows.tolist())}
    known = frozenset(column[site] for site in used if site in column), best.objective
    near = most_different(solve_with, known, len(rows), n_wanted=params.n_alternatives, over=over)
    drafts = sorted([best, *(one.plan for one in near)], key=lambda draft: draft.objective)
    return drafts[0], tuple(_told(question, draft, drafts[0]) for draft in drafts if draft is not drafts[0])


def charged(problem: FacilityLocationProblem, charge: F64) -> FacilityLocationProblem:
    """Return a problem in which opening a site costs its charge more, shape (n,) of the first sites."""
    every = np.zeros(problem.n_sites)
    every[: len(charge)] = charge
    rows = problem.options
    return replace(problem, options=Options(rows.site, rows.fixed_cost + every[rows.site], rows.capacity))


def used_sites(question: Question, draft: Draft) -> set[int]:
    """Return the rows of the sites that a plan brings waste to."""
    row_of = question.sites.row_of
    return {row_of[a.server] for a in draft.assignments if a.server in row_of}


def _made(question: Question, asked: Asked, plan: LocationPlan) -> Found | None:
    """Return an engine's plan for all items; None where some are left."""
    draft = draft_of(question, asked, answer_of(question, asked, plan, asked.clusters), Outcome.FEASIBLE)
    if any(left.item in question.waste.row_of for left in draft.unserved):
        return None
    column = {int(site): k for k, site in enumerate(asked.sites.tolist())}
    return draft, frozenset(column[site] for site in used_sites(question, draft) if site in column), draft.objective


def _told(question: Question, other: Draft, best: Draft) -> Alternative:
    more = other.objective - best.objective
    n_different = len(used_sites(question, other) ^ used_sites(question, best))
    share = 100 * more / abs(best.objective) if best.objective else 0.0
    zh = f"有 {n_different} 处场地不同；每年多 {more:,.0f} 元（{share:.2f} %）"
    en = f"{n_different} sites differ; {more:,.0f} yuan a year more ({share:.2f} %)"
    return Alternative(Text(zh, en), other.objective, other.changes, n_different)
