from __future__ import annotations

import numpy as np

from desktop.plan_layers import DRIVES, ROUTES, PlanLayers, plan_layers, with_chosen, with_points
from desktop.point_layers import point_layers
from layers.kinds.streets import Streets
from layers.style import ROUTE_COLOURS
from optimizer.sketch import sketch
from tests.night import night_city, night_plan

CITY, PLAN = night_city(), night_plan()
LEFT = len(ROUTE_COLOURS)


def layers() -> PlanLayers:
    made = plan_layers(CITY, sketch(PLAN.routes, CITY[Streets]), ())
    return with_points(made, point_layers(CITY, PLAN.routes, PLAN.unserved, made.colours))


def test_each_stream_is_a_layer_and_the_largest_is_shown_at_first() -> None:
    made = layers()
    keys = [o.key for o in made.overlays if o.key in made.points]
    assert keys == ["plan:points:OTHER", "plan:points:FOOD"]
    assert made.quiet == {DRIVES, "plan:points:FOOD"}
    food = made.overlays[-1]
    assert made.points[food.key][0] == "waste_points"
    assert CITY.layers["waste_points"].ids[made.points[food.key][1]].tolist() == ["p1", "p3"]
    assert food.classes is not None
    assert food.classes.tolist()[1] == LEFT
    assert food.styles[food.classes[0]].colour == made.colours["r2"]


def test_a_chosen_route_keeps_its_points_and_fades_the_others() -> None:
    made = layers()
    shown = {o.key: o for o in with_chosen(made, "r1")}
    other, food = shown["plan:points:OTHER"].classes, shown["plan:points:FOOD"].classes
    assert other is not None
    assert food is not None
    assert (other > 0).all()
    assert food.tolist() == [0, 0]


def test_the_ways_between_points_are_drawn_as_the_round() -> None:
    made = plan_layers(CITY, sketch(PLAN.routes, CITY[Streets]), ())
    ids = CITY[Streets].ids
    assert ids[made.streets[ROUTES]].tolist() == ["s1"]
    assert np.unique(ids[made.streets[DRIVES]]).tolist() == ["s1", "s2", "s3", "s6", "s7"]
