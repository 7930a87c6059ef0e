"""The field's codes as data, and how an object stands against one of them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from layers.errors import InputError
from layers.text import Text
from resources.source import Certainty, Source


class Limit(StrEnum):
    """How a figure is compared with a standard's value."""

    AT_LEAST = ">="
    MORE_THAN = ">"
    AT_MOST = "<="
    LESS_THAN = "<"
    EXACTLY = "=="
    BETWEEN = "between"
    OUTSIDE = "outside"


class Kept(StrEnum):
    """Whether a standard is kept."""

    KEPT = "kept"
    BROKEN = "broken"
    NOT_MEASURED = "not_measured"


@dataclass(frozen=True)
class Standard:
    """Hold one rule of the codes.

    Parameters
    ----------
    id
        Stable key, such as ``T2.iii``; its first part is the rule's row in the rule file.
    section
        What it is about: ``sweeping``, ``collection``, ``transfer``, ``toilets``, ``parking``, ``bins`` or ``cost``.
    clause
        Code and clause; empty where no code is named.
    limit, values, unit
        What is asked: two values for ``between`` and ``outside``.
    source
        Where it was seen, how sure it is, and whether it is one city's.
    """

    id: str
    section: str
    clause: str
    limit: Limit
    values: tuple[float, ...]
    unit: str
    source: Source
    label: Text

    @property
    def value(self) -> float:
        """The value, or the lower one of two."""
        return self.values[0]

    @property
    def wanted(self) -> str:
        """What is asked, as it is shown: ``≥ 30 m``."""
        sign = {Limit.AT_LEAST: "≥ ", Limit.AT_MOST: "≤ ", Limit.MORE_THAN: "> ", Limit.LESS_THAN: "< "}
        sign |= {Limit.EXACTLY: "= ", Limit.BETWEEN: "", Limit.OUTSIDE: "∉ "}
        return f"{sign[self.limit]}{' – '.join(f'{v:,.10g}' for v in self.values)} {self.unit}"


@dataclass(frozen=True)
class Finding:
    """Say how one figure stands against one standard.

    Parameters
    ----------
    value
        The figure, in the standard's unit; None where it was not measured.
    """

    standard: Standard
    kept: Kept
    value: float | None
    unit: str


@cache
def load_standards() -> tuple[Standard, ...]:
    """Return all rules, in the order of the data."""
    rows = tomllib.loads(files("resources").joinpath("standards.toml").read_text(encoding="utf-8"))["standard"]
    return tuple(
        Standard(
            id=row["id"],
            section=row["section"],
            clause=row["clause"],
            limit=Limit(row["op"]),
            values=tuple(float(v) for v in row["values"]),
            unit=row["unit"],
            source=Source(row["source"], Certainty(row["certainty"]), bool(row.get("local", False))),
            label=Text(row["zh"], row["en"]),
        )
        for row in rows
    )


def standard(key: str) -> Standard:
    """Return the rule of a key.

    Raises
    ------
    InputError
        Where there is none.
    """
    found = next((s for s in load_standards() if s.id == key), None)
    if found is None:
        raise InputError(Text(f"没有标准条目“{key}”", f"no standard {key!r}; see resources/standards.toml"))
    return found


def judge_standard(rule: Standard, value: float | None) -> Finding:
    """Return whether a rule is kept by a figure.

    Parameters
    ----------
    value
        In the rule's unit; None where it was not measured.
    """
    if value is None:
        return Finding(rule, Kept.NOT_MEASURED, None, rule.unit)
    low, high = rule.values[0], rule.values[-1]
    slack = 1e-9 * max(1.0, abs(value))
    right = {
        Limit.AT_LEAST: value >= low - slack,
        Limit.MORE_THAN: value > low,
        Limit.AT_MOST: value <= low + slack,
        Limit.LESS_THAN: value < low,
        Limit.EXACTLY: abs(value - low) <= slack,
        Limit.BETWEEN: low - slack <= value <= high + slack,
        Limit.OUTSIDE: value <= low or value >= high,
    }[rule.limit]
    return Finding(rule, Kept.KEPT if right else Kept.BROKEN, value, rule.unit)
