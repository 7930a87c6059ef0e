"""GeoJSON in and out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from layers.errors import InputError
from layers.geometry import Geometry, Shape
from layers.io.geojson import read_geojson, write_geojson
from layers.projection import project


def collection(tmp_path: Path, *features: Any, **more: Any) -> Path:
    path = tmp_path / "x.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **more}), encoding="utf-8")
    return path


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


POINT = {"type": "Point", "coordinates": [120.3, 31.5, 12.0]}


def test_features_are_rows(tmp_path: Path) -> None:
    path = collection(tmp_path, feature(POINT, 名称="甲", n=1), feature(POINT, n=None, tags={"a": 1}))
    frame = read_geojson(path)
    assert frame.columns == {"名称": ["甲", None], "n": [1, None], "tags": [None, '{"a": 1}']}
    assert frame.epsg == 4326
    assert frame.shapes is not None
    assert frame.shapes[0].equals(shapely.Point(120.3, 31.5))
    assert frame.rows.tolist() == [1, 2]


def test_features_without_geometry_are_listed(tmp_path: Path) -> None:
    bad = {"type": "LineString", "coordinates": [[120.3]]}
    path = collection(tmp_path, feature(None), feature(POINT), feature({"type": "Point", "coordinates": []}), feature(bad))
    frame = read_geojson(path)
    assert frame.rows.tolist() == [2]
    assert [n.where for n in frame.notes] == [f"x.geojson feature {i}" for i in (1, 3, 4)]


@pytest.mark.parametrize(
    ("name", "epsg"),
    [("urn:ogc:def:crs:OGC:1.3:CRS84", 4326), ("urn:ogc:def:crs:EPSG::4547", 4547), ("ours", None), (7, None)],
)
def test_a_crs_member_is_believed(tmp_path: Path, name: object, epsg: int | None) -> None:
    path = collection(tmp_path, feature(POINT), crs={"type": "name", "properties": {"name": name}})
    assert read_geojson(path).epsg == epsg


def test_a_single_feature_and_its_id(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps({**feature(POINT), "id": "a7"}), encoding="utf-8")
    assert read_geojson(path).columns == {"id": ["a7"]}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"type": "FeatureCollection", "features": [', r"is no whole JSON \(line 1, column 44"),
        ('{"type": "Topology"}', "is JSON but not GeoJSON \\(type 'Topology'\\); expected a FeatureCollection"),
        ("[1, 2]", r"is JSON but not GeoJSON \(no type\)"),
        ('{"type": "FeatureCollection", "features": []}', "has no feature; expected at least one"),
        ('{"type": "FeatureCollection", "features": [1]}', "is JSON but not GeoJSON"),
        ('{"type": "Feature", "properties": [1], "geometry": null}', "is JSON but not GeoJSON"),
        ("[" * 100_000, "its brackets nest too deep"),
    ],
)
def test_a_bad_file_is_told(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "x.geojson"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_geojson(path)


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "x.geojson"
    areas = shapely.transform(np.array([shapely.box(120.3, 31.5, 120.31, 31.51)]), lambda xy: project(xy, 4549))
    columns = {"id": np.array(["a"]), "w": np.array([np.nan]), "名": np.array(["一"]), "n": np.array([3])}
    write_geojson(path, Geometry.from_shapely(Shape.AREA, areas), 4549, columns, "区")
    frame = read_geojson(path)
    assert frame.columns == {"id": ["a"], "w": [None], "名": ["一"], "n": [3]}
    assert frame.shapes is not None
    assert shapely.symmetric_difference(frame.shapes[0], shapely.box(120.3, 31.5, 120.31, 31.51)).area < 1e-9


def test_rows_without_geometry_are_written_as_null(tmp_path: Path) -> None:
    path = tmp_path / "x.geojson"
    write_geojson(path, Geometry.none(1), 4549, {"id": np.array(["a"])}, "x")
    assert json.loads(path.read_text(encoding="utf-8"))["features"][0]["geometry"] is None
