"""In which year each place is built: old quarters first, within each year's budget, evenly by district."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from optimizer.planners.parking.params import ParkingParams


@dataclass(frozen=True, slots=True)
class Work:
    """Hold one place's works, which are done together.

    Parameters
    ----------
    place
        Row among the places.
    old
        Whether it serves an old quarter.
    decided
        Whether the council decided it: such works wait for nobody.
    worth_yuan
        Yuan a year that it brings.
    """

    place: int
    district_row: int
    old: bool
    decided: bool
    n_berths: int
    cost_yuan: float
    worth_yuan: float


def years_of(works: Sequence[Work], params: ParkingParams) -> dict[int, int]:
    """Return the year of each place, from 1 on.

    Decisions come in the first year; then old quarters; then what is worth most for its money. A year takes what its budget
    pays for, and of a district no more than an even share of its berths while another year has room.
    """
    n_years = params.n_years
    if n_years == 1:
        return {work.place: 1 for work in works}
    order = sorted(works, key=lambda w: (not w.decided, not w.old, -w.worth_yuan / max(1.0, w.cost_yuan), w.place))
    whole = defaultdict[int, int](int)
    for work in works:
        whole[work.district_row] += work.n_berths
    spent, marked = [0.0] * n_years, defaultdict[tuple[int, int], int](int)
    found = dict[int, int]()
    for work in order:
        paid = [y for y in range(n_years) if spent[y] + work.cost_yuan <= params.budget_yuan + 1e-6]
        share = whole[work.district_row] / n_years
        even = [y for y in paid if marked[work.district_row, y] < share]
        year = 0 if work.decided else next(iter(even or paid), n_years - 1)
        spent[year] += work.cost_yuan
        marked[work.district_row, year] += work.n_berths
        found[work.place] = year + 1
    return found
