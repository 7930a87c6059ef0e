"""The shortest way round a closed arc, sought towards its goal up to the limit (Hart, Nilsson & Raphael 1968)."""

from __future__ import annotations

import numpy as np

from optimizer.engines.circulation.kernels.ground import MOST_ARCS, Ground, Room, State
from optimizer.engines.kernels.compiled import compiled

_ROUNDING = 1e-6


@compiled
def _push(room: Room, n: int, key: float, node: int) -> None:
    k = n
    while k > 0:
        up = (k - 1) // 2
        if room.heap_key[up] <= key:
            break
        room.heap_key[k], room.heap_node[k] = room.heap_key[up], room.heap_node[up]
        k = up
    room.heap_key[k], room.heap_node[k] = key, node


@compiled
def _pop(room: Room, n: int) -> int:
    top = room.heap_node[0]
    key, node = room.heap_key[n - 1], room.heap_node[n - 1]
    k, last = 0, n - 1
    while True:
        down = 2 * k + 1
        if down >= last:
            break
        if down + 1 < last and room.heap_key[down + 1] < room.heap_key[down]:
            down += 1
        if room.heap_key[down] >= key:
            break
        room.heap_key[k], room.heap_node[k] = room.heap_key[down], room.heap_node[down]
        k = down
    room.heap_key[k], room.heap_node[k] = key, node
    return int(top)


@compiled
def _is_banned(ground: Ground, before: int, after: int) -> bool:
    for k in range(ground.ban_first[before], ground.ban_first[before + 1]):  # noqa: SIM110 - a generator does not compile
        if ground.ban_after[k] == after:
            return True
    return False


@compiled
def _ahead(ground: Ground, node: int, goal: int) -> float:
    """Return the least that is left to drive from a node."""
    away = np.hypot(ground.x_m[node] - ground.x_m[goal], ground.y_m[node] - ground.y_m[goal])
    return float(ground.limits[0] * away)


@compiled
def _spread(ground: Ground, state: State, room: Room, arc: int, node: int, n: int) -> int:
    """Reach out from a node over open arcs within the limit; return how many wait in the heap."""
    goal, now = ground.head[arc], room.now[0]
    most_m = ground.length_m[arc] + ground.limits[1] + _ROUNDING
    for k in range(ground.first[node], ground.first[node + 1]):
        a = ground.arcs[k]
        to, far_m = ground.head[a], room.far_m[node] + ground.length_m[a]
        if state.is_closed[a] or a == arc or (room.stamp[to] == now and room.far_m[to] <= far_m):
            continue
        ahead_m = far_m + _ahead(ground, to, goal)
        if ahead_m > most_m or n >= len(room.heap_key):
            continue
        if room.came[node] >= 0 and _is_banned(ground, room.came[node], a):
            continue
        room.stamp[to], room.far_m[to] = now, far_m
        room.spent_s[to], room.came[to] = room.spent_s[node] + ground.time_s[a], a
        _push(room, n, ahead_m, to)
        n += 1
    return n


@compiled
def way_round(ground: Ground, state: State, room: Room, arc: int) -> int:
    """Write the open arcs of the way round an arc to `room.found`; return how many, -1 where none is within the limits."""
    start, goal = ground.tail[arc], ground.head[arc]
    room.now[0] += 1
    now = room.now[0]
    room.far_m[start], room.spent_s[start], room.came[start], room.stamp[start] = 0.0, 0.0, -1, now
    n = 1
    room.heap_key[0], room.heap_node[0] = _ahead(ground, start, goal), start
    while n > 0:
        key = room.heap_key[0]
        node = _pop(room, n)
        n -= 1
        if node == goal:
            break
        if key <= room.far_m[node] + _ahead(ground, node, goal) + 1e-9:
            n = _spread(ground, state, room, arc, node, n)
    if room.stamp[goal] != now or goal == start:
        return -1
    if room.spent_s[goal] > ground.time_s[arc] + ground.limits[2] + _ROUNDING:
        return -1
    count, node = 0, goal
    while node != start:
        if count >= MOST_ARCS:
            return -1
        room.found[count] = room.came[node]
        count += 1
        node = ground.tail[room.came[node]]
    return count
