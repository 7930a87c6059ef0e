"""Periods of the day, as layers and parameters write them: ``07:00-09:00,16:00-18:00``."""

from __future__ import annotations

from layers.errors import InputError
from layers.text import Text
from layers.units import DAY_S, clock, seconds_of_day

Periods = tuple[tuple[int, int], ...]


def parse_periods(text: str) -> Periods:
    """Return the periods of a text as (start_s, end_s) pairs, sorted.

    A period that ends before it starts runs over midnight: ``22:00-05:00`` ends at 29:00.

    Raises
    ------
    InputError
        Where a part is not ``HH:MM-HH:MM``.
    """
    periods = []
    for part in (p for p in text.replace("，", ",").split(",") if p.strip()):
        start, dash, end = part.partition("-")
        try:
            start_s, end_s = seconds_of_day(start), seconds_of_day(end)
        except ValueError:
            dash = ""
            start_s = end_s = 0
        if not dash:
            raise InputError(
                Text(
                    f"时段“{part}”无法识别；应为 HH:MM-HH:MM，多个时段用逗号分开",
                    f"period {part!r} cannot be read; expected HH:MM-HH:MM, several separated by commas",
                )
            )
        periods.append((start_s, end_s if end_s > start_s else end_s + DAY_S))
    return tuple(sorted(periods))


def format_periods(periods: Periods) -> str:
    """Return the text that `parse_periods` reads."""
    return ",".join(f"{clock(a)}-{clock(b)}" for a, b in periods)
