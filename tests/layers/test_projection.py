"""Coordinates against figures computed elsewhere, and the traps of Chinese coordinates."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.errors import InputError
from layers.projection import (
    bad_degrees,
    crs,
    epsg_of,
    far_away,
    from_offset,
    guess_epsg,
    is_geographic,
    label,
    metric_epsg,
    project,
    swapped,
    to_offset,
    transform,
    unproject,
    zoned_epsg,
)


@pytest.mark.parametrize(
    ("lon", "lat", "epsg"),
    [
        (120.3, 31.5, 4549),  # Wuxi: 120° E
        (118.8, 32.05, 4549),  # Nanjing
        (116.4, 39.9, 4548),  # Beijing: 117° E
        (121.5, 25.0, 4549),  # Taipei, west half; 121.5° is the border of two zones
        (121.6, 25.0, 4550),
        (75.0, 38.0, 4534),
        (134.7, 48.0, 4554),
        (-51.2, -30.0, 32722),  # Porto Alegre
        (9.7, 4.05, 32632),  # Douala
        (179.9, 10.0, 32660),
    ],
)
def test_each_place_has_its_projection(lon: float, lat: float, epsg: int) -> None:
    assert metric_epsg(lon, lat) == epsg
    assert not is_geographic(epsg)


def test_the_meridian_is_500_km_east() -> None:
    xy = project(np.array([[120.0, 31.5]]), 4549)
    assert xy[0, 0] == pytest.approx(500_000, abs=1e-6)
    # length of the meridian's arc on GRS 80 by Helmert's series, n = f / (2 - f)
    n, phi = 0.001679220395, np.radians(31.5)
    series = (1 + n**2 / 4) * phi - 1.5 * n * np.sin(2 * phi) + 15 / 16 * n**2 * np.sin(4 * phi)
    assert xy[0, 1] == pytest.approx(6_378_137 / (1 + n) * series, abs=0.1)


@settings(max_examples=6, deadline=None)
@given(st.floats(74, 135), st.floats(4, 53))
def test_there_and_back(lon: float, lat: float) -> None:
    lonlat = np.array([[lon, lat]])
    assert unproject(project(lonlat, metric_epsg(lon, lat)), metric_epsg(lon, lat)) == pytest.approx(lonlat, abs=1e-8)


def test_east_comes_first_whatever_the_authority_says() -> None:
    """EPSG:4490 is latitude first by its own definition."""
    assert transform(np.array([[120.0, 31.0]]), 4490, 4326) == pytest.approx(np.array([[120.0, 31.0]]), abs=1e-5)


def test_nothing_in_nothing_out() -> None:
    assert project(np.empty((0, 2)), 4549).shape == (0, 2)


def test_an_unknown_code_is_told() -> None:
    with pytest.raises(InputError, match="EPSG:999999 does not exist; give an EPSG number"):
        crs(999999)


def test_labels_are_the_authoritys() -> None:
    assert label(4549) == "CGCS2000 / 3-degree Gauss-Kruger CM 120E"


@pytest.mark.parametrize(
    ("text", "epsg"),
    [
        ("epsg:4326", 4326),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", 4326),
        ("urn:ogc:def:crs:EPSG::4547", 4547),
        ("", None),
        ("the usual one", None),
    ],
)
def test_a_files_own_name_is_understood(text: str, epsg: int | None) -> None:
    assert epsg_of(text) == epsg


def test_an_8_digit_easting_names_its_zone() -> None:
    assert zoned_epsg(40_500_000.0) == 4528
    assert "zone 40" in label(4528)
    assert zoned_epsg(500_000.0) is None
    assert guess_epsg(np.array([[40_528_000.0, 3_486_000.0]])) == 4528
    assert guess_epsg(np.array([[3_486_000.0, 40_528_000.0]])) == 4528
    assert guess_epsg(np.array([[528_000.0, 3_486_000.0]])) is None
    assert guess_epsg(np.array([[120.3, 31.5]])) == 4326
    assert guess_epsg(np.array([[np.nan, 1.0]])) is None


def test_bad_rows_are_seen() -> None:
    good = [[121.5, 25.0], [121.6, 25.1], [121.55, 25.05]]
    rows = np.array([*good, [25.13, 121.49], [125574, 25.482], [0, 0], [np.nan, 25.0], [100.0, 25.0]])
    assert swapped(rows).tolist() == [False, False, False, True, False, False, False, False]
    assert bad_degrees(rows).tolist() == [False, False, False, True, True, True, True, False]
    assert far_away(rows).tolist() == [False, False, False, True, True, True, True, True]
    assert far_away(np.full((2, 2), np.nan)).all()
    assert not swapped(np.full((2, 2), np.nan)).any()


@pytest.mark.parametrize("system", ["gcj02", "bd09"])
def test_an_offset_is_taken_off_to_a_millimetre(system: str) -> None:
    rng = np.random.default_rng(1)
    wgs = np.column_stack([rng.uniform(100, 120, 200), rng.uniform(22, 40, 200)])
    shifted = to_offset(wgs, system)
    away_m = np.hypot(*((shifted - wgs) * 111_000).T)
    assert away_m.min() > 50
    assert np.abs(from_offset(shifted, system) - wgs).max() * 111_000 < 1e-3


def test_bd09_is_that_of_the_library() -> None:
    import pybind11_coordtransform as ct

    wgs = np.array([[116.4, 39.9], [120.3, 31.5]])
    mars = to_offset(wgs, "gcj02")
    single = np.array([np.asarray(ct.gcj02tobd09(*point)).ravel() for point in mars.tolist()])
    assert to_offset(wgs, "bd09") == pytest.approx(single, abs=1e-9)
    # Tiananmen as both maps print it
    assert mars[0] == pytest.approx([116.40624, 39.90140], abs=1e-4)
