"""Read a place as people write it: metres of a projection, degrees, or degrees with minutes and seconds."""

from __future__ import annotations

import re
from dataclasses import dataclass

# 117°12'30"E, 31.8N, 东经117°12′30″, 117.2
_ONE = re.compile(
    r"(?P<before>[NSEW]|北纬|南纬|东经|西经)?\s*(?P<sign>[-+])?(?P<degrees>\d+(?:\.\d+)?)\s*(?:[°度]\s*"
    r"(?:(?P<minutes>\d+(?:\.\d+)?)\s*['′分]\s*)?(?:(?P<seconds>\d+(?:\.\d+)?)\s*(?:[\"″秒]|'')\s*)?)?(?P<after>[NSEW])?",
    re.IGNORECASE,
)
_EAST, _NORTH = {"E", "W", "东经", "西经"}, {"N", "S", "北纬", "南纬"}
_NEGATIVE = {"W", "S", "西经", "南纬"}
# A northing in China has seven digits, an easting six, or eight with its zone.
_NORTHING_M, _ZONED_M = (1_000_000.0, 10_000_000.0), 10_000_000.0


@dataclass(frozen=True, slots=True)
class Written:
    """Hold a place as it was written.

    Parameters
    ----------
    xy
        East first: degrees, or metres.
    is_degrees
        Which of them.
    """

    xy: tuple[float, float]
    is_degrees: bool


def written_place(text: str) -> Written | None:
    """Return the place that a text writes, None where it writes none.

    Two numbers: with letters (``N``, ``E``, 北纬, 东经) in any order; without them east first, unless the first can only be
    a latitude beside the second, or a northing of seven digits before an easting, as in Chinese ledgers. Numbers up to
    180 and 90 are degrees on WGS 84 or CGCS2000, which are the same here.
    """
    text = text.replace("，", ",").replace("；", ",").strip()
    found, at = [], 0
    while at < len(text):
        match = _ONE.match(text, at)
        if match is None or match.end() == at:
            return None
        found.append(match)
        at = match.end()
        gap = re.compile(r"\s*[,;\s]?\s*").match(text, at)
        at = gap.end() if gap is not None else at
    if len(found) != 2:
        return None
    (first, axis), (second, other) = (_number(match) for match in found)
    if axis and axis == other:
        return None
    if axis == "y" or other == "x" or (not axis and not other and _is_north_first(first, second)):
        first, second = second, first
    degrees = abs(first) <= 180 and abs(second) <= 90
    return Written((first, second), True) if degrees else None if axis or other else Written((first, second), False)


def without_zone(easting_m: float) -> float:
    """Return an easting without the number of its zone, which the first two of eight digits are."""
    return easting_m % 1_000_000 if easting_m >= _ZONED_M else easting_m


def _number(match: re.Match[str]) -> tuple[float, str]:
    """Return degrees, or metres, and the axis that a letter names: ``x``, ``y`` or nothing."""
    value = float(match["degrees"]) + float(match["minutes"] or 0) / 60 + float(match["seconds"] or 0) / 3600
    letter = (match["before"] or match["after"] or "").upper()
    axis = "x" if letter in _EAST else "y" if letter in _NORTH else ""
    return (-value if match["sign"] == "-" or letter in _NEGATIVE else value), axis


def _is_north_first(first: float, second: float) -> bool:
    if abs(first) <= 90 and 90 < abs(second) <= 180:
        return True
    is_easting = second < _NORTHING_M[0] or second >= _ZONED_M
    return _NORTHING_M[0] <= first < _NORTHING_M[1] and is_easting and second > 180
