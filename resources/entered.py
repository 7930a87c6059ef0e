"""Figures that no plan computes: entered by hand, with their date and source, and judged as all others are."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from layers.errors import InputError
from layers.text import Text
from resources.judge import Verdict, judge
from resources.targets import Target


@dataclass(frozen=True, slots=True)
class Entered:
    """Hold one figure that somebody entered.

    Parameters
    ----------
    target
        Id of the target that it is held against.
    value
        In the target's unit.
    on
        Day of which it is, ``YYYY-MM-DD``.
    source
        Where it comes from, in the words of who entered it.
    scope
        ``city``, or ``district NAME``.
    """

    target: str
    value: float
    on: str
    source: str
    scope: str = "city"


def entered(target: Target, typed: str, on: str, source: str, scope: str = "city") -> Entered:
    """Return a figure as it was typed.

    Raises
    ------
    InputError
        With what is wrong: no number, no day, no source.
    """
    label = target.label
    try:
        value = float(typed.replace(",", "").replace("，", "").strip())
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        zh = f"“{label.zh}”的数值“{typed}”不是数字；请填写数字，单位 {target.unit}"
        raise InputError(Text(zh, f"{label.en}: {typed!r} is no number; enter a number of {target.unit}"))
    try:
        day = date.fromisoformat(on.strip())
    except ValueError:
        zh = f"“{label.zh}”的日期“{on}”不可读；应为 年-月-日，如 2026-06-30"
        raise InputError(Text(zh, f"{label.en}: {on!r} is no day; expected year-month-day, as 2026-06-30")) from None
    if not source.strip():
        zh = f"“{label.zh}”缺少来源；请写明数据出处，如“市城管局年报”"
        raise InputError(Text(zh, f"{label.en}: the source is missing; say where the figure comes from"))
    return Entered(target.id, value, day.isoformat(), source.strip(), scope)


def with_figure(figures: Iterable[Entered], figure: Entered) -> tuple[Entered, ...]:
    """Return figures with one more, in place of the earlier one of the same target and scope."""
    return (*without_figure(figures, figure.target, figure.scope), figure)


def without_figure(figures: Iterable[Entered], target: str, scope: str) -> tuple[Entered, ...]:
    """Return figures without that of a target and scope."""
    return tuple(f for f in figures if (f.target, f.scope) != (target, scope))


def judge_entered(targets: Iterable[Target], figures: Iterable[Entered]) -> list[tuple[Verdict, Entered]]:
    """Return the verdict of every figure whose target is among those given."""
    known = {target.id: target for target in targets}
    return [(judge(known[f.target], f.value, f.scope), f) for f in figures if f.target in known]
