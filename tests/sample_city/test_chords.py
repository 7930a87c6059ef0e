from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sample_city.chords import Block, Edge, Manner, Plan, area_m2, chord, frame, halve, put_node

MANNER = Manner(0.1, 0.0, 20.0, 20.0, 100.0)


def block_of(plan: Plan, corners: list[tuple[float, float]]) -> Block:
    nodes = [plan.add_node(*c) for c in corners]
    block = []
    for i, (a, b) in enumerate(zip(corners, corners[1:] + corners[:1], strict=True)):
        long = math.dist(a, b)
        line = plan.add_line(2, (nodes[i], nodes[(i + 1) % len(nodes)]), long, ())
        block.append(Edge(*a, *b, line, 0.0, long))
    return block


def rectangle(wide: float = 300.0, high: float = 200.0) -> tuple[Plan, Block]:
    plan = Plan()
    return plan, block_of(plan, [(0, 0), (wide, 0), (wide, high), (0, high)])


def test_the_frame_of_a_rectangle() -> None:
    _, block = rectangle()
    area, turn, long, centre = frame(block)
    assert area == pytest.approx(60_000)
    assert long == pytest.approx(300)
    assert centre == pytest.approx((150, 100))
    assert abs(math.sin(turn)) < 1e-9


def test_a_cut_makes_two_blocks_and_two_crossings() -> None:
    plan, block = rectangle()
    cuts = chord(plan, block, (120.0, 100.0), math.pi / 2, MANNER)
    assert cuts is not None
    a, b = (put_node(plan, block, c) for c in cuts)
    one, two = halve(block, a, b, 9, 200.0)
    assert sorted([area_m2(one), area_m2(two)]) == [pytest.approx(24_000), pytest.approx(36_000)]
    assert [len(plan.nodes_on[block[c.edge].line]) for c in (a, b)] == [3, 3]


def test_a_cut_joins_a_crossing_that_is_near() -> None:
    plan, block = rectangle()
    first = chord(plan, block, (120.0, 100.0), math.pi / 2, MANNER)
    assert first is not None
    low = put_node(plan, block, min(first, key=lambda c: c.y))
    second = chord(plan, block, (132.0, 100.0), math.pi / 2, MANNER)
    assert second is not None
    assert min(second, key=lambda c: c.y).node == low.node


def test_a_cut_along_an_edge_is_refused() -> None:
    plan, block = rectangle()
    assert chord(plan, block, (5.0, 100.0), math.pi / 2, MANNER) is None


def test_a_cut_that_would_be_too_short_is_refused() -> None:
    plan, block = rectangle(300.0, 15.0)
    assert chord(plan, block, (150.0, 7.0), math.pi / 2, MANNER) is None


def test_a_flat_angle_is_refused() -> None:
    plan, block = rectangle(600.0, 100.0)
    assert chord(plan, block, (300.0, 50.0), 0.2, MANNER) is None


def test_a_line_beside_the_block_cuts_nothing() -> None:
    plan, block = rectangle()
    assert chord(plan, block, (900.0, 0.0), math.pi / 2, MANNER) is None


@settings(max_examples=60, deadline=None)
@given(
    corners=st.tuples(*[st.floats(-30, 30) for _ in range(8)]),
    share=st.floats(0.2, 0.8),
    turn=st.floats(0, math.pi),
)
def test_the_parts_of_any_block_add_up(corners: tuple[float, ...], share: float, turn: float) -> None:
    plan = Plan()
    x, y = corners[:4], corners[4:]
    block = block_of(plan, [(x[0], y[0]), (300 + x[1], y[1]), (300 + x[2], 200 + y[2]), (x[3], 200 + y[3])])
    cuts = chord(plan, block, (300 * share, 100.0), turn, MANNER)
    if cuts is None:
        return
    a, b = (put_node(plan, block, c) for c in cuts)
    one, two = halve(block, a, b, 9, math.dist((a.x, a.y), (b.x, b.y)))
    assert area_m2(one) > 0
    assert area_m2(two) > 0
    assert area_m2(one) + area_m2(two) == pytest.approx(area_m2(block))
