"""Drive the compiled search over one sector: build, anneal in slices, keep the best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np
import numpy.typing as npt

from optimizer.engines.arc_routing.kernels.anneal import (
    BESIDE,
    COST,
    LOST_VALUE,
    N_TOTALS,
    Bench,
    Best,
    anneal,
    build,
    keep_best,
    measure,
    measure_all,
)
from optimizer.engines.arc_routing.kernels.insert import SPOT_SIZE, Dice
from optimizer.engines.arc_routing.kernels.model import TIMED, Routes
from optimizer.engines.arc_routing.kernels.orient import Sheet
from optimizer.engines.arc_routing.kernels.ruin import Trial
from optimizer.engines.arc_routing.sector import Sector
from optimizer.engines.arc_routing.solution import VehicleRoute

# Seconds between two looks at the clock and the stop flag.
SLICE_S = 0.05
# Share of all tasks that a step takes out, and its limits.
TAKEN_SHARE = 0.2
TAKEN_LEAST = 4.0
TAKEN_MOST = 20.0
# Heat at the beginning and at the end, as shares of the mean cost of a task.
HEAT_FIRST = 1.0
HEAT_LAST = 0.01
# Few tasks are heated again so often: they are soon frozen, and a new start finds what the first missed.
N_HEATS = 5
HEAT_FEW = 0.3
FEW_TASKS = 60


@dataclass(frozen=True)
class Budget:
    """How long a search may go on.

    Parameters
    ----------
    n_steps
        Steps after which it ends; None for no limit.
    until_s
        Clock (`time.perf_counter`) at which it ends; None for no limit.
    stopped
        Asked every 50 ms or so whether to end at once.
    heat
        Factor on the heat; small values refine a good plan without leaving it.
    """

    n_steps: int | None
    until_s: float | None
    stopped: Callable[[], bool]
    heat: float = 1.0

    @property
    def over(self) -> bool:
        """Whether to end now."""
        return self.stopped() or (self.until_s is not None and perf_counter() >= self.until_s)


class Search:
    """One search over one sector: holds the kernels' arrays from one call to the next."""

    def __init__(self, sector: Sector, seed: int) -> None:
        self.sector = sector
        n_slots, n_tasks = sector.n_slots, len(sector.tasks)
        self.routes = routes_for(sector)
        self.bench = bench_for(n_slots, n_tasks, seed)
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
        taken = min(TAKEN_MOST, max(TAKEN_LEAST, TAKEN_SHARE * n_tasks))
        by_worth = 0.0 if self.sector.problem.serve_all else 1.0
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
            anneal(self.sector.model, self.routes, self.bench, self.best, np.array([size, *heats, taken, by_worth]))
            done += size
            self.n_steps += size
            share = share_spent(budget, done, began)
            if told(min(1.0, share)):
                return
            if budget.n_steps is None:
                size = max(1, int(size * min(2.0, SLICE_S / max(1e-6, perf_counter() - clock))))

    def best_rows(self) -> list[tuple[int, VehicleRoute]]:
        """Return the best plan's slots and routes, counted in the whole problem."""
        found = []
        for slot in range(self.sector.n_slots):
            n = int(self.best.length[slot])
            if n:
                modes = [int(m) for m in self.best.mode[slot, :n]]
                via = [int(v) for v in self.best.via[slot, : n + 1]]
                found.append((slot, self.sector.route_of_row(slot, modes, via)))
        return found

    def costed_rows(self) -> list[tuple[VehicleRoute, int]]:
        """Return the best plan's routes with the cost of each; the best becomes the plan under work."""
        self._take_up_best()
        return [(route, int(self.routes.cost[slot])) for slot, route in self.best_rows()]

    def _take_up_best(self) -> None:
        """Make the best plan the one under work."""
        for name in ("mode", "via", "length"):
            getattr(self.routes, name)[...] = getattr(self.best, name)
        self.routes.route_of[:] = -1
        measure_all(self.sector.model, self.routes)
        measure(self.sector.model, self.routes, self.bench.totals)


def heat_at(share: float, n_tasks: int) -> float:
    """Return the heat, as a share of the mean cost of a task, where this share of the budget is spent."""
    first, n_heats = (HEAT_FEW, N_HEATS) if n_tasks <= FEW_TASKS else (HEAT_FIRST, 1)
    return first * float((HEAT_LAST / first) ** (min(share, 1.0 - 1e-9) * n_heats % 1.0))


def share_spent(budget: Budget, n_done: int, began_s: float) -> float:
    """Return the share of the budget that is spent: of its work where that is limited, so that runs can be repeated."""
    if budget.n_steps is not None:
        return n_done / budget.n_steps if budget.n_steps else 1.0
    if budget.until_s is not None:
        return (perf_counter() - began_s) / max(1e-9, budget.until_s - began_s)
    return 0.0


def routes_for(sector: Sector) -> Routes:
    """Return a plan without routes."""
    n_slots, n_tasks, n_resources = sector.n_slots, len(sector.tasks), sector.problem.n_resources
    shape = (n_slots, n_tasks + 1)
    by_clock = shape if sector.model.rules[TIMED] else (1, 1)
    routes = Routes(
        mode=np.zeros(shape, dtype=np.int32),
        via=np.zeros((n_slots, n_tasks + 2), dtype=np.int8),
        length=np.zeros(n_slots, dtype=np.int64),
        cost=np.zeros(n_slots, dtype=np.int64),
        busy=np.zeros(n_slots, dtype=np.int64),
        time=np.zeros(n_slots, dtype=np.int64),
        load=np.zeros((n_resources, n_slots), dtype=np.int64),
        before=np.zeros((n_resources, *shape), dtype=np.int64),
        trip=np.zeros((n_resources, *shape), dtype=np.int64),
        done=np.zeros(by_clock, dtype=np.int64),
        rested=np.zeros(by_clock, dtype=np.int64),
        route_of=np.full(n_tasks, -1, dtype=np.int64),
        place_of=np.zeros(n_tasks, dtype=np.int64),
    )
    routes.via[:, 0] = sector.end_kind
    return routes


def bench_for(n_slots: int, n_tasks: int, seed: int) -> Bench:
    """Return scratch memory and dice for a search."""
    trial = Trial(
        counts=np.zeros(3, dtype=np.int64),
        touched=np.zeros(n_slots, dtype=np.int64),
        mark=np.zeros(n_slots, dtype=np.int64),
        old_mode=np.zeros((n_slots, n_tasks + 1), dtype=np.int32),
        old_via=np.zeros((n_slots, n_tasks + 2), dtype=np.int8),
        old_length=np.zeros(n_slots, dtype=np.int64),
        old_cost=np.zeros(n_slots, dtype=np.int64),
        waiting=np.zeros(n_tasks, dtype=np.int64),
        queued=np.zeros(n_tasks, dtype=np.int64),
        was_lost=np.zeros(n_tasks, dtype=np.int64),
    )
    sheet = Sheet(
        whole=np.zeros((n_tasks, 2), dtype=np.int64),
        begin=np.zeros((n_tasks, 2), dtype=np.int64),
        chosen=np.zeros((n_tasks, 2), dtype=np.int64),
        old_mode=np.zeros(n_tasks, dtype=np.int32),
        old_via=np.zeros(n_tasks, dtype=np.int8),
    )
    first, second = np.random.SeedSequence(seed).generate_state(2)
    state = np.array([1 + int(first) % 2147483561, 1 + int(second) % 2147483397], dtype=np.int64)
    return Bench(
        trial=trial,
        sheet=sheet,
        dice=Dice(state, np.array([50], dtype=np.int64)),
        spot=np.zeros(SPOT_SIZE, dtype=np.int64),
        key=np.zeros(n_tasks, dtype=np.float64),
        totals=np.zeros(N_TOTALS, dtype=np.int64),
    )


def best_for(n_slots: int, n_tasks: int) -> Best:
    """Return a best plan that any other is better than."""
    nothing: npt.NDArray[np.int64] = np.full(N_TOTALS, 1 << 60, dtype=np.int64)
    return Best(
        mode=np.zeros((n_slots, n_tasks + 1), dtype=np.int32),
        via=np.zeros((n_slots, n_tasks + 2), dtype=np.int8),
        length=np.zeros(n_slots, dtype=np.int64),
        totals=nothing,
    )
