from __future__ import annotations

import numpy as np

from desktop.plan_layers import DRIVES, ROUTES, PlanLayers, plan_layers, with_chosen, with_points
from desktop.point_layers import point_layers
from layers.geometry import Geometry, Shape
from layers.kinds.places import CrowdPlaces, Districts
from layers.kinds.streets import Streets
from layers.style import ROUTE_COLOURS
from layers.text import Text
from optimizer.plan import Unserved
from optimizer.sketch import sketch
from tests.cities import tiny_city
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


def test_a_district_that_is_left_out_is_marked_in_its_middle() -> None:
    city = tiny_city()
    item = str(city[Districts].ids[0])
    left = Unserved(item, "off_network", Text("不在路网", "off the network"), None, 5.0, "people")
    made = point_layers(city, (), (left,), {})
    overlay = made.overlays[0]
    assert overlay.geometry.shape is Shape.POINT
    west, south, east, north = city[Districts].geometry.bounds[0].tolist()
    assert overlay.geometry.coords.tolist() == [[(west + east) / 2, (south + north) / 2]]
    assert made.objects[overlay.key][0] == "districts"


def test_what_is_left_out_is_hidden_at_first_where_it_is_much() -> None:
    city = tiny_city()
    n = 201
    many = CrowdPlaces(
        ids=np.array([f"x{k}" for k in range(n)]), geometry=Geometry.points([[float(k), 0.0] for k in range(n)])
    )
    why = Text("远", "far")
    left = tuple(Unserved(f"x{k}", "far", why, None, 1.0, "people") for k in range(n))
    for rows, quiet in ((left, True), (left[:200], False)):
        points = point_layers(city.with_layers(many), (), rows, {})
        assert ("plan:points:crowd_places" in with_points(PlanLayers(), points).quiet) == quiet
