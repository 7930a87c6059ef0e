"""The engine's answer for clusters, dealt out to every item in whole, then moved to nearer stations that have room."""

from __future__ import annotations

import numpy as np

from layers.layer import F64, Rows
from optimizer.engines.facility_location import LocationPlan
from optimizer.planners.transfer.reading.question import Question
from optimizer.planners.transfer.search.asking import Asked
from optimizer.planners.transfer.search.clusters import Clusters

_ROUNDS = 20
_SLACK_T_DAY = 1e-9


def dealt(question: Question, asked: Asked, plan: LocationPlan, clusters: Clusters) -> tuple[dict[int, int], Rows]:
    """Return the work of each open site, and the site of each item, shape (n_items,); -1 where none has room.

    Parameters
    ----------
    plan
        Of a problem with the sites and options of `asked.problem`.
    clusters
        Its customers.
    """
    works = question.offers.works
    work_of = {works[k].place: k for k in plan.options if k < len(works)}
    sites = np.array(sorted(work_of), dtype=np.int64)
    if not len(sites):
        return work_of, np.full(len(question.waste), -1, dtype=np.int64)
    columns = np.array([asked.column_of[int(s)] for s in sites], dtype=np.int64)
    room = np.array([question.offers.works[work_of[int(s)]].size_t_day for s in sites]) / question.params.peak_factor
    wanted = _wanted(asked, plan, sites, len(clusters))
    deal = _Deal(question.waste.t_day, asked.cost_yuan_year[:, columns], room)
    deal.by_shares(clusters.items, wanted)
    while (deal.at < 0).any() and _enlarged(question, work_of, sites, deal):
        deal.place_left()
    deal.improve()
    return work_of, np.where(deal.at >= 0, sites[np.maximum(deal.at, 0)], -1)


def _enlarged(question: Question, work_of: dict[int, int], sites: Rows, deal: _Deal) -> bool:
    """Give a station its next size, the cheapest for each tonne: whole items may not fit where parts of them did."""
    works, peak = question.offers.works, question.params.peak_factor
    best: tuple[float, int, int] | None = None
    for k, site in enumerate(sites.tolist()):
        now = works[work_of[site]]
        for row in question.offers.of_site[site]:
            more = works[row].size_t_day - now.size_t_day
            if works[row].kind is now.kind and more > 0:
                paid = works[row].bill.invested_yuan - now.bill.invested_yuan
                best = min(best or (np.inf, 0, 0), (paid / more, k, row))
                break  # works are in order of size
    if best is None:
        return False
    _, k, row = best
    deal.left[k] += (works[row].size_t_day - works[work_of[int(sites[k])]].size_t_day) / peak
    work_of[int(sites[k])] = row
    return True


def _wanted(asked: Asked, plan: LocationPlan, sites: Rows, n_clusters: int) -> F64:
    """Return the share of each cluster that each open site serves, shape (n_clusters, n_open)."""
    at = {int(site): k for k, site in enumerate(sites)}
    share = np.zeros((n_clusters, len(sites)))
    for supply in plan.supplies:
        site = int(asked.sites[supply.site]) if supply.site < len(asked.sites) else -1
        if site in at:
            share[supply.customer, at[site]] += supply.fraction
    return share


class _Deal:
    """Items dealt to open sites: `at` is the site of each, -1 while it has none; `left` is the room of each site."""

    def __init__(self, t_day: F64, cost: F64, room_t_day: F64) -> None:
        self.t_day, self.cost = t_day, cost
        self.left = room_t_day.astype(np.float64).copy()
        self.at = np.full(len(t_day), -1, dtype=np.int64)

    def by_shares(self, clusters: tuple[Rows, ...], share: F64) -> None:
        """Give each site the items of a cluster that lose most elsewhere, up to its share; the rest go to who has room."""
        split = []
        for items, row in zip(clusters, share, strict=True):
            servers = np.flatnonzero(row > 1e-9)
            if len(servers) == 1 and row[servers[0]] > 1 - 1e-6:
                self._put(items, int(servers[0]))
            elif len(servers):
                split.append((items, servers, row[servers]))
        for items, servers, parts in split:
            self._split(items, servers, parts)
        self.place_left()
        self._relieve()

    def place_left(self) -> None:
        """Bring what has no site to the cheapest that has room, the largest first."""
        for item in sorted(np.flatnonzero(self.at < 0).tolist(), key=lambda k: -self.t_day[k]):
            self._place(item)

    def _put(self, items: Rows, site: int) -> None:
        self.at[items] = site
        self.left[site] -= self.t_day[items].sum()

    def _split(self, items: Rows, servers: Rows, parts: F64) -> None:
        quota = parts * self.t_day[items].sum()
        costs = self.cost[np.ix_(items, servers)] / np.maximum(1e-12, self.t_day[items])[:, None]
        ordered = np.sort(costs, axis=1)
        regret = ordered[:, 1] - ordered[:, 0] if len(servers) > 1 else ordered[:, 0]
        for k in np.argsort(-regret, kind="stable").tolist():
            item, size = int(items[k]), self.t_day[items[k]]
            fits = np.flatnonzero((quota >= size / 2) & (self.left[servers] >= size))
            if len(fits):
                best = fits[np.argmin(costs[k, fits])]
                quota[best] -= size
                self._put(np.array([item]), int(servers[best]))

    def _place(self, item: int) -> None:
        fits = np.flatnonzero(self.left >= self.t_day[item] - _SLACK_T_DAY)
        if len(fits):
            self._put(np.array([item]), int(fits[np.argmin(self.cost[item, fits])]))

    def _relieve(self) -> None:
        """Take items out of sites that hold too much, those that lose least elsewhere first."""
        for site in np.flatnonzero(self.left < -_SLACK_T_DAY).tolist():
            own = np.flatnonzero(self.at == site)
            others = np.delete(np.arange(len(self.left)), site)
            loss = (self.cost[np.ix_(own, others)].min(axis=1) if len(others) else np.zeros(len(own))) - self.cost[own, site]
            for item in own[np.argsort(loss, kind="stable")].tolist():
                if self.left[site] >= -_SLACK_T_DAY:
                    break
                fits = others[self.left[others] >= self.t_day[item]]
                self.left[site] += self.t_day[item]
                self.at[item] = -1
                if len(fits):
                    self._put(np.array([item]), int(fits[np.argmin(self.cost[item, fits])]))

    def improve(self) -> None:
        """Move items to cheaper sites that have room, those that gain most first, until none gains."""
        rows = np.arange(len(self.at))
        for _ in range(_ROUNDS):
            now = np.where(self.at >= 0, self.cost[rows, np.maximum(self.at, 0)], np.inf)
            price = np.where(self.left[None, :] >= self.t_day[:, None], self.cost, np.inf)
            best = np.argmin(price, axis=1)
            gain = np.where(np.isinf(price[rows, best]), 0.0, np.minimum(now, 1e18) - price[rows, best])
            order = np.argsort(-gain, kind="stable")[: int((gain > 1e-6).sum())]
            if not len(order):
                return
            for item in order.tolist():
                site = int(best[item])
                if self.left[site] >= self.t_day[item]:
                    if self.at[item] >= 0:
                        self.left[self.at[item]] += self.t_day[item]
                    self._put(np.array([item]), site)
