"""One value as it is typed, into one street of two."""

from __future__ import annotations

import numpy as np
import pytest

from layers.column import GIVEN, MISSING
from layers.editing import with_typed
from layers.errors import InputError
from layers.geometry import Geometry
from layers.kinds.streets import RoadClass, Streets


def streets() -> Streets:
    """Return two streets of 6 m, one of which has an assumed width."""
    lines = [np.array([[0.0, k], [100.0, k]]) for k in range(2)]
    made = Streets(ids=np.array(["s1", "s2"]), geometry=Geometry.lines(lines), name=np.array(["一", "二"]))
    return made.assume("width_m", 6.0, "by_class")


def test_a_width_that_is_typed_is_given() -> None:
    layer = with_typed(streets(), "s1", "width_m", " 7.5 ")
    assert layer.width_m.tolist() == [7.5, 6.0]
    assert layer.origins("width_m")[0] == GIVEN
    assert layer.origins("width_m")[1] not in (GIVEN, MISSING)


def test_what_is_emptied_is_not_known() -> None:
    layer = with_typed(streets(), "s1", "width_m", "")
    assert np.isnan(layer.width_m[0])
    assert layer.origins("width_m")[0] == MISSING


def test_a_longer_name_is_not_cut() -> None:
    assert with_typed(streets(), "s2", "name", "中山北路三段").name.tolist() == ["一", "中山北路三段"]


@pytest.mark.parametrize("typed", ["支路", "branch", "branch road"])
def test_a_class_goes_by_any_of_its_names(typed: str) -> None:
    assert with_typed(streets(), "s1", "road_class", typed).road_class[0] == RoadClass.BRANCH


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("width_m", "-3", "width"),
        ("width_m", "wide", "expected"),
        ("width_m", "nan", "expected"),
        ("road_class", "motorway", "expected"),
        ("cycle_lane", "maybe", "yes or no"),
        ("level", "1.5", "expected"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_changes(name: str, typed: str, told: str) -> None:
    layer = streets()
    with pytest.raises(InputError, match=told):
        with_typed(layer, "s1", name, typed)
    assert layer.hash == streets().hash
