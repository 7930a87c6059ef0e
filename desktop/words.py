"""How figures, units and objects of the data are written in the window."""

from __future__ import annotations

import math
from enum import IntEnum

from desktop.i18n import language, mark, say, tr
from layers.labels import label_of
from layers.units import DAY_S, HOUR_S, KM2_M2, KM_M, MINUTE_S, TONNE_KG, WAN_YUAN, clock, kmh
from resources.unit_names import OF_DAY, unit_text

# How a site is locked.
LOCKS = {"open": mark("锁定：必选"), "closed": mark("锁定：不选"), "keep": mark("锁定：保持")}
THIN = "\u202f"  # narrow, and no line breaks at it
_FIRST_YEAR = 1000
MINUS = "\u2212"
_MONEY = {"yuan": "万元", "元": "万元", "yuan/year": "万元/年"}
_LARGE = {"m": (10 * KM_M, KM_M, "km"), "m2": (KM2_M2, KM2_M2, "km²"), "m²": (KM2_M2, KM2_M2, "km²")}


def unit(name: str) -> str:
    """Return a unit as the present language writes it."""
    return say(unit_text(name))


def number(value: float, n_decimals: int | None = None) -> str:
    """Return a figure with thousands separated and no more decimals than it deserves; a dash where there is none."""
    if not math.isfinite(value):
        return "–"
    if n_decimals is None:
        size = abs(value)
        n_decimals = 0 if size >= 1000 or value == int(value) else 1 if size >= 10 else 2
    text = f"{value:,.{n_decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", MINUS)


def figure(value: float, name: str) -> str:
    """Return a figure with its unit, in the one people say: hours and minutes, km/h, km² and 万元 where they are large."""
    if not math.isfinite(value):
        return "–"
    if name == OF_DAY:
        return time_of_day(value * HOUR_S)
    if name == "m/s":
        return f"{number(kmh(value), 1)}{THIN}km/h"
    if name in _LARGE and abs(value) >= _LARGE[name][0]:
        return f"{number(value / _LARGE[name][1], 1)}{THIN}{_LARGE[name][2]}"
    if name == "s" and abs(value) >= MINUTE_S:
        return duration(value)
    if name == "h":
        return duration(value * HOUR_S)
    if name in _MONEY and abs(value) >= WAN_YUAN and language() == "zh":
        return f"{number(value / WAN_YUAN, 1)}{THIN}{_MONEY[name]}"
    shown = unit(name)
    return f"{number(value)}{THIN}{shown}" if shown else number(value)


def duration(time_s: float) -> str:
    """Return a span of time in hours and minutes."""
    hours, minutes = divmod(round(abs(time_s) / MINUTE_S), HOUR_S // MINUTE_S)
    text = f"{hours}{THIN}h{THIN}{minutes:02d}{THIN}min" if hours else f"{minutes}{THIN}min"
    return (MINUS if time_s < 0 else "") + text


def time_of_day(time_s: float) -> str:
    """Return a time of day; one after midnight says of which day it is."""
    n_days = int(round(time_s / MINUTE_S) * MINUTE_S // DAY_S)
    text = clock(time_s - n_days * DAY_S)
    if n_days == 0:
        return text
    return tr("次日 {0}").format(text) if n_days == 1 else tr("第 {1} 日 {0}").format(text, n_days + 1)


def kilometres(length_m: float) -> str:
    """Return a length in kilometres, with the same decimals in every row of a column."""
    return f"{length_m / KM_M:,.1f}{THIN}km"


def tonnes(load_kg: float) -> str:
    """Return a weight in tonnes, with the same decimals in every row of a column."""
    return f"{load_kg / TONNE_KG:,.1f}{THIN}t"


def kilograms(load_kg: float) -> str:
    """Return a weight in whole kilograms, with its sign where it is given off."""
    return f"{load_kg:,.0f}{THIN}kg".replace("-", MINUS)


def year(number: int) -> str:
    """Return a year as it is called, or its place in the plan (the first year is 1); nothing for none."""
    return "" if not number else str(number) if number >= _FIRST_YEAR else tr("第 {0} 年").format(number)


def elapsed(time_s: float) -> str:
    """Return a running time as ``m:ss``."""
    return f"{int(time_s) // MINUTE_S}:{int(time_s) % MINUTE_S:02d}"


def sentence(text: str) -> str:
    """Return a label as it begins a line: English ones with a capital; a symbol such as ``pH`` keeps its case."""
    return text if text[:2].lower() != text[:2] else text[:1].upper() + text[1:]


def choice(member: IntEnum) -> str:
    """Return a member of a closed set of the city's columns."""
    return say(label_of(member))
