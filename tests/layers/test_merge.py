"""Layers and cities put together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from layers.city import City, Note, Reference
from layers.geometry import Geometry, Shape
from layers.kinds.facilities import Toilets
from layers.kinds.places import Districts
from layers.kinds.streets import Streets
from layers.layer import FIRST_RULE, GIVEN
from layers.merge import add_layer, add_reference, append, joined, merge, reproject
from layers.text import Text
from tests.cities import tiny_city


def toilets(*ids: str, x: float = 0.0, **columns: object) -> Toilets:
    points = [[x + i, 0.0] for i in range(len(ids))]
    return Toilets(ids=np.array(ids), geometry=Geometry.points(points), **columns)  # type: ignore[arg-type]


def test_rows_are_appended_with_their_origins() -> None:
    a = toilets("a", name=np.array(["甲"])).assume("district", "d1", "rule.a")
    b = toilets("b", "c", n_men_stalls=np.array([3, 4])).assume("district", "d2", "rule.b")
    both = append(a, b)
    assert both.ids.tolist() == ["a", "b", "c"]
    assert both.name.tolist() == ["甲", "", ""]
    assert both.n_men_stalls.tolist() == [0, 3, 4]
    assert both.rules == ("rule.a", "rule.b")
    assert (both.origins("district") - FIRST_RULE).tolist() == [0, 1, 1]
    assert both.origins("n_men_stalls").tolist() == [0, GIVEN, GIVEN]


def test_the_later_of_two_with_one_id_counts() -> None:
    city = add_layer(City("x", 4549).with_layers(toilets("a", "b")), toilets("b", "c", x=100.0))
    assert city[Toilets].ids.tolist() == ["a", "b", "c"]
    assert city[Toilets].geometry.coords[1].tolist() == [100.0, 0.0]
    assert city.notes[-1].text.en == "objects replaced by later ones of the same id: 1"


def test_extra_columns_of_either_are_kept() -> None:
    both = append(toilets("a", extra={"n": np.array([1])}), toilets("b", extra={"n": np.array(["x"]), "m": np.array(["y"])}))
    assert both.extra["n"].tolist() == ["1", "x"]
    assert both.extra["m"].tolist() == ["", "y"]
    assert (
        append(toilets("a", extra={"n": np.array([1])}), toilets("b", extra={"n": np.array([2])})).extra["n"].dtype.kind
        == "i"
    )


def test_lines_and_areas_are_joined() -> None:
    lines = Geometry.lines([[[0, 0], [1, 0]], [[0, 1], [1, 1], [2, 1]]])
    twice = joined(lines, lines.take(np.array([1])))
    assert [len(twice.row(i)) for i in range(3)] == [2, 3, 3]
    areas = Geometry.from_shapely(Shape.AREA, [shapely.box(0, 0, 1, 1), shapely.box(2, 0, 3, 1)])
    both = joined(areas, areas)
    assert shapely.area(both.shapely).tolist() == [1.0] * 4
    assert both.row(2).tolist() == areas.row(0).tolist()


def test_another_projection_and_back() -> None:
    city = tiny_city()
    there = reproject(city, 4548)
    assert there.epsg == 4548
    assert not np.allclose(there[Streets].geometry.coords, city[Streets].geometry.coords)
    back = reproject(there, city.epsg)
    assert back[Streets].geometry.coords == pytest.approx(city[Streets].geometry.coords, abs=1e-3)
    assert reproject(city, city.epsg) is city


def test_cities_are_merged_in_the_projection_of_the_first() -> None:
    city = tiny_city()
    note = Note("source", "b", Text("乙", "b"))
    reference = Reference("河", np.array(["1"]), Geometry.points([[500_000.0, 3_550_000.0]]), {})
    other = replace(reproject(city, 4548), notes=(note,), references=(reference,))
    whole = merge([city, other], "大城")
    assert (whole.name, whole.epsg) == ("大城", 4549)
    assert len(whole[Streets]) == 12
    assert len(whole[Districts]) == 2
    assert note in whole.notes
    assert len(whole.references) == 1
    assert merge([city]).name == city.name


def test_free_layers_of_one_name_get_a_number() -> None:
    reference = Reference("河", np.array(["1"]), Geometry.points([[0.0, 0.0]]), {})
    city = add_reference(add_reference(add_reference(City("x", 4549), reference), reference), reference)
    assert [r.name for r in city.references] == ["河", "河 (2)", "河 (3)"]
