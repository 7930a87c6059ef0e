"""Expressions over three streets that a person can check."""

from __future__ import annotations

import numpy as np
import pytest

from layers.errors import InputError
from layers.expression import looks_like_expression, rows_where
from layers.geometry import Geometry
from layers.kinds.streets import Oneway, RoadClass, Streets


def streets() -> Streets:
    """Return a main road of 20 m, a branch of 7 m, and a back street whose width nobody knows."""
    lines = [np.array([[0.0, k], [100.0, k]]) for k in range(3)]
    return Streets(
        ids=np.array(["s1", "s2", "s3"]),
        geometry=Geometry.lines(lines),
        name=np.array(["人民路", "人民巷", "Park Lane"]),
        road_class=np.array([RoadClass.MAIN, RoadClass.BRANCH, RoadClass.BACK_STREET], dtype=np.int8),
        width_m=np.array([20.0, 7.0, np.nan]),
        oneway=np.array([Oneway.BOTH, Oneway.FORWARD, Oneway.BOTH], dtype=np.int8),
        cycle_lane=np.array([True, False, False]),
        extra={"owner": np.array(["甲", "乙", "甲"])},
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("width_m >= 7", "s1 s2"),
        ("width_m >= 8", "s1"),
        ("车行道宽度≥8", "s1"),
        ("8 <= width_m", "s1"),
        ("7 < width_m <= 20", "s1"),
        ("width_m * 2 > 30", "s1"),
        ("not width_m >= 8", "s2 s3"),  # what nobody knows passes no comparison, so its opposite holds
        ("road_class == 支路", "s2"),
        ("road_class = branch", "s2"),
        ("road_class = 'back street' or road_class = back_street", "s3"),
        ("road_class in (支路, 背街小巷)", "s2 s3"),
        ("road_class not in （支路，背街小巷）", "s1"),
        ("name 包含 人民 且 road_class != 支路", "s1"),
        ("name contains 'park'", "s3"),
        ("cycle_lane = 是", "s1"),
        ("cycle_lane == no", "s2 s3"),
        ("owner = 甲 且 id != s1", "s3"),
        ("name = “人民路”", "s1"),
        ("length_m = length_m", ""),  # nobody gave lengths
    ],
)
def test_it_holds_for(text: str, wanted: str) -> None:
    layer = streets()
    assert layer.ids[rows_where(layer, text)].tolist() == wanted.split()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("width_m >=", "cannot be read"),
        ("widht_m >= 8", "did you mean 'width_m'"),
        ("width_m", "no condition"),
        ("width_m >= wide", "another kind"),
        ("cycle_lane = maybe", "yes or no"),
        ("width_m and name = x", "join conditions"),
        ("__import__('os').system('true') == 0", "not known here"),
        ("name.upper() == 'X'", "not known here"),
        ("[x for x in name] == 1", "not known here"),
        ("width_m ** 9999999 > 1", "only numbers"),
    ],
)
def test_what_cannot_be_meant_is_told(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        rows_where(streets(), text)


def test_a_text_to_look_for_is_no_expression() -> None:
    assert not looks_like_expression("人民路")
    assert not looks_like_expression("'a = b'")
    assert looks_like_expression("路宽>8")
    assert looks_like_expression("名称 包含 人民")
