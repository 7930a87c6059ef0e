from __future__ import annotations

import numpy as np
import pytest

from desktop.map.borders import borders
from desktop.map.camera import Camera
from desktop.map.prepare import Prepared
from desktop.map.scene import Fill, MapLayer, Scene
from tests.desktop.map.pictures import areas, drawn, n_pixels, square

DASHED = Fill(outline="#ff0000", outline_px=1.0, dash_px=(6, 6))


def two() -> MapLayer:
    """Return two squares of 40 m that share a side, of a class each."""
    classes = np.array([0, 1], dtype=np.int8)
    return MapLayer("d", areas(square(-20, 0, 40), square(20, 0, 40)), (DASHED, DASHED), classes=classes)


def test_a_shared_side_belongs_to_the_first() -> None:
    first, second = borders(Prepared.of(two()))
    assert first.lengths_m().sum() == pytest.approx(160)
    assert second.lengths_m().sum() == pytest.approx(120)
    assert len(second) == 1


def test_a_hole_has_a_border_of_its_own() -> None:
    (lines,) = borders(Prepared.of(MapLayer("d", areas(square(0, 0, 80, 40)), (DASHED,))))
    assert sorted(lines.lengths_m().tolist()) == pytest.approx([160, 320])


def test_dashes_of_neighbours_do_not_fill_the_gaps(qapp: object) -> None:
    layer = two()
    image = drawn(Scene(layers=(layer,)), Camera(0.0, 0.0, 0.25, 400, 400))
    whole = 4 * (160 + 120)
    assert n_pixels(image, "#ff0000") < 0.62 * whole * 2
    assert n_pixels(image, "#ff0000") + n_pixels(image, "#fd7d7c") > 0.3 * whole
