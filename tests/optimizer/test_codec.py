from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.errors import InputError
from layers.geometry import Geometry
from layers.text import Text
from optimizer.codec import decode, encode
from optimizer.plan import Leg, LegKind, Route
from resources.inventory import Inventory
from resources.io import default_inventory


@dataclass(frozen=True)
class Sample:
    name: str
    kind: LegKind = LegKind.DRIVE
    pair: tuple[int, str] = (1, "a")
    values: tuple[float, ...] = ()
    table: Mapping[str, tuple[str | float, ...]] = field(default_factory=dict)
    maybe: Text | None = None
    flag: bool = False
    anything: Any = None


def through(value: Any) -> Any:
    return decode(type(value), json.loads(json.dumps(encode(value), allow_nan=False)), "it")


@given(
    st.builds(
        Sample,
        name=st.text(),
        kind=st.sampled_from(LegKind),
        pair=st.tuples(st.integers(), st.text()),
        values=st.lists(st.floats(allow_nan=False)).map(tuple),
        table=st.dictionaries(st.text(), st.lists(st.one_of(st.text(), st.floats(allow_nan=False))).map(tuple), max_size=3),
        flag=st.booleans(),
    )
)
@settings(max_examples=30)
def test_what_is_encoded_comes_back(sample: Sample) -> None:
    assert through(sample) == sample


def test_the_default_inventory_comes_back() -> None:
    inventory = default_inventory()
    assert decode(Inventory, json.loads(json.dumps(encode(inventory))), "inventory") == inventory


def test_defaults_are_left_out() -> None:
    assert encode(Leg(LegKind.WAIT, 0.0, 1.0)) == {"kind": "wait", "start_s": 0.0, "end_s": 1.0}


def test_figures_that_json_cannot_write_survive() -> None:
    sample = Sample("x", values=(float("inf"), -float("inf"), float("nan")))
    again = through(sample)
    assert again.values[:2] == sample.values[:2]
    assert math.isnan(again.values[2])


def test_numpy_figures_become_plain() -> None:
    assert encode((np.float64(1.5), np.int64(2), np.bool_(True))) == [1.5, 2, True]


def test_geometry_comes_back() -> None:
    geometry = Geometry.lines([[[0, 0], [1, 1]], [[2, 2], [3, 3], [4, 4]]])
    again = decode(Geometry, json.loads(json.dumps(encode(geometry))), "g")
    assert np.array_equal(again.coords, geometry.coords)
    assert np.array_equal(again.offsets[0], geometry.offsets[0])


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ([], "it is damaged: [], expected a table"),
        ({}, "it is damaged: lacks name"),
        ({"name": "x", "shape": 1}, "it is damaged: has the unknown field 'shape'"),
        ({"name": 1}, "it.name is damaged: 1, expected a text"),
        ({"name": "x", "kind": "fly"}, "it.kind is damaged: 'fly', expected one of drive, serve"),
        ({"name": "x", "pair": [1]}, "it.pair is damaged: 1 values, expected 2"),
        ({"name": "x", "pair": [True, "a"]}, "it.pair[0] is damaged: True, expected a whole number"),
        ({"name": "x", "values": [1.0, "2"]}, "it.values[1] is damaged: '2', expected a number"),
        ({"name": "x", "table": {"a": [None]}}, "it.table[a][0] is damaged: None, expected a number"),
        ({"name": "x", "maybe": {"zh": "只"}}, "it.maybe is damaged"),
        ({"name": "x", "maybe": {"zh": "只有", "en": ""}}, "it.maybe is damaged"),
        ({"name": "x", "flag": 1}, "it.flag is damaged: 1, expected true or false"),
        (
            {"name": "x" * 100, "values": "y" * 100},
            "it.values is damaged: 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy..., expected a list",
        ),
    ],
)
def test_damage_names_the_place_and_what_was_expected(document: Any, message: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(Sample, document, "it")
    assert str(caught.value).startswith(message)
    assert str(caught.value).endswith("use a backup of the file")


@pytest.mark.parametrize("document", [{"coords": [[0, 0]]}, {"shape": "line", "coords": [[0, 0]], "offsets": []}, 3])
def test_damaged_geometry_is_named(document: Any) -> None:
    with pytest.raises(InputError, match="g is damaged"):
        decode(Geometry, document, "g")


def test_deep_damage_names_the_whole_way() -> None:
    with pytest.raises(InputError, match=r"routes\[0\].legs\[0\].start_s is damaged: 'x'"):
        decode(
            tuple[Route, ...],
            [
                {
                    "id": "r",
                    "vehicle": "v",
                    "vehicle_type": "t",
                    "depot": "d",
                    "shift": "s",
                    "legs": [{"kind": "wait", "start_s": "x", "end_s": 1}],
                }
            ],
            "routes",
        )


def test_what_has_no_form_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="set has no form in JSON"):
        encode({1, 2})
    with pytest.raises(TypeError, match="has no form in JSON"):
        decode(set, [], "s")
