"""One-ways on graphs small enough to drive round in the head."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.errors import ParameterError
from optimizer.engines.circulation import (
    BOTH,
    CirculationFault,
    CirculationProblem,
    can_be_closed,
    circulation_faults,
    orient,
)
from optimizer.engines.circulation.conflicts import Conflicts
from optimizer.engines.limits import Limits

LIMITS = Limits(work_limit=200)


def problem_of(
    edges: list[tuple[int, int]],
    xy_m: list[tuple[float, float]],
    limit_m: float = 800.0,
    *,
    limit_s: float = 1e9,
    banned: tuple[tuple[int, int], ...] = (),
) -> CirculationProblem:
    """Return streets that may all be one-way: arcs 2k along edge k and 2k + 1 against it, at 10 m/s."""
    tail = np.array([v for a, b in edges for v in (a, b)], dtype=np.int64)
    head = np.array([v for a, b in edges for v in (b, a)], dtype=np.int64)
    xy = np.array(xy_m, dtype=float)
    length = np.hypot(*(xy[head] - xy[tail]).T)
    pairs = np.arange(2 * len(edges), dtype=np.int64).reshape(-1, 2)
    bans = np.array(banned, dtype=np.int64).reshape(-1, 2)
    return CirculationProblem(xy, tail, head, length, length / 10, pairs, bans, limit_m, limit_s)


SQUARE = [(0, 1), (1, 2), (2, 3), (3, 0)]
CORNERS = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]


def closed(choice: np.ndarray) -> int:
    return int((choice != BOTH).sum())


def test_all_four_sides_of_a_square_turn_the_same_way() -> None:
    """Round are 300 m for 100: 200 m longer."""
    problem = problem_of(SQUARE, CORNERS, limit_m=200)
    found = orient(problem, np.ones(4), limits=LIMITS)
    assert closed(found.choice) == 4
    assert found.gain == 4
    assert len(set(found.choice.tolist())) == 1  # every edge is drawn anticlockwise: all close the same side
    assert circulation_faults(problem, found.choice) == ()


def test_the_limit_is_included_and_a_metre_less_is_not() -> None:
    assert closed(orient(problem_of(SQUARE, CORNERS, limit_m=199), np.ones(4), limits=LIMITS).choice) == 0
    assert closed(orient(problem_of(SQUARE, CORNERS, limit_s=20), np.ones(4), limits=LIMITS).choice) == 4
    assert closed(orient(problem_of(SQUARE, CORNERS, limit_s=19), np.ones(4), limits=LIMITS).choice) == 0


def test_a_dead_end_can_never_be_closed() -> None:
    problem = problem_of([*SQUARE, (0, 4)], [*CORNERS, (-50.0, 0.0)])
    can = can_be_closed(problem)
    assert can[:4].all()
    assert not can[4].any()
    assert orient(problem, np.array([1, 1, 1, 1, 100.0]), limits=LIMITS).choice[4] == BOTH


def test_streets_without_gain_stay_as_they_are() -> None:
    found = orient(problem_of(SQUARE, CORNERS), np.array([1.0, 0.0, 0.0, 0.0]), limits=LIMITS)
    assert found.choice.tolist()[1:] == [BOTH] * 3
    assert found.gain == 1


def test_a_banned_turn_is_no_way_round() -> None:
    """Against edge 0 one drives 1-2-3-0: with the turn from edge 1 into edge 2 banned there is no way."""
    bans = ((2, 4),)  # from 1-2 into 2-3
    problem = problem_of(SQUARE, CORNERS, banned=bans)
    faults = circulation_faults(problem, np.array([0, BOTH, BOTH, BOTH]))
    assert faults == ()  # closed 0-1: round by 0-3-2-1
    faults = circulation_faults(problem, np.array([1, BOTH, BOTH, BOTH]))
    assert [f[0] for f in faults]
    assert orient(problem, np.array([1.0, 0, 0, 0]), limits=LIMITS).choice[0] == 0


@pytest.mark.parametrize(
    ("choice", "fault"),
    [
        ([0, 1, BOTH, BOTH], CirculationFault.CUT_OFF),  # both arcs that leave node 1 ... of edges 0 and 1 towards it
        ([0, BOTH], CirculationFault.SHAPE),
        ([2, BOTH, BOTH, BOTH], CirculationFault.SHAPE),
    ],
)
def test_the_checker_names_what_is_wrong(choice: list[int], fault: CirculationFault) -> None:
    problem = problem_of(SQUARE, CORNERS)
    assert fault in {f[0] for f in circulation_faults(problem, np.array(choice))}


def test_the_checker_measures_the_way_round() -> None:
    problem = problem_of(SQUARE, CORNERS, limit_m=150)
    ((fault, row, _), *_) = circulation_faults(problem, np.array([0, BOTH, BOTH, BOTH]))
    assert (fault, row) == (CirculationFault.TOO_LONG, 0)


def test_pairs_that_lead_elsewhere_are_refused() -> None:
    good = problem_of(SQUARE, CORNERS)
    with pytest.raises(ParameterError, match="to and fro"):
        CirculationProblem(
            good.xy_m, good.tail, good.head, good.length_m, good.time_s, np.array([[0, 2]]), good.banned, 800.0, 300.0
        )


def grid(n: int, dice: np.random.Generator) -> CirculationProblem:
    """Return a grid of streets 100 m apart of which some are missing."""
    edges = [(i * n + j, (i + 1) * n + j) for i in range(n - 1) for j in range(n)]
    edges += [(i * n + j, i * n + j + 1) for i in range(n) for j in range(n - 1)]
    edges = [e for e in edges if dice.random() > 0.15]
    return problem_of(
        edges, [(100.0 * i, 100.0 * j) for i in range(n) for j in range(n)], limit_m=float(dice.integers(1, 9) * 100)
    )


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), n=st.integers(2, 5))
def test_a_one_way_never_disconnects(seed: int, n: int) -> None:
    """The search and the checker share no code: what one makes the other finds right; nothing is closed that cannot be."""
    dice = np.random.default_rng(seed)
    problem = grid(n, dice)
    gain = dice.integers(0, 5, problem.n_pairs).astype(float)
    found = orient(problem, gain, limits=LIMITS, seed=seed)
    assert circulation_faults(problem, found.choice) == ()
    can = can_be_closed(problem)
    rows = np.flatnonzero(found.choice != BOTH)
    assert can[rows, found.choice[rows]].all()
    again = orient(problem, gain, limits=LIMITS, seed=seed, start=found.choice)
    assert again.gain >= found.gain - 1e-9


def test_the_best_is_found_on_graphs_that_can_be_enumerated() -> None:
    """All 3^n choices of small grids: the search is never above the best, and reaches it."""
    reached = 0
    for seed in range(6):
        dice = np.random.default_rng(seed)
        problem = grid(2 + seed % 2, dice)
        if problem.n_pairs > 7:
            problem = CirculationProblem(
                problem.xy_m, problem.tail, problem.head, problem.length_m, problem.time_s, problem.pairs[:7],
                problem.banned, problem.limit_m, problem.limit_s,
            )  # fmt: skip
        gain = dice.integers(1, 5, problem.n_pairs).astype(float)
        best = 0.0
        for code in range(3**problem.n_pairs):
            choice = np.array([code // 3**k % 3 - 1 for k in range(problem.n_pairs)], dtype=np.int64)
            worth = float(gain[choice != BOTH].sum())
            if worth > best and not circulation_faults(problem, choice):
                best = worth
        found = orient(problem, gain, limits=LIMITS, seed=seed).gain
        assert found <= best
        reached += found == best
    assert reached >= 5


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_conflict_is_one_and_none_of_its_arcs_can_be_left_out(seed: int) -> None:
    dice = np.random.default_rng(seed)
    problem = grid(3, dice)
    choice = dice.integers(-1, 2, problem.n_pairs)
    closed = frozenset(problem.closed_arcs(choice).tolist())
    wrong = {row for _, row, _ in circulation_faults(problem, choice)}
    conflicts = Conflicts(problem)
    for row in np.flatnonzero(choice != BOTH).tolist():
        arc = int(problem.pairs[row, choice[row]])
        found = conflicts.of(arc, closed)
        assert bool(found) == (row in wrong)
        for left_out in found:
            fewer = frozenset(found) - {left_out}
            assert left_out == arc or not conflicts.of(arc, fewer) or len(conflicts.of(arc, fewer)) < len(found)
