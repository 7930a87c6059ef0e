"""What a plan decides: which candidates are built, which toilets are mended, how, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from layers.layer import F64, Rows
from optimizer.planners.toilets.reading.ground import Ground
from optimizer.planners.toilets.search.sizes import Size, new_size, uses_day
from optimizer.planners.toilets.search.works import DRY, Work, all_works, in_order
from optimizer.planners.toilets.search.years import MENDED, NEW, Task, years_of

# What a use a day counts when works compete for years and money: of a new toilet, of one that is mended urgently.
_NEW_POINTS, _URGENT_POINTS = 3, 2


@dataclass(frozen=True, eq=False)
class Choice:
    """Hold what is decided, and who goes where then.

    Parameters
    ----------
    built
        New toilets by row of the candidate.
    works
        What would mend toilets that stand, also those that are not mended, in order.
    year
        Of each work that is done, by the id of the toilet or candidate.
    serving, length_m
        Nearest toilet of everyone as a row of `Ground.sites_at`, -1 for none, and the way there; shape (n_people,).
    users_day
        Uses a day by site, of those within reach, shape (n_standing + n_candidates,).
    """

    built: dict[int, Size]
    works: tuple[Work, ...]
    year: dict[str, int]
    serving: Rows
    length_m: F64
    users_day: F64

    def cost_yuan(self, ground: Ground) -> float:
        """Return what all that is done costs."""
        new = sum(size.cost_yuan for row, size in self.built.items() if ground.candidates.ids[row] in self.year)
        return new + sum(w.cost_yuan for w in self.works if ground.standing.ids[w.row] in self.year)


def choose(ground: Ground, candidates: Sequence[int]) -> Choice:
    """Return what follows from building at some candidates.

    Candidates for which the years have neither money nor room are not built, and those who would go there go elsewhere.

    Parameters
    ----------
    candidates
        Rows, those first that are to be built first.
    """
    wanted = list(candidates)
    while True:
        choice = _with(ground, wanted)
        done = [row for row in wanted if ground.candidates.ids[row] in choice.year]
        if done == wanted:
            return choice
        wanted = done


def _with(ground: Ground, candidates: Sequence[int]) -> Choice:
    n = len(ground.standing)
    sites = np.concatenate([np.flatnonzero(~ground.shut), n + np.array(candidates, dtype=np.int64)]).astype(np.int64)
    serving, length_m = ground.nearest(sites)
    inside = (serving >= 0) & (length_m <= ground.params.far_m + 1e-6)
    users_day = np.bincount(serving[inside], weights=uses_day(ground)[inside], minlength=n + len(ground.candidates)).astype(
        np.float64
    )
    built = {row: new_size(ground, row, float(users_day[n + row])) for row in candidates}
    works = tuple(in_order(all_works(ground, users_day[:n])))
    return Choice(built, works, years_of(tasks_of(ground, built, works), ground.params), serving, length_m, users_day)


def tasks_of(ground: Ground, built: dict[int, Size], works: Sequence[Work]) -> list[Task]:
    """Return all works, each worth its uses a day: three times for a new toilet, twice for an urgent one."""
    new = [
        Task(
            ground.candidates.ids[row],
            NEW,
            int(ground.candidates.district[row]),
            True,  # it was chosen within the money that dry toilets leave
            1 + _NEW_POINTS * round(size.visits.users_day),
            size.cost_yuan,
        )
        for row, size in built.items()
    ]
    mended = [
        Task(
            ground.standing.ids[w.row],
            MENDED,
            int(ground.standing.district[w.row]),
            DRY in w.wrong,
            1 + (_URGENT_POINTS if w.urgent else 1) * round(w.visits.users_day),
            w.cost_yuan,
        )
        for w in works
    ]
    return [*mended, *new]
