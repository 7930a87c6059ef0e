from __future__ import annotations

import numpy as np
import pytest

from optimizer.engines.arc_routing import VehicleGroup
from optimizer.engines.arc_routing.cut_programme import crossing
from optimizer.engines.arc_routing.cuts import least_moves
from optimizer.engines.arc_routing.first_sets import around_hubs, rules_of_parts
from optimizer.engines.arc_routing.relaxation import relaxation_of
from tests.optimizer.engines.cases import star
from tests.optimizer.engines.tiny import tiny


@pytest.mark.parametrize("kind", ["undirected", "mixed", "dumps"])
def test_one_sweep_over_a_partition_says_what_each_part_says_alone(kind: str) -> None:
    relaxation = relaxation_of(tiny(5, kind))
    n = relaxation.n_places
    part = np.arange(n) % (n - 1)
    least, across = rules_of_parts(relaxation, part)
    for k in range(n - 1):
        sides = part == k
        assert sorted(across[k].tolist()) == sorted(crossing(sides, *relaxation.ends()).tolist())
        assert least[k] <= least_moves(relaxation, sides)
    assert least.max() > 0


def test_sets_around_the_depot_of_a_star_are_rings_and_its_dead_ends() -> None:
    relaxation = relaxation_of(star(VehicleGroup(0, 0, (9,))))
    sets = {frozenset(np.flatnonzero(sides).tolist()) for sides in around_hubs(relaxation, relaxation.needs[0])}
    rings = [{1, 2, 3, 4}, {2, 3, 4}, {3, 4}, {4}]
    assert sets == {frozenset(ring) for ring in rings} | {frozenset({v}) for v in (1, 2, 3)}
