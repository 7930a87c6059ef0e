"""Hold measured figures against what is wanted: met, nearly, missed by how much, or not measured."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from resources.targets import Op, Target, TargetKind, where_key

NEARLY_SHARE = 0.02  # missed by no more than this share of what is wanted
_CLOSE = 1e-9


class State(StrEnum):
    """How a figure stands against what is wanted."""

    MET = "met"
    NEARLY = "nearly"
    MISSED = "missed"
    NOT_MEASURED = "not_measured"
    REFERENCE = "reference"


class Measured(Protocol):
    """One measured figure, as `optimizer.kpi.Kpi` is."""

    @property
    def id(self) -> str:
        """Name of the figure."""
        ...

    @property
    def value(self) -> float:
        """Value in `unit`."""
        ...

    @property
    def unit(self) -> str:
        """Unit of the value."""
        ...

    @property
    def scope(self) -> str:
        """``city``, ``district NAME`` and the like."""
        ...

    @property
    def where(self) -> str:
        """What was measured, as `resources.targets.where_key` writes it."""
        ...


@dataclass(frozen=True)
class Verdict:
    """Say how one figure stands against one target.

    Parameters
    ----------
    target
        What is wanted.
    state
        Met or not.
    scope
        ``city``, ``district NAME``, or one object.
    value
        The figure, in the target's unit; None where it was not measured.
    missing
        What has to be added to the value for the target to be met (negative where it has to fall); 0 where it is met, None
        where there is nothing to judge.
    counts
        False where another document that binds asks for more of the same figure.
    """

    target: Target
    state: State
    scope: str
    value: float | None
    missing: float | None
    unit: str
    counts: bool = True

    @property
    def met(self) -> bool:
        """Whether the target is met."""
        return self.state is State.MET

    @property
    def wanted(self) -> float | tuple[float, ...]:
        """What is wanted, in `unit`: one figure, or two for a range."""
        return self.target.values[0] if len(self.target.values) == 1 else self.target.values


def judge(target: Target, value: float | None, scope: str = "city", counts: bool = True) -> Verdict:
    """Return how a figure stands against a target; limits are inclusive.

    Parameters
    ----------
    value
        In the target's unit; None where it was not measured.
    """
    if target.kind is TargetKind.REFERENCE:
        return Verdict(target, State.REFERENCE, scope, value, None, target.unit, counts=False)
    if value is None:
        return Verdict(target, State.NOT_MEASURED, scope, None, None, target.unit, counts)
    gap = missing(target.op, target.values, value)
    room = NEARLY_SHARE * max(abs(v) for v in target.values)
    state = State.MET if gap == 0 else (State.NEARLY if abs(gap) <= room else State.MISSED)
    return Verdict(target, state, scope, value, gap, target.unit, counts)


def missing(op: Op, values: Sequence[float], value: float) -> float:
    """Return what has to be added to a value for it to be as wanted: 0 where it is, negative where it has to fall."""
    low = values[0] if op is not Op.AT_MOST else float("-inf")
    high = values[-1] if op is not Op.AT_LEAST else float("inf")
    slack = _CLOSE * max(1.0, abs(value))
    if value < low - slack:
        return low - value
    return high - value if value > high + slack else 0.0


def judge_all(targets: Iterable[Target], kpis: Iterable[Measured]) -> list[Verdict]:
    """Return the verdict of every target, each district or object by itself where the target says so.

    A figure belongs to a target whose `metric` is its id and whose scope is its `where`. Where two targets ask for the same
    figure, the stricter counts, and both are returned. A target that no figure belongs to is not measured.
    """
    chosen, figures = tuple(targets), tuple(kpis)
    verdicts = []
    for target in chosen:
        counts = not any(_stricter(other, target) for other in chosen)
        found = _figures(target, figures)
        verdicts += [judge(target, float(kpi.value), kpi.scope, counts) for kpi in found]
        if not found:
            verdicts.append(judge(target, None, "city", counts))
    return verdicts


def _figures(target: Target, kpis: Sequence[Measured]) -> list[Measured]:
    key = where_key(target.where)
    whole = {"", key} if key == "area=city" else {key}
    same = [k for k in kpis if k.id == target.metric and k.where in whole]
    city = [k for k in same if k.scope == "city"]
    if target.per == "city":
        return city[:1]
    parts = [k for k in same if k.scope != "city"]
    if target.per in {"district", "community"}:
        parts = [k for k in parts if k.scope.partition(" ")[0] == target.per]
        return parts
    # of many objects a planner may give the worst, as a figure of the whole city
    return parts or city[:1]


def _stricter(other: Target, target: Target) -> bool:
    """Say whether another target asks for more of the same figure."""
    same = (other.metric, other.op, where_key(other.where), other.per, other.period) == (
        target.metric, target.op, where_key(target.where), target.per, target.period,
    )  # fmt: skip
    if other.id == target.id or not same or TargetKind.REFERENCE in (other.kind, target.kind):
        return False
    if target.op is Op.AT_LEAST:
        return other.values[0] > target.values[0]
    if target.op is Op.AT_MOST:
        return other.values[0] < target.values[0]
    return target.op is Op.BETWEEN and other.values[-1] - other.values[0] < target.values[-1] - target.values[0]
