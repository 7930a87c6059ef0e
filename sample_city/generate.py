"""Make the sample city: terrain, main roads, blocks, then all that stands on them."""

from __future__ import annotations

import numpy as np

from layers.city import City
from sample_city.blocks import lay_blocks
from sample_city.districts import district_layer, lay_districts
from sample_city.names import name_lines
from sample_city.segments import cut_segments
from sample_city.skeleton import lay_skeleton
from sample_city.spec import EPSG, spec_of
from sample_city.streets import Setting, ban_turns, fill_junctions, fill_streets, segment_district
from sample_city.terrain import lay_terrain, make_bend


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
    terrain = lay_terrain(spec, rng)
    bend = make_bend(spec, rng)
    skeleton = lay_skeleton(spec, terrain, rng)
    land = lay_blocks(spec, terrain, skeleton, rng)
    areas = lay_districts(spec, terrain, skeleton, land, rng)
    cut = cut_segments(land, bend)
    grade = np.array(land.plan.lines)[cut.line]
    district = segment_district(cut, list(skeleton.faces), areas.of_face)
    far = np.hypot(cut.flat_middle[:, 0] / 1.12, (cut.flat_middle[:, 1] - 0.03 * spec.radius_m) / 0.92) / spec.radius_m
    setting = Setting(
        grade,
        far,
        np.array(areas.names)[district],
        np.array(name_lines(land, skeleton, rng))[cut.line],
        far < 0.12,
    )
    streets = fill_streets(spec, land, cut, setting, rng)
    junctions = fill_junctions(cut, grade)
    turns = ban_turns(spec, streets, cut, junctions.signals, rng)
    districts = district_layer(spec, skeleton, land, areas, bend)
    city = City(spec.name, EPSG, {layer.KIND: layer for layer in (districts, streets, junctions, turns)})
    return city
