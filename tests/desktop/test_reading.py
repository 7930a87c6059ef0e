from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.reading import Request, is_project, read
from layers.errors import InputError
from layers.io.geopackage import write_city
from layers.kinds.facilities import Toilets
from layers.text import Text
from optimizer.plan import Outcome, Plan, Provenance
from optimizer.project import Project, save_project
from optimizer.scenario import Scenario
from tests.cities import tiny_city
from tests.optimizer.toys import ToyParams, toy_inventory


def silent(_fraction: float, _text: Text) -> None:
    """Hear nothing."""


def test_a_city_without_scenarios_is_opened_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "城.gpkg"
    write_city(tiny_city(), path)
    opened = read(Request(path), silent)
    assert opened.city.hash == tiny_city().hash
    assert opened.desk.entries == ()
    assert opened.path == path


def test_plans_come_back_with_their_scenarios_and_are_outdated_when_a_layer_changed(tmp_path: Path, toy: object) -> None:
    city = tiny_city()
    scenario = Scenario("甲", city, toy_inventory(), "toy", ToyParams())
    hashes = {"streets": city.layers["streets"].hash, "toilets": city[Toilets].hash}  # there are none
    plan = Plan("toy", "甲", Outcome.FEASIBLE, 1.0, None, provenance=Provenance(layer_hashes=hashes))
    old = replace(plan, name="乙", provenance=Provenance(layer_hashes={"streets": "another"}))
    path = tmp_path / "p.gpkg"
    save_project(path, Project(city, (scenario, replace(scenario, name="乙")), (plan, old)))
    opened = read(Request(path), silent)
    assert [e.scenario.name for e in opened.desk.entries] == ["甲", "乙"]
    assert not opened.results["s0"].outdated
    assert opened.results["s1"].outdated
    assert opened.results["s0"].plan.objective == 1.0


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nothing\.osm"):
        read(Request(tmp_path / "nothing.osm"), silent)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    bad = tmp_path / "bad.gpkg"
    bad.write_bytes(b"SQLite format 3\0" + b"\xff" * 4000)
    with pytest.raises(InputError, match=r"bad\.gpkg"):
        read(Request(bad), silent)


def test_a_foreign_geopackage_is_not_taken_for_a_project(tmp_path: Path) -> None:
    path = tmp_path / "other.gpkg"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE things (id INTEGER)")
    db.commit()
    db.close()
    assert not is_project(path)
