from __future__ import annotations

import numpy as np
import pytest
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from layers.city import City
from layers.errors import InputError
from layers.geometry import Shape
from layers.hours import parse_periods
from layers.kinds import KINDS
from layers.kinds.facilities import CandidateSites, Depots, Plants, Toilets, TransferStations, WastePoints, WaterPoints
from layers.kinds.junctions import Junctions, Turns
from layers.kinds.parking import Decision, KerbBerths, KerbFacts, Lots
from layers.kinds.places import CrowdPlaces, Districts
from layers.kinds.streets import Oneway, RoadClass, Streets
from sample_city.generate import make_city

BESIDE_STREETS = (Depots, WaterPoints, Plants, TransferStations, WastePoints, Toilets, CrowdPlaces, CandidateSites, Lots)


def ends(city: City) -> tuple[np.ndarray, np.ndarray]:
    streets, row_of = city[Streets], city[Junctions].row_of
    tail = np.array([row_of[j] for j in streets.from_junction.tolist()])
    return tail, np.array([row_of[j] for j in streets.to_junction.tolist()])


def test_same_seed_same_city(small: City) -> None:
    again = make_city("small", 1)
    assert {k: layer.hash for k, layer in again.layers.items()} == {k: layer.hash for k, layer in small.layers.items()}
    for one, two in zip(again.references, small.references, strict=True):
        assert np.array_equal(one.geometry.coords, two.geometry.coords)


def test_another_seed_is_another_city_and_sound(small: City) -> None:
    other = make_city("small", 2)
    assert other.hash != small.hash
    assert not other.faults()
    assert n_strong_parts(other) == 1


def test_an_unknown_size_is_told() -> None:
    with pytest.raises(InputError, match=r"no size of city is called 'huge'; expected small \| city \| metropolis"):
        make_city("huge")


@pytest.mark.parametrize("which", ["small", "city"])
def test_every_layer_is_there_without_fault(which: str, request: pytest.FixtureRequest) -> None:
    made: City = request.getfixturevalue(which)
    assert {kind.KIND for kind in KINDS} == set(made.layers)
    assert all(len(layer) for layer in made.layers.values())
    assert not made.faults()
    assert {r.name for r in made.references} == {"水系", "绿地"}
    assert all(r.geometry.shape is Shape.AREA for r in made.references)


def test_every_column_says_something(city: City) -> None:
    silent = [
        f"{layer.KIND}.{c.name}"
        for layer in city.layers.values()
        for c in layer.columns()
        if c.is_blank(getattr(layer, c.name)).all()
    ]
    # No street was split or merged yet, and the bureau's list of toilets tells no land.
    assert set(silent) == {"streets.made_from", "toilets.land_m2"}


def test_only_limits_and_bans_are_left_blank(city: City) -> None:
    blank = {(q.kind, q.column) for q in city.quality() if q.n_missing}
    assert blank == {
        ("streets", "speed_by_hour"), ("streets", "ban_periods"), ("streets", "max_height_m"), ("streets", "max_weight_kg"),
        ("kerb_berths", "decision"), ("streets", "made_from"), ("toilets", "n_stalls"),
        ("toilets", "n_accessible_stalls"), ("toilets", "land_m2"),
    }  # fmt: skip


def n_strong_parts(city: City) -> int:
    streets = city[Streets]
    tail, head = ends(city)
    ahead, back = streets.oneway != Oneway.BACKWARD, streets.oneway != Oneway.FORWARD
    rows = np.concatenate([tail[ahead], head[back]])
    cols = np.concatenate([head[ahead], tail[back]])
    n = len(city[Junctions])
    graph = coo_array((np.ones(len(rows)), (rows, cols)), shape=(n, n))
    return int(connected_components(graph, directed=True, connection="strong")[0])


@pytest.mark.parametrize("which", ["small", "city"])
def test_every_place_can_be_reached_from_every_other(which: str, request: pytest.FixtureRequest) -> None:
    made: City = request.getfixturevalue(which)
    assert (made[Streets].oneway != Oneway.BOTH).mean() > 0.05
    assert n_strong_parts(made) == 1


def test_streets_begin_and_end_at_their_junctions(city: City) -> None:
    streets, xy = city[Streets], city[Junctions].geometry.coords
    tail, head = ends(city)
    offsets = streets.geometry.offsets[0]
    assert np.array_equal(streets.geometry.coords[offsets[:-1]], xy[tail])
    assert np.array_equal(streets.geometry.coords[offsets[1:] - 1], xy[head])
    assert np.allclose(streets.length_m, streets.geometry.lengths_m(), atol=0.01)


def test_no_street_is_a_stub(city: City) -> None:
    assert city[Streets].length_m.min() >= 5.0


@pytest.mark.parametrize("which", ["small", "city"])
def test_streets_meet_only_at_junctions(which: str, request: pytest.FixtureRequest) -> None:
    made: City = request.getfixturevalue(which)
    lines = made[Streets].geometry.shapely
    one, two = shapely.STRtree(lines).query(lines, predicate="intersects")
    pairs = one < two
    one, two = one[pairs], two[pairs]
    tail, head = ends(made)
    xy = made[Junctions].geometry.coords
    met = shapely.intersection(lines[one], lines[two])
    shared = [{int(tail[a]), int(head[a])} & {int(tail[b]), int(head[b])} for a, b in zip(one, two, strict=True)]
    for where, nodes in zip(met, shared, strict=True):
        assert where.geom_type in {"Point", "MultiPoint"}
        points = shapely.get_coordinates(where)
        assert len(points) == len(nodes)
        assert all(np.hypot(*(xy[n] - points).T).min() < 1e-6 for n in nodes)


def test_turn_bans_name_streets_that_meet(city: City) -> None:
    streets, turns, row_of = city[Streets], city[Turns], city[Streets].row_of
    for from_street, via, to_street in zip(turns.from_street, turns.via_junction, turns.to_street, strict=True):
        for street in (from_street, to_street):
            row = row_of[str(street)]
            assert via in (streets.from_junction[row], streets.to_junction[row])
        assert from_street != to_street


@pytest.mark.parametrize("which", ["small", "city"])
def test_facilities_stand_beside_streets(which: str, request: pytest.FixtureRequest) -> None:
    made: City = request.getfixturevalue(which)
    tree = shapely.STRtree(made[Streets].geometry.shapely)
    for kind in BESIDE_STREETS:
        _, away_m = tree.query_nearest(made[kind].geometry.shapely, return_distance=True, all_matches=False)
        assert away_m.max() <= 50.0, kind.KIND


@pytest.mark.parametrize("which", ["small", "city"])
def test_nothing_stands_on_a_bridge(which: str, request: pytest.FixtureRequest) -> None:
    made: City = request.getfixturevalue(which)
    river = next(r for r in made.references if r.name == "水系").geometry.shapely[0]
    for kind in BESIDE_STREETS:
        assert not shapely.intersects(river, made[kind].geometry.shapely).any(), kind.KIND


def test_plots_lie_clear_of_streets_and_of_one_another(city: City) -> None:
    streets = city[Streets]
    plots = np.concatenate([city[CandidateSites].geometry.shapely, city[Lots].geometry.shapely])
    assert shapely.is_valid(plots).all()
    nearest, away_m = shapely.STRtree(streets.geometry.shapely).query_nearest(plots, return_distance=True, all_matches=False)
    half_m = streets.width_m[nearest[1]] / 2
    assert (away_m > half_m - 6.0).all()
    tree = shapely.STRtree(plots)
    one, two = tree.query(plots, predicate="intersects")
    assert (one == two).all()


def test_kerb_facts_lie_on_the_kerb_of_their_street(city: City) -> None:
    facts, streets = city[KerbFacts], city[Streets]
    rows = np.array([streets.row_of[s] for s in facts.street.tolist()])
    away_m = shapely.distance(streets.geometry.shapely[rows], facts.geometry.shapely)
    assert (away_m <= streets.width_m[rows] / 2 + 2.0).all()


def test_kerb_berths_lie_on_the_kerb_of_their_street(city: City) -> None:
    rows, streets = city[KerbBerths], city[Streets]
    assert 300 < len(rows) < 2000
    at = np.array([streets.row_of[s] for s in rows.street.tolist()])
    away_m = shapely.distance(streets.geometry.shapely[at], shapely.centroid(rows.geometry.shapely))
    assert (np.abs(away_m - streets.width_m[at] / 2) < 3.0).mean() > 0.95
    assert set(rows.decision.tolist()) == set(Decision)
    assert 0 < rows.on_footway.sum() < 0.2 * len(rows)


def test_waste_points_stand_at_their_street(city: City) -> None:
    points, streets = city[WastePoints], city[Streets]
    rows = np.array([streets.row_of[s] for s in points.street.tolist()])
    assert (shapely.distance(streets.geometry.shapely[rows], points.geometry.shapely) <= 14.0).all()
    assert (streets.road_class[rows] != RoadClass.EXPRESSWAY).all()  # where no truck may stop


def test_districts_are_named_and_hold_their_streets(city: City) -> None:
    districts = city[Districts]
    assert len(set(districts.name.tolist())) == 11
    assert set(city[Streets].district.tolist()) == set(districts.name.tolist())
    for layer in city.layers.values():
        if "district" in layer.arrays():
            assert set(layer.arrays()["district"].tolist()) <= set(districts.name.tolist()), layer.KIND


def test_contract_sections_belong_to_one_district(city: City) -> None:
    streets = city[Streets]
    pairs = set(zip(streets.contract_section.tolist(), streets.district.tolist(), strict=True))
    assert len(pairs) == len({section for section, _ in pairs})
    assert 2 * 11 <= len(pairs) <= 4 * 11


def test_periods_can_be_read(city: City) -> None:
    for text in np.unique(city[Streets].ban_periods):
        assert parse_periods(str(text)) in ((), ((25_200, 32_400), (57_600, 64_800)))
    for layer in (city[Toilets], city[TransferStations], city[WaterPoints]):
        assert all(parse_periods(str(p)) for p in np.unique(layer.open_periods))
