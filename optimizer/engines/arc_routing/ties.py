"""What holds tasks together when a problem is solved by parts: numbered vehicles, locks to them, orders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

import numpy as np

from optimizer.engines.arc_routing.problem import ArcRoutingProblem, IntArray
from optimizer.engines.arc_routing.sector import Vehicles
from optimizer.engines.arc_routing.solution import VehicleRoute

Part = tuple[IntArray, list[int]]


class Ties:
    """Keep book of which numbered vehicle drives which route, and of which route serves a task of an order."""

    def __init__(self, problem: ArcRoutingProblem) -> None:
        self.problem = problem
        self._lock_of: dict[int, tuple[int, int]] = {
            lock.item: (lock.group, lock.vehicle) for lock in problem.locks if lock.vehicle is not None
        }
        self._order_of = {task: order for order in problem.orders for task in order}
        self._key_of_vehicle: dict[tuple[int, int], int] = {}
        self._key_of_task: dict[int, int] = {}
        self._dealt: list[list[range]] = []

    def take(self, route: VehicleRoute, key: int) -> None:
        """Note a route."""
        if route.vehicle is not None:
            self._key_of_vehicle[route.group, route.vehicle] = key
        if self._order_of:
            self._key_of_task.update({task: key for task in route.tasks if task in self._order_of})

    def give_back(self, route: VehicleRoute) -> None:
        """Forget a route."""
        if route.vehicle is not None:
            del self._key_of_vehicle[route.group, route.vehicle]
        for task in route.tasks:
            self._key_of_task.pop(task, None)

    def bring_together(self, parts: Sequence[Part]) -> list[Part]:
        """Deal vehicles out by number; move tasks so that orders are whole and locked tasks are where their vehicle is."""
        self._dealt = [[] for _ in parts]
        ends = [0] * len(self.problem.groups)
        for k, (_, n_vehicles) in enumerate(parts):
            for group, n in enumerate(n_vehicles):
                self._dealt[k].append(range(ends[group], ends[group] + n))
                ends[group] += n
        part_of = {int(task): k for k, (tasks, _) in enumerate(parts) for task in tasks}
        for order in self.problem.orders:
            here = [task for task in order if task in part_of]
            bound = [part for task in here if (part := self._part_of_lock(task)) is not None]
            part_of.update(dict.fromkeys(here, (bound or [part_of[here[0]]])[0]) if here else {})
        for task in self._lock_of:
            part = self._part_of_lock(task)
            if part is not None and task in part_of and task not in self._order_of:
                part_of[task] = part
        rows: list[list[int]] = [[] for _ in parts]
        for task, k in sorted(part_of.items()):
            rows[k].append(task)
        return [(np.array(row, dtype=np.int64), n) for row, (_, n) in zip(rows, parts, strict=True)]

    def _part_of_lock(self, task: int) -> int | None:
        """Return the part that the vehicle which a task is locked to was dealt to."""
        if task not in self._lock_of:
            return None
        group, vehicle = self._lock_of[task]
        return next((k for k, dealt in enumerate(self._dealt) if vehicle in dealt[group]), None)

    def vehicles(self, n_vehicles: Sequence[int], part: int) -> list[Vehicles]:
        """Return the vehicles of a part: their numbers where these matter."""
        return list(self._dealt[part]) if self.problem.numbers_vehicles else list(n_vehicles)

    def vehicles_of(self, n_vehicles: Sequence[int], routes: Sequence[VehicleRoute], lost: Sequence[int]) -> list[Vehicles]:
        """Return so many vehicles of each group: those of some routes, those that lost tasks are locked to, idle ones."""
        if not self.problem.numbers_vehicles:
            return list(n_vehicles)
        found: list[Vehicles] = []
        for group, n in enumerate(n_vehicles):
            own = [route.vehicle for route in routes if route.group == group and route.vehicle is not None]
            locks = [self._lock_of[task] for task in lost if task in self._lock_of]
            wanted = [v for g, v in locks if g == group and (g, v) not in self._key_of_vehicle]
            idle = (v for v in count() if (group, v) not in self._key_of_vehicle)
            numbers = list(dict.fromkeys([*own, *wanted]))
            while len(numbers) < n:
                number = next(idle)
                if number not in numbers:
                    numbers.append(number)
            found.append(sorted(numbers))
        return found

    def holders(self, lost: Iterable[int]) -> list[int]:
        """Return the routes that tasks without one are bound to, by their lock or by others of their order."""
        keys = []
        for task in lost:
            lock = self._lock_of.get(task)
            if lock in self._key_of_vehicle:
                keys.append(self._key_of_vehicle[lock])
            keys += [self._key_of_task[other] for other in self._order_of.get(task, ()) if other in self._key_of_task]
        return keys
