"""Coordinates: degrees to metres at the border and nowhere else; the only import of pyproj.

East comes first everywhere, whatever the authority says of an EPSG code (EPSG:4490 itself is latitude first).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pyproj
from numpy.typing import NDArray

from layers.errors import InputError
from layers.text import Text

F64 = NDArray[np.float64]

WGS84 = 4326
# CGCS2000 / 3-degree Gauss-Krüger: by central meridian (4534: 75° E), and with the zone number before the easting (4513).
CM_FIRST, CM_LAST, ZONED_FIRST, ZONED_LAST = 4534, 4554, 4513, 4533
FIRST_ZONE = 25
CHINA_LON, CHINA_LAT = (73.0, 136.5), (3.0, 54.0)
OFFSETS = ("gcj02", "bd09")


def metric_epsg(lon: float, lat: float) -> int:
    """Return the metric projection that suits a place.

    In China (with Taiwan, Hong Kong and Macao) the CGCS2000 3-degree zone without zone number, which ledgers and cadastre
    use; elsewhere the UTM zone on WGS 84.

    Parameters
    ----------
    lon, lat
        Degrees.
    """
    if CHINA_LON[0] <= lon < CHINA_LON[1] and CHINA_LAT[0] <= lat <= CHINA_LAT[1]:
        return CM_FIRST + min(max(round(lon / 3) - FIRST_ZONE, 0), CM_LAST - CM_FIRST)
    zone = int((lon + 180) // 6) % 60 + 1
    return (32600 if lat >= 0 else 32700) + zone


@lru_cache(maxsize=32)
def _transformer(source: int, target: int) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(crs(source), crs(target), always_xy=True)


@lru_cache(maxsize=32)
def crs(epsg: int) -> pyproj.CRS:
    """Return a coordinate system.

    Raises
    ------
    InputError
        Where there is no such code.
    """
    try:
        return pyproj.CRS.from_epsg(epsg)
    except pyproj.exceptions.CRSError as error:
        raise InputError(
            Text(
                f"坐标系 EPSG:{epsg} 不存在；请给出 EPSG 编号（如 4326、4490、4547）或 gcj02、bd09",
                f"coordinate system EPSG:{epsg} does not exist; give an EPSG number (such as 4326, 4547), gcj02 or bd09",
            )
        ) from error


def epsg_of(text: str) -> int | None:
    """Return the EPSG code that a file's own name of its coordinate system means, or None where it means none.

    Parameters
    ----------
    text
        Such as ``epsg:4326``, ``urn:ogc:def:crs:EPSG::4547``, ``urn:ogc:def:crs:OGC:1.3:CRS84`` or WKT.
    """
    if not text.strip():
        return None
    if text.upper().endswith("CRS84"):
        return WGS84
    try:
        code = pyproj.CRS.from_user_input(text).to_epsg()
    except pyproj.exceptions.CRSError:
        return None
    return int(code) if code else None


def is_geographic(epsg: int) -> bool:
    """Return whether coordinates of a system are degrees."""
    return bool(crs(epsg).is_geographic)


def label(epsg: int) -> str:
    """Return the authority's name of a coordinate system, for status bar and reports."""
    return str(crs(epsg).name)


def transform(xy: F64, source: int, target: int) -> F64:
    """Return coordinates in another system.

    Parameters
    ----------
    xy
        Shape (n, 2), east first, degrees or metres.
    source, target
        EPSG codes.

    Returns
    -------
    F64
        Shape (n, 2); infinite where a point lies outside what the projection can hold.
    """
    points = np.asarray(xy, dtype=np.float64).reshape(-1, 2)
    if source == target or len(points) == 0:
        return points
    x, y = _transformer(source, target).transform(points[:, 0], points[:, 1])
    return np.column_stack([x, y])


def project(lonlat: F64, epsg: int) -> F64:
    """Return metres in `epsg` for degrees on WGS 84, shape (n, 2)."""
    return transform(lonlat, WGS84, epsg)


def unproject(xy: F64, epsg: int) -> F64:
    """Return degrees on WGS 84 for metres in `epsg`, shape (n, 2)."""
    return transform(xy, epsg, WGS84)


def zoned_epsg(easting: float) -> int | None:
    """Return the CGCS2000 system that an 8-digit easting names by its first two digits, or None.

    39,500,000 is 500,000 m in zone 39, whose meridian is 117° E: EPSG:4527.
    """
    zone = int(easting // 1_000_000)
    epsg = ZONED_FIRST + zone - FIRST_ZONE
    return epsg if ZONED_FIRST <= epsg <= ZONED_LAST else None


def guess_epsg(xy: F64) -> int | None:
    """Return the system that coordinates tell by themselves: degrees, or metres with a zone number; None where they do not.

    Parameters
    ----------
    xy
        Shape (n, 2), east first. A few bad rows do not matter: the median decides.
    """
    good = xy[np.isfinite(xy).all(axis=1)]
    if len(good) == 0:
        return None
    x, y = np.median(good, axis=0)
    if abs(x) <= 180 and abs(y) <= 180:
        return WGS84
    return zoned_epsg(float(x)) or zoned_epsg(float(y))


def bad_degrees(lonlat: F64) -> NDArray[np.bool_]:
    """Return which points are no longitude and latitude, shape (n,): not finite, out of range, or exactly (0, 0)."""
    lon, lat = lonlat[:, 0], lonlat[:, 1]
    with np.errstate(invalid="ignore"):
        good = (np.abs(lon) <= 180) & (np.abs(lat) <= 90) & ((lon != 0) | (lat != 0))
    return np.asarray(~good)


def swapped(lonlat: F64, reach_deg: float = 3.0) -> NDArray[np.bool_]:
    """Return which points are latitude first among points that are not, shape (n,).

    A point counts as swapped where it lies far from the median of all, and its mirror image near it.

    Parameters
    ----------
    lonlat
        Shape (n, 2), degrees.
    reach_deg
        How far from the median a point of the same city may lie.
    """
    sane = ~bad_degrees(lonlat)
    if not sane.any():
        return np.zeros(len(lonlat), dtype=bool)
    middle = np.median(lonlat[sane], axis=0)
    with np.errstate(invalid="ignore"):
        far = np.abs(lonlat - middle).max(axis=1) > reach_deg
        mirrored = np.abs(lonlat[:, ::-1] - middle).max(axis=1) <= reach_deg
    return np.asarray(far & mirrored)


def far_away(lonlat: F64, reach_deg: float = 3.0) -> NDArray[np.bool_]:
    """Return which points lie farther than `reach_deg` from the median of all in longitude or latitude, shape (n,)."""
    finite = np.isfinite(lonlat).all(axis=1)
    if not finite.any():
        return np.ones(len(lonlat), dtype=bool)
    with np.errstate(invalid="ignore"):
        return np.asarray(~(np.abs(lonlat - np.median(lonlat[finite], axis=0)).max(axis=1) <= reach_deg))


def from_offset(lonlat: F64, system: str) -> F64:
    """Return WGS 84 degrees for GCJ-02 (Amap, Tencent) or BD-09 (Baidu) degrees.

    The library's inverse errs by up to 4.9 m; fixed-point steps bring it below a millimetre. Every such library also
    shifts places outside the mainland, so this is done only when the user says what the file holds.

    Parameters
    ----------
    lonlat
        Shape (n, 2), degrees.
    system
        ``gcj02`` or ``bd09``.
    """
    points = np.asarray(lonlat, dtype=np.float64).reshape(-1, 2)
    guess = points
    for _ in range(4 if system == "bd09" else 3):
        guess = guess + (points - to_offset(guess, system))
    return guess


def to_offset(lonlat: F64, system: str) -> F64:
    """Return GCJ-02 or BD-09 degrees for WGS 84 degrees, shape (n, 2)."""
    import pybind11_coordtransform as ct

    # the library's own check for "outside China" looks at the first point only, and the user has said what the file holds
    degrees: Any = np.ascontiguousarray(lonlat, dtype=np.float64)
    mars: F64 = np.asarray(ct.wgs84_to_gcj02_Nx2(degrees, check_out_of_china=False), dtype=np.float64)
    return _gcj02_to_bd09(mars) if system == "bd09" else mars


def _gcj02_to_bd09(lonlat: F64) -> F64:
    # Baidu's second shift, as published with its web API; the library has it for single points only
    x, y = lonlat[:, 0], lonlat[:, 1]
    turn = np.pi * 3000.0 / 180.0
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * turn)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * turn)
    return np.column_stack([radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006])
