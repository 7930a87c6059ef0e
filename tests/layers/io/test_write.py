"""Layers out to files, and back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from layers.city import City, Reference
from layers.errors import InputError, StorageError
from layers.geometry import Geometry
from layers.io.fields import kind_named
from layers.io.read import add_frame, read_city, read_frame
from layers.io.sniff import sniff
from layers.io.table import read_table
from layers.io.write import write_layer
from layers.kinds.facilities import Depots
from layers.kinds.streets import Streets
from tests.cities import tiny_city


@pytest.mark.parametrize("ending", [".geojson", ".csv"])
def test_streets_come_back_as_they_were(tmp_path: Path, ending: str) -> None:
    city = tiny_city()
    path = tmp_path / f"道路 一{ending}"
    assert write_layer(city, "streets", path) == 12
    back = add_frame(None, read_frame(path, sniff(path)), kind_named("streets"))
    for name in ("road_class", "oneway", "width_m", "n_lanes", "name", "cleaning_grade", "lit"):
        assert getattr(back[Streets], name).tolist() == getattr(city[Streets], name).tolist()
    assert back[Streets].ids.tolist() == city[Streets].ids.tolist()
    assert back.epsg == city.epsg
    assert back[Streets].geometry.coords == pytest.approx(city[Streets].geometry.coords, abs=0.02)


def test_points_have_longitude_and_latitude(tmp_path: Path) -> None:
    city = tiny_city()
    write_layer(city, "depots", tmp_path / "d.csv")
    frame = read_table(tmp_path / "d.csv")
    assert float(frame.columns["lon"][0]) == pytest.approx(120.0, abs=0.01)
    # a flag that nobody gave is blank, not "False"
    blank = replace(city[Depots], charging=np.zeros(1, dtype=bool), origin={"charging": np.zeros(1, dtype=np.uint8)})
    write_layer(city.with_layers(blank), "depots", tmp_path / "d.geojson")
    document = json.loads((tmp_path / "d.geojson").read_text(encoding="utf-8"))
    assert document["features"][0]["properties"]["charging"] is None


def test_a_package_holds_one_layer(tmp_path: Path) -> None:
    write_layer(tiny_city(), "道路", tmp_path / "s.gpkg")
    assert set(read_city([tmp_path / "s.gpkg"]).layers) == {"streets"}


@pytest.mark.parametrize("ending", [".geojson", ".gpkg"])
def test_a_free_layer_is_written_by_its_name(tmp_path: Path, ending: str) -> None:
    reference = Reference("河", np.array(["1"]), Geometry.points([[500_000.0, 3_550_000.0]]), {"n": np.array([1])})
    city = City("x", 4549, {}, (reference,))
    assert write_layer(city, "河", tmp_path / f"r{ending}") == 1
    assert len(read_city([tmp_path / f"r{ending}"]).references) == 1


def test_wrong_names_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"should end in \.geojson, \.json, \.csv, \.gpkg"):
        write_layer(tiny_city(), "streets", tmp_path / "x.shp")
    with pytest.raises(InputError, match=r"has no layer 'toilets'; there are: .*streets"):
        write_layer(tiny_city(), "toilets", tmp_path / "x.csv")


def test_a_place_that_cannot_be_written_is_told_and_the_old_file_stays(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"cannot write .*No such file or directory"):
        write_layer(tiny_city(), "streets", tmp_path / "nowhere" / "x.csv")
    path = tmp_path / "x.csv"
    path.mkdir()
    with pytest.raises(StorageError):
        write_layer(tiny_city(), "streets", path)
    assert [p.name for p in tmp_path.iterdir()] == ["x.csv"]
