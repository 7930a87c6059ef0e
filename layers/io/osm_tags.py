"""Read a way's OSM tags into the values of a street; what cannot be read is refused and told, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from layers.errors import InputError
from layers.hours import format_periods, parse_periods
from layers.io.osm_classes import HIGHWAYS, ONEWAY_HIGHWAYS, ONEWAY_JUNCTIONS, class_of
from layers.kinds.streets import Oneway
from layers.units import TONNE_KG, mps

MILE_KM = 1.609344
ALL_DAY = "00:00-24:00"

Value = str | int | float | bool
Tags = Mapping[str, str]

_NUMBER = re.compile(r"^(\d+(?:[.,]\d+)?)\s*([a-zA-Z/]*)$")
_METRES = {"": 1.0, "m": 1.0, "meters": 1.0, "metres": 1.0, "meter": 1.0, "metre": 1.0}
_KILOGRAMS = {"": TONNE_KG, "t": TONNE_KG, "ton": TONNE_KG, "tonnes": TONNE_KG, "kg": 1.0}
_KMH = {"": 1.0, "km/h": 1.0, "kmh": 1.0, "kph": 1.0, "mph": MILE_KM}
# A sign that says there is no limit of its own: no value, and nothing to refuse.
_NO_LIMIT = frozenset({"none", "default", "below_default", "no_sign", "unsigned", "no_indications"})

_YES = frozenset({"yes", "true", "1"})
_NO = frozenset({"no", "false", "0", "none"})
_LIT = _YES | {"24/7", "automatic", "limited", "sunset-sunrise", "dusk-dawn", "interval", "operating_times"}
_SIDEWALKS = _YES | {"both", "left", "right", "separate"}
_CYCLEWAYS = _YES | {
    "lane", "track", "separate", "opposite_lane", "opposite_track", "share_busway", "shared_lane", "both", "left", "right",
}  # fmt: skip
_NO_CYCLEWAYS = _NO | {"opposite", "shared", "crossing"}
_SIDES = ("", ":both", ":left", ":right")
_CLOSED = frozenset({"no", "private"})
_ACCESS_KEYS = ("motor_vehicle", "vehicle", "access")
_BAN_KEYS = ("hgv:conditional", "motor_vehicle:conditional", "vehicle:conditional", "access:conditional")
_BAN = re.compile(r"^no\s*@\s*\(?\s*((?:\d{1,2}:\d\d\s*-\s*\d{1,2}:\d\d\s*,?\s*)+)\)?$")


class UnreadableError(ValueError):
    """A tag's value that says something which we cannot take over."""


@dataclass(frozen=True, slots=True)
class StreetTags:
    """Hold what the tags of one way say.

    Parameters
    ----------
    values
        By column of `Streets`; a column that the tags say nothing of is not there.
    refused
        (column, ``key=value``) of each tag that could not be read.
    """

    values: Mapping[str, Value]
    refused: tuple[tuple[str, str], ...]


def street_tags(tags: Tags) -> StreetTags:
    """Return what tags say of a street; its class where the highway value is one of ours."""
    values: dict[str, Value] = {"road_class": int(class_of(tags))} if tags.get("highway") in HIGHWAYS else {}
    refused: list[tuple[str, str]] = []
    for column, read in _READERS.items():
        try:
            value = read(tags)
        except UnreadableError as error:
            refused.append((column, str(error)))
            continue
        if value is not None:
            values[column] = value
    return StreetTags(values, tuple(refused))


def _measure(tags: Tags, key: str, units: Mapping[str, float]) -> float | None:
    text = tags.get(key, "").strip()
    if not text or text.lower() in _NO_LIMIT:
        return None
    match = _NUMBER.match(text)
    if not match or match[2].lower() not in units:
        raise UnreadableError(f"{key}={text}")
    return float(match[1].replace(",", ".")) * units[match[2].lower()]


def _name(tags: Tags) -> str | None:
    return next((tags[k].strip() for k in ("name", "name:zh", "name:en") if tags.get(k, "").strip()), None)


def _width(tags: Tags) -> float | None:
    key = next((k for k in ("width:carriageway", "width", "est_width") if k in tags), "width")
    return _measure(tags, key, _METRES)


def _lanes(tags: Tags) -> int | None:
    if "lanes" in tags:
        return _count(tags, "lanes")
    halves = [_count(tags, key) for key in ("lanes:forward", "lanes:backward") if key in tags]
    return sum(halves) if len(halves) == 2 else None


def _count(tags: Tags, key: str) -> int:
    text = tags[key].strip()
    if not text.isdecimal():
        raise UnreadableError(f"{key}={text}")
    return int(text)


def _speed(tags: Tags) -> float | None:
    speed_kmh = _measure(tags, "maxspeed", _KMH)
    return None if speed_kmh is None else mps(speed_kmh)


def _oneway(tags: Tags) -> int | None:
    text = tags.get("oneway", "").strip().lower()
    if text in _YES:
        return int(Oneway.FORWARD)
    if text in {"-1", "reverse"}:
        return int(Oneway.BACKWARD)
    if text in _NO:
        return int(Oneway.BOTH)
    if text:
        raise UnreadableError(f"oneway={text}")
    implied = tags.get("junction") in ONEWAY_JUNCTIONS or tags.get("highway") in ONEWAY_HIGHWAYS
    return int(Oneway.FORWARD) if implied else None


def _lit(tags: Tags) -> bool | None:
    return _either(tags, "lit", _LIT, _NO)


def _either(tags: Tags, key: str, yes: frozenset[str], no: frozenset[str]) -> bool | None:
    text = tags.get(key, "").strip().lower()
    if not text:
        return None
    if text not in yes | no:
        raise UnreadableError(f"{key}={text}")
    return text in yes


def _on_a_side(tags: Tags, key: str, yes: frozenset[str], no: frozenset[str]) -> bool | None:
    said = [_either(tags, key + side, yes, no) for side in _SIDES]
    return None if all(s is None for s in said) else any(said)


def _footway(tags: Tags) -> bool | None:
    return _on_a_side(tags, "sidewalk", _SIDEWALKS, _NO)


def _cycle_lane(tags: Tags) -> bool | None:
    return _on_a_side(tags, "cycleway", _CYCLEWAYS, _NO_CYCLEWAYS)


def _height(tags: Tags) -> float | None:
    return _measure(tags, "maxheight", _METRES)


def _weight(tags: Tags) -> float | None:
    return _measure(tags, "maxweight", _KILOGRAMS)


def _closed(tags: Tags) -> bool | None:
    said = next((tags[key] for key in _ACCESS_KEYS if key in tags), None)
    return None if said is None else said in _CLOSED


def _bans(tags: Tags) -> str | None:
    highway = HIGHWAYS.get(tags.get("highway", ""))
    if highway is not None and highway.when == "walk":
        return ALL_DAY
    key = next((k for k in _BAN_KEYS if k in tags), None)
    if key is None:
        return None
    match = _BAN.match(tags[key].strip())
    if not match:
        raise UnreadableError(f"{key}={tags[key]}")
    try:
        return format_periods(parse_periods(match[1].replace(" ", "")))
    except InputError as error:
        raise UnreadableError(f"{key}={tags[key]}") from error


def _level(tags: Tags) -> int | None:
    bridge = tags.get("bridge", "no") != "no"
    tunnel = tags.get("tunnel", "no") not in {"no", "building_passage"}
    text = tags.get("layer", "").strip()
    if not text:
        return 1 if bridge else -1 if tunnel else None
    if not text.removeprefix("-").removeprefix("+").isdecimal():
        raise UnreadableError(f"layer={text}")
    return int(text)


_READERS: Mapping[str, Callable[[Tags], Value | None]] = {
    "name": _name,
    "width_m": _width,
    "n_lanes": _lanes,
    "speed_mps": _speed,
    "oneway": _oneway,
    "lit": _lit,
    "footway": _footway,
    "cycle_lane": _cycle_lane,
    "max_height_m": _height,
    "max_weight_kg": _weight,
    "closed": _closed,
    "ban_periods": _bans,
    "level": _level,
}
