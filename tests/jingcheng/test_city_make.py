from __future__ import annotations

import json
from pathlib import Path

import pytest

from jingcheng.cli import main
from layers.io.geopackage import read_city, write_city
from sample_city.generate import make_city


def test_a_city_is_written_and_the_same_seed_gives_the_same_bytes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.gpkg"
    assert main(["city", "make", str(path), "--size", "small", "--seed", "5", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    city = make_city("small", 5)
    write_city(city, tmp_path / "b.gpkg")
    assert path.read_bytes() == (tmp_path / "b.gpkg").read_bytes()
    assert told["layers"] == {kind: len(layer) for kind, layer in city.layers.items()}
    assert (told["size"], told["seed"], told["epsg"]) == ("small", 5, 4549)
    assert read_city(path).hash == city.hash


def test_an_unknown_size_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["city", "make", str(tmp_path / "a.gpkg"), "--size", "huge", "--lang", "en"]) == 2
    assert "no size of city is called 'huge'; expected small | city | metropolis" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_seed_below_zero_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["city", "make", str(tmp_path / "a.gpkg"), "--seed", "-1", "--lang", "en"]) == 2
    assert "seed is -1; expected 0 or more" in capsys.readouterr().err


def test_the_layers_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.cities import tiny_city

    monkeypatch.setattr("sample_city.generate.make_city", lambda *_: tiny_city())
    assert main(["city", "make", str(tmp_path / "a.gpkg"), "--lang", "en"]) == 0
    assert "Streets" in capsys.readouterr().out
