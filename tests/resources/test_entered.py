"""Figures entered by hand: read, replaced, judged."""

from __future__ import annotations

import pytest

from layers.errors import InputError
from resources.entered import Entered, entered, judge_entered, with_figure, without_figure
from resources.judge import State
from resources.targets import Op, load_targets

TARGET = next(t for t in load_targets() if t.op is Op.AT_LEAST and str(t.kind) == "target")


def test_a_figure_is_read_and_judged() -> None:
    wanted = TARGET.values[0]
    figure = entered(TARGET, f" {wanted + 1:,} ", "2026-06-30", " 年报 ")
    assert figure == Entered(TARGET.id, wanted + 1, "2026-06-30", "年报")
    ((verdict, same),) = judge_entered([TARGET], [figure])
    assert (verdict.state, same) == (State.MET, figure)
    ((verdict, _),) = judge_entered([TARGET], [entered(TARGET, "0", "2026-06-30", "年报")])
    assert verdict.missing == wanted


@pytest.mark.parametrize(
    ("typed", "on", "source", "told"),
    [
        ("many", "2026-06-30", "x", "no number"),
        ("nan", "2026-06-30", "x", "no number"),
        ("1", "30.6.2026", "x", "no day"),
        ("1", "2026-02-30", "x", "no day"),
        ("1", "2026-06-30", "  ", "source is missing"),
    ],
)
def test_what_is_wrong_is_told(typed: str, on: str, source: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        entered(TARGET, typed, on, source)


def test_one_figure_a_target_and_scope() -> None:
    city, east = Entered("t", 1, "2026-01-01", "a"), Entered("t", 2, "2026-01-01", "a", "district 东")
    both = with_figure(with_figure((), city), east)
    later = Entered("t", 3, "2026-02-01", "b")
    assert with_figure(both, later) == (east, later)
    assert without_figure(both, "t", "city") == (east,)
