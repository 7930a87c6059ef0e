"""Read and write GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from layers.city import Note
from layers.errors import InputError
from layers.geometry import Geometry
from layers.io.frame import Frame
from layers.io.table import decode
from layers.layer import AnyArray
from layers.projection import WGS84, epsg_of, transform
from layers.text import Text

# Of a degree: about 1 cm, which RFC 7946 calls plenty.
N_DECIMALS = 7


def read_geojson(path: Path, encoding: str | None = None) -> Frame:
    """Return the features of a GeoJSON file.

    A ``crs`` member, which the RFC has dropped, is believed where it names an EPSG code.

    Raises
    ------
    InputError
        Where the file is damaged, or is JSON of another kind.
    """
    try:
        document = json.loads(decode(path, encoding))
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        zh = f"文件“{path}”不是完整的 JSON（第 {error.lineno} 行第 {error.colno} 列：{error.msg}）；请重新下载或导出"
        en = f"file {str(path)!r} is no whole JSON ({where}: {error.msg}): download or export it again"
        raise InputError(Text(zh, en)) from error
    except RecursionError as error:
        zh, en = f"文件“{path}”不是 GeoJSON：括号嵌套过深", f"file {str(path)!r} is no GeoJSON: its brackets nest too deep"
        raise InputError(Text(zh, en)) from error
    features = _features(document, path)
    columns = _columns([feature.get("properties") or {} for feature in features])
    shapes = _shapes([feature.get("geometry") for feature in features])
    if "id" not in columns and any("id" in feature for feature in features):
        columns = {"id": [feature.get("id") for feature in features], **columns}
    numbers = np.arange(1, len(features) + 1)
    bad = np.array([shape is None for shape in shapes], dtype=bool)
    text = Text("没有可用的几何，未采用", "no usable geometry: not taken")
    notes = tuple(Note("refused", f"{path.name} feature {n}", text) for n in numbers[bad])
    kept = np.flatnonzero(~bad)
    return Frame(
        path.name,
        {name: [values[i] for i in kept] for name, values in columns.items()},
        numbers[kept],
        shapes[kept],
        _declared(document),
        notes,
    )


def _features(document: Any, path: Path) -> list[dict[str, Any]]:
    kind = document.get("type") if isinstance(document, dict) else None
    features = document.get("features") if kind == "FeatureCollection" else [document] if kind == "Feature" else None
    if not isinstance(features, list) or not all(map(_is_feature, features)):
        shown = f"type {kind!r}" if kind else "no type"
        zh = f"文件“{path}”是 JSON，但不是 GeoJSON（{shown}）；应为 FeatureCollection"
        en = f"file {str(path)!r} is JSON but not GeoJSON ({shown}); expected a FeatureCollection"
        raise InputError(Text(zh, en))
    if not features:
        zh, en = f"文件“{path}”没有任何要素", f"file {str(path)!r} has no feature; expected at least one"
        raise InputError(Text(zh, en))
    return features


def _is_feature(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("properties") or {}, dict)


def _columns(properties: list[Mapping[str, Any]]) -> dict[str, list[Any]]:
    names = dict.fromkeys(name for row in properties for name in row)
    return {name: [_cell(row.get(name)) for row in properties] for name in names}


def _cell(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _shapes(geometries: list[Any]) -> AnyArray:
    texts = [json.dumps(geometry) if isinstance(geometry, dict) else None for geometry in geometries]
    shapes: AnyArray = shapely.force_2d(shapely.from_geojson(np.array(texts, dtype=object), on_invalid="ignore"))
    empty = shapely.is_empty(shapes)
    shapes[empty] = None
    return shapes


def _declared(document: Any) -> int | None:
    crs = document.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return epsg_of(name) if isinstance(name, str) else WGS84 if crs is None else None


def write_geojson(path: Path, geometry: Geometry, epsg: int, columns: Mapping[str, AnyArray], name: str) -> None:
    """Write rows as a FeatureCollection in degrees on WGS 84, one feature a line.

    Parameters
    ----------
    geometry
        In metres.
    epsg
        Its projection.
    columns
        By name, each of shape (n,); NaN becomes null.
    """
    degrees = Geometry(geometry.shape, np.round(transform(geometry.coords, epsg, WGS84), N_DECIMALS), geometry.offsets)
    drawn = shapely.to_geojson(degrees.shapely)
    lists = {key: column.tolist() for key, column in columns.items()}
    with path.open("w", encoding="utf-8") as file:
        head = json.dumps({"name": name}, ensure_ascii=False)[1:-1]
        file.write(f'{{"type": "FeatureCollection", {head}, "features": [\n')
        for i in range(len(geometry)):
            row = {key: _plain(values[i]) for key, values in lists.items()}
            shape = drawn[i] or "null"
            properties = json.dumps(row, ensure_ascii=False, allow_nan=False)
            comma = ",\n" if i else ""
            file.write(f'{comma}{{"type": "Feature", "geometry": {shape}, "properties": {properties}}}')
        file.write("\n]}\n")


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and not np.isfinite(value) else value
