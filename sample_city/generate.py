"""Make the sample city: terrain, main roads, blocks, then all that stands on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from layers.city import City, Reference
from layers.geometry import Geometry, Shape
from layers.kinds.facilities import Plants, TransferStations
from layers.kinds.places import CrowdPlaces
from layers.kinds.streets import Streets
from layers.layer import Bool, Layer
from layers.units import TONNE_KG
from sample_city.berths import berth_layer
from sample_city.blocks import Land, lay_blocks
from sample_city.districts import Areas, bent, district_layer, lay_districts
from sample_city.facilities import crowd_layer, depot_layer, plant_layer, station_layer, toilet_layer, water_layer
from sample_city.kerb import kerb_layer
from sample_city.names import name_lines
from sample_city.people import People, community_layers, population_layer, sensitive_layer, settle
from sample_city.plots import find_plots, lot_layer, site_layer
from sample_city.roadside import Roadside, roadside_of
from sample_city.segments import Segments, cut_segments
from sample_city.skeleton import Skeleton, lay_skeleton
from sample_city.spec import EPSG, Spec, Zone, spec_of
from sample_city.streets import Setting, ban_turns, draw_widths, fill_junctions, fill_streets, segment_district
from sample_city.sums import sums
from sample_city.terrain import Bend, Rng, Terrain, lay_terrain, make_bend
from sample_city.waste import block_waste_kg, waste_layer

_KEY_M = 320.0  # a key area is what lies this near to a place that draws crowds
_KEY_VISITORS = 9000.0


@dataclass(frozen=True, eq=False)
class _Ground:
    spec: Spec
    terrain: Terrain
    bend: Bend
    skeleton: Skeleton
    land: Land
    areas: Areas
    cut: Segments


# Number of the stream of random numbers that berths are drawn by.
BERTHS = 2


def make_city(size: str = "city", seed: int = 1) -> City:
    """Return a made-up Chinese city; the same seed gives the same bytes.

    Parameters
    ----------
    size
        ``small`` (one district, about 1,500 street segments), ``city`` (eleven, about 12,000) or ``metropolis`` (about
        200,000).
    seed
        Of the random numbers.
    """
    spec = spec_of(size)
    rng = np.random.default_rng([seed, len(size)])
    ground = _lay(spec, rng)
    people = settle(spec, ground.land, ground.bend, rng)
    road, widths = _roadside(ground, rng)
    crowds = crowd_layer(spec, road, rng)
    streets = _streets(ground, road, crowds, widths, rng)
    junctions = fill_junctions(ground.cut, road.grade)
    turns = ban_turns(streets, ground.cut, junctions.signals, rng)
    kerb = kerb_layer(ground.cut, road, streets.ids, junctions.signals, rng)
    layers = [streets, junctions, turns, crowds, kerb]
    layers += _places(ground, people, rng)
    layers += _facilities(ground, people, (road, streets), rng)
    # a stream of its own, so that what was there before it stays as it was
    layers.append(berth_layer(streets, np.random.default_rng([seed, len(size), BERTHS])))
    references = _references(ground, people)
    return City(spec.name, EPSG, {layer.KIND: layer for layer in layers}, references)


def _lay(spec: Spec, rng: Rng) -> _Ground:
    terrain = lay_terrain(spec, rng)
    bend = make_bend(spec, rng)
    skeleton = lay_skeleton(spec, terrain, rng)
    land = lay_blocks(spec, terrain, skeleton, rng)
    areas = lay_districts(spec, terrain, skeleton, land, rng)
    return _Ground(spec, terrain, bend, skeleton, land, areas, cut_segments(land, bend))


def _roadside(ground: _Ground, rng: Rng) -> tuple[Roadside, tuple[np.ndarray, np.ndarray, Bool]]:
    cut, spec = ground.cut, ground.spec
    grade = np.array(ground.land.plan.lines)[cut.line]
    district = segment_district(cut, list(ground.skeleton.faces), ground.areas.of_face)
    flat = cut.flat_middle
    far = np.hypot(flat[:, 0] / 1.12, (flat[:, 1] - 0.03 * spec.radius_m) / 0.92) / spec.radius_m
    widths = draw_widths(ground.land, cut, grade, far, rng)
    ground_level = ~(ground.land.bridge | ground.land.tunnel)[cut.line]
    return roadside_of(cut, grade, widths[1], (district, far, ground_level)), widths


def _streets(
    ground: _Ground, road: Roadside, crowds: CrowdPlaces, widths: tuple[np.ndarray, np.ndarray, Bool], rng: Rng
) -> Streets:
    busy = crowds.n_visitors_day >= _KEY_VISITORS
    about = shapely.STRtree(shapely.points(crowds.geometry.coords[busy]))
    near = about.query(shapely.points(road.middle), predicate="dwithin", distance=_KEY_M)[0]
    key_area = np.zeros(len(road.grade), dtype=bool)
    key_area[near] = True
    names = np.array(name_lines(ground.land, ground.skeleton, rng))[ground.cut.line]
    setting = Setting(road.grade, road.far, np.array(ground.areas.names)[road.district], names, key_area)
    return fill_streets(ground.spec, (ground.land, ground.cut), setting, widths, rng)


def _places(ground: _Ground, people: People, rng: Rng) -> list[Layer]:
    land, areas = ground.land, ground.areas
    communities, demand = community_layers(land, people, areas, ground.bend, rng)
    return [
        district_layer(ground.spec, ground.skeleton, land, areas, ground.bend),
        communities,
        demand,
        population_layer(ground.spec, people, areas),
        sensitive_layer(people, land, rng),
    ]


def _facilities(ground: _Ground, people: People, ways: tuple[Roadside, Streets], rng: Rng) -> list[Layer]:
    road, streets = ways
    spec, land, areas, bend = ground.spec, ground.land, ground.areas, ground.bend
    n, owner = len(areas.names), areas.of_block
    waste_t = sums(owner, block_waste_kg(people), n) / TONNE_KG
    lived = people.n_residents + people.n_jobs > 0
    built_m2 = sums(owner[lived], people.area_m2[lived], n)
    plots = find_plots(land, people, min(12_000, int(0.3 * len(land.rings))), rng)
    sites, left = site_layer(spec, land, plots, areas, road, (bend, rng))
    plants: Plants = plant_layer(spec, road, rng)
    stations: TransferStations = station_layer(spec, road, areas.names, waste_t, rng)
    return [
        depot_layer(spec, road, areas.names, rng),
        water_layer(road, rng),
        plants,
        stations,
        sites,
        waste_layer(land, people, areas, (streets, bend), rng),
        toilet_layer(road, areas.names, built_m2, rng),
        lot_layer(plots, left, areas, bend, rng),
    ]


def _references(ground: _Ground, people: People) -> tuple[Reference, ...]:
    """Return water and green as layers that are only drawn."""
    frame = ground.terrain.outline.buffer(0.3 * ground.spec.radius_m)
    river = bent(ground.terrain.river.intersection(frame), ground.bend)
    parks = [shapely.Polygon(ground.land.rings[i]).buffer(-14.0) for i in np.flatnonzero(people.park)]
    left = np.flatnonzero(ground.land.zone == Zone.GREEN)
    wild = shapely.union_all([shapely.Polygon(ground.land.rings[i]) for i in left]).buffer(-16.0).buffer(-30.0).buffer(30.0)
    hills = [h for h in shapely.get_parts(wild) if h.area > 20_000.0]
    parks = [p for p in parks if p.geom_type == "Polygon" and p.area > 1500.0]
    green = [bent(g, ground.bend) for g in (*hills, *parks)]
    kinds = np.array(["hill"] * len(hills) + ["park"] * len(parks))
    return (
        Reference("水系", np.array(["river"]), Geometry.from_shapely(Shape.AREA, [river]), {"kind": np.array(["river"])}),
        Reference(
            "绿地",
            np.array([f"green{i + 1}" for i in range(len(green))]),
            Geometry.from_shapely(Shape.AREA, green),
            {"kind": kinds},
        ),
    )
