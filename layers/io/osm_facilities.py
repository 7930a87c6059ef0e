"""Make the layers of facilities and districts from what an OSM file holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from layers.assume import BY_KEY
from layers.geometry import Geometry, Shape
from layers.io.areas import squared, tell_squares, with_land
from layers.io.osm_file import Place
from layers.io.osm_places import facility
from layers.io.rows import bounded, gather, texts
from layers.io.tally import Tally
from layers.kinds.places import Districts
from layers.layer import Layer
from layers.projection import project

HULL_RULE = "district.hull"
HULL_MARGIN_M = 50.0
# China has its districts at 6, Taiwan at 7 and 8, much of the world at 8 to 10.
DISTRICT_LEVELS = ("6", "7", "8", "9", "10", "5")


def facility_layers(places: Sequence[Place], epsg: int, tally: Tally) -> list[Layer]:
    """Return one layer for each kind of facility that occurs."""
    by_kind: dict[type[Layer], list[Place]] = defaultdict(list)
    for place in places:
        known = facility(place.tags)
        if known:
            by_kind[known.kind].append(place)
    return [_layer(kind, found, epsg, tally) for kind, found in by_kind.items()]


def _layer(kind: type[Layer], places: Sequence[Place], epsg: int, tally: Tally) -> Layer:
    unique = list({place.place_id: place for place in places}.values())
    columns, origin = gather(kind, [_values(kind, place.tags, tally) for place in unique])
    outlines = _outlines(unique, epsg)
    if kind.SHAPE is Shape.AREA:
        geometry = Geometry.from_shapely(Shape.AREA, outlines)
    else:
        geometry = Geometry.points(shapely.get_coordinates(shapely.point_on_surface(outlines)))
    extra = {"osm_tags": np.array([_told(place.tags) for place in unique], dtype=str)}
    layer: Layer = bounded(
        kind(ids=texts(p.place_id for p in unique), geometry=geometry, origin=origin, extra=extra, **columns), tally
    )
    if kind.SHAPE is not Shape.AREA:
        return layer
    was_point = np.array([not place.outline_wkb for place in unique])
    tell_squares(kind, was_point, tally)
    return with_land(layer, outlines, was_point)


def _outlines(places: Sequence[Place], epsg: int) -> Any:
    """Return the outline of each place in metres; a small square, or its centre, where OSM has a point."""
    shapes = [shapely.from_wkb(p.outline_wkb) if p.outline_wkb else shapely.points(*p.lonlat) for p in places]
    metres = shapely.transform(np.array(shapes, dtype=object), lambda xy: project(xy, epsg))
    return squared(metres, shapely.get_type_id(metres) == shapely.GeometryType.POINT)


def _values(kind: type[Layer], tags: Mapping[str, str], tally: Tally) -> dict[str, Any]:
    known = facility(tags)
    values: dict[str, Any] = dict(known.fixed) if known else {}
    names = [tags[k].strip() for k in ("name", "name:zh") if tags.get(k, "").strip()]
    has = {c.name for c in kind.columns()}
    if names and "name" in has:
        values["name"] = names[0]
    if "public" in has and tags.get("access"):
        values["public"] = tags["access"] not in {"private", "no", "permit"}
    if "n_berths" in has and tags.get("capacity"):
        text = tags["capacity"].strip()
        if text.isdecimal():
            values["n_berths"] = int(text)
        else:
            tally.add("unreadable", f"{kind.KIND}.n_berths", f"capacity={text}")
    return values


def _told(tags: Mapping[str, str]) -> str:
    return ";".join(f"{k}={v}" for k, v in sorted(tags.items()))


def districts(places: Sequence[Place], streets_xy: Any, name: str, epsg: int, tally: Tally) -> Districts:
    """Return the districts: administrative boundaries where they are whole, else one around all streets.

    Parameters
    ----------
    streets_xy
        Shape (n, 2), metres: points of streets, most of which the districts must hold.
    name
        Name of the one district where there are no boundaries.
    """
    bounds = [p for p in places if p.tags.get("boundary") == "administrative" and p.outline_wkb]
    points = shapely.points(streets_xy)
    for level in DISTRICT_LEVELS:
        of_level = list({p.place_id: p for p in bounds if p.tags.get("admin_level") == level}.values())
        if not of_level:
            continue
        outlines = shapely.make_valid(_outlines(of_level, epsg))
        inside = shapely.intersects(shapely.union_all(outlines), points)
        used = [i for i, o in enumerate(outlines) if shapely.intersects(o, points).any()]
        if inside.mean() >= 0.5 and used:
            return Districts(
                ids=texts(of_level[i].place_id for i in used),
                geometry=Geometry.from_shapely(Shape.AREA, outlines[used]),
                name=texts(of_level[i].tags.get("name", of_level[i].place_id) for i in used),
            )
    return one_district(streets_xy, name, tally)


def one_district(xy: Any, name: str, tally: Tally) -> Districts:
    """Return a single district around points, shape (n, 2), metres; it is told as assumed."""
    hull = shapely.buffer(shapely.convex_hull(shapely.multipoints(xy)), HULL_MARGIN_M, join_style="mitre")
    tally.say("assumed", "districts", BY_KEY[HULL_RULE].text, name)
    layer = Districts(ids=texts(["d1"]), geometry=Geometry.from_shapely(Shape.AREA, [hull]))
    return layer.assume("name", name, HULL_RULE)
