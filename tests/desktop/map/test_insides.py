from __future__ import annotations

import numpy as np
import pytest

from desktop.map.insides import inside_points
from tests.desktop.map.pictures import areas, square


def test_the_centre_of_a_square() -> None:
    assert inside_points(areas(square(5, 7, 10)))[0] == pytest.approx([5, 7])


def test_a_hole_in_the_middle_is_avoided() -> None:
    x, y = inside_points(areas(square(0, 0, 80, 40)))[0]
    assert 20 < abs(x) < 40
    assert y == pytest.approx(0)


def test_a_horseshoe_gets_a_place_in_one_of_its_arms() -> None:
    shoe = [
        [
            (0.0, 0.0),
            (30.0, 0.0),
            (30.0, 30.0),
            (20.0, 30.0),
            (20.0, 5.0),
            (10.0, 5.0),
            (10.0, 30.0),
            (0.0, 30.0),
            (0.0, 0.0),
        ]
    ]
    x, _ = inside_points(areas(shoe))[0]
    assert x < 10 or x > 20


def test_an_area_without_extent_still_has_a_place() -> None:
    assert np.isfinite(inside_points(areas([[(1.0, 1.0), (2.0, 1.0), (3.0, 1.0), (1.0, 1.0)]]))).all()
