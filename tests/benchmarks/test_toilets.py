"""The shared cities read as their provenance says; planning them is the benchmark's work."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.toilets import shared_city
from layers.kinds.facilities import Toilets
from layers.kinds.places import Communities, Districts, Population


def test_taipei_has_seats_and_neighbourhoods_and_no_stalls_by_sex(shared: Path) -> None:
    city = shared_city(shared / "cities", "Taipei")
    toilets = city[Toilets]
    assert (len(toilets), int(toilets.n_stalls.sum())) == (1379, 6884)
    assert not toilets.origins("n_women_stalls").any()
    assert (len(city[Communities]), len(city[Districts])) == (456, 12)


def test_porto_alegre_has_its_people(shared: Path) -> None:
    people = shared_city(shared / "cities", "Porto Alegre")[Population]
    assert (len(people), people.n_residents.sum()) == (1227, pytest.approx(812_935, abs=1))
