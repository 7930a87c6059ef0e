"""Plans as GeoJSON (RFC 7946): degrees on WGS 84, one feature a leg, unserved item, change, verdict or assignment."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from layers.city import City
from layers.geometry import Geometry
from layers.projection import unproject
from optimizer.feature_table import FeatureTable
from optimizer.features import feature_tables
from optimizer.plan import Plan
from publish.whole_file import write_whole

_DIGITS = 7  # a centimetre


def write_geojson(plan: Plan, city: City, path: Path) -> int:
    """Write a plan as one feature collection and return how many features it has.

    Each feature says in ``table`` what it is. A plan with faults says so in the collection's ``faults``.

    Raises
    ------
    StorageError
        Where the file cannot be written; a file that was there stays whole.
    """
    features = [f for table in feature_tables(plan, city) for f in _features(table, city.epsg)]
    document = {
        "type": "FeatureCollection",
        "name": plan.name,
        "planner": plan.planner,
        "outcome": str(plan.outcome),
        "faults": [f.text.zh for f in plan.faults],
        "features": features,
    }
    write_whole(path, json.dumps(document, ensure_ascii=False, allow_nan=False))
    return len(features)


def _features(table: FeatureTable, epsg: int) -> list[dict[str, Any]]:
    geometry = table.geometry
    placed = np.flatnonzero(np.isfinite(geometry.bounds).all(axis=1))
    known = geometry.take(placed)
    degrees = Geometry(known.shape, np.round(unproject(known.coords, epsg), _DIGITS), known.offsets)
    shapes: list[Any] = [None] * len(table)  # what has no place has no geometry
    for i, shape in zip(placed.tolist(), _written(degrees), strict=True):
        shapes[i] = shape
    columns = {name: values.tolist() for name, values in table.columns.items()}
    features = []
    for i, shape in enumerate(shapes):
        properties = {"table": table.name, **{name: _plain(values[i]) for name, values in columns.items()}}
        features.append({"type": "Feature", "geometry": shape, "properties": properties})
    return features


def _written(degrees: Geometry) -> list[Any]:
    written: list[Any] = json.loads(shapely.to_geojson(shapely.geometrycollections(degrees.shapely)))["geometries"]
    return written


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
