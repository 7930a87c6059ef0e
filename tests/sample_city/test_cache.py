from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pytest

import sample_city
from layers.city import City
from layers.errors import InputError
from layers.geometry import Geometry
from layers.kinds.facilities import Depots
from layers.layer import Layer
from sample_city import cache


def tiny() -> City:
    layer: Layer = Depots(ids=np.array(["B1"]), geometry=Geometry.points([[500_000.0, 3_500_000.0]]), name=np.array(["甲"]))
    return City("小城", 4549, {Depots.KIND: layer})


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    calls: list[tuple[str, int]] = []

    def make(size: str, seed: int) -> City:
        calls.append((size, seed))
        return tiny()

    monkeypatch.setattr(cache, "make_city", make)
    return calls


def test_a_city_is_made_once(tmp_path: Path, made: list[tuple[str, int]]) -> None:
    one = cache.load_or_make("small", 7, tmp_path / "kept")
    two = cache.load_or_make("small", 7, tmp_path / "kept")
    assert made == [("small", 7)]
    assert one.hash == two.hash
    cache.load_or_make("small", 8, tmp_path / "kept")
    assert made == [("small", 7), ("small", 8)]


def test_a_damaged_file_is_made_anew(tmp_path: Path, made: list[tuple[str, int]], caplog: pytest.LogCaptureFixture) -> None:
    cache.load_or_make("small", 7, tmp_path)
    path = next(tmp_path.glob("*.gpkg"))
    path.write_bytes(b"no database")
    with caplog.at_level(logging.WARNING):
        assert cache.load_or_make("small", 7, tmp_path).hash == tiny().hash
    assert len(made) == 2
    assert "kept city is made anew" in caplog.text


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(
    tmp_path: Path, made: list[tuple[str, int]], caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert cache.load_or_make("small", 7, tmp_path / "file").hash == tiny().hash
    assert made
    assert "city is not kept" in caplog.text


def test_the_users_cache_folder_is_used(
    tmp_path: Path, made: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_, **__: str(tmp_path))
    sample_city.cached("small", 3)
    assert made
    assert [p.name for p in (tmp_path / "sample_city").iterdir()] == [f"small-3-{cache.fingerprint()}.gpkg"]


def test_an_unknown_size_makes_nothing(tmp_path: Path, made: list[tuple[str, int]]) -> None:
    with pytest.raises(InputError, match="no size of city is called 'huge'"):
        cache.load_or_make("huge", 1, tmp_path)
    assert not made
