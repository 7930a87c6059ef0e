"""Fixtures of the command line's tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from jingcheng.__main__ import main
from layers.io.geopackage import write_city
from tests.cities import tiny_city
from tests.optimizer.toys import installed


@dataclass(frozen=True)
class Said:
    """Hold what a command did: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        return json.loads(self.out)


Call = Callable[..., Said]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    """Return a caller of the command line in this process, in English unless told otherwise."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def run(*argv: object) -> Said:
        code = main([str(a) for a in argv])
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Return the file of a city small enough to be checked by hand."""
    path = tmp_path / "城 市.gpkg"
    write_city(tiny_city(), path)
    return path


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Install the toy planner meanwhile."""
    with installed(tmp_path_factory):
        yield


@pytest.fixture
def fleet(tmp_path: Path) -> Path:
    """Return a scenario file whose inventory has the toy's vehicle and shift."""
    from dataclasses import replace

    from resources.io import default_inventory, write_inventory
    from tests.optimizer.toys import toy_inventory

    default, toys = default_inventory(), toy_inventory()
    truck = replace(default.vehicle_types[0], key="toy_truck")
    shift = replace(default.shifts[0], key="toy_shift")
    assert toys.vehicle_types[0].key == truck.key
    write_inventory(replace(default, vehicle_types=(truck,), shifts=(shift,)), tmp_path / "fleet.toml")
    (tmp_path / "toy.toml").write_text('name = "试排"\nplanner = "toy"\ninventory = "fleet.toml"\n', encoding="utf-8")
    return tmp_path / "toy.toml"
