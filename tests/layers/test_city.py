"""The city: layers by kind, quality sheet, hash and bounds."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np

from layers.city import City, Note
from layers.kinds.facilities import Depots, Toilets
from layers.kinds.streets import Streets
from layers.text import Text
from tests.cities import X0_M, Y0_M, tiny_city


def test_a_kind_that_is_not_there_is_empty() -> None:
    city = tiny_city()
    assert Streets in city
    assert Toilets not in city
    assert len(city[Toilets]) == 0


def test_the_quality_sheet_counts_given_refused_missing_and_assumed() -> None:
    city = tiny_city()
    width = city[Streets].width_m.copy()
    width[:2] = 0.2, np.nan
    layer, _ = replace(city[Streets], width_m=width).refuse_out_of_bounds()
    layer = layer.assume("width_m", 7.0, "by_class", where=np.arange(12) == 1)
    row = next(q for q in city.with_layers(layer).quality() if (q.kind, q.column) == ("streets", "width_m"))
    assert (row.n_given, row.n_refused, row.n_missing, row.n_assumed_by_rule) == (10, 1, 0, (("by_class", 1),))


def test_the_hash_changes_with_a_layer_and_not_with_a_note() -> None:
    city = tiny_city()
    noted = city.with_notes(Note("skipped", "a.csv:7", Text("跳过", "skipped")))
    assert city.hash == noted.hash == pickle.loads(pickle.dumps(noted)).hash
    assert noted.notes[0].where == "a.csv:7"
    closed = replace(city[Streets], closed=np.ones(12, dtype=bool))
    assert city.with_layers(closed).hash != city.hash


def test_bounds_hold_all_layers() -> None:
    assert tiny_city().bounds == (X0_M - 100, Y0_M - 100, X0_M + 700, Y0_M + 500)
    assert City("空", 4549).bounds == (-500.0, -500.0, 500.0, 500.0)


def test_faults_of_all_layers_come_together() -> None:
    city = tiny_city()
    bad = replace(city[Depots], n_bays=np.array([-1]))
    worse = replace(city[Streets], width_m=np.full(12, 0.1))
    assert {f.where for f in city.with_layers(bad, worse).faults()} == {"depots.n_bays", "streets.width_m"}
    assert city.faults() == ()
