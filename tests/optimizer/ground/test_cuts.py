"""Scopes of the documents' targets on the tiny city."""

from __future__ import annotations

import numpy as np
import pytest

from layers.kinds.places import Districts
from layers.kinds.streets import Streets
from optimizer.ground.cuts import district_names, streets_where
from tests.cities import tiny_city
from tests.optimizer.planners.sweeping.conftest import with_streets


@pytest.mark.parametrize(
    ("where", "n_streets"),
    [
        ({"area": "city"}, 12),
        ({"area": "built_up", "road_class": ("main", "secondary")}, 6),
        ({"area": "city", "road_class": "back_street"}, 2),
        ({"area": "key"}, 0),
        ({"area": "central"}, 7),
        ({"area": "outer"}, 5),
        ({"area": "city", "street_flag": "lit"}, 12),
    ],
)
def test_a_scope_names_streets(where: dict[str, str | tuple[str, ...]], n_streets: int) -> None:
    city = tiny_city()
    mask = streets_where(city, city[Streets], where)
    assert mask is not None
    assert mask.sum() == n_streets


@pytest.mark.parametrize("where", [{"area": "pilot"}, {"area": "city", "street_flag": "leafy"}])
def test_a_scope_that_the_city_does_not_know_is_not_measured(where: dict[str, str]) -> None:
    city = tiny_city()
    assert streets_where(city, city[Streets], where) is None


def test_rings_are_not_known_without_districts() -> None:
    city = tiny_city().with_layers(Districts.empty())
    assert streets_where(city, city[Streets], {"area": "central"}) is None


def test_a_district_is_known_by_id_and_by_name() -> None:
    city = with_streets(district=np.array(["d1", "甲区"] + [""] * 10))
    assert district_names(city, city[Streets]).tolist()[:3] == ["甲区", "甲区", ""]
