from __future__ import annotations

import numpy as np

from desktop.map.prepare import Cache, Prepared, grown
from desktop.map.scene import MapLayer, Stroke
from layers.geometry import Geometry


def layer() -> MapLayer:
    geometry = Geometry.lines([[(0, 0), (10, 0)], [(0, 50), (10, 50)], [(100, 0), (110, 5)]])
    styles = (Stroke("main"), Stroke("other", until_scale=5000), Stroke("other"))
    return MapLayer(
        "a", geometry, styles, classes=np.array([1, 0, 1], dtype=np.int8), levels=np.array([1, 2, 3], dtype=np.int8)
    )


def test_rows_are_sorted_by_class_and_keep_their_order() -> None:
    prepared = Prepared.of(layer())
    assert prepared.order.tolist() == [1, 0, 2]
    assert prepared.cuts.tolist() == [0, 1, 3, 3]
    assert prepared.levels is not None
    assert prepared.levels.tolist() == [2, 1, 3]


def test_what_is_out_of_sight_or_too_small_is_left_out() -> None:
    prepared = Prepared.of(layer())
    assert prepared.rows(1, (-5, -5, 20, 20)).tolist() == [1]
    assert prepared.rows(1, (-5, -5, 200, 20)).tolist() == [1, 2]
    assert prepared.rows(1, (-5, -5, 200, 20), least_m=11).tolist() == []
    assert prepared.rows(0, (-5, -5, 20, 20)).tolist() == []


def test_classes_end_with_their_scale_and_without_rows() -> None:
    prepared = Prepared.of(layer())
    assert list(prepared.shown(5000)) == [0, 1]
    assert list(prepared.shown(5001)) == [0]


def test_what_was_made_is_kept_until_its_layer_goes() -> None:
    cache, one, other = Cache(), layer(), layer()
    first = cache.prepared(one)
    made: list[int] = cache.made(one, "list", lambda _: [])
    cache.keep([one, other])
    assert cache.prepared(one) is first
    assert cache.made(one, "list", lambda _: []) is made
    cache.keep([other])
    assert cache.prepared(one) is not first
    assert cache.made(one, "list", lambda _: []) is not made


def test_a_box_grows_on_all_sides() -> None:
    assert grown((0, 0, 10, 20), 5) == (-5, -5, 15, 25)
