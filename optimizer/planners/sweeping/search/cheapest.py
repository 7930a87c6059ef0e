"""The cheapest fleet that reaches a rate: fleets are tried, and the planner itself says what each reaches.

The first fleet is a guess from the seconds of sweeping that the rate needs. It gets vehicles for what it lacks until it
reaches the rate; then one type after the other gives up as many vehicles as it can; then dearer vehicles are exchanged for
cheaper ones; last, with more search behind each try, those fleets are looked at again that were cheaper and nearly reached
the rate. A fleet begins at the routes of the best one before it, as in Nagata & Braysy (2009), doi
10.1016/j.orl.2009.04.006. What is found is the cheapest that was tried, and is called so; only the bound is proven.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

from layers.text import Text
from optimizer.monitor import Monitor
from optimizer.plan import Draft, Outcome
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.problem import SweepingProblem
from optimizer.planners.sweeping.search.trials import A_TRY, Fleet, Search, Trial

# Share of the whole time or work that a second look takes.
_SECOND_LOOK = 0.08
# Points below the rate within which a fleet is looked at again.
_NEAR_PCT = 1.0


def cheapest_fleet(problem: SweepingProblem, params: SweepingParams, monitor: Monitor) -> Draft:
    """Return the plan of the cheapest fleet found that reaches the rate.

    Parameters
    ----------
    problem
        Its bench holds enough vehicles of each type to begin with.
    """
    search = Search(problem, params, monitor)
    n_by_type, n_times = search.guess(), 1
    while not search.reaches(n_by_type) and not search.over():
        n_by_type = search.more(n_by_type, n_times)
        if n_by_type in search.trials:
            break
        n_times *= 2
    if search.best.rate_pct >= search.wanted:
        spare(search)
    if not monitor.stopped and any(search.best.n_by_type):
        search.look_again(search.best.n_by_type, max(A_TRY, 1 - search.spent))
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
    """Take vehicles away, the dearest type first, and exchange them for cheaper ones, until the time for it is over."""
    vehicles = search.bench.vehicles
    dearest = sorted(range(len(vehicles)), key=lambda k: (-vehicles[k].fixed_yuan_day, k))
    for k in dearest:
        fewest(search, k)
    for k, other in itertools.pairwise(dearest):
        fewest(search, k, other)
    seen: set[Fleet] = set()
    while not search.over():
        best = search.best
        near = [t for t in search.trials.values() if t.cost_yuan < best.cost_yuan and t.n_by_type not in seen]
        near = [t for t in near if search.wanted - _NEAR_PCT < t.rate_pct < search.wanted]
        if not near:
            return
        nearest = max(near, key=lambda t: (t.rate_pct, -t.cost_yuan))
        seen.add(nearest.n_by_type)
        search.look_again(nearest.n_by_type, _SECOND_LOOK)


def fewest(search: Search, k: int, other: int = -1) -> None:
    """Take as many vehicles of a type from the best fleet as it can do without, or without but for cheaper ones instead.

    A step takes as many as the rate is above the one wanted, by their share of it; where that tells nothing steps grow while
    they succeed. They are halved where they fail.

    Parameters
    ----------
    other
        Type of which there is one more for each that is taken, as far as there may be; -1 for none.
    """
    step = 1 if other >= 0 else spared(search, k)
    while (n := search.best.n_by_type[k]) and step and not search.over():
        n_fewer, before = min(n, step), search.best
        if other >= 0:
            n_fewer = min(n_fewer, search.params.n_vehicles_most - before.n_by_type[other])
        if n_fewer <= 0:
            return
        tried = _with(before.n_by_type, k, n - n_fewer)
        if other >= 0:
            tried = _with(tried, other, tried[other] + n_fewer)
        known = tried in search.trials
        if not known and search.reaches(tried) and search.best is not before:
            more = spared(search, k)
            step = more if more > 1 and other < 0 else 2 * step
        else:
            step //= 2


def spared(search: Search, k: int) -> int:
    """Return how many vehicles of a type the best fleet may do without, by how far its rate is above the one wanted."""
    best = search.best
    return max(1, int(best.n_by_type[k] * (1 - search.wanted / max(best.rate_pct, 1e-9))))


def _with(n_by_type: tuple[int, ...], k: int, n: int) -> tuple[int, ...]:
    return (*n_by_type[:k], n, *n_by_type[k + 1 :])


def answer(search: Search, best: Trial) -> Text:
    """Say which fleet was found, what for, what one vehicle fewer reached, and that it is not proven to be the cheapest."""
    types = list(zip(search.bench.vehicles, best.n_by_type, strict=True))
    zh = "、".join(f"{n} 辆{v.label.zh}" for v, n in types if n) or "无车"
    en = ", ".join(f"{n} x {v.label.en}" for v, n in types if n) or "no vehicle"
    zh, en = f"{zh}：{best.rate_pct:.2f} %", f"{en}: {best.rate_pct:.2f} %"
    before = reached(search, best)
    zh, en = f"{before.zh}{zh}", f"{before.en}{en}"
    for k, (vehicle, n) in enumerate(types):
        fewer = search.trials.get(_with(best.n_by_type, k, n - 1))
        if fewer is not None:
            zh += f"；少一辆{vehicle.label.zh}：{fewer.rate_pct:.2f} %"
            en += f"; one {vehicle.label.en} fewer: {fewer.rate_pct:.2f} %"
    if best.rate_pct >= search.wanted:
        zh += f"；所试 {search.n_tried} 种车队中最省，未证明为最省"
        en += f"; the cheapest of {search.n_tried} fleets tried, not proven to be the cheapest"
    return Text(zh, en)


def reached(search: Search, best: Trial) -> Text:
    """Return what is said before the fleet: nothing where the rate is reached, else why not, and what the fleet is for."""
    wanted_pct, most_pct = search.params.target_rate_pct, search.most_pct
    is_most = best.rate_pct >= search.wanted
    if short(search, most_pct):
        zh = f"{wanted_pct:g} % 无法达到：车辆能清扫的道路全部清扫，最高 {most_pct:.2f} %；"
        en = f"{wanted_pct:g} % cannot be reached: with all that vehicles can sweep the highest is {most_pct:.2f} %; "
        return Text(
            f"{zh}{'达到最高值的最省车队' if is_most else '最接近的车队'}：",
            f"{en}{'the cheapest fleet for that' if is_most else 'the fleet that comes nearest'}: ",
        )
    if not is_most:
        zh = f"在时限内未达到 {wanted_pct:g} %（车辆能清扫的道路全部清扫为 {most_pct:.2f} %）；最接近的车队："
        en = f"{wanted_pct:g} % is not reached in the time for it (all that vehicles can sweep is {most_pct:.2f} %)"
        return Text(zh, f"{en}; the fleet that comes nearest: ")
    return Text("", "")
