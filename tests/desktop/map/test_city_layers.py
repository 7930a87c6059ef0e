from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from desktop.map.city_layers import ROOM_FOR_STREETS, city_layers, street_layer
from desktop.map.scene import Fill, Mark, Stroke, legend
from layers.city import City, Reference
from layers.geometry import Geometry, Shape
from layers.kinds import KINDS
from layers.kinds.facilities import StationState, TransferStations
from layers.kinds.streets import RoadClass, Streets
from layers.layer import Layer
from tests.cities import tiny_city
from tests.desktop.map.pictures import areas, square


def one_of(kind: type[Layer]) -> Layer:
    geometries = {
        Shape.POINT: Geometry.points([(0, 0)]),
        Shape.LINE: Geometry.lines([[(0, 0), (9, 0)]]),
        Shape.AREA: areas(square(0, 0, 9)),
    }
    return kind(ids=np.array(["a"]), geometry=geometries.get(kind.SHAPE, Geometry.none(1)))


def test_every_kind_of_layer_has_a_style_of_its_shape() -> None:
    city = City("x", 4549, {kind.KIND: one_of(kind) for kind in KINDS})
    found = {layer.key: layer for layer in city_layers(city)}
    shapes = {Shape.POINT: Mark, Shape.LINE: Stroke, Shape.AREA: Fill}
    assert set(found) == {kind.KIND for kind in KINDS if kind.SHAPE is not Shape.NONE}
    for kind in KINDS:
        if kind.KIND in found:
            assert all(isinstance(style, shapes[kind.SHAPE]) for style in found[kind.KIND].styles)


def test_important_streets_are_drawn_last() -> None:
    streets = tiny_city()[Streets]
    layer = street_layer(streets)
    assert layer.classes is not None
    rank = {road: layer.classes[streets.road_class == road][0] for road in set(streets.road_class.tolist())}
    assert rank[RoadClass.BACK_STREET] < rank[RoadClass.BRANCH] < rank[RoadClass.SECONDARY] < rank[RoadClass.MAIN]


def test_the_scale_hides_small_streets_only_where_there_are_many() -> None:
    few = street_layer(tiny_city()[Streets])
    assert all(style.until_scale == math.inf for style in few.styles)
    n = ROOM_FOR_STREETS + 1
    many = Streets(
        ids=np.arange(n).astype(str), geometry=Geometry(Shape.LINE, np.zeros((2 * n, 2)), (np.arange(n + 1) * 2,))
    )
    assert street_layer(many).styles[0].until_scale < math.inf


def test_the_legend_counts_classes_and_leaves_out_empty_ones() -> None:
    city = tiny_city()
    entries = {str(e.label): e.n_rows for e in legend(city_layers(city)) if e.key == "streets"}
    assert entries == {"main road": 3, "secondary road": 3, "branch road": 4, "back street": 2}


def test_classes_follow_the_column() -> None:
    place = Geometry.points([(0, 0)])
    closing, sound = (
        TransferStations(ids=np.array(["a"]), geometry=place, state=np.array([state], dtype=np.int8))
        for state in (StationState.TO_CLOSE, StationState.SOUND)
    )
    colours = [
        layer.styles[int(layer.classes[0])].colour  # type: ignore[index]
        for layer in (city_layers(City("x", 4549, {"transfer_stations": s}))[0] for s in (closing, sound))
    ]
    assert colours[0] != colours[1]


def test_water_lies_under_streets_and_is_not_clicked() -> None:
    water = Reference("水系", np.array(["r"]), areas(square(0, 0, 9)), {"name": np.array(["清江"])})
    other = Reference("标段", np.array(["r"]), Geometry.lines([[(0, 0), (9, 0)]]))
    city = replace(tiny_city(), references=(water, other))
    found = {layer.key: layer for layer in city_layers(city)}
    assert found["reference:水系"].order < found["streets"].order
    assert not found["reference:水系"].pickable
    assert found["reference:标段"].pickable
    names = found["reference:水系"].names
    assert names is not None
    assert names.tolist() == ["清江"]
