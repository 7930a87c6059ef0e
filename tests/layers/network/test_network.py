"""The routable view of the tiny city: what is in it, what it costs, and why the rest is not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from layers.city import City
from layers.errors import InputError, NetworkError
from layers.kinds.junctions import Turns
from layers.kinds.streets import RoadClass, Streets
from layers.network import Mover, Network, Router, TurnCosts, build, matrix, snap
from layers.network.mover import FREE_TURNS
from tests.cities import STEP_M, X0_M, Y0_M, tiny_city

CAR = Mover("car", 10.0)
WALKER = Mover("walker", 1.25, walker=True)


def with_streets(city: City, **columns: Any) -> City:
    """Return the city with columns of its streets replaced."""
    return city.with_layers(replace(city[Streets], **columns))


def reasons(network: Network) -> dict[str, str]:
    return {x.street: x.reason for x in network.left_out}


def arc(network: Network, street: str, forward: bool = True) -> int:
    return network.arc_of(tiny_city()[Streets].row_of[street], forward)


def seconds(network: Network, a: int, b: int) -> float:
    """Time from the end of one arc to the start of another."""
    router = Router(network)
    time_s, _ = router.packing.unpack(router.rows([[(a, 0)]], np.array([b])))
    return float(time_s[0, 0])


def test_every_direction_that_may_be_driven_is_an_arc() -> None:
    network = build(tiny_city(), CAR)
    assert network.n_arcs == 10 * 2 + 2  # ten two-way streets and two one-ways
    assert arc(network, "s8", False) == -1
    assert arc(network, "s9", True) == -1
    assert network.left_out == ()
    assert network.arc_time_s == pytest.approx(np.full(22, 20.0))  # 200 m at 10 m/s


def test_narrow_streets_are_left_out_with_width_and_need() -> None:
    network = build(tiny_city(), Mover("truck", 10.0, width_m=2.5, least_street_width_m=3.5))
    (out,) = network.left_out
    assert (out.street, out.reason, out.value, out.limit) == ("s12", "too_narrow", 1.5, 3.5)


def test_unknown_width_lets_everybody_pass() -> None:
    city = with_streets(tiny_city(), width_m=np.full(12, np.nan))
    assert build(city, Mover("truck", 10.0, width_m=2.5)).left_out == ()


@pytest.mark.parametrize(
    ("column", "value", "mover", "reason"),
    [
        ("closed", True, CAR, "closed"),
        ("max_height_m", 2.5, Mover("truck", 10.0, height_m=3.0), "too_low"),
        ("max_weight_kg", 5000.0, Mover("truck", 10.0, weight_kg=16_000), "too_heavy"),
        ("road_class", RoadClass.EXPRESSWAY, WALKER, "no_walkers"),
        ("from_junction", "", CAR, "no_junction"),
    ],
)
def test_each_refusal_has_its_reason(column: str, value: object, mover: Mover, reason: str) -> None:
    city = tiny_city()
    values = getattr(city[Streets], column).copy()
    values[10] = value
    assert reasons(build(with_streets(city, **{column: values}), mover))["s11"] == reason


def test_bans_and_speeds_hold_at_their_hours() -> None:
    bans, speeds = np.array([""] * 10 + ["22:00-05:00", ""]), np.array(["07:00-09:00=0.5;17:00-19:00=0.8"] + [""] * 11)
    city = with_streets(tiny_city(), ban_periods=bans, speed_by_hour=speeds)
    assert reasons(build(city, CAR, at_s=2 * 3600)) == {"s11": "banned"}
    assert reasons(build(city, CAR, at_s=5 * 3600)) == {}
    morning = build(city, CAR, at_s=8 * 3600)
    assert morning.arc_time_s[arc(morning, "s1")] == pytest.approx(40.0)
    assert morning.arc_time_s[arc(morning, "s2")] == pytest.approx(20.0)


@pytest.mark.parametrize("text", ["07:00-09:00", "07:00-09:00=fast", "07:00-09:00=0", "7-9=0.5"])
def test_speeds_that_cannot_be_read_are_named(text: str) -> None:
    city = with_streets(tiny_city(), speed_by_hour=np.array([text] * 12))
    with pytest.raises(InputError, match="expected HH:MM"):
        build(city, CAR, at_s=0)


def test_a_one_way_trap_is_not_connected() -> None:
    oneway = tiny_city()[Streets].oneway.copy()
    oneway[10] = 2  # into the dead end B3 and never out
    assert reasons(build(with_streets(tiny_city(), oneway=oneway), CAR)) == {"s11": "not_connected"}


def test_no_street_at_all_says_what_was_left_out() -> None:
    with pytest.raises(NetworkError, match=r"no street for 'giant'.*too_narrow: 12"):
        build(tiny_city(), Mover("giant", 10.0, width_m=50.0))


def test_turns_cost_by_angle() -> None:
    network = build(tiny_city(), CAR, turn_costs=TurnCosts(right_s=3, straight_s=0, left_s=8, u_turn_s=30))
    turn = network.turn_times
    along_1, along_2 = arc(network, "s1"), arc(network, "s2")
    assert turn[along_1, along_2] == 0
    assert turn[arc(network, "s4"), arc(network, "s11")] == 8  # east, then north
    assert turn[arc(network, "s5", False), arc(network, "s11")] == 3  # west, then north
    assert turn[along_2, arc(network, "s2", False)] == 30


def test_a_banned_turn_is_driven_around() -> None:
    network = build(tiny_city(), CAR, turn_costs=FREE_TURNS)
    a, b = arc(network, "s1"), arc(network, "s8")
    assert (a, b) not in network.turn_times
    assert seconds(network, a, b) == pytest.approx(40.0)  # past B1 to C1 and back, or to A1 and back: two streets
    assert build(tiny_city(), WALKER).turn_times[arc(build(tiny_city(), WALKER), "s1"), 7] == 0


def test_only_one_way_on_bans_all_others() -> None:
    turns = replace(tiny_city()[Turns], rule=np.array([2], dtype=np.int8))
    network = build(tiny_city().with_layers(turns), CAR)
    a = arc(network, "s1")
    assert [b for (x, b) in network.turn_times if x == a] == [arc(network, "s8")]


def test_u_turns_stay_allowed_at_dead_ends() -> None:
    network = build(tiny_city(), CAR, turn_costs=TurnCosts(u_turns_anywhere=False))
    into, out = arc(network, "s11"), arc(network, "s11", False)
    assert network.turn_times[into, out] == 30
    assert (arc(network, "s1"), arc(network, "s1", False)) not in network.turn_times


def test_paths_are_the_arcs_between_two_states() -> None:
    network = build(tiny_city(), CAR)
    router = Router(network)
    first, last = arc(network, "s1"), arc(network, "s3")
    assert router.path(2 * first, 2 * last + 1).tolist() == [first, arc(network, "s2"), last]
    assert router.path(2 * first + 1, 2 * arc(network, "s2")).tolist() == []


def test_the_way_back_to_the_same_arc_is_a_round() -> None:
    network = build(tiny_city(), CAR, turn_costs=TurnCosts(u_turns_anywhere=False))
    router = Router(network)
    a = arc(network, "s8")
    assert [network.arc_street[x] for x in router.path(2 * a + 1, 2 * a)] == [4, 8, 1]  # C2, C1, B1
    assert router.path(2 * a, 2 * a).tolist() == []


def test_free_turns_need_no_arcs() -> None:
    assert not Router(build(tiny_city(), CAR)).on_junctions
    assert not Router(build(tiny_city(), CAR, turn_costs=FREE_TURNS)).on_junctions  # a turn is banned
    walker = Router(build(tiny_city(), WALKER))
    assert walker.on_junctions
    a, b = walker.network.arc_of(0, True), walker.network.arc_of(2, True)
    assert [walker.network.arc_street[x] for x in walker.path(2 * a + 1, 2 * b)] == [1]
    assert walker.path(2 * a, 2 * b + 1).tolist()[0] == a


def test_places_snap_to_the_nearest_point_on_a_street() -> None:
    city = tiny_city()
    network = build(city, Mover("truck", 10.0, width_m=2.0))
    xy = np.array([[X0_M + 50, Y0_M + 7], [X0_M + 2 * STEP_M + 1, Y0_M + 2 * STEP_M]])
    snaps = snap(network, city[Streets], xy)
    assert snaps.street.tolist() == [0, 5]  # the second stands in the lane that is too narrow: 200 m off
    assert snaps.along[0] == pytest.approx(0.25)
    assert snaps.distance_m == pytest.approx([7.0, STEP_M], abs=0.01)
    assert snaps.xy_m[0] == pytest.approx([X0_M + 50, Y0_M])


def test_the_matrix_counts_parts_of_streets_and_both_directions() -> None:
    city = tiny_city()
    network = build(city, CAR, turn_costs=FREE_TURNS)
    router = Router(network)
    xy = np.array([[X0_M + 50, Y0_M], [X0_M + 150, Y0_M], [X0_M + 500, Y0_M]])
    places = snap(network, city[Streets], xy)
    result = matrix(router, places, places)
    assert result.length_m == pytest.approx(np.array([[0, 100, 450], [100, 0, 350], [450, 350, 0]]), abs=1.0)
    assert result.time_s == pytest.approx(result.length_m / 10, abs=0.3)
    near = matrix(router, places, places, limit_s=20)
    assert np.isinf(near.length_m[0, 2])
    assert near.length_m[0, 1] == pytest.approx(100, abs=1.0)


def test_a_one_way_street_is_left_and_reached_along_its_direction_only() -> None:
    city = tiny_city()
    network = build(city, CAR, turn_costs=FREE_TURNS)
    places = snap(network, city[Streets], np.array([[X0_M + 200, Y0_M + 150], [X0_M + 200, Y0_M + 50]]))
    back = matrix(Router(network), places, places).length_m[0, 1]
    assert back == pytest.approx(50 + 600 + 50 + 0, abs=1.0)  # on to B2, round A2, A1 to B1 is banned: by C2, C1
