"""Which rules no plan can keep, with figures, and the nearest that is possible."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from layers.layer import Bool
from layers.text import Text
from optimizer.engines.budget import Budget
from optimizer.engines.facility_location.problem import FacilityLocationProblem, Floats, Ints
from optimizer.engines.facility_location.programme import Model, model_of, whole
from optimizer.engines.facility_location.solution import Short, Shortfall
from optimizer.engines.highs import Programme, solve_programme

# Shares and loads are sums of floating numbers: so much of the larger figure is not missing.
TOLERANCE = 1e-6


def counted_out(problem: FacilityLocationProblem) -> Iterator[Shortfall]:
    """Yield the rules that cannot be kept even by themselves, which counting shows."""
    may = np.isin(np.arange(problem.n_sites), problem.options.site[problem.allowed])
    room = np.zeros(problem.n_sites)
    rows = problem.allowed
    np.maximum.at(room, problem.options.site[rows], problem.options.capacity[rows])
    yield from _customers(problem, may, room)
    yield from _capacity(problem, may, room)
    for site in sorted(set(problem.must_open)):
        if not may[site]:
            zh = f"站点 {site} 指定必须开设，但不得开设或没有规模等级"
            en = f"site {site} must be open, but must not be or has no size class"
            yield Shortfall(Short.MUST, 1, 0, Text(zh, en), (site,))
    yield from _numbers(problem, may)


def _customers(problem: FacilityLocationProblem, may: Bool, room: Floats) -> Iterator[Shortfall]:
    reach = np.isfinite(problem.serve_cost) & may[None, :]
    lost = np.flatnonzero(~reach.any(axis=1))
    n = problem.n_customers
    if len(lost):
        zh = f"{n} 个需求点中有 {len(lost)} 个没有可服务它的站点"
        en = f"{len(lost)} of {n} customers have no site that may serve them"
        yield Shortfall(Short.REACH, n, n - len(lost), Text(zh, en), tuple(int(i) for i in lost))
    if problem.single_source:
        largest = np.where(reach, room[None, :], 0.0).max(axis=1, initial=0.0)
        for i in np.flatnonzero(reach.any(axis=1) & (problem.demand > largest * (1 + TOLERANCE))):
            wanted, most = float(problem.demand[i]), float(largest[i])
            zh = f"需求点 {i}：需求量为 {wanted:g}，可服务它的站点最大能力为 {most:g}"
            en = f"customer {i}: its demand is {wanted:g}, the sites that may serve it have room for {most:g} at most"
            yield Shortfall(Short.SIZE, wanted, most, Text(zh, en), (int(i),))


def _capacity(problem: FacilityLocationProblem, may: Bool, room: Floats) -> Iterator[Shortfall]:
    n = int(may.sum()) if problem.n_open is None else min(problem.n_open, int(may.sum()))
    wanted, most = float(problem.demand.sum()), float(np.sort(room[may])[::-1][:n].sum())
    if wanted > most * (1 + TOLERANCE):
        zh = f"总需求量为 {wanted:g}，可开设的 {n} 个站点总能力最多为 {most:g}，缺 {wanted - most:g}"
        en = f"demand is {wanted:g}, the {n} sites that may be open have room for {most:g}: {wanted - most:g} is missing"
        yield Shortfall(Short.CAPACITY, wanted, most, Text(zh, en))


def _numbers(problem: FacilityLocationProblem, may: Bool) -> Iterator[Shortfall]:
    must = set(problem.must_open)
    n_may = int(may.sum())
    if problem.n_open is not None:
        if problem.n_open_exactly and problem.n_open > n_may:
            yield _number(problem.n_open, n_may, Text("可开设的站点", "sites that may be open"))
        if len(must) > problem.n_open:
            yield _number(problem.n_open, len(must), Text("必须开设的站点", "sites that must be open"))
    for k, quota in enumerate(problem.quotas):
        counted = problem.counted(quota)
        most = len(set(problem.options.site[counted[problem.allowed[counted]]].tolist()))
        if quota.at_least > most:
            zh = f"指标 {k}：要求至少 {quota.at_least} 个，最多可能 {most} 个，缺 {quota.at_least - most} 个"
            en = f"quota {k}: at least {quota.at_least} are wanted, {most} are possible: {quota.at_least - most} missing"
            yield Shortfall(Short.QUOTA, quota.at_least, most, Text(zh, en), (k,))
        kept = len(must.intersection(quota.sites))
        if quota.at_most is not None and kept > quota.at_most:
            zh = f"指标 {k}：要求至多 {quota.at_most} 个，必须开设的已有 {kept} 个"
            en = f"quota {k}: at most {quota.at_most} are wanted, {kept} of its sites must be open"
            yield Shortfall(Short.QUOTA, quota.at_most, kept, Text(zh, en), (k,))


def _number(wanted: int, possible: int, what: Text) -> Shortfall:
    text = Text(
        f"要求开设 {wanted} 个站点，{what.zh}为 {possible} 个", f"{wanted} sites are to be open, {what.en}: {possible}"
    )
    return Shortfall(Short.NUMBER, wanted, possible, text)


def nearest_possible(problem: FacilityLocationProblem, budget: Budget) -> tuple[Shortfall, ...]:
    """Return the rules that the plan nearest to keeping all of them breaks; nothing where none is found in time.

    A rule counts for each site by which it is missed, unserved demand in all for as many as all rules ask for, so that the
    plan found is a nearest one by these weights; others may miss other rules by as much.
    """
    model = model_of(problem, whole(problem))
    solved = solve_programme(_elastic(problem, model), budget, gap=1e-4)
    if solved.x is None:
        return ()
    n = len(model.programme.cost)
    found = _served(problem, 1.0 - solved.x[n : n + problem.n_customers])
    plan_options = set(model.options[solved.x[: len(model.options)] > 0.5].tolist())
    return (*found, *_broken(problem, model, plan_options))


def _elastic(problem: FacilityLocationProblem, model: Model) -> Programme:
    """Return the programme with a column for what each rule is missed by: unserved shares first, then two a rule."""
    asked = model.programme
    n, n_soft, n_columns = problem.n_customers, len(model.soft), len(asked.cost)
    rows = np.array([row for row, _, _ in model.soft], dtype=np.int64)
    wanted = [asked.most[row] if np.isinf(asked.least[row]) else asked.least[row] for row in rows]
    whole_demand = 1.0 + float(sum(wanted))
    weights = problem.demand + 1e-6 * max(1.0, float(problem.demand.mean()))
    cost = np.concatenate([np.zeros(n_columns), whole_demand * weights / weights.sum(), np.ones(2 * n_soft)])
    extra: Ints = n_columns + np.arange(n + 2 * n_soft)
    signs = np.concatenate([np.ones(n + n_soft), -np.ones(n_soft)])
    least = asked.least.copy()
    # What all capacity is to suffice for is not served in full.
    if model.capacity_row is not None:
        least[model.capacity_row] = -np.inf
    return Programme(
        cost,
        np.zeros(len(cost)),
        np.concatenate([asked.high, np.ones(n), np.full(2 * n_soft, np.inf)]),
        np.concatenate([asked.is_whole, np.zeros(n + 2 * n_soft, dtype=np.bool_)]),
        np.concatenate([asked.row, np.arange(n), rows, rows]),
        np.concatenate([asked.column, extra]),
        np.concatenate([asked.value, signs]),
        least,
        asked.most,
    )


def _served(problem: FacilityLocationProblem, share: Floats) -> list[Shortfall]:
    wanted, served = float(problem.demand.sum()), float(problem.demand @ share)
    lost = np.flatnonzero(share < 1 - TOLERANCE)
    if not len(lost):
        return []
    zh = f"总需求量为 {wanted:g}，最多可服务 {served:g}，缺 {wanted - served:g}；{len(lost)} 个需求点未全部服务"
    en = f"demand is {wanted:g} in all, {served:g} can be served: {wanted - served:g} missing, of {len(lost)} customers"
    return [Shortfall(Short.SERVED, wanted, served, Text(zh, en), tuple(int(i) for i in lost))]


def _broken(problem: FacilityLocationProblem, model: Model, chosen: set[int]) -> Iterator[Shortfall]:
    """Yield the rules on numbers that a choice of options breaks."""
    is_open = set(problem.options.site[sorted(chosen)].tolist())
    for row, kind, which in model.soft:
        least, most = float(model.programme.least[row]), float(model.programme.most[row])
        if kind is Short.QUOTA:
            n = len(chosen.intersection(problem.counted(problem.quotas[which]).tolist()))
        else:
            n = len(is_open) if kind is Short.NUMBER else int(which in is_open)
        if least <= n <= most:
            continue
        wanted = least if n < least else most
        name = _name_of(kind, which)
        word = Text("至少" if n < least else "至多", "at least" if n < least else "at most")
        zh = f"{name.zh}：要求{word.zh} {wanted:g}，与其他要求一起最接近的为 {n}"
        en = f"{name.en}: {word.en} {wanted:g} wanted, {n} is the nearest together with the other rules"
        yield Shortfall(kind, wanted, n, Text(zh, en), () if kind is Short.NUMBER else (which,))


def _name_of(kind: Short, which: int) -> Text:
    if kind is Short.QUOTA:
        return Text(f"指标 {which}", f"quota {which}")
    if kind is Short.MUST:
        return Text(f"站点 {which} 必须开设", f"site {which} must be open")
    return Text("开设站点数", "number of open sites")
