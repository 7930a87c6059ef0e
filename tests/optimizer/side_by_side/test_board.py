"""One board for parts that are searched side by side, on parts that are plain numbers."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from optimizer.monitor import Monitor, Silent
from optimizer.plan import Draft, Outcome
from optimizer.side_by_side.board import Answer, Board

Known = Answer[int, str]


class Numbers(Board[int, str]):
    """Keep a number for each part, the less the better; the draft's objective is their sum."""

    def __init__(self, sizes: tuple[int, ...], monitor: Monitor) -> None:
        super().__init__(sizes, monitor)
        self.n_answers = 0

    def _without_room(self, k: int, plan: int) -> tuple[str, ...]:
        return (f"{k} has no room",) * plan

    def _answer(self, k: int, plan: int, missed: tuple[str, ...], old: Known | None) -> Known:
        self.n_answers += 1
        return Answer(plan, missed, (), ())

    def _draft(self, outcome: Outcome) -> Draft:
        return Draft(outcome, float(sum(one.plan for one in self.answers if one is not None)))


class Heard(Silent):
    """Keep what is told."""

    def __init__(self) -> None:
        self.told: list[tuple[float, str, float | None]] = []

    def report(self, fraction: float, message: str, incumbent: object | None = None, **more: Any) -> None:
        assert (incumbent is None) == (more["objective"] is None)
        self.told.append((fraction, message, more["objective"]))


def test_what_is_left_without_a_reason_has_no_room() -> None:
    board = Numbers((1,), Silent())
    board.note(0, 2)
    assert board.answers[0] == Answer(2, ("0 has no room",) * 2, (), ())
    board.note(0, 2, ("too far",))
    assert board.answers[0] == Answer(2, ("too far",), (), ())


def test_what_is_known_is_not_put_into_words_again() -> None:
    board = Numbers((1,), Silent())
    board.note(0, 2)
    board.note(0, 2)
    assert board.n_answers == 1


def test_progress_is_weighed_by_size_and_drafts_are_shown_now_and_then() -> None:
    heard = Heard()
    board = Numbers((1, 3), heard)
    board.progress(0, 1.0)  # nothing is known yet
    board.note(0, 7)
    board.progress(0, 0.5)  # a part does not go back
    board.note(1, 5)
    board.progress(1, 2.0)  # nor beyond its end; a draft was shown a moment ago
    assert heard.told == [(pytest.approx(0.25), "construct", None), (0.25, "construct", 7.0), (1.0, "search", None)]
    assert board.draft(Outcome.STOPPED) == Draft(Outcome.STOPPED, 12.0)


class Busy(Silent):
    """Count how often a report begins while another one is being written."""

    def __init__(self) -> None:
        self.n_at_once = 0
        self.most_at_once = 0

    def report(self, *_said: object, **_more: object) -> None:
        self.n_at_once += 1
        self.most_at_once = max(self.most_at_once, self.n_at_once)
        time.sleep(0.01)
        self.n_at_once -= 1


def test_parts_that_are_searched_side_by_side_tell_one_after_the_other() -> None:
    # Messages that two threads write into one pipe at once cannot be read at its end.
    monitor = Busy()
    board = Numbers((1,), monitor)
    with ThreadPoolExecutor(max_workers=4) as pool:
        for job in [pool.submit(board.progress, 0, share / 20) for share in range(20)]:
            job.result()
    assert monitor.most_at_once == 1
