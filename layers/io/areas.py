"""Places that are wanted as areas: those of which a file knows a point only count as a small square."""

from __future__ import annotations

import shapely

from layers.assume import BY_KEY
from layers.io.tally import Tally
from layers.layer import AnyArray, Bool, Layer

# Half the side of the square.
HALF_SQUARE_M = 12.5
POINT_AREA_RULE, LAND_RULE = "area.point", "land.geometry"


def squared(shapes: AnyArray, was_point: Bool) -> AnyArray:
    """Return shapes in metres with squares in the place of points, shape (n,)."""
    drawn = shapes.copy()
    drawn[was_point] = shapely.buffer(shapes[was_point], HALF_SQUARE_M, cap_style="square")
    return drawn


def tell_squares(kind: type[Layer], was_point: Bool, tally: Tally) -> None:
    """Tell how many of a layer's areas are squares."""
    if was_point.any():
        tally.say("assumed", kind.KIND, BY_KEY[POINT_AREA_RULE].text, n_items=int(was_point.sum()))


def with_land(layer: Layer, shapes: AnyArray, was_point: Bool) -> Layer:
    """Return the layer with its land as its shapes measure it, where it has such a column that was left blank."""
    if not any(c.name == "land_m2" for c in layer.columns()):
        return layer
    area_m2 = shapely.area(shapes)
    return layer.assume("land_m2", area_m2, LAND_RULE, ~was_point).assume("land_m2", area_m2, POINT_AREA_RULE, was_point)
