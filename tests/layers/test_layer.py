"""Layers: types, bounds, origins, rules and hashes."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.geometry import Geometry
from layers.kinds import BY_NAME, KINDS
from layers.kinds.facilities import Toilets
from layers.kinds.streets import RoadClass, Streets
from layers.layer import FIRST_RULE, GIVEN, MISSING, REFUSED, Layer


def streets(**columns: Any) -> Streets:
    """Return three streets with the given columns."""
    lines = [[[0, 0], [10, 0]], [[10, 0], [10, 20]], [[10, 20], [0, 0], [5, 5]]]
    return Streets(ids=np.array(["a", "b", "c"]), geometry=Geometry.lines(lines), **columns)


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.KIND)
def test_every_kind_declares_its_columns(kind: type[Layer]) -> None:
    assert BY_NAME[kind.KIND] is kind
    assert len(kind.empty()) == 0
    assert kind.empty().faults() == ()
    for col in kind.columns():
        assert col.label.zh, col.name
        bounded = col.low is not None and col.high is not None
        assert bounded or col.dtype not in {"f8", "i4"}, f"{kind.KIND}.{col.name} has no bounds"


def test_a_column_that_was_not_passed_is_missing() -> None:
    layer = streets(width_m=[3.0, np.nan, 5.0], lit=[True, False, False])
    assert layer.origins("width_m").tolist() == [GIVEN, MISSING, GIVEN]
    assert layer.origins("lit").tolist() == [GIVEN] * 3
    assert layer.origins("footway").tolist() == [MISSING] * 3
    assert np.isnan(layer.speed_mps).all()


def test_columns_of_another_length_are_a_bug_of_the_caller() -> None:
    with pytest.raises(ValueError, match="width_m"):
        streets(width_m=[1.0, 2.0])


def test_assumptions_fill_blanks_only_and_are_kept_by_rule() -> None:
    layer = streets(width_m=[3.0, np.nan, np.nan]).assume("width_m", 7.0, "by_class", where=np.array([True, True, False]))
    layer = layer.assume("width_m", [1.0, 1.0, 4.0], "by_lanes").assume("lit", True, "by_class")
    assert layer.width_m.tolist() == [3.0, 7.0, 4.0]
    assert layer.origins("width_m").tolist() == [GIVEN, FIRST_RULE, FIRST_RULE + 1]
    assert layer.rules == ("by_class", "by_lanes")
    assert layer.lit.all()
    assert layer.origins("lit").tolist() == [FIRST_RULE] * 3


def test_values_out_of_bounds_are_refused_and_named() -> None:
    layer, refused = streets(width_m=[3.0, 0.2, 250.0], road_class=[RoadClass.MAIN, 9, 1]).refuse_out_of_bounds()
    assert [f.item for f in refused] == ["b", "b", "c"]
    assert str(refused[1].text) == "streets.width_m of 'b' is 0.2 m; expected 1 … 100 m"
    assert "expressway | main" in refused[0].text.en
    assert layer.origins("width_m").tolist() == [GIVEN, REFUSED, REFUSED]
    assert layer.assume("width_m", 5.0, "r").width_m.tolist() == [3.0, 5.0, 5.0]
    assert layer.faults() == ()


def test_all_faults_are_gathered_at_once() -> None:
    layer = streets(width_m=[3.0, 0.2, 250.0], n_lanes=[2, 99, 2])
    lines = Geometry.lines([[[0, 0], [1, 1]], [], [[0, 0], [1, 0]]])
    layer = replace(layer, ids=np.array(["a", "a", "c"]), geometry=lines)
    assert [(f.code, f.where, f.n_items) for f in layer.faults()] == [
        ("duplicate_id", "streets", 1),
        ("out_of_bounds", "streets.width_m", 2),
        ("out_of_bounds", "streets.n_lanes", 1),
        ("no_geometry", "streets", 1),
    ]


def test_taking_rows_takes_everything_with_them() -> None:
    layer = replace(streets(width_m=[3.0, np.nan, 5.0]), extra={"备注": np.array(["x", "y", "z"])}).assume(
        "width_m", 4.0, "r"
    )
    part = layer.take(np.array([2, 1]))
    assert part.ids.tolist() == ["c", "b"]
    assert part.width_m.tolist() == [5.0, 4.0]
    assert part.origins("width_m").tolist() == [GIVEN, FIRST_RULE]
    assert part.extra["备注"].tolist() == ["z", "y"]
    assert part.geometry.row(0).tolist() == [[10, 20], [0, 0], [5, 5]]
    assert layer.take(np.array([False, True, False])).ids.tolist() == ["b"]
    assert part.row_of == {"c": 0, "b": 1}


def test_the_hash_follows_the_content_and_nothing_else() -> None:
    layer = streets(name=["人民路", "b", "c"], width_m=[3.0, 4.0, 5.0])
    wide_text = streets(name=np.array(["人民路", "b", "c"], dtype="U40"), width_m=[3.0, 4.0, 5.0])
    assert layer.hash == wide_text.hash == pickle.loads(pickle.dumps(layer)).hash
    others = [
        replace(layer, name=np.array(["人民", "b", "c"])),
        replace(layer, width_m=np.array([3.0, 4.0, 5.1])),
        replace(layer, origin={**layer.origin, "width_m": np.full(3, FIRST_RULE, np.uint8)}, rules=("r",)),
        replace(layer, extra={"k": np.arange(3)}),
        replace(layer, geometry=Geometry.lines([[[0, 0], [10, 1]], [[10, 0], [10, 20]], [[10, 20], [0, 0], [5, 5]]])),
    ]
    assert len({layer.hash, *(x.hash for x in others)}) == 6


def test_a_column_of_which_nothing_is_known_does_not_change_the_hash() -> None:
    unknown = {"wash": np.zeros(3, np.uint8)}
    assert streets(wash=[False] * 3, origin=unknown).hash == streets().hash
    assert streets(wash=[False] * 3).hash != streets().hash


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 30), max_size=8), st.data())
def test_lines_survive_any_choice_of_rows(sizes: list[int], data: st.DataObject) -> None:
    lines = [np.arange(2.0 * n).reshape(n, 2) + i for i, n in enumerate(sizes)]
    geometry = Geometry.lines(lines)
    rows = np.array(data.draw(st.lists(st.integers(0, max(len(sizes) - 1, 0)), max_size=6 if sizes else 0)), dtype=np.int64)
    taken = geometry.take(rows)
    assert len(taken) == len(rows)
    for i, row in enumerate(rows):
        assert np.array_equal(taken.row(i), lines[row])


def test_areas_keep_their_holes_and_parts() -> None:
    import shapely

    ring = shapely.box(0, 0, 10, 10).difference(shapely.box(2, 2, 4, 4))
    parts = shapely.multipolygons([shapely.box(20, 0, 21, 1), shapely.box(30, 0, 31, 5)])
    geometry = Geometry.from_shapely(Toilets.SHAPE.AREA, [ring, parts])
    assert geometry.bounds.tolist() == [[0, 0, 10, 10], [20, 0, 31, 5]]
    assert shapely.area(geometry.take(np.array([1, 0])).shapely).tolist() == [6.0, 96.0]


def test_offsets_must_fit_the_shape() -> None:
    with pytest.raises(ValueError, match="line geometry takes 1"):
        Geometry(Streets.SHAPE, np.zeros((2, 2)))


def test_rows_without_geometry_are_none_in_shapely() -> None:
    assert Geometry.none(2).shapely.tolist() == [None, None]
    assert np.isnan(Geometry.none(2).bounds).all()
