"""Drive the compiled search over one sector: build, anneal in slices, keep the best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter

import numpy as np

from optimizer.engines.arc_routing.kernels.anneal import (
    BESIDE,
    COST,
    LOST_VALUE,
    Best,
    anneal,
    build,
    keep_best,
    measure,
    measure_all,
    split_anew,
)
from optimizer.engines.arc_routing.kernels.model import Routes
from optimizer.engines.arc_routing.scratch import bench_for, best_for, routes_for
from optimizer.engines.arc_routing.sector import Sector
from optimizer.engines.arc_routing.solution import VehicleRoute
from optimizer.engines.budget import Budget, share_spent

# Seconds between two looks at the clock and the stop flag.
SLICE_S = 0.05
# Share of all tasks that a step takes out, and its limits.
TAKEN_SHARE = 0.2
TAKEN_LEAST = 4.0
TAKEN_MOST = 20.0
# Heat at the beginning and at the end, as shares of the mean cost of a task. On seven of bmcv C and egl-e, 40,000 steps, the
# mean gap was 0.94 % with these, 1.18 % with a last heat of 0.01, 1.16 % with 0.3 and 0.01.
HEAT_FIRST = 1.0
HEAT_LAST = 0.03
# Few tasks are heated again so often: they are soon frozen, and a new start finds what the first missed.
N_HEATS = 5
HEAT_FEW = 0.3
FEW_TASKS = 60


class Search:
    """One search over one sector: holds the kernels' arrays from one call to the next."""

    def __init__(self, sector: Sector, seed: int) -> None:
        self.sector = sector
        n_slots, n_tasks = sector.n_slots, len(sector.tasks)
        self.routes = routes_for(sector)
        self.bench = bench_for(sector, seed)
        self.best = best_for(n_slots, n_tasks)
        self.n_steps = 0

    @property
    def cost(self) -> int:
        """Cost of the best plan."""
        return int(self.best.totals[COST])

    @property
    def objective(self) -> int:
        """Cost of the best plan and what it weighs beside."""
        return int(self.best.totals[COST] + self.best.totals[BESIDE])

    @property
    def lost_value(self) -> int:
        """Value of the tasks that the best plan leaves out; their number where all are to be served."""
        return int(self.best.totals[LOST_VALUE])

    def start_from(self, routes: Sequence[VehicleRoute]) -> None:
        """Begin at a plan over this sector's tasks."""
        for slot, route in zip(self.sector.slots_for(routes), routes, strict=True):
            modes, via = self.sector.row_of_route(route)
            self.routes.mode[slot, : len(modes)] = modes
            self.routes.via[slot, : len(via)] = via
            self.routes.length[slot] = len(modes)
        measure_all(self.sector.model, self.routes)
        self._drop_late()
        self._note()

    def _drop_late(self) -> None:
        """Empty routes that keep the rules of time only with other breaks or facilities than this search would choose."""
        late = self.routes.time > self.sector.model.shift[self.sector.model.slot_group]
        self.routes.length[late] = 0
        self.routes.via[late, 0] = self.sector.end_kind
        self.routes.route_of[np.isin(self.routes.route_of, np.flatnonzero(late))] = -1
        measure_all(self.sector.model, self.routes)

    def split_anew(self) -> None:
        """Give all routes their best directions and emptyings."""
        for slot in range(self.sector.n_slots):
            split_anew(self.sector.model, self.routes, self.bench, slot)
        self._note()

    def build(self, budget: Budget) -> None:
        """Put all tasks that have no place at their cheapest ones, farthest first."""
        model = self.sector.model
        column = 1 if self.sector.problem.serve_all else 3
        order = np.argsort(model.rank[:, column], kind="stable").astype(np.int64)
        for begin in range(0, len(order), 64):
            if budget.over:
                break
            build(model, self.routes, self.bench, order[begin : begin + 64])
        self._note()

    def _note(self) -> None:
        measure(self.sector.model, self.routes, self.bench.totals)
        keep_best(self.routes, self.bench.totals, self.best)

    def run(self, budget: Budget, told: Callable[[float], bool]) -> None:
        """Anneal until the budget is spent.

        Parameters
        ----------
        budget
            The limits; with none at all this does not end by itself.
        told
            Called after each slice with the share of the budget spent; True ends the search.
        """
        n_tasks = len(self.sector.tasks)
        if n_tasks == 0:
            return
        scale = budget.heat * max(1e-3, float(self.bench.totals[COST]) / n_tasks)
        began = perf_counter()
        done = 0
        size = max(1, min(2000, 20000 // n_tasks))
        share = 0.0
        while share < 1.0 and not budget.over:
            if budget.n_steps is not None:
                size = min(size, budget.n_steps - done)
            then = share_spent(budget, done + size, began)
            heats = [scale * heat_at(part, n_tasks) for part in (share, max(share, then))]
            clock = perf_counter()
            self._anneal(size, heats)
            done += size
            share = share_spent(budget, done, began)
            if told(min(1.0, share)):
                return
            if budget.n_steps is None:
                size = max(1, int(size * min(2.0, SLICE_S / max(1e-6, perf_counter() - clock))))

    def anneal(self, n_steps: int, heats: tuple[float, float], budget: Budget) -> None:
        """Take so many steps while the heat falls between two values, unless the budget ends before."""
        n_tasks = len(self.sector.tasks)
        if n_tasks == 0:
            return
        size = max(1, min(500, 20000 // n_tasks))
        fall = (heats[1] / heats[0]) ** (1.0 / max(1, n_steps))
        for begin in range(0, n_steps, size):
            if budget.over:
                return
            n = min(size, n_steps - begin)
            self._anneal(n, [heats[0] * fall**k for k in (begin, begin + n)])

    def _anneal(self, n_steps: int, heats: Sequence[float]) -> None:
        taken = min(TAKEN_MOST, max(TAKEN_LEAST, TAKEN_SHARE * len(self.sector.tasks)))
        by_worth = 0.0 if self.sector.problem.serve_all else 1.0
        anneal(self.sector.model, self.routes, self.bench, self.best, np.array([n_steps, *heats, taken, by_worth]))
        self.n_steps += n_steps

    def best_rows(self) -> list[tuple[int, VehicleRoute]]:
        """Return the best plan's slots and routes, counted in the whole problem."""
        return self._rows_of(self.best)

    def routes_of(self, held: Routes | Best) -> list[VehicleRoute]:
        """Return a plan's routes, counted in the whole problem."""
        return [route for _, route in self._rows_of(held)]

    def _rows_of(self, held: Routes | Best) -> list[tuple[int, VehicleRoute]]:
        found = []
        for slot in range(self.sector.n_slots):
            n = int(held.length[slot])
            if n:
                modes = [int(m) for m in held.mode[slot, :n]]
                via = [int(v) for v in held.via[slot, : n + 1]]
                found.append((slot, self.sector.route_of_row(slot, modes, via)))
        return found

    def costed_rows(self, held: Routes | Best | None = None) -> list[tuple[VehicleRoute, int]]:
        """Return a plan's routes with the cost of each; where it is the best one, it becomes the plan under work."""
        if held is not self.routes:
            self._take_up_best()
        return [(route, int(self.routes.cost[slot])) for slot, route in self._rows_of(self.routes)]

    def _take_up_best(self) -> None:
        """Make the best plan the one under work."""
        for name in ("mode", "via", "length"):
            getattr(self.routes, name)[...] = getattr(self.best, name)
        self.routes.route_of[:] = -1
        measure_all(self.sector.model, self.routes)
        measure(self.sector.model, self.routes, self.bench.totals)


def heat_at(share: float, n_tasks: int, hottest: float = HEAT_FIRST) -> float:
    """Return the heat, as a share of the mean cost of a task, where this share of the budget is spent."""
    first, n_heats = (HEAT_FEW, N_HEATS) if n_tasks <= FEW_TASKS else (hottest, 1)
    return first * float((HEAT_LAST / first) ** (min(share, 1.0 - 1e-9) * n_heats % 1.0))
