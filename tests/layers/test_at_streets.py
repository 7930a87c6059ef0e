"""A place names its street by id or by name; a street that is not near is told and kept aside."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from layers.at_streets import with_known_streets
from layers.geometry import Geometry
from layers.kinds.facilities import WastePoints
from layers.kinds.streets import Streets
from layers.layer import REFUSED
from tests.cities import X0_M, Y0_M, tiny_city

STREETS = tiny_city()[Streets]


def points(*streets: str, x_m: float = 290.0) -> WastePoints:
    at = Geometry.points([[X0_M + x_m, Y0_M + 5.0]] * len(streets))
    return WastePoints(ids=np.array([f"p{i}" for i in range(len(streets))]), geometry=at, street=np.array(streets))


def test_a_name_stands_for_the_nearest_segment_that_bears_it() -> None:
    found, notes = with_known_streets(points("人民路", "s7", ""), STREETS)
    assert found.street.tolist() == ["s2", "s7", ""]
    assert notes == ()


def test_a_street_that_is_unknown_or_far_is_kept_aside_and_told() -> None:
    found, notes = with_known_streets(points("无名路", "人民路", x_m=850.0), STREETS)
    assert found.street.tolist() == ["", ""]
    assert found.origins("street").tolist() == [REFUSED, REFUSED]
    assert found.extra["street (given)"].tolist() == ["无名路", "人民路"]
    assert [(n.kind, n.where, n.n_items) for n in notes] == [("refused", "waste_points.street", 2)]
    assert "no such streets within 200 m: 人民路, 无名路 (2 rows)" in notes[0].text.en


def test_a_city_without_streets_leaves_them_as_they_are() -> None:
    given = replace(points("人民路"))
    assert with_known_streets(given, Streets.empty()) == (given, ())
