"""Streets that are split and merged are found again by their old ids."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from layers.city import City
from layers.errors import InputError
from layers.geometry import Geometry
from layers.kinds.facilities import WastePoints
from layers.kinds.junctions import Junctions, Turns
from layers.kinds.parking import KerbFacts, KerbKind
from layers.kinds.streets import Oneway, Streets
from layers.lineage import find, merge, split
from layers.network import Mover, build
from layers.validate import validate
from tests.cities import X0_M, Y0_M, tiny_city

CAR = Mover("car", 10.0)


def column(city: City, street: str, name: str) -> object:
    layer = city[Streets]
    return getattr(layer, name)[layer.row_of[street]]


def test_both_parts_share_length_and_area_and_keep_the_rest() -> None:
    city = split(tiny_city(), "s1", 50.0)
    assert len(city[Streets]) == 13
    assert [column(city, s, "length_m") for s in ("s1/1", "s1/2")] == [50.0, 150.0]
    assert [column(city, s, "swept_area_m2") for s in ("s1/1", "s1/2")] == [700.0, 2100.0]
    assert column(city, "s1/2", "name") == "人民路"
    assert city[Streets].geometry.row(city[Streets].row_of["s1/2"]).tolist() == [[X0_M + 50, Y0_M], [X0_M + 200, Y0_M]]
    assert validate(city) == ()


def test_the_network_drives_over_the_cut() -> None:
    before, after = build(tiny_city(), CAR), build(split(tiny_city(), "s1", 50.0), CAR)
    assert after.n_arcs == before.n_arcs + 2
    assert after.arc_length_m.sum() == pytest.approx(before.arc_length_m.sum())


def test_a_restriction_stays_with_the_part_at_its_junction() -> None:
    city = split(split(tiny_city(), "s1", 50.0), "s8", 60.0)
    assert (city[Turns].from_street[0], city[Turns].to_street[0]) == ("s1/2", "s8/1")


def test_old_ids_lead_to_the_streets_of_today() -> None:
    city = split(split(tiny_city(), "s1", 50.0), "s1/2", 100.0)
    streets = city[Streets]
    assert find(streets, "s1") == ("s1/1", "s1/2/1", "s1/2/2")
    assert find(streets, "s1/2") == ("s1/2/1", "s1/2/2")
    assert find(streets, "s2") == ("s2",)
    assert find(streets, "nowhere") == ()


def test_what_was_split_can_be_merged_again() -> None:
    city = merge(split(tiny_city(), "s1", 50.0), "s1/1", "s1/2")
    assert find(city[Streets], "s1") == find(city[Streets], "s1/2") == ("s1/1&s1/2",)
    assert column(city, "s1/1&s1/2", "length_m") == 200.0
    assert column(city, "s1/1&s1/2", "swept_area_m2") == 2800.0
    assert (column(city, "s1/1&s1/2", "from_junction"), column(city, "s1/1&s1/2", "to_junction")) == ("A1", "B1")
    assert city[Turns].from_street.tolist() == ["s1/1&s1/2"]
    assert sorted(city[Junctions].ids) == sorted(tiny_city()[Junctions].ids)
    assert validate(city) == ()


def test_lines_drawn_against_each_other_merge_along_the_first() -> None:
    city = split(tiny_city(), "s8", 80.0)
    streets = city[Streets]
    row = streets.row_of["s8/2"]
    lines = [streets.geometry.row(i)[:: -1 if i == row else 1] for i in range(len(streets))]
    oneway, ends = streets.oneway.copy(), [streets.from_junction.copy(), streets.to_junction.copy()]
    oneway[row] = Oneway.BACKWARD
    ends[0][row], ends[1][row] = ends[1][row], ends[0][row]
    turned = replace(streets, geometry=Geometry.lines(lines), oneway=oneway, from_junction=ends[0], to_junction=ends[1])
    merged = merge(city.with_layers(turned), "s8/1", "s8/2")
    assert column(merged, "s8/1&s8/2", "oneway") == Oneway.FORWARD
    assert (column(merged, "s8/1&s8/2", "from_junction"), column(merged, "s8/1&s8/2", "to_junction")) == ("B1", "B2")
    oneway[row] = Oneway.FORWARD
    with pytest.raises(InputError, match="differ in their one-way direction"):
        merge(city.with_layers(replace(turned, oneway=oneway)), "s8/1", "s8/2")


def test_kerb_facts_go_to_the_nearer_part() -> None:
    at = Geometry.points([[X0_M + 10, Y0_M + 5], [X0_M + 190, Y0_M + 5], [X0_M, Y0_M + 100]])
    kerbs = KerbFacts(
        ids=np.array(["h1", "h2", "h3"]),
        geometry=at,
        kerb=np.full(3, KerbKind.HYDRANT, dtype=np.int8),
        street=np.array(["s1", "s1", "s7"]),
    )
    city = split(tiny_city().with_layers(kerbs), "s1", 100.0)
    assert city[KerbFacts].street.tolist() == ["s1/1", "s1/2", "s7"]
    assert merge(city, "s1/1", "s1/2")[KerbFacts].street.tolist() == ["s1/1&s1/2", "s1/1&s1/2", "s7"]


def test_waste_points_stay_at_their_street() -> None:
    at = Geometry.points([[X0_M + 10, Y0_M + 5], [X0_M + 190, Y0_M + 5]])
    points = WastePoints(ids=np.array(["p1", "p2"]), geometry=at, street=np.array(["s1", "s1"]))
    city = split(tiny_city().with_layers(points), "s1", 100.0)
    assert city[WastePoints].street.tolist() == ["s1/1", "s1/2"]
    assert merge(city, "s1/1", "s1/2")[WastePoints].street.tolist() == ["s1/1&s1/2", "s1/1&s1/2"]


@pytest.mark.parametrize("at_m", [0.0, -1.0, 200.0, 500.0])
def test_a_cut_outside_the_street_is_refused(at_m: float) -> None:
    with pytest.raises(InputError, match=r"'s1' is 200.0 m long and cannot be cut"):
        split(tiny_city(), "s1", at_m)


def test_streets_that_do_not_meet_alone_are_not_merged() -> None:
    with pytest.raises(InputError, match="share no junction of theirs alone"):
        merge(tiny_city(), "s1", "s2")
    with pytest.raises(InputError, match="no street 's99'"):
        merge(tiny_city(), "s1", "s99")
