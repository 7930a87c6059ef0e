from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from desktop.map.camera import Camera
from desktop.map.lines import LEAST_THIN, thinner
from desktop.map.scene import Fill, MapLayer, Mark, OverlayLayer, Scene, Stroke
from desktop.map.tokens import DARK, LIGHT
from layers.geometry import Geometry
from tests.desktop.map.pictures import areas, colour_at, drawn, n_pixels, pixels, square

pytestmark = pytest.mark.usefixtures("qapp")


def test_each_shape_is_drawn_where_it_lies(scene: Scene, camera: Camera) -> None:
    image = drawn(scene, camera)
    assert colour_at(image, camera, 30, -30) == "#00ff00"
    assert colour_at(image, camera, -60, 0) == "#ff0000"
    assert colour_at(image, camera, -60, 40) == "#0000ff"
    assert colour_at(image, camera, 60, 40) == "#ff00ff"
    assert colour_at(image, camera, 90, -30) == LIGHT.ground


def test_an_island_is_not_water_and_no_seam_leads_to_it(scene: Scene, camera: Camera) -> None:
    image = drawn(replace(scene, layers=scene.layers[2:]), camera)
    assert colour_at(image, camera, 0, 10) == LIGHT.ground
    assert n_pixels(image, "#00ff00") == 80 * 80 - 40 * 40


def test_the_order_decides_what_lies_on_top(scene: Scene, camera: Camera) -> None:
    assert colour_at(drawn(scene, camera), camera, 30, 0) == "#ff0000"
    depot, streets, lake = scene.layers
    raised = Scene(layers=(depot, streets, replace(lake, order=9)))
    assert colour_at(drawn(raised, camera), camera, 30, 0) == "#00ff00"


def test_hidden_layers_and_classes_beyond_their_scale_are_not_drawn(scene: Scene, camera: Camera) -> None:
    image = drawn(replace(scene, hidden=frozenset({"lake"})), camera)
    assert colour_at(image, camera, 30, -30) == LIGHT.ground
    depot, streets, lake = scene.layers
    few = replace(streets, styles=(streets.styles[0], Stroke("#0000ff", 3.0, until_scale=100)))
    image = drawn(Scene(layers=(depot, few, lake)), camera)
    assert colour_at(image, camera, -60, 40) == LIGHT.ground
    assert colour_at(image, camera, -60, 0) == "#ff0000"


def test_roles_follow_the_theme(scene: Scene, camera: Camera) -> None:
    lake = replace(scene.layers[2], styles=(Fill("water"),))
    image = drawn(Scene(layers=(lake,), tokens=DARK), camera)
    assert colour_at(image, camera, 30, -30) == DARK.water
    assert colour_at(image, camera, 90, -30) == DARK.ground


def test_a_dense_screen_gets_more_pixels_of_the_same_map(scene: Scene, camera: Camera) -> None:
    dense = replace(camera, ratio=2.0)
    image = drawn(scene, dense)
    assert (image.width(), image.height()) == (400, 200)
    assert colour_at(image, dense, -60, 0) == "#ff0000"
    assert colour_at(image, dense, 30, -30) == "#00ff00"


def test_a_wide_street_shows_its_edges(camera: Camera) -> None:
    street = MapLayer("s", Geometry.lines([[(-90, 0), (90, 0)]]), (Stroke("#ff0000", 1.0, width_m=20, fill="#ffffff"),))
    image = drawn(Scene(layers=(street,)), camera)
    assert colour_at(image, camera, 0, 0) == "#ffffff"
    assert n_pixels(image, "#ff0000") >= 2 * 180
    assert colour_at(image, camera, 0, 15) == LIGHT.ground


def test_a_bridge_lies_over_the_street_that_is_drawn_later(camera: Camera) -> None:
    cross = Geometry.lines([[(-90, 0), (90, 0)], [(0, -45), (0, 45)]])
    levels = np.array([1, 0], dtype=np.int8)
    styles, classes = (Stroke("#ff0000", 9.0), Stroke("#0000ff", 9.0)), np.array([0, 1], dtype=np.int8)
    flat = MapLayer("s", cross, styles, classes=classes)
    assert colour_at(drawn(Scene(layers=(flat,)), camera), camera, 0, 0) == "#0000ff"
    assert colour_at(drawn(Scene(layers=(replace(flat, levels=levels),)), camera), camera, 0, 0) == "#ff0000"


def test_joints_are_round_and_free_ends_of_bridges_are_flat(camera: Camera) -> None:
    bend = MapLayer("s", Geometry.lines([[(-50, 0), (0, 0), (50, 0)]]), (Stroke("#ff0000", 21.0),))
    assert colour_at(drawn(Scene(layers=(bend,)), camera), camera, 57, 0) == "#ff0000"
    bridge = replace(bend, levels=np.array([1], dtype=np.int8))
    image = drawn(Scene(layers=(bridge,)), camera)
    assert colour_at(image, camera, 57, 0) == LIGHT.ground
    assert colour_at(image, camera, 0, 9) == "#ff0000"


def test_dashes_have_gaps(camera: Camera) -> None:
    dashed = MapLayer("s", Geometry.lines([[(-90, 0), (90, 0)]]), (Stroke("#ff0000", 3.0, dash_px=(10, 10)),))
    image = drawn(Scene(layers=(dashed,)), camera)
    assert colour_at(image, camera, -85, 0) == "#ff0000"
    assert colour_at(image, camera, -75, 0) == LIGHT.ground


def test_routes_lie_over_layers_and_have_arrows_with_a_rim(scene: Scene, camera: Camera) -> None:
    route = OverlayLayer("r", Geometry.lines([[(-90, 0), (90, 0)]]), (Stroke("#0072b2", 3.0, arrow_px=60),))
    plain = replace(route, styles=(Stroke("#0072b2", 3.0),))
    with_arrows, without = (drawn(replace(scene, overlays=(layer,)), camera) for layer in (route, plain))
    assert colour_at(with_arrows, camera, -85, 0) == "#0072b2"
    assert n_pixels(with_arrows, LIGHT.halo) != n_pixels(without, LIGHT.halo)


def test_the_right_hand_side_is_kept(camera: Camera) -> None:
    route = OverlayLayer("r", Geometry.lines([[(-90, 0), (90, 0)]]), (Stroke("#0072b2", 3.0, offset_m=10),))
    image = drawn(Scene(overlays=(route,)), camera)
    assert colour_at(image, camera, 0, -10) == "#0072b2"
    assert colour_at(image, camera, 0, 10) == LIGHT.ground


def test_names_are_written_but_not_twice_on_one_place(scene: Scene, camera: Camera) -> None:
    named = replace(
        scene.layers[1], names=np.array(["人民路", "人民路"]), styles=(Stroke("#ff0000", 3.0, label_until_scale=9e9),) * 2
    )
    bare, written = drawn(Scene(layers=(replace(named, names=None),)), camera), drawn(Scene(layers=(named,)), camera)
    changed = np.flatnonzero((pixels(bare) != pixels(written)).any(axis=1))
    assert len(changed)
    assert np.ptp(changed) < 20  # the twin street 40 m off is not named again


def test_points_and_areas_are_named(camera: Camera) -> None:
    lake = MapLayer("l", areas(square(0, 0, 80)), (Fill("water", label_until_scale=9e9),), names=np.array(["东湖"]))
    depot = MapLayer(
        "d", Geometry.points([(0, 0)]), (Mark("accent", size_px=13, label_until_scale=9e9),), names=np.array(["东场"])
    )
    for layer in (lake, depot):
        bare = drawn(Scene(layers=(replace(layer, names=None),)), camera)
        assert drawn(Scene(layers=(layer,)), camera) != bare


def test_small_points_become_dots_from_afar(camera: Camera) -> None:
    near = MapLayer("d", Geometry.points([(0, 0)]), (Mark("#ff0000", "square", 30, 4, far_scale=1e9),))
    far = replace(near, styles=(Mark("#ff0000", "square", 30, 4, far_scale=1),))
    assert colour_at(drawn(Scene(layers=(near,)), camera), camera, 10, 8) == "#ff0000"
    assert colour_at(drawn(Scene(layers=(far,)), camera), camera, 10, 8) == LIGHT.ground


@pytest.mark.parametrize(
    "symbol", ["dot", "square", "diamond", "triangle", "drop", "depot", "station", "plant", "toilet", "bin", "ring"]
)
def test_every_symbol_draws_something(symbol: str, camera: Camera, qtbot: QtBot) -> None:
    layer = MapLayer("d", Geometry.points([(0, 0)]), (Mark("#ff0000", symbol, 20),))
    assert n_pixels(drawn(Scene(layers=(layer,)), camera), "#ff0000") > 10


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_style_of_another_shape_is_refused(scene: Scene, camera: Camera, number: int) -> None:
    layer = scene.layers[number]
    wrong = Fill("main") if not isinstance(layer.styles[0], Fill) else Stroke("main")
    with pytest.raises(TypeError, match=f"layer '{layer.key}' has"):
        drawn(Scene(layers=(replace(layer, styles=(wrong,) * 2),)), camera)


def test_a_layer_counts_its_classes() -> None:
    with pytest.raises(ValueError, match="layer 'x': 1 geometries, but 2 classes"):
        MapLayer("x", Geometry.points([(0, 0)]), (Mark("main"),), classes=np.array([0, 0], dtype=np.int8))


def test_lines_get_thinner_on_a_small_scale() -> None:
    assert thinner(10_000) == 1
    assert thinner(200_000) == pytest.approx(0.5)
    assert thinner(9e9) == LEAST_THIN
