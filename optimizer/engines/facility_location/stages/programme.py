"""A staged problem as a mixed-integer programme, whole or restricted to some sizes and ways of serving.

Columns: an option of each stage, a share of each product of a customer at a station, then the hauls onward, each as a share
of all demand for its product, so that all columns lie between 0 and 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.layer import Bool
from optimizer.engines.facility_location.problem import Floats, Ints
from optimizer.engines.facility_location.stages.problem import Stage, StagedProblem, counted
from optimizer.engines.facility_location.stages.solution import Haul, Leg, ProductSupply, StagedPlan
from optimizer.engines.highs import Programme, Rows

# A share below this is the solver's rounding.
LEAST_SHARE = 1e-9


@dataclass(frozen=True, eq=False)
class StagedScope:
    """What of a problem a programme may choose from.

    Parameters
    ----------
    stations, centres
        Shape (n_options,) of each stage: may be open.
    pairs
        Shape (n_products, n_customers, n_stations): may serve.
    """

    stations: Bool
    centres: Bool
    pairs: Bool


def whole_scope(problem: StagedProblem) -> StagedScope:
    """Return the scope of all that a problem allows."""
    pairs = np.isfinite(problem.serve_cost) & (problem.demand > 0)[:, :, None]
    return StagedScope(problem.stations.allowed, problem.centres.allowed, pairs)


def n_columns(problem: StagedProblem) -> int:
    """Return how many columns the whole problem has."""
    hauls = (problem.onward.to_centre, problem.onward.to_plant, problem.onward.centre_to_plant)
    pairs = int(whole_scope(problem).pairs.sum())
    return pairs + sum(int(np.isfinite(one).sum()) for one in hauls) + problem.stations.n_options + problem.centres.n_options


class StagedModel:
    """The programme of a problem within a scope.

    Parameters
    ----------
    problem
        What is asked.
    scope
        What may be chosen.
    """

    def __init__(self, problem: StagedProblem, scope: StagedScope) -> None:
        self._problem = problem
        self._total = np.maximum(problem.demand.sum(axis=1), 1e-300)
        self._stations = np.flatnonzero(scope.stations & problem.stations.allowed)
        self._centres = np.flatnonzero(scope.centres & problem.centres.allowed)
        open_stations = np.isin(np.arange(problem.stations.n_sites), problem.stations.options.site[self._stations])
        open_centres = np.isin(np.arange(problem.centres.n_sites), problem.centres.options.site[self._centres])
        onward, used = problem.onward, problem.demand.sum(axis=1) > 0
        self._pairs = np.nonzero(scope.pairs & np.isfinite(problem.serve_cost) & open_stations)
        self._hauls = {
            Leg.TO_CENTRE: _ways(onward.to_centre, used, open_stations, open_centres),
            Leg.TO_PLANT: _ways(onward.to_plant, used, open_stations, None),
            Leg.CENTRE_TO_PLANT: _ways(onward.centre_to_plant, used, open_centres, None),
        }
        self._at: dict[Leg, Ints] = {}
        n = len(self._stations) + len(self._centres)
        self._pair_at = n + np.arange(len(self._pairs[0]))
        n += len(self._pair_at)
        for leg, ways in self._hauls.items():
            self._at[leg] = n + np.arange(len(ways[0]))
            n += len(ways[0])
        self._n = n
        self.programme = self._programme()

    def plan(self, x: Floats) -> StagedPlan:
        """Return the plan that a solution states, with rounded flows made whole again."""
        problem, n = self._problem, len(self._stations)
        product, customer, station = self._pairs
        share = x[self._pair_at]
        kept = np.flatnonzero(share > (0.5 if problem.single_source else LEAST_SHARE))
        total = np.zeros_like(problem.demand)
        np.add.at(total, (product[kept], customer[kept]), share[kept])
        supplies = tuple(
            ProductSupply(
                int(product[k]), int(customer[k]), int(station[k]), float(share[k] / total[product[k], customer[k]])
            )
            for k in kept
        )
        hauls = []
        for leg, (p, origin, target) in self._hauls.items():
            amount = x[self._at[leg]] * self._total[p]
            kept = np.flatnonzero(amount > LEAST_SHARE * self._total[p])
            hauls += [Haul(leg, int(p[k]), int(origin[k]), int(target[k]), float(amount[k])) for k in kept]
        stations = tuple(int(k) for k in self._stations[x[:n] > 0.5])
        centres = tuple(int(k) for k in self._centres[x[n : n + len(self._centres)] > 0.5])
        return StagedPlan(stations, centres, supplies, tuple(hauls))

    def _programme(self) -> Programme:
        problem, rows = self._problem, Rows()
        product, customer, station = self._pairs
        wanted = np.flatnonzero(problem.demand.ravel() > 0)
        row_of = np.full(problem.demand.size, -1)
        row_of[wanted] = np.arange(len(wanted))
        pair_row = row_of[product * problem.n_customers + customer]
        rows.add(pair_row, self._pair_at, np.ones(len(product)), (np.ones(len(wanted)), np.ones(len(wanted))))
        self._where_open(rows, station)
        amount = problem.demand[product, customer]
        self._conserved(
            rows, (product, station, self._pair_at, amount), problem.stations.n_sites, Leg.TO_CENTRE, Leg.TO_PLANT
        )
        p, _, k = self._hauls[Leg.TO_CENTRE]
        come = (p, k, self._at[Leg.TO_CENTRE], self._total[p])
        self._conserved(rows, come, problem.centres.n_sites, Leg.CENTRE_TO_PLANT)
        self._capacities(rows, problem.stations, (self._stations, 0), (product, station, self._pair_at, amount))
        self._capacities(rows, problem.centres, (self._centres, len(self._stations)), come)
        self._plants(rows)
        _numbers(rows, problem.stations, self._stations, 0)
        _numbers(rows, problem.centres, self._centres, len(self._stations))
        cost = np.concatenate(
            [
                problem.stations.options.fixed_cost[self._stations],
                problem.centres.options.fixed_cost[self._centres],
                amount * problem.serve_cost[self._pairs],
                *(self._total[ways[0]] * self._costs(leg)[ways] for leg, ways in self._hauls.items()),
            ]
        )
        n = len(self._stations) + len(self._centres)
        is_whole = np.arange(self._n) < n
        if problem.single_source:
            is_whole[self._pair_at] = True
        return rows.programme(cost, np.zeros(self._n), np.ones(self._n), is_whole)

    def _costs(self, leg: Leg) -> Floats:
        onward = self._problem.onward
        return {
            Leg.TO_CENTRE: onward.to_centre,
            Leg.TO_PLANT: onward.to_plant,
            Leg.CENTRE_TO_PLANT: onward.centre_to_plant,
        }[leg]

    def _where_open(self, rows: Rows, station: Ints) -> None:
        """Let a station serve only where one of its sizes is open."""
        n, site_of = len(station), self._problem.stations.options.site[self._stations]
        by_site = {int(s): np.flatnonzero(site_of == s) for s in np.unique(site_of)}
        sizes = np.array([len(by_site[int(s)]) for s in station], dtype=np.int64)
        column = np.concatenate([self._pair_at, *(by_site[int(s)] for s in station)]).astype(np.int64)
        row = np.concatenate([np.arange(n), np.repeat(np.arange(n), sizes)])
        value = np.concatenate([np.ones(n), -np.ones(len(row) - n)])
        rows.add(row, column, value, (np.full(n, -np.inf), np.zeros(n)))

    def _conserved(self, rows: Rows, come: tuple[Ints, Ints, Ints, Floats], n_sites: int, *out: Leg) -> None:
        """Let as much of each product leave a site as comes in, as shares of all demand for it."""
        product, site, column, amount = come
        row = [product * n_sites + site]
        columns, values = [column], [amount / self._total[product]]
        for leg in out:
            p, origin, _ = self._hauls[leg]
            row.append(p * n_sites + origin)
            columns.append(self._at[leg])
            values.append(-np.ones(len(p)))
        n = self._problem.n_products * n_sites
        rows.add(np.concatenate(row), np.concatenate(columns), np.concatenate(values), (np.zeros(n), np.zeros(n)))

    def _capacities(self, rows: Rows, stage: Stage, own: tuple[Ints, int], come: tuple[Ints, Ints, Ints, Floats]) -> None:
        """Keep what comes to a site within its open size: of all products, and of each where that has a limit."""
        options, first = own
        product, site, column, amount = come
        total = self._problem.total
        limits: list[tuple[int | None, Floats]] = [(None, np.minimum(stage.options.capacity[options], total))]
        if stage.product_capacity is not None:
            limits += [(p, np.minimum(stage.product_capacity[options, p], total)) for p in range(self._problem.n_products)]
        for p, capacity in limits:
            for s in np.unique(stage.options.site[options]):
                sizes = np.flatnonzero(stage.options.site[options] == s)
                mine = np.flatnonzero((site == s) & (True if p is None else product == p))
                if len(mine):
                    value = np.concatenate([amount[mine], -capacity[sizes]])
                    rows.one(np.concatenate([column[mine], first + sizes]), (-np.inf, 0.0), value)

    def _plants(self, rows: Rows) -> None:
        """Keep what each plant is brought of each product within what it takes."""
        legs = (Leg.TO_PLANT, Leg.CENTRE_TO_PLANT)
        product = np.concatenate([self._hauls[leg][0] for leg in legs])
        plant = np.concatenate([self._hauls[leg][2] for leg in legs])
        column = np.concatenate([self._at[leg] for leg in legs])
        for p, m in np.argwhere(np.isfinite(self._problem.plant_capacity)):
            mine = (product == p) & (plant == m)
            most = float(self._problem.plant_capacity[p, m] / self._total[p])
            if mine.any():
                rows.one(column[mine], (-np.inf, most))


def _ways(cost: Floats, used: Bool, origins: Bool, targets: Bool | None) -> tuple[Ints, Ints, Ints]:
    """Return the ways between sites that may be open, of products that there are."""
    may = np.isfinite(cost) & used[:, None, None] & origins[None, :, None]
    if targets is not None:
        may = may & targets[None, None, :]
    product, origin, target = np.nonzero(may)
    return product, origin, target


def _numbers(rows: Rows, stage: Stage, options: Ints, first: int) -> None:
    """Choose one size of a site at the most, and keep locks and quotas."""
    site_of = stage.options.site[options]
    for s in np.unique(site_of):
        own = first + np.flatnonzero(site_of == s)
        least = 1.0 if s in stage.must_open else 0.0
        if len(own) > 1 or least:
            rows.one(own, (least, 1.0))
    for quota in stage.quotas:
        most = np.inf if quota.at_most is None else float(quota.at_most)
        rows.one(first + np.flatnonzero(np.isin(options, counted(stage, quota))), (float(quota.at_least), most))
