"""Choose sites by score under numbers and quotas alone: what is left of the problem where cover is priced."""

from __future__ import annotations

from optimizer.engines.coverage.kernels.state import Ground
from optimizer.engines.coverage.lists import IntArray
from optimizer.engines.kernels.compiled import entrance


@entrance
def pick(  # noqa: C901 - one pass over numbers and quotas, which a kernel cannot hand around
    ground: Ground, order: IntArray, score: IntArray, forced: tuple[int, int], chosen: IntArray, n_in: IntArray
) -> int:
    """Choose the sites of greatest total score by numbers and quotas alone; return the score, -2**60 where there are none.

    Parameters
    ----------
    order
        Sites by falling score.
    score
        In whole units.
    forced
        A site, and 1 where it is to be open, 0 where not; site -1 for none.
    chosen, n_in
        Written: the choice, and how many each district has.
    """
    for k in range(len(chosen)):
        chosen[k] = 0
    for k in range(len(n_in)):
        n_in[k] = 0
    total, n_new = 0, 0
    site, value = forced
    for k in range(len(order)):
        if ground.fixed[k] == 1 or (k == site and value == 1):
            chosen[k] = 1
            total += score[k]
            n_new += ground.counts[k]
            n_in[ground.district[k]] += 1
    for phase in range(2):
        for k in order:
            if chosen[k] == 1 or ground.fixed[k] == -1 or (k == site and value == 0):
                continue
            district = ground.district[k]
            most = ground.at_least[district] if phase == 0 else ground.at_most[district]
            if n_in[district] < most and n_new < ground.limits[0] and (phase == 0 or score[k] > 0):
                chosen[k] = 1
                total += score[k]
                n_new += 1
                n_in[district] += 1
    for district in range(len(n_in)):
        if n_in[district] < ground.at_least[district] or n_in[district] > ground.at_most[district]:
            return -(2**60)
    return int(total) if n_new <= ground.limits[0] else -(2**60)


@entrance
def force_each(
    ground: Ground, order: IntArray, score: IntArray, found: tuple[IntArray, IntArray], room: tuple[IntArray, IntArray]
) -> None:
    """Write, for each site, the greatest total score with it open and with it closed."""
    for site in range(len(order)):
        found[0][site] = pick(ground, order, score, (site, 1), room[0], room[1])
        found[1][site] = pick(ground, order, score, (site, 0), room[0], room[1])
