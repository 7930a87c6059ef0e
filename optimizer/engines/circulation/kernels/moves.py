"""Close an arc and see that all ways round hold; open pairs near a refused one, and close them again in another order."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from optimizer.engines.circulation.kernels.ground import I64, MOST_OPENED, N_CLOSED, N_JOURNAL, Ground, Room, State
from optimizer.engines.circulation.kernels.ways import way_round
from optimizer.engines.kernels.compiled import compiled, entrance
from optimizer.engines.kernels.dice import Dice, draw, draw_below

# Metres around a refused pair within which others are opened.
REACH_M = 600.0


@compiled
def _keep(state: State, room: Room, pair: int, n: int) -> None:
    """Make what was found the way round of a pair; the old one goes into the journal."""
    row = state.counts[N_JOURNAL]
    if row < len(state.journal_pair):
        state.journal_pair[row], state.journal_n[row] = pair, state.n_way[pair]
        for k in range(state.n_way[pair]):
            state.journal_way[row, k] = state.way[pair, k]
        state.counts[N_JOURNAL] += 1
    state.n_way[pair] = n
    for k in range(n):
        state.way[pair, k] = room.found[k]


@compiled
def _uses(state: State, pair: int, arc: int) -> bool:
    for k in range(state.n_way[pair]):  # noqa: SIM110 - a generator does not compile
        if state.way[pair, k] == arc:
            return True
    return False


@compiled
def _enter(ground: Ground, state: State, pair: int, side: int) -> None:
    state.choice[pair] = side
    state.place[pair] = state.counts[N_CLOSED]
    state.members[state.counts[N_CLOSED]] = pair
    state.counts[N_CLOSED] += 1
    state.total[0] += ground.gain[pair]
    state.is_closed[ground.pairs[pair, side]] = 1


@compiled
def reopen(ground: Ground, state: State, pair: int) -> None:
    """Open the closed arc of a pair."""
    state.is_closed[ground.pairs[pair, state.choice[pair]]] = 0
    last = state.members[state.counts[N_CLOSED] - 1]
    state.members[state.place[pair]], state.place[last] = last, state.place[pair]
    state.place[pair], state.choice[pair] = -1, -1
    state.counts[N_CLOSED] -= 1
    state.total[0] -= ground.gain[pair]


@compiled
def close(ground: Ground, state: State, room: Room, pair: int, side: int) -> bool:
    """Close one arc of a pair where its way round, and those of all others, can be kept; return whether it is closed."""
    arc = ground.pairs[pair, side]
    n = way_round(ground, state, room, arc)
    if n < 0:
        return False
    state.is_closed[arc] = 1
    _keep(state, room, pair, n)
    for k in range(state.counts[N_CLOSED]):
        other = state.members[k]
        if _uses(state, other, arc):
            n = way_round(ground, state, room, ground.pairs[other, state.choice[other]])
            if n < 0:
                # ways that were replaced meanwhile hold with the arc open too
                state.is_closed[arc] = 0
                return False
            _keep(state, room, other, n)
    _enter(ground, state, pair, side)
    return True


@compiled
def close_either(ground: Ground, state: State, room: Room, pair: int, first: int) -> bool:
    """Close one arc of a pair, one side tried before the other."""
    return close(ground, state, room, pair, first) or close(ground, state, room, pair, 1 - first)


@entrance
def insert_all(ground: Ground, state: State, room: Room, order: I64, first: I64) -> int:
    """Close pairs in an order, of each the side that is named first where that can be; return how many."""
    n = 0
    for k in range(len(order)):
        state.counts[N_JOURNAL] = 0
        if state.choice[order[k]] < 0 and close_either(ground, state, room, order[k], first[k]):
            n += 1
    return n


@compiled
def _near(ground: Ground, pair: int, other: int) -> bool:
    a, b = ground.tail[ground.pairs[pair, 0]], ground.tail[ground.pairs[other, 0]]
    return bool(abs(ground.x_m[a] - ground.x_m[b]) < REACH_M and abs(ground.y_m[a] - ground.y_m[b]) < REACH_M)


@compiled
def _open_near(ground: Ground, state: State, room: Room, pair: int, dice: Dice) -> int:
    """Open some closed pairs near another one, remember them and their ways, and return how many."""
    n, wanted = 0, 1 + draw_below(dice, MOST_OPENED)
    seen = 0
    for k in range(state.counts[N_CLOSED]):  # a sample of those near, each as likely (reservoir)
        other = state.members[k]
        if _near(ground, pair, other):
            seen += 1
            if n < wanted:
                room.removed[n] = other
                n += 1
            else:
                at = draw_below(dice, seen)
                if at < wanted:
                    room.removed[at] = other
    for k in range(n):
        other = room.removed[k]
        room.removed_choice[k], room.removed_n[k] = state.choice[other], state.n_way[other]
        for i in range(state.n_way[other]):
            room.removed_way[k, i] = state.way[other, i]
        reopen(ground, state, other)
    return n


@compiled
def _back(ground: Ground, state: State, room: Room, pair: int, n: int) -> None:
    """Undo a step: what it closed is opened, ways that it replaced are put back, what it opened is closed as before."""
    if state.choice[pair] >= 0:
        reopen(ground, state, pair)
    for k in range(n):
        if state.choice[room.removed[k]] >= 0:
            reopen(ground, state, room.removed[k])
    for row in range(state.counts[N_JOURNAL] - 1, -1, -1):
        other = state.journal_pair[row]
        state.n_way[other] = state.journal_n[row]
        for i in range(state.journal_n[row]):
            state.way[other, i] = state.journal_way[row, i]
    for k in range(n):
        other = room.removed[k]
        state.n_way[other] = room.removed_n[k]
        for i in range(room.removed_n[k]):
            state.way[other, i] = room.removed_way[k, i]
        _enter(ground, state, other, room.removed_choice[k])


@entrance
def search(ground: Ground, state: State, room: Room, left_out: I64, n_steps: int, dice: Dice) -> float:
    """Take steps: open some pairs near one that is left out, close that one, then them in another order; worse is undone.

    A pair that is left out and gains more is tried more often.
    """
    for _ in range(n_steps):
        one, two = left_out[draw_below(dice, len(left_out))], left_out[draw_below(dice, len(left_out))]
        pair = one if ground.gain[one] >= ground.gain[two] else two
        if state.choice[pair] >= 0:
            continue
        before = state.total[0]
        state.counts[N_JOURNAL] = 0
        n = _open_near(ground, state, room, pair, dice)
        close_either(ground, state, room, pair, draw_below(dice, 2))
        _shuffle(room, n, dice)
        for k in range(n):
            first = room.removed_choice[k] if draw(dice) < 0.7 else 1 - room.removed_choice[k]
            close_either(ground, state, room, room.removed[k], first)
        full = state.counts[N_JOURNAL] >= len(state.journal_pair)
        if state.total[0] < before - 1e-9 and not full:
            _back(ground, state, room, pair, n)
    return float(state.total[0])


@compiled
def _shuffle(room: Room, n: int, dice: Dice) -> None:
    for k in range(n - 1, 0, -1):
        other = draw_below(dice, k + 1)
        if other == k:
            continue
        room.removed[k], room.removed[other] = room.removed[other], room.removed[k]
        room.removed_choice[k], room.removed_choice[other] = room.removed_choice[other], room.removed_choice[k]
        room.removed_n[k], room.removed_n[other] = room.removed_n[other], room.removed_n[k]
        for i in range(max(room.removed_n[k], room.removed_n[other])):
            room.removed_way[k, i], room.removed_way[other, i] = room.removed_way[other, i], room.removed_way[k, i]


@entrance
def alone(ground: Ground, state: State, room: Room, can: npt.NDArray[np.bool_]) -> int:
    """Tell of each arc of each pair whether it has a way round where nothing else is closed; return how many have."""
    n = 0
    for pair in range(len(ground.pairs)):
        for side in range(2):
            can[pair, side] = way_round(ground, state, room, ground.pairs[pair, side]) >= 0
            n += can[pair, side]
    return n
