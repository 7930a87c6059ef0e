from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from desktop import handover
from tests.cities import tiny_city


def test_a_city_arrives_as_it_was_and_its_arrays_are_views_of_the_file(tmp_path: Path) -> None:
    city = tiny_city()
    handover.write(tmp_path / "c.bin", city)
    got = handover.read(tmp_path / "c.bin")
    assert got.hash == city.hash
    coords = got.layers["streets"].geometry.coords
    assert not coords.flags.owndata
    with pytest.raises(ValueError, match="read-only"):
        coords[0, 0] = 1.0


def test_empty_arrays_and_plain_values_arrive(tmp_path: Path) -> None:
    handover.write(tmp_path / "v.bin", {"none": np.empty(0), "text": "净城", "long": np.arange(1000)})
    got = handover.read(tmp_path / "v.bin")
    assert len(got["none"]) == 0
    assert got["text"] == "净城"
    assert got["long"].sum() == 499_500
