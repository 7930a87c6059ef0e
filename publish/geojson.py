"""Plans as GeoJSON (RFC 7946): degrees on WGS 84, one feature a leg, unserved item or change."""

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
from optimizer.features import FeatureTable, feature_tables
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
    degrees = Geometry(geometry.shape, np.round(unproject(geometry.coords, epsg), _DIGITS), geometry.offsets)
    shapes = json.loads(shapely.to_geojson(shapely.geometrycollections(degrees.shapely)))["geometries"]
    columns = {name: values.tolist() for name, values in table.columns.items()}
    features = []
    for i, shape in enumerate(shapes):
        properties = {"table": table.name, **{name: _plain(values[i]) for name, values in columns.items()}}
        features.append({"type": "Feature", "geometry": shape, "properties": properties})
    return features


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
