from __future__ import annotations

import itertools

import numpy as np
import pytest

from layers.city import City
from layers.kinds.streets import RoadClass, Streets
from sample_city.names import bases, numeral


@pytest.mark.parametrize(("n", "text"), [(1, "一"), (9, "九"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五")])
def test_numerals(n: int, text: str) -> None:
    assert numeral(n) == text


def test_bases_do_not_repeat() -> None:
    some = list(itertools.islice(bases(np.random.default_rng(1)), 60_000))
    assert len(set(some)) == len(some)
    assert all(2 <= len(name) <= 4 for name in some)


def test_every_street_has_a_chinese_name(city: City) -> None:
    streets = city[Streets]
    assert all(name and all("\u4e00" <= c <= "\u9fff" for c in name) for name in np.unique(streets.name).tolist())
    lanes = np.unique(streets.name[streets.road_class == RoadClass.BACK_STREET]).tolist()
    assert all(name[-1] in "巷里弄坊街" for name in lanes)
    assert any(name.endswith("一巷") for name in lanes)


def test_a_road_keeps_its_name_as_it_runs_on(city: City) -> None:
    streets = city[Streets]
    main = streets.road_class == RoadClass.MAIN
    names, counts = np.unique(streets.name[main], return_counts=True)
    assert counts.max() > 20
    assert len(names) < main.sum() / 8


def test_long_roads_are_named_after_the_side_of_the_centre(city: City) -> None:
    streets = city[Streets]
    north = [n for n in np.unique(streets.name).tolist() if n.endswith("北路")]
    south = {n for n in np.unique(streets.name).tolist() if n.endswith("南路")}
    pairs = [n for n in north if n.replace("北路", "南路") in south and n != "滨江北路"]
    assert pairs
    y = {n: streets.geometry.bounds[streets.name == n, 1].mean() for p in pairs for n in (p, p.replace("北路", "南路"))}
    assert all(y[p] > y[p.replace("北路", "南路")] for p in pairs)
