"""The only place with 3.6, 60 and 1000 in it.

Inside the program all is SI: metres, seconds, kilograms, litres, joules are not used but kWh (named). Times of day are
seconds after midnight and may pass 86,400 (night work).
"""

from __future__ import annotations

MINUTE_S = 60
HOUR_S = 3600
DAY_S = 86_400
KM_M = 1000.0
KM2_M2 = 1e6
HECTARE_M2 = 1e4
MU_M2 = HECTARE_M2 / 15
TONNE_KG = 1000.0
M3_L = 1000.0
WAN_YUAN = 10_000.0


def mps(speed_kmh: float) -> float:
    """Return metres a second for kilometres an hour."""
    return speed_kmh / 3.6


def kmh(speed_mps: float) -> float:
    """Return kilometres an hour for metres a second."""
    return speed_mps * 3.6


def clock(time_s: float) -> str:
    """Return a time of day as ``HH:MM``; hours after midnight of the next day run on (25:10)."""
    minutes = round(time_s / MINUTE_S)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def seconds_of_day(text: str) -> int:
    """Return seconds after midnight for ``HH:MM``.

    Raises
    ------
    ValueError
        Where the text is not a time of day between 00:00 and 47:59.
    """
    hours, _, minutes = text.strip().partition(":")
    if not (hours.isdigit() and minutes.isdigit()) or int(hours) > 47 or int(minutes) > 59:
        raise ValueError(f"time of day {text!r}: expected HH:MM")
    return int(hours) * HOUR_S + int(minutes) * MINUTE_S
