"""Choose what a window is about: stretches of the routes that lie nearest to a task, and tasks there that nobody serves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from optimizer.engines.arc_routing.problem import UNREACHABLE, ArcRoutingProblem, IntArray
from optimizer.engines.arc_routing.solution import StopKind, VehicleRoute
from optimizer.engines.arc_routing.views import View
from optimizer.engines.arc_routing.windows import Costed, Stretch, may_cut

# Tasks of a window around which stretches are taken, and all of its tasks at most: enough for several vehicles, few
# enough for small matrices. Windows of whole routes may be larger, since else they would hold but one.
NEAREST_IN_WINDOW = 160
MOST_TASKS_IN_WINDOW = 240
MOST_TASKS_OF_WHOLE_ROUTES = 420
MOST_LOST_IN_WINDOW = 60
MOST_STRETCHES = 16
# Tasks farther off than so many places along a route part two stretches of it.
LONGEST_GAP = 6
# A route of which so large a share lies in the window is taken whole.
WHOLE_SHARE = 0.6
# Idle vehicles that a window may use: so many of each of so many groups.
SPARE_IN_WINDOW = 2
N_SPARE_GROUPS = 3


@dataclass
class Frame:
    """Hold what windows are cut from, and what those of one batch have taken.

    Parameters
    ----------
    problem, routes, route_of
        The plan as it is.
    idle
        Idle vehicles of a group, at most so many.
    taken
        Keys of routes, tasks and numbers of idle vehicles by group that a window has.
    """

    problem: ArcRoutingProblem
    routes: Mapping[int, Costed]
    route_of: IntArray
    idle: Callable[[int, int], int]
    taken_routes: set[int] = field(default_factory=set)
    taken_lost: set[int] = field(default_factory=set)
    taken_idle: dict[int, int] = field(default_factory=dict)

    @property
    def is_full(self) -> bool:
        """Whether every route is taken."""
        return len(self.taken_routes) == len(self.routes)

    def free_vehicles(self, group: int) -> int:
        """Return how many idle vehicles of a group a window may use."""
        taken = self.taken_idle.get(group, 0)
        return min(SPARE_IN_WINDOW, self.idle(group, SPARE_IN_WINDOW + taken) - taken)


def stretches_of(frame: Frame, view: View, seed: int, *, whole: bool) -> tuple[IntArray, list[Stretch]] | None:
    """Return the tasks and the stretches of a window around a task, and note them as taken; None where there are none.

    Parameters
    ----------
    seed
        The task.
    whole
        Whether routes are to be taken whole.
    """
    apart = view.apart(seed)
    order = np.argsort(apart, kind="stable")
    order = order[(apart[order] < UNREACHABLE) & view.able[order]]
    marked, lost = near_tasks(frame, view, order)
    stretches: list[Stretch] = []
    tasks: list[int] = list(lost)
    most = MOST_TASKS_OF_WHOLE_ROUTES if whole else MOST_TASKS_IN_WINDOW
    for key, near in marked.items():
        cut = cut_route(frame, key, near, whole=whole or not may_cut(frame.problem))
        inside = [t for s in cut for t in tasks_in(frame.routes[key].route, s)]
        if stretches and (len(tasks) + len(inside) > most or len(stretches) + len(cut) > MOST_STRETCHES):
            continue
        stretches += cut
        tasks += inside
    idle = (
        idle_near(frame, view, seed)
        if lost or not stretches or frame.problem.groups[view.groups[0]].n_vehicles is None
        else []
    )
    if not tasks or not stretches + idle:
        return None
    frame.taken_routes.update(s.key for s in stretches)
    frame.taken_lost.update(lost)
    for stretch in idle:
        frame.taken_idle[stretch.group] = frame.taken_idle.get(stretch.group, 0) + stretch.n_vehicles
    return np.array(sorted(tasks), dtype=np.int64), stretches + idle


def near_tasks(frame: Frame, view: View, order: IntArray) -> tuple[dict[int, list[int]], list[int]]:
    """Return the nearest tasks that are free, by route in the order in which they come, and those that nobody serves."""
    marked: dict[int, list[int]] = {}
    lost: list[int] = []
    n = 0
    for task in order.tolist():
        key = int(frame.route_of[task])
        if key < 0:
            if len(lost) < MOST_LOST_IN_WINDOW and task not in frame.taken_lost:
                lost.append(task)
                n += 1
        elif key not in frame.taken_routes and frame.routes[key].route.group in view.groups:
            marked.setdefault(key, []).append(task)
            n += 1
        if n >= NEAREST_IN_WINDOW:
            break
    return marked, lost


def tasks_in(route: VehicleRoute, stretch: Stretch) -> list[int]:
    """Return the tasks of a stretch."""
    return [s.task for s in route.stops[stretch.first : stretch.last] if s.kind is StopKind.SERVE]


def cut_route(frame: Frame, key: int, near: Sequence[int], *, whole: bool) -> list[Stretch]:
    """Return the stretches of a route that hold some of its tasks; the longest of them has all the time that is left."""
    costed = frame.routes[key]
    stops, group = costed.route.stops, costed.route.group
    shift_s = frame.problem.groups[group].shift_s
    slack_s = None if shift_s is None else shift_s - costed.time_s
    if whole or len(near) >= WHOLE_SHARE * len(costed.route.tasks):
        return [Stretch(group, key, 0, len(stops), 1, slack_s)]
    wanted = set(near)
    places = [k for k, stop in enumerate(stops) if stop.kind is StopKind.SERVE and stop.task in wanted]
    spans: list[list[int]] = []
    for place in places:
        if spans and place - spans[-1][1] <= LONGEST_GAP:
            spans[-1][1] = place + 1
        else:
            spans.append([place, place + 1])
    last_served = max(k for k, stop in enumerate(stops) if stop.kind is StopKind.SERVE)
    if spans[-1][1] > last_served:
        spans[-1][1] = len(stops)
    longest = max(range(len(spans)), key=lambda k: spans[k][1] - spans[k][0])
    return [
        Stretch(group, key, first, last, 1, slack_s if k == longest or slack_s is None else 0)
        for k, (first, last) in enumerate(spans)
    ]


def idle_near(frame: Frame, view: View, seed: int) -> list[Stretch]:
    """Return some idle vehicles that stand nearest to a task."""
    free = [g for g in view.groups if frame.problem.allowed[seed, g] and frame.free_vehicles(g) > 0]
    entry = view.entry[seed, 0]
    free.sort(key=lambda g: int(view.hubs.out.cost[view.hub(frame.problem.groups[g].start_node), entry]))
    return [Stretch(g, n_vehicles=frame.free_vehicles(g)) for g in free[:N_SPARE_GROUPS]]
