"""Which kerbs are to be swept how often: read from the city and the parameters alone, without any solver.

Right-hand traffic. A two-way street has the kerb ``R`` on the right of the drawn line, swept along it, and ``L``, swept
against it. A one-way street has both, each swept in the one direction that is allowed. A narrow alley has ``B``: one pass
for both sides, in either direction unless the alley is one-way. Where a barrier parts the two directions, each has an inner
kerb too: ``RI`` and ``LI``. A kerb that is swept several times a day, or in several
strips side by side, has passes numbered from 1, written ``#2`` and so on from the second on.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from layers.assume import assume_streets
from layers.city import City
from layers.kinds.streets import Oneway, RoadClass, Streets
from layers.layer import F64, Bool, Rows
from layers.units import KM_M, mps
from optimizer.ground.street_rules import street_lengths_m
from optimizer.planners.sweeping.params import SweepingParams

RIGHT, LEFT, BOTH, INNER_RIGHT, INNER_LEFT = range(5)
SIDES = ("R", "L", "B", "RI", "LI")
# Of a street with several kerbs, in the order in which its passes are listed.
_IN_TURN = np.array([RIGHT, LEFT, INNER_RIGHT, INNER_LEFT])


@dataclass(frozen=True, eq=False)
class Passes:
    """Passes that a day asks for, one a row.

    Parameters
    ----------
    streets
        The city's streets, blanks filled by `layers.assume`.
    street
        Shape (n,): row of the street.
    side
        Shape (n,): `RIGHT`, `LEFT`, `BOTH`, `INNER_RIGHT` or `INNER_LEFT`.
    n_th
        Shape (n,): number of the pass, from 1.
    n_sweep
        Shape (n,): which sweep of the day it belongs to, from 1.
    reversible
        Shape (n,): whether either direction will do.
    forward
        Shape (n,): whether it is swept along the drawn line (where not reversible).
    length_m
        Shape (n,): metres to sweep.
    area_m2
        Shape (n,): share of the street's area that the pass cleans, square metres.
    load_kg
        Shape (n,): dirt taken up.
    by_machine
        Shape (n,): False where the street's class is left to hand sweepers.
    """

    streets: Streets
    street: Rows
    side: Rows
    n_th: Rows
    n_sweep: Rows
    reversible: Bool
    forward: Bool
    length_m: F64
    area_m2: F64
    load_kg: F64
    by_machine: Bool

    def __len__(self) -> int:
        return len(self.street)

    @cached_property
    def items(self) -> tuple[str, ...]:
        """Ids of the passes, as `Leg.item` writes them."""
        ids = self.streets.ids[self.street].tolist()
        return tuple(
            f"{street}:{SIDES[side]}{f'#{n_th}' if n_th > 1 else ''}"
            for street, side, n_th in zip(ids, self.side.tolist(), self.n_th.tolist(), strict=True)
        )

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Row of each pass by its id."""
        return {item: row for row, item in enumerate(self.items)}

    @cached_property
    def told_m2(self) -> tuple[float, ...]:
        """Area of each pass as plans tell it, to a tenth of a square metre."""
        return tuple(np.round(self.area_m2, 1).tolist())

    @cached_property
    def n_sweeps(self) -> Rows:
        """How often each pass's kerb is swept in the day, shape (n,)."""
        most = np.zeros(len(self.streets), dtype=np.int64)
        np.maximum.at(most, self.street, self.n_sweep)
        return most[self.street]


def completed(streets: Streets) -> Streets:
    """Return the streets with blanks filled by the rules of `layers.assume`; given values stay."""
    return assume_streets(streets) if len(streets) else streets


def passes_of(city: City, params: SweepingParams) -> Passes:
    """Return all passes that a day asks for, in the order of the streets.

    Whoever asks of the same streets gets the same object, with whatever it has looked up already: a plan that is stopped
    is measured and checked at once.

    Parameters
    ----------
    city
        With streets.
    params
        Sweeps a day by grade, which classes machines sweep, width of an alley, strips.
    """
    return _passes_of(city[Streets], params)


@lru_cache(maxsize=2)
def _passes_of(given: Streets, params: SweepingParams) -> Passes:
    streets = completed(given)
    n_sweeps = sweeps_a_day(streets, params)
    n_across = max(1, int(np.ceil(params.strip_m / params.pass_width_m - 1e-9)))
    alley = streets.width_m <= params.alley_width_m
    n_sides = np.where(alley, 1, np.where(has_inner_kerbs(streets, params), 4, 2))
    # strips cannot be wider than the street
    most_across = np.ceil(streets.width_m / n_sides / params.pass_width_m)
    across = np.where(alley, 1, np.minimum(n_across, most_across)).astype(np.int64)
    n_each = n_sweeps * across * n_sides
    street = np.repeat(np.arange(len(streets)), n_each)
    place = np.arange(len(street)) - np.repeat(np.cumsum(n_each) - n_each, n_each)
    n_per_side = (n_sweeps * across)[street]
    side = np.where(alley[street], BOTH, _IN_TURN[place // np.maximum(n_per_side, 1) % len(_IN_TURN)])
    n_th = place % np.maximum(n_per_side, 1) + 1
    oneway = streets.oneway[street]
    length_m = street_lengths_m(streets)[street]
    return Passes(
        streets=streets,
        street=street,
        side=side,
        n_th=n_th,
        n_sweep=(n_th - 1) // across[street] + 1,
        reversible=alley[street] & ~np.isin(oneway, (Oneway.FORWARD, Oneway.BACKWARD)),
        forward=(oneway == Oneway.FORWARD) | ((oneway != Oneway.BACKWARD) & along_line(side)),
        length_m=length_m,
        area_m2=areas_m2(streets)[street] / (n_sides * across)[street],
        load_kg=length_m * params.dirt_kg_km / KM_M,
        by_machine=by_machine(streets, params)[street],
    )


def has_inner_kerbs(streets: Streets, params: SweepingParams) -> Bool:
    """Return which streets have kerbs along a centre barrier to be swept: two-way ones that are divided, shape (n,)."""
    two_way = ~np.isin(streets.oneway, (Oneway.FORWARD, Oneway.BACKWARD))
    return np.asarray(two_way & streets.centre_barrier & params.sweep_centre_barriers)


def along_line(side: Rows) -> Bool:
    """Return which sides of a two-way street are swept along its drawn line, shape (n,)."""
    return ~np.isin(side, (LEFT, INNER_LEFT))


def sweeps_a_day(streets: Streets, params: SweepingParams) -> Rows:
    """Return how often a day each street is swept, by its cleaning grade, shape (n,)."""
    by_grade = np.array([0, params.n_passes_grade_1, params.n_passes_grade_2, params.n_passes_grade_3])
    return by_grade[np.clip(streets.cleaning_grade, 0, 3)].astype(np.int64)


def by_machine(streets: Streets, params: SweepingParams) -> Bool:
    """Return which streets machines are to sweep, shape (n,); a street of unknown class counts as a branch road."""
    chosen = np.zeros(len(RoadClass), dtype=bool)
    chosen[RoadClass.EXPRESSWAY] = params.sweep_expressway
    chosen[RoadClass.MAIN] = params.sweep_main
    chosen[RoadClass.SECONDARY] = params.sweep_secondary
    chosen[RoadClass.BRANCH] = chosen[RoadClass.UNKNOWN] = params.sweep_branch
    chosen[RoadClass.BACK_STREET] = params.sweep_back_street
    return np.asarray(chosen[streets.road_class])


def areas_m2(streets: Streets) -> F64:
    """Return the area of each street that is to be swept: from the ledger, else length x width, shape (n,)."""
    by_width = street_lengths_m(streets) * streets.width_m
    return np.where(np.isnan(streets.swept_area_m2), by_width, streets.swept_area_m2)


def counted_in_rate(passes: Passes, params: SweepingParams) -> F64:
    """Return what each pass counts in a rate, shape (n,): its area in square metres, or its length in metres."""
    return passes.length_m if params.rate_of == "length" else passes.area_m2


def most_speed_mps(streets: Streets, params: SweepingParams) -> F64:
    """Return how fast each street may be swept, shape (n,), metres a second."""
    speeds = np.full(len(RoadClass), mps(params.speed_other_km_h))
    speeds[[RoadClass.EXPRESSWAY, RoadClass.MAIN]] = mps(params.speed_main_km_h)
    speeds[RoadClass.SECONDARY] = mps(params.speed_secondary_km_h)
    return np.asarray(speeds[streets.road_class])
