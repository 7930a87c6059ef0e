"""Take figures from an instance file exactly as written, or name the line that holds something else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from optimizer.engines.instances.damage import damaged

# Figures are held in 32 bits on the way, and those along a way are added up.
MOST = 1 << 27
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_SIGNED = re.compile(r"-?\d+(?:\.\d+)?")


def figure(path: Path, line: int, key: str, text: str) -> Decimal:
    """Return a figure of at least 0, exactly as written."""
    if not _FIGURE.fullmatch(text):
        raise damaged(
            path,
            line,
            f"{key} 为“{text}”，应为不小于 0 的数，请改正",
            f"{key} is {text!r}, a number of at least 0 is expected; mend the line",
        )
    value = Decimal(text)
    if value >= MOST:
        raise damaged(
            path,
            line,
            f"{key} 为 {text}，应小于 {MOST}，请换用较大的单位",
            f"{key} is {text}, less than {MOST} is expected; use a larger unit",
        )
    return value


def coordinate(path: Path, line: int, key: str, text: str) -> Decimal:
    """Return a coordinate, exactly as written."""
    if not _SIGNED.fullmatch(text) or abs(Decimal(text)) >= MOST:
        raise damaged(
            path,
            line,
            f"{key} 为“{text}”，应为绝对值小于 {MOST} 的数，请改正",
            f"{key} is {text!r}, a number between -{MOST} and {MOST} is expected; mend the line",
        )
    return Decimal(text)


def node(path: Path, line: int, key: str, text: str) -> int:
    """Return a node's id, which may be negative."""
    if not re.fullmatch(r"-?\d{1,9}", text):
        raise damaged(
            path,
            line,
            f"{key} 为“{text}”，应为整数编号，请改正",
            f"{key} is {text!r}, a whole number is expected; mend the line",
        )
    return int(text)


def count(path: Path, line: int, key: str, text: str) -> int:
    """Return a whole number of at least 1."""
    if not re.fullmatch(r"0*[1-9]\d{0,8}", text):
        raise damaged(
            path,
            line,
            f"{key} 为“{text}”，应为不小于 1 的整数，请改正",
            f"{key} is {text!r}, a whole number of at least 1 is expected; mend the line",
        )
    return int(text)


def places(values: Iterable[Decimal]) -> int:
    """Return how many decimals make all values whole."""
    exponents = (value.normalize().as_tuple().exponent for value in values)
    return max((-e for e in exponents if isinstance(e, int) and e < 0), default=0)
