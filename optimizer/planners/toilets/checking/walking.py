"""Ways to the nearest toilet, found anew by Dijkstra's algorithm over the streets (1959, doi 10.1007/BF01386390)."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from layers.layer import F64, Rows
from layers.network import Snaps
from layers.text import Text
from optimizer.plan import Plan, PlanFault
from optimizer.planners.toilets.checking.facts import Facts

_TOLERANCE_M = 0.05


def walk_faults(facts: Facts, plan: Plan) -> Iterator[PlanFault]:
    """Check that all who are on the network go to the nearest toilet, by the way that there is."""
    people = facts.ground.people
    length_m = nearest_m(facts, facts.open_sites)
    told = {a.item: a for a in plan.assignments}
    row_of = {item: row for row, item in enumerate(people.ids)}
    for item in told.keys() - row_of.keys():
        yield _fault("unknown", item, "没有这些人", "nobody is there")
    site_of = {item: site for site, item in facts.item_of.items()}
    servers = {a.server for a in plan.assignments}
    shut = servers - {facts.item_of[site] for site in facts.open_sites.tolist()}
    for server in sorted(shut):
        yield _fault("closed_serves", server, "有人前往，但此处没有公厕", "people are sent there, and it has no toilet")
    by_server = _by_server(facts, plan, {s: site_of[s] for s in servers - shut})
    for row, item in enumerate(people.ids):
        has = item in told
        if has != math.isfinite(length_m[row]):
            yield _fault("not_assigned", item, *(
                ("无路可达却分配了公厕", "is sent to a toilet that it cannot reach") if has
                else ("未分配公厕", "is sent to no toilet, though there is a way")
            ))  # fmt: skip
        elif has and abs(told[item].distance_m - length_m[row]) > _TOLERANCE_M:
            was, now = told[item].distance_m, length_m[row]
            zh, en = (
                f"距离记为 {was:.1f} m，最近为 {now:.1f} m",
                f"the way is given as {was:.1f} m, the nearest is {now:.1f} m",
            )
            yield _fault("wrong_distance", item, zh, en)
        elif has and abs(by_server.get(row, length_m[row]) - length_m[row]) > _TOLERANCE_M:
            zh = f"{told[item].server} 距 {by_server[row]:.1f} m，并非最近（{length_m[row]:.1f} m）"
            en = f"{told[item].server} is {by_server[row]:.1f} m away, the nearest is at {length_m[row]:.1f} m"
            yield _fault("not_nearest", item, zh, en)
        if has and abs(told[item].amount - _amount(facts, row)) > 1e-6:
            zh, en = (
                f"人数记为 {told[item].amount:g}",
                f"{told[item].amount:g} people are told, {_amount(facts, row):g} are there",
            )
            yield _fault("wrong_amount", item, zh, en)


def _fault(code: str, item: str, zh: str, en: str) -> PlanFault:
    return PlanFault(code, item, Text(f"{item}：{zh}", f"{item}: {en}"))


def _amount(facts: Facts, row: int) -> float:
    people = facts.ground.people
    return float(people.n_visitors[row] if people.is_crowd[row] else people.n_living[row])


def _by_server(facts: Facts, plan: Plan, site_of: dict[str, int]) -> dict[int, float]:
    """Return everyone's way to the toilet that the plan names, by row."""
    row_of = {item: row for row, item in enumerate(facts.ground.people.ids)}
    sent: dict[str, list[int]] = defaultdict(list)
    for a in plan.assignments:
        if a.item in row_of and a.server in site_of:
            sent[a.server].append(row_of[a.item])
    farthest = {a.server: 0.0 for a in plan.assignments}
    for a in plan.assignments:
        farthest[a.server] = max(farthest[a.server], a.distance_m)
    found: dict[int, float] = {}
    for server, rows in sent.items():
        own = np.array([site_of[server]], dtype=np.int64)
        length_m = nearest_m(facts, own, farthest[server] + 1.0, np.array(rows, dtype=np.int64))
        found.update(zip(rows, length_m.tolist(), strict=True))
    return found


def nearest_m(facts: Facts, sites: Rows, limit_m: float = math.inf, who: Rows | None = None) -> F64:
    """Return the way of some people to the nearest of some sites, infinite where there is none within a limit.

    Parameters
    ----------
    sites
        Rows of the toilets that stand, and behind them of the candidates.
    who
        Rows of the people; None for all.
    """
    who = np.arange(len(facts.ground.people)) if who is None else who
    to, at = facts.ground.sites_at, facts.ground.people_at
    sites = sites[facts.ground.on_network[sites]]
    spread = _from_sites(facts, to, sites, limit_m)
    by_street: dict[int, list[int]] = defaultdict(list)
    for site in sites.tolist():
        by_street[int(to.street[site])].append(site)
    found = np.full(len(who), math.inf)
    for k, row in enumerate(who.tolist()):
        if facts.ground.reached[row]:
            found[k] = _one(facts, (at, row), spread, [(to, s) for s in by_street[int(at.street[row])]])
    return found


def _one(facts: Facts, place: tuple[Snaps, int], spread: dict[int, float], beside: list[tuple[Snaps, int]]) -> float:
    at, row = place
    ends = ((node, spread.get(node, math.inf) + off_m) for node, off_m in _ends(facts, at, row))
    best = min(length_m for _, length_m in ends)
    for to, site in beside:
        street_m = float(facts.ground.network.arc_length_m[at.arc[row]])
        along_m = abs(float(at.along[row] - to.along[site])) * street_m
        best = min(best, along_m + float(at.distance_m[row]) + float(to.distance_m[site]))
    return best


def _ends(facts: Facts, places: Snaps, row: int) -> tuple[tuple[int, float], tuple[int, float]]:
    """Return the two junctions of a place's street and how far they are from the place."""
    network, arc = facts.ground.network, int(places.arc[row])
    street_m, off_m, along = float(network.arc_length_m[arc]), float(places.distance_m[row]), float(places.along[row])
    along = along if network.arc_forward[arc] else 1.0 - along
    return (int(network.arc_tail[arc]), off_m + along * street_m), (
        int(network.arc_head[arc]),
        off_m + (1 - along) * street_m,
    )


def _from_sites(facts: Facts, to: Snaps, sites: Rows, limit_m: float) -> dict[int, float]:
    """Return how far each junction is from the nearest of some sites."""
    best: dict[int, float] = {}
    heap = [(off_m, node) for site in sites.tolist() for node, off_m in _ends(facts, to, site)]
    heapq.heapify(heap)
    while heap:
        length_m, node = heapq.heappop(heap)
        if node in best or length_m > limit_m:
            continue
        best[node] = length_m
        for other, street_m in facts.neighbours[node]:
            if other not in best:
                heapq.heappush(heap, (length_m + street_m, other))
    return best
