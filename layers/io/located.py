"""Bring coordinates from files into the city's metres, and tell those that cannot be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from layers.city import Note
from layers.errors import InputError
from layers.layer import F64, AnyArray, Bool
from layers.projection import (
    OFFSETS,
    WGS84,
    bad_degrees,
    far_away,
    from_offset,
    guess_epsg,
    is_geographic,
    swapped,
    transform,
    zoned_epsg,
)
from layers.text import Text

MAX_LISTED = 200
# A city and its surroundings; farther out a point is a mistake.
REACH_DEG = 3.0


@dataclass(frozen=True, eq=False)
class Located:
    """Hold degrees of rows.

    Parameters
    ----------
    lonlat
        Shape (n, 2), degrees on WGS 84.
    good
        Shape (n,): whether a row's place can be used.
    notes
        Each row that was repaired or refused, with its number and value.
    """

    lonlat: F64
    good: Bool
    notes: tuple[Note, ...]


def source_of(xy: F64, crs: str | None, declared: int | None, where: str) -> str:
    """Return the system of coordinates: what the user says, else what the file says, else what the figures tell.

    Returns
    -------
    str
        An EPSG code, ``gcj02`` or ``bd09``.

    Raises
    ------
    InputError
        Where the figures are metres and nothing says in which system.
    """
    if crs is not None:
        return checked_crs(crs)
    if declared is not None:
        return str(declared)
    guess = guess_epsg(xy)
    if guess is None:
        middle = np.nanmedian(xy, axis=0) if np.isfinite(xy).any() else np.array([np.nan, np.nan])
        shown = f"{middle[0]:.1f}, {middle[1]:.1f}"
        raise InputError(
            Text(
                f"文件“{where}”的坐标（中位数 {shown}）不是经纬度，也没有带号；请用 --crs 给出 EPSG 编号（如 4547）",
                f"file {where!r}: coordinates (median {shown}) are no degrees and carry no zone number; name their "
                "system with --crs (an EPSG number such as 4547)",
            )
        )
    return str(guess)


def checked_crs(crs: str) -> str:
    """Return a coordinate system as the user named it, in plain form.

    Raises
    ------
    InputError
        Where it is neither an EPSG number nor ``gcj02`` nor ``bd09``.
    """
    plain = crs.strip().lower().removeprefix("epsg:")
    if plain.replace("-", "") in OFFSETS:
        return plain.replace("-", "")
    if not plain.isdecimal():
        raise InputError(
            Text(
                f"--crs“{crs}”无法识别；应为 EPSG 编号（如 4326、4547）、gcj02 或 bd09",
                f"--crs {crs!r} cannot be read; expected an EPSG number (such as 4326, 4547), gcj02 or bd09",
            )
        )
    return plain


def to_degrees(xy: F64, source: str) -> F64:
    """Return degrees on WGS 84, shape (n, 2), for coordinates in a system that `source_of` named."""
    if source in OFFSETS:
        return from_offset(xy, source)
    return transform(xy, int(source), WGS84)


def locate(xy: F64, source: str, rows: AnyArray, where: str, texts: Sequence[str]) -> Located:
    """Return the degrees of table rows; those with latitude first among others are turned round, the impossible refused.

    Parameters
    ----------
    xy
        Shape (n, 2), NaN where a cell could not be read.
    source
        As `source_of` named it.
    rows, texts
        Row numbers and the cells as written, for the notes; each of shape (n,).
    """
    notes: list[Note] = []
    degrees = source in OFFSETS or is_geographic(int(source))
    xy = _columns_turned(xy, where, notes) if degrees else _eastings_turned(xy, int(source), where, notes)
    turned = swapped(xy, REACH_DEG) if degrees else np.zeros(len(xy), dtype=bool)
    xy = np.where(turned[:, None], xy[:, ::-1], xy)
    with np.errstate(invalid="ignore"):
        readable = ~bad_degrees(xy) if degrees else np.isfinite(xy).all(axis=1)
    lonlat = np.full((len(xy), 2), np.nan)
    lonlat[readable] = to_degrees(xy[readable], source)
    lonlat[~np.isfinite(lonlat).all(axis=1)] = np.nan
    good = ~far_away(lonlat, REACH_DEG)
    repaired = Text("经纬度写反，已调换", "latitude and longitude stand the wrong way round: turned")
    refused = Text("坐标不可用，未采用", "coordinates cannot be used: row not taken")
    _list(notes, "repaired", turned & good, (where, rows, texts), repaired)
    _list(notes, "refused", ~good, (where, rows, texts), refused)
    return Located(lonlat, good, tuple(notes))


def _columns_turned(xy: F64, where: str, notes: list[Note]) -> F64:
    """Turn all rows where the column taken for latitude holds what can only be longitude."""
    finite = xy[np.isfinite(xy).all(axis=1)]
    if len(finite) == 0 or abs(np.median(finite[:, 1])) <= 90 or abs(np.median(finite[:, 0])) > 90:
        return xy
    text = Text(
        "经度、纬度两列内容相反，已全部调换", "the columns of longitude and latitude are the wrong way round: all turned"
    )
    notes.append(Note("repaired", where, text, len(xy)))
    return xy[:, ::-1]


def _eastings_turned(xy: F64, source: int, where: str, notes: list[Note]) -> F64:
    """Turn all rows where X is the northing, as Chinese surveyors write it: the zone number tells which column is east."""
    finite = xy[np.isfinite(xy).all(axis=1)]
    if len(finite) == 0:
        return xy
    x, y = np.median(finite, axis=0)
    if zoned_epsg(float(y)) != source or zoned_epsg(float(x)) == source:
        return xy
    text = Text(
        "X 为北坐标、Y 为东坐标（带号），已全部调换", "X is the northing and Y the easting with zone number: all turned"
    )
    notes.append(Note("repaired", where, text, len(xy)))
    return xy[:, ::-1]


def _list(notes: list[Note], kind: str, hit: Bool, rows: tuple[str, AnyArray, Sequence[str]], text: Text) -> None:
    """Note each row that is hit with its number and what is written there; beyond `MAX_LISTED` only how many."""
    where, numbers, texts = rows
    found = np.flatnonzero(hit)
    notes += [
        Note(kind, f"{where} row {numbers[i]}", Text(f"{text.zh}：{texts[i]}", f"{text.en}: {texts[i]}"))
        for i in found[:MAX_LISTED]
    ]
    if len(found) > MAX_LISTED:
        rest = len(found) - MAX_LISTED
        notes.append(Note(kind, where, Text(f"{text.zh}：其余 {rest} 行", f"{text.en}: {rest} further rows"), rest))
