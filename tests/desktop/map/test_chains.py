from __future__ import annotations

import numpy as np

from desktop.map.chains import Chains, chains
from desktop.map.prepare import Prepared
from desktop.map.scene import MapLayer, Stroke
from layers.geometry import Geometry


def joined(courses: list[list[tuple[float, float]]], names: list[str]) -> Chains:
    named = np.array(names)
    return chains(Prepared.of(MapLayer("s", Geometry.lines(courses), (Stroke("main"),), names=named)), named, 0)


def test_segments_of_a_name_become_one_line_whichever_way_they_were_drawn() -> None:
    found = joined([[(0, 0), (10, 0)], [(20, 0), (10, 0)], [(20, 0), (30, 0)]], ["人民路"] * 3)
    assert found.names.tolist() == ["人民路"]
    course = found.geometry.row(0).tolist()
    assert sorted((course, course[::-1]))[0] == [[0, 0], [10, 0], [10, 0], [20, 0], [20, 0], [30, 0]]


def test_another_name_begins_another_line() -> None:
    found = joined([[(0, 0), (10, 0)], [(10, 0), (15, 0)]], ["人民路", "中山路"])
    assert found.names.tolist() == ["人民路", "中山路"]
    assert len(found.geometry) == 2


def test_three_of_a_name_at_a_junction_stay_apart() -> None:
    found = joined([[(0, 0), (10, 0)], [(10, 0), (20, 0)], [(10, 0), (10, 5)]], ["环路"] * 3)
    assert found.geometry.lengths_m().tolist() == [10, 10, 5]


def test_a_ring_is_one_line() -> None:
    found = joined([[(0, 0), (10, 0)], [(10, 0), (10, 10)], [(10, 10), (0, 0)]], ["环路"] * 3)
    assert len(found.geometry) == 1
    assert found.geometry.lengths_m()[0] > 30


def test_nameless_streets_are_left_out() -> None:
    assert len(joined([[(0, 0), (10, 0)]], [""]).names) == 0
