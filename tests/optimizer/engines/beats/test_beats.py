"""Beats along streets that a person can walk in the head, and against all divisions of small ones."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.errors import ParameterError
from optimizer.engines.beats import ENGINES, BeatFault, BeatProblem, beat_faults, solve_beats
from optimizer.engines.limits import Engine, Limits
from optimizer.monitor import Silent


def line(loads: list[int], step_m: float = 100.0, **values: float) -> BeatProblem:
    """Return stretches one behind the other along a straight street."""
    n = len(loads)
    nodes = np.arange(n, dtype=np.int64)
    asked = {"least_berths": 40, "most_berths": 60, "longest_m": 600.0} | values
    return BeatProblem(
        np.array(loads), nodes, nodes + 1, nodes, nodes + 1, np.full(n, step_m),
        int(asked["least_berths"]), int(asked["most_berths"]), asked["longest_m"],
    )  # fmt: skip


def test_four_stretches_of_ten_are_one_beat() -> None:
    result = solve_beats(line([10, 10, 10, 10]))
    assert result.beats == ((0, 1, 2, 3),)
    assert result.longest_m == (400.0,)
    assert result.short == ()
    assert result.least_beats == 1


def test_what_is_too_far_apart_is_told_as_short() -> None:
    """Within 300 m are three stretches of ten: 30 of 40."""
    result = solve_beats(line([10, 10, 10, 10], longest_m=300.0))
    assert beat_faults(line([10, 10, 10, 10], longest_m=300.0), result.beats, [s.beat for s in result.short]) == ()
    assert result.short
    assert all(s.n_missing in (10, 20, 30) for s in result.short)


def test_no_attendant_has_more_than_the_most() -> None:
    result = solve_beats(line([50, 50, 50]))
    assert sorted(result.beats) == [(0,), (1,), (2,)]


def test_parallel_ways_count_by_the_shorter() -> None:
    """Two ways of 500 and 100 m between the same ends: 100 m apart."""
    problem = BeatProblem(
        np.array([20, 20]), np.array([0, 1]), np.array([0, 1]), np.array([0, 0]), np.array([1, 1]), np.array([500.0, 100.0]),
        40, 60, 150.0,
    )  # fmt: skip
    assert solve_beats(problem).beats == ((0, 1),)


@pytest.mark.parametrize(
    ("beats", "fault"),
    [
        ([[0, 1], [2]], BeatFault.NOT_ONCE),
        ([[0, 1], [1, 2, 3]], BeatFault.NOT_ONCE),
        ([[0, 1, 2, 3]], BeatFault.TOO_LONG),
        ([[0], [1], [2, 3]], BeatFault.NOT_TOLD),
    ],
)
def test_the_checker_names_what_is_wrong(beats: list[list[int]], fault: BeatFault) -> None:
    problem = line([20, 20, 20, 20], longest_m=300.0)
    assert fault in {f for f, _ in beat_faults(problem, beats)}


def test_the_checker_counts_berths() -> None:
    assert BeatFault.TOO_MANY in {f for f, _ in beat_faults(line([40, 40]), [[0, 1]])}


def test_figures_that_cannot_be_meant_are_refused() -> None:
    with pytest.raises(ParameterError, match="cut it"):
        line([61])
    with pytest.raises(ParameterError, match="n_berths"):
        line([0])
    with pytest.raises(ParameterError, match="longest walk"):
        line([10], longest_m=0.0)


def _best(problem: BeatProblem) -> int:
    """Return the fewest short beats of any division, by trying all."""
    n, best = len(problem.n_berths), 10**9
    for code in product(range(n), repeat=n):
        groups = [[i for i in range(n) if code[i] == g] for g in sorted(set(code))]
        wrong = {f for f, _ in beat_faults(problem, groups, range(n))}
        if not wrong:
            loads = [int(problem.n_berths[g].sum()) for g in groups]
            best = min(best, sum(load < problem.least_berths for load in loads))
    return best


@pytest.mark.parametrize("engine", ENGINES)
def test_no_beat_is_short_that_need_not_be(engine: Engine) -> None:
    """Against all divisions of five stretches: as few short ones, and the proven number is no larger."""
    for seed in range(12):
        dice = np.random.default_rng(seed)
        problem = line(dice.integers(5, 45, 5).tolist(), longest_m=float(dice.integers(2, 6) * 100))
        result, best = solve_beats(problem, engine=engine), _best(problem)
        assert result.least_short <= len(result.short) == best


def test_ours_is_no_worse_than_cp_sat_on_a_grid_of_streets() -> None:
    """Forty streets of a grid, which CP-SAT proves: ours has as few short beats, within one."""
    dice = np.random.default_rng(3)
    pairs = [(a, b) for a in range(25) for b in (a + 1, a + 5) if b < 25 and (b != a + 1 or b % 5)]
    tail, head = np.array(pairs).T
    problem = BeatProblem(
        dice.integers(4, 30, len(pairs)), tail, head, tail, head, np.full(len(pairs), 150.0), 40, 60, 450.0
    )
    ours, theirs = solve_beats(problem), solve_beats(problem, engine=Engine.ORTOOLS, limits=Limits(work_limit=20_000))
    for result in (ours, theirs):
        assert beat_faults(problem, result.beats, [s.beat for s in result.short]) == ()
    assert ours.least_short <= theirs.least_short <= len(theirs.short)
    assert len(ours.short) <= len(theirs.short) + 1


def test_stretches_that_nothing_is_near_are_proven_short() -> None:
    """Two far ends of a street with ten berths each, and forty between: two beats are short, whatever is done."""
    problem = line([10, 40, 10], step_m=400.0)
    result = solve_beats(problem)
    assert result.least_short == len(result.short) == 2


def test_a_seed_and_a_limit_of_work_repeat_the_division() -> None:
    dice = np.random.default_rng(5)
    problem = line(dice.integers(5, 30, 40).tolist())
    runs = [solve_beats(problem, limits=Limits(work_limit=3), seed=7).beats for _ in range(2)]
    assert runs[0] == runs[1]


def test_a_stop_keeps_what_there_is() -> None:
    class Stopped(Silent):
        stopped = True

    problem = line([20] * 20)
    result = solve_beats(problem, monitor=Stopped())
    assert beat_faults(problem, result.beats, [s.beat for s in result.short]) == ()


@settings(max_examples=30, deadline=None)
@given(loads=st.lists(st.integers(1, 60), min_size=1, max_size=30), reach=st.integers(1, 10))
def test_every_division_is_right(loads: list[int], reach: int) -> None:
    problem = line(loads, longest_m=100.0 * reach)
    result = solve_beats(problem)
    assert beat_faults(problem, result.beats, [s.beat for s in result.short]) == ()
    assert len(result.beats) >= result.least_beats
