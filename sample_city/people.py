"""Where people live and work: by block, gathered into communities and into the points of a grid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from layers.geometry import Geometry, Shape
from layers.kinds.parking import ParkingDemand
from layers.kinds.places import Communities, Population, SensitiveKind, SensitivePlaces
from layers.layer import Bool
from sample_city.blocks import Land
from sample_city.districts import Areas, bent, block_polygons
from sample_city.names import bases
from sample_city.spec import Spec, Zone
from sample_city.streets import numbered
from sample_city.sums import sums
from sample_city.terrain import F64, Bend, Rng

# People and jobs a km2 of block, before all are scaled to the city's sum.
_RESIDENTS = {Zone.OLD: 21_000.0, Zone.CENTRAL: 14_500.0, Zone.OUTER: 9_000.0, Zone.INDUSTRY: 2_500.0}
_JOBS = {Zone.OLD: 9_500.0, Zone.CENTRAL: 7_500.0, Zone.OUTER: 2_800.0, Zone.INDUSTRY: 5_500.0}
_PARK_SHARE = 0.035


@dataclass(frozen=True, eq=False)
class People:
    """Hold who is where; one row a block.

    Parameters
    ----------
    centre
        Shape (n, 2), metres, bent.
    area_m2, n_residents, n_jobs
        Of each block.
    park
        Whether it is a park.
    """

    centre: F64
    area_m2: F64
    n_residents: F64
    n_jobs: F64
    park: Bool


def settle(spec: Spec, land: Land, bend: Bend, rng: Rng) -> People:
    """Return residents and jobs of each block."""
    n = len(land.rings)
    blocks = block_polygons(land)
    flat, area_m2 = shapely.get_coordinates(shapely.centroid(blocks)), shapely.area(blocks)
    built = ~np.isin(land.zone, [Zone.WATER, Zone.GREEN])
    park = built & (rng.random(n) < _PARK_SHARE) & (land.zone != Zone.INDUSTRY) & (area_m2 > 6000.0)
    lived = (built & ~park & (rng.random(n) < 0.86)).astype(np.float64)
    worked = (built & ~park).astype(np.float64)
    density = np.array([_RESIDENTS.get(Zone(z), 0.0) for z in land.zone]) * rng.lognormal(0, 0.35, n)
    jobs = np.array([_JOBS.get(Zone(z), 0.0) for z in land.zone]) * rng.lognormal(0, 0.6, n)
    residents = density * area_m2 * lived
    working = jobs * area_m2 * worked
    residents *= spec.n_residents / residents.sum()
    working *= 0.52 * spec.n_residents / working.sum()
    return People(bend(flat), area_m2, residents.round(), working.round(), park)


def population_layer(spec: Spec, people: People, areas: Areas) -> Population:
    """Return residents and jobs by the points of a grid, each where its people are on average."""
    cell_m = 250.0 if spec.radius_m < 20_000 else 500.0
    used = np.flatnonzero(people.n_residents + people.n_jobs > 0)
    cell = np.floor(people.centre[used] / cell_m).astype(np.int64)
    _, first, which = np.unique(cell, axis=0, return_index=True, return_inverse=True)
    n = len(first)
    who = people.n_residents[used] + people.n_jobs[used]
    total = sums(which, who, n)
    xy = [sums(which, who * people.centre[used, k], n) / total for k in (0, 1)]
    return Population(
        ids=numbered("P", n),
        geometry=Geometry.points(np.column_stack(xy).round(2)),
        n_residents=sums(which, people.n_residents[used], n),
        n_jobs=sums(which, people.n_jobs[used], n),
        district=np.array(areas.names)[areas.of_block[used[first]]],
    )


def community_layers(land: Land, people: People, areas: Areas, bend: Bend, rng: Rng) -> tuple[Communities, ParkingDemand]:
    """Return the communities, and who wants to park in each."""
    rows = np.flatnonzero(land.community >= 0)
    rows = rows[np.argsort(land.community[rows], kind="stable")]
    numbers, first = np.unique(land.community[rows], return_index=True)
    n = len(numbers)
    which = np.repeat(np.arange(n), np.diff([*first, len(rows)]))
    blocks = block_polygons(land)[rows]
    shapes = [shapely.union_all(blocks[a:b]) for a, b in zip(first, [*first[1:], len(rows)], strict=True)]
    residents = sums(which, people.n_residents[rows], n)
    jobs = sums(which, people.n_jobs[rows], n)
    old = (land.zone[rows[first]] == Zone.OLD) & (rng.random(n) < 0.75)
    district = np.array(areas.names)[areas.of_block[rows[first]]]
    pool = bases(rng)
    curved = [bent(s, bend) for s in shapes]
    communities = Communities(
        ids=numbered("C", n),
        geometry=Geometry.from_shapely(Shape.AREA, curved),
        name=np.array([next(pool) + "社区" for _ in range(n)]),
        district=district,
        n_residents=residents,
        old_quarter=old,
    )
    cars = rng.uniform(0.20, 0.30, n) * np.where(old, 0.75, 1.0)
    demand = ParkingDemand(
        ids=numbered("G", n),
        geometry=Geometry.points(np.round(shapely.get_coordinates(shapely.point_on_surface(curved)), 2)),
        district=district,
        n_night=np.round(residents * cars),
        n_day=np.round(jobs * rng.uniform(0.14, 0.24, n)),
        n_visitors=np.round(jobs * rng.uniform(0.04, 0.09, n)),
        n_existing_berths=np.round(residents * cars * np.where(old, rng.uniform(0.25, 0.6, n), rng.uniform(0.6, 1.05, n))),
    )
    return communities, demand


def sensitive_layer(people: People, land: Land, rng: Rng) -> SensitivePlaces:
    """Return homes by block, and schools and hospitals among them."""
    homes = np.flatnonzero(people.n_residents > 0)
    total = people.n_residents.sum()
    open_land = np.flatnonzero(~np.isin(land.zone, [Zone.WATER, Zone.GREEN, Zone.INDUSTRY]) & ~people.park)
    n_schools, n_hospitals = max(3, round(total / 8000)), max(1, round(total / 36_000))
    picked = rng.permutation(open_land)[: n_schools + n_hospitals]
    schools, hospitals = np.sort(picked[:n_schools]), np.sort(picked[n_schools:])
    pool = bases(rng)
    kinds = ((SensitiveKind.HOME, homes), (SensitiveKind.SCHOOL, schools), (SensitiveKind.HOSPITAL, hospitals))
    ends = {SensitiveKind.HOME: ("小区", "花园", "新村"), SensitiveKind.SCHOOL: ("小学", "中学"),
            SensitiveKind.HOSPITAL: ("医院",)}  # fmt: skip
    names, xy = [], []
    for kind, rows in kinds:
        names += [next(pool) + ends[kind][i % len(ends[kind])] for i in range(len(rows))]
        # beside a home that may stand on the same block
        xy.append(people.centre[rows] + (0.0 if kind is SensitiveKind.HOME else 18.0))
    counts = (people.n_residents[homes], rng.integers(600, 2400, len(schools)), rng.integers(300, 2600, len(hospitals)))
    sizes = [len(rows) for _, rows in kinds]
    return SensitivePlaces(
        ids=numbered("V", sum(sizes)),
        geometry=Geometry.points(np.round(np.concatenate(xy), 2)),
        name=np.array(names),
        sensitive=np.repeat([int(k) for k, _ in kinds], sizes).astype(np.int8),
        n_people=np.concatenate(counts).astype(np.float64),
    )
