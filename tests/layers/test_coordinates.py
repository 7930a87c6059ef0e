"""One place near Hefei, written in many ways."""

from __future__ import annotations

import pytest

from layers.coordinates import Written, without_zone, written_place


@pytest.mark.parametrize(
    "text",
    [
        "117.2, 31.8",
        "117.2 31.8",
        "117.2，31.8",
        "31.8, 117.2",  # only the second can be a longitude
        "31.8N 117.2E",
        "117.2E, 31.8N",
        "N31.8 E117.2",
        "北纬31.8 东经117.2",
        "117°12'0\"E 31°48'0\"N",
        "117°12′E 31°48′N",
        "31度48分 117度12分",
    ],
)
def test_degrees(text: str) -> None:
    found = written_place(text)
    assert found is not None
    assert found.is_degrees
    assert found.xy == pytest.approx((117.2, 31.8))


@pytest.mark.parametrize("text", ["518939.5, 3519000", "3519000 518939.5", "518939.5 3519000.0"])
def test_metres_with_the_easting_first_or_last(text: str) -> None:
    assert written_place(text) == Written((518_939.5, 3_519_000.0), False)


def test_an_easting_with_its_zone() -> None:
    assert written_place("3519000, 39518939.55") == Written((39_518_939.55, 3_519_000.0), False)
    assert without_zone(39_518_939.55) == pytest.approx(518_939.55)
    assert without_zone(518_939.55) == 518_939.55


def test_west_and_south_are_negative() -> None:
    assert written_place("46.6W 23.5S") == Written((-46.6, -23.5), True)
    assert written_place("-46.6, -23.5") == Written((-46.6, -23.5), True)


@pytest.mark.parametrize("text", ["人民路", "12", "1 2 3", "31.8N 30N", "K0017", "", "12号 5", "518939E 3519000N"])
def test_what_is_no_place(text: str) -> None:
    assert written_place(text) is None
