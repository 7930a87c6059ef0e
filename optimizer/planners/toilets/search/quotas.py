"""How many toilets each district is to have, and how many it can have."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np

from layers.layer import Rows
from layers.text import Text
from optimizer.planners.toilets.reading.ground import OPEN, Ground
from optimizer.planners.toilets.sizing.classes import land_m2
from optimizer.siting.quotas import Wanted

DENSITY = Text("公厕总数", "toilets")
NEW = Text("新建公厕", "new toilets")
_WHY = {
    "land": Text("用地不足", "too small"),
    "off_network": Text("不在步行路网上", "off the network"),
    "outside": Text("在区外", "outside"),
    "duplicate": Text("重复", "the same as another"),
    "spacing": Text("距现有公厕过近", "too near to a toilet that stands"),
    "W6": Text("距学校或水源过近", "too near to a school or water"),
    "must_not": Text("已锁定不建", "locked"),
    "each_other": Text("彼此过近", "too near to one another"),
    "density": Text("超出密度上限", "above the greatest density"),
    "rate": Text("超出每年新建数", "more than may be built in the years"),
}


@dataclass(frozen=True)
class District:
    """Hold the numbers of one district.

    Parameters
    ----------
    row
        Of the district.
    n_standing
        Toilets that stand and stay.
    density, new
        What is wanted, of all toilets and of new ones; the latter for all years.
    n_at_least, n_at_most
        New toilets that are to be built, and that may be.
    """

    row: int
    n_standing: int
    density: Wanted
    new: Wanted
    n_at_least: int
    n_at_most: int


def districts_of(ground: Ground, usable: Rows, pairs: Rows) -> tuple[District, ...]:
    """Return the numbers of each district; one without built-up land has no density to reach.

    Parameters
    ----------
    usable
        Candidates that may be chosen.
    pairs
        Candidates of which only one may be, shape (n, 2).
    """
    counted = ground.standing.district[ground.standing.counts & ~ground.shut]
    n_standing = np.bincount(counted, minlength=len(ground.areas))
    return tuple(_district(ground, row, int(n_standing[row]), usable, pairs) for row in range(len(ground.areas)))


def most_apart(rows: Rows, pairs: Rows) -> int:
    """Return how many sites a simple choice finds of which no two are too near: those with fewest near ones first."""
    near: dict[int, set[int]] = {int(row): set() for row in rows}
    for a, b in pairs.tolist():
        if a in near and b in near:
            near[a].add(b)
            near[b].add(a)
    n = 0
    while near:
        row = min(near, key=lambda k: (len(near[k]), k))
        n += 1
        for gone in (row, *near[row]):
            for other in near.pop(gone, set()):
                if other in near:
                    near[other].discard(gone)
    return n


def _district(ground: Ground, row: int, n_standing: int, usable: Rows, pairs: Rows) -> District:
    params, name = ground.params, ground.areas.names[row]
    here = usable[ground.candidates.district[usable] == row]
    every = np.flatnonzero(ground.candidates.district == row)
    n_fit = most_apart(here, pairs)
    km2 = float(ground.areas.built_km2[row])
    n_least, n_most = math.ceil(params.density_least_ratio * km2 - 1e-9), math.floor(params.density_most_ratio * km2 + 1e-9)
    n_asked = params.n_new_least * params.n_years
    n_room = max(0, min(n_fit, n_most - n_standing)) if km2 > 0 else n_fit
    n_must = sum(ground.locks.get(ground.candidates.ids[k]) == OPEN for k in here.tolist())
    n_rate = max(n_must, min(n_room, params.n_new_most * params.n_years))
    lacking = _lacking(ground, every, len(here) - n_fit)
    needs = Text(
        f"用地 {land_m2(3, params):.0f} m² 以上、满足间距的地块",
        f"a plot of {land_m2(3, params):.0f} m2 or more that keeps the spacing",
    )
    density = Wanted(name, DENSITY, n_least, n_standing + n_rate, len(every), lacking, needs)
    over = {"density": (_WHY["density"], n_fit - n_room)} if n_room < n_fit else {}
    if n_rate < n_room:
        lacking = {**lacking, "rate": (_WHY["rate"], n_room - n_rate)}
    new = Wanted(name, NEW, n_asked, n_rate, len(every), {**lacking, **over}, needs)
    n_at_least = min(n_rate, max(n_least - n_standing, n_asked, 0))
    return District(row, n_standing, density, new, n_at_least, n_rate)


def _lacking(ground: Ground, rows: Rows, n_crowded: int) -> dict[str, tuple[Text, int]]:
    """Return why candidates of a district cannot be chosen, and how many for each reason."""
    why = Counter(ground.broken[int(row)].rule for row in rows if int(row) in ground.broken)
    why.update("must_not" for row in rows if ground.locks.get(ground.candidates.ids[row]) == "closed")
    if n_crowded > 0:
        why["each_other"] = n_crowded
    return {rule: (_WHY[rule], n) for rule, n in why.items()}
