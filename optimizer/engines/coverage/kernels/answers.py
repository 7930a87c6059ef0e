"""Put a found plan in order, and ask what becomes of it with a further site."""

from __future__ import annotations

from optimizer.engines.coverage.kernels.moves import close_idle
from optimizer.engines.coverage.kernels.state import COST, N_LOG, N_NEW, N_SHORT, VALUE, Ground, State, flip, may_open, undo
from optimizer.engines.kernels.compiled import compiled, entrance


@entrance
def settle(ground: Ground, state: State) -> None:
    """Put a plan in order: close what adds nothing, then exchange sites for earlier ones that are worth the same."""
    close_idle(ground, state)
    for late in range(len(ground.price) - 1, -1, -1):
        if state.is_open[late] == 0 or ground.fixed[late] != 0:
            continue
        value = state.totals[VALUE]
        flip(ground, state, late)
        chosen = late
        for site in range(late):
            if ground.price[site] != ground.price[late] or state.totals[VALUE] + state.gain[site] != value:
                continue
            keeps = state.totals[N_SHORT] == 0 or ground.district[site] == ground.district[late]
            if keeps and may_open(ground, state, site):
                chosen = site
                break
        flip(ground, state, chosen)
    state.totals[N_LOG] = 0


@compiled
def may_close(ground: Ground, state: State, site: int, kept: int) -> bool:
    """Whether an open site may be closed for another that is kept, and its district still has enough."""
    district = ground.district[site]
    return bool(
        state.is_open[site] == 1
        and site != kept
        and ground.fixed[site] == 0
        and state.n_in[district] > ground.at_least[district]
    )


@compiled
def close_near(ground: Ground, state: State, site: int) -> bool:
    """Close what is too near to a site; False where that must stay open."""
    for k in range(ground.near_offsets[site], ground.near_offsets[site + 1]):
        other = ground.near_sites[k]
        if state.is_open[other] == 1:
            if ground.fixed[other] != 0:
                return False
            flip(ground, state, other)
    return True


@compiled
def close_idle_but(ground: Ground, state: State, kept: int) -> None:
    """Close sites that add nothing, the dearest first, but keep one."""
    while True:
        worst, most = -1, -1
        for site in range(len(ground.price)):
            is_idle = state.loss[site] == 0 and ground.price[site] >= most
            if is_idle and may_close(ground, state, site, kept):
                worst, most = site, ground.price[site]
        if worst < 0:
            return
        flip(ground, state, worst)


@entrance
def force_in(ground: Ground, state: State, site: int) -> bool:
    """Open a site, close those that rules make it replace and that are missed least; return whether all rules are kept.

    The log holds the change.
    """
    state.totals[N_LOG] = 0
    flip(ground, state, site)
    if not close_near(ground, state, site):
        return False
    home = ground.district[site]
    while True:
        is_full = state.n_in[home] > ground.at_most[home]
        if not is_full and state.totals[N_NEW] <= ground.limits[0] and state.totals[COST] <= ground.limits[1]:
            break
        best, least = -1, 0
        for other in range(len(ground.price)):
            if is_full and ground.district[other] != home:
                continue
            if may_close(ground, state, other, site) and (best < 0 or state.loss[other] < least):
                best, least = other, state.loss[other]
        if best < 0:
            return False
        flip(ground, state, best)
    if ground.limits[3] == 1:
        close_idle_but(ground, state, site)
    is_covered = ground.limits[3] == 0 or state.totals[VALUE] == ground.limits[2]
    return bool(state.totals[N_SHORT] == 0 and is_covered)


@entrance
def take_back(ground: Ground, state: State) -> None:
    """Take back all that the log holds."""
    undo(ground, state, 0)
