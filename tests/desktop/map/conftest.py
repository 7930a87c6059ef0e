"""What the tests of the map share: a scene to be checked by hand."""

from __future__ import annotations

import os

import numpy as np
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from desktop.map.camera import Camera
from desktop.map.scene import Fill, MapLayer, Mark, Scene, Stroke
from layers.geometry import Geometry
from tests.desktop.map.pictures import areas, square


@pytest.fixture
def scene() -> Scene:
    """Return a lake with an island about (0, 0), a street along y = 0 and one along y = 40, and a depot at (60, 40).

    Seen one metre a pixel: the street is 3 px wide, red; the other one, blue, is of class 1.
    """
    lake = MapLayer("lake", areas(square(0, 0, 80, 40)), (Fill("#00ff00"),), order=1)
    streets = MapLayer(
        "streets",
        Geometry.lines([[(-90.0, 0.0), (90.0, 0.0)], [(-90.0, 40.0), (90.0, 40.0)]]),
        (Stroke("#ff0000", 3.0), Stroke("#0000ff", 3.0)),
        classes=np.array([0, 1], dtype=np.int8),
        order=2,
    )
    depot = MapLayer("depots", Geometry.points([(60.0, 40.0)]), (Mark("#ff00ff", "dot", 12.0),), order=3)
    return Scene(layers=(depot, streets, lake))


@pytest.fixture
def camera() -> Camera:
    """Return a view of 200 x 100 pixels about the origin, a metre a pixel."""
    return Camera(0.0, 0.0, 1.0, 200, 100)
