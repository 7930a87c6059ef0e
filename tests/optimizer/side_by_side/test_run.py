"""Work and time are dealt out by size, on a run that can be checked by hand."""

from __future__ import annotations

from time import perf_counter

import pytest

from optimizer.params import Params
from optimizer.side_by_side.run import PartsRun


def test_the_largest_comes_first() -> None:
    taken: list[int] = []
    PartsRun((2, 5, 2), Params(n_threads=1), lambda: False).everywhere(taken.append)
    assert taken == [1, 0, 2]


def test_work_is_dealt_out_by_size_and_never_none() -> None:
    run = PartsRun((1, 3), Params(work_limit=100), lambda: False)
    assert [run.budget(k).n_steps for k in (0, 1)] == [25, 75]
    assert [run.budget(k, share=0.02).n_steps for k in (0, 1)] == [1, 1]
    assert run.budget(0).until_s is None


def test_what_is_left_of_the_time_is_dealt_out_among_those_whose_turn_is_to_come() -> None:
    run = PartsRun((1, 3), Params(time_limit_s=4000.0, n_threads=1), lambda: False)
    seconds = [(run.budget(k).until_s or 0.0) - perf_counter() for k in (1, 0)]
    assert seconds == pytest.approx([3000.0, 4000.0], abs=5.0)  # the last gets all that is left


def test_as_many_as_are_searched_at_once_share_the_same_seconds() -> None:
    run = PartsRun((1, 1, 2), Params(time_limit_s=4000.0, n_threads=2), lambda: False)
    until_s = perf_counter() + 1000.0
    assert (run.budget(2, until_s=until_s).until_s or 0.0) == pytest.approx(until_s, abs=5.0)
    assert (run.budget(0).until_s or 0.0) == pytest.approx(run.until_s, abs=5.0)


def test_it_is_over_when_it_is_stopped_or_late() -> None:
    run = PartsRun((1,), Params(), lambda: False)
    assert not run.over()
    run.until_s = perf_counter()
    assert run.over()
    assert PartsRun((1,), Params(), lambda: True).over()
