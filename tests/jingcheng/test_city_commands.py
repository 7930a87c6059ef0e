"""The commands about cities, run as a user runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from jingcheng.cli import main
from layers.city import City
from layers.io.geopackage import read_city, write_city
from layers.kinds.facilities import Toilets
from layers.kinds.streets import Oneway, Streets
from optimizer.plan import Outcome, Plan
from optimizer.planner import planner
from optimizer.project import Project, load_project, save_project
from optimizer.scenario import Scenario
from resources.io import default_inventory
from tests.cities import tiny_city
from tests.layers.io.osm_xml import LAT, LON, osm_file

Capture = pytest.CaptureFixture[str]
MAIN = {"highway": "primary", "name": "人民路", "lanes": "2;3"}
NODES = {1: (0, 0), 2: (1, 0), 3: (2, 0), 4: (1, 1)}


@pytest.fixture
def osm(tmp_path: Path) -> Path:
    return osm_file(tmp_path / "无锡 市区.osm", NODES, {10: ((1, 2, 3), MAIN), 11: ((2, 4), {"highway": "residential"})})


@pytest.fixture
def gpkg(tmp_path: Path) -> Path:
    write_city(tiny_city(), tmp_path / "c.gpkg")
    return tmp_path / "c.gpkg"


def answer(capsys: Capture, *words: object, code: int = 0) -> Any:
    assert main([*map(str, words), "--json", "--lang", "en"]) == code
    return json.loads(capsys.readouterr().out)


def refusal(capsys: Capture, *words: object) -> str:
    assert main([*map(str, words), "--lang", "en"]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert len(written.err.splitlines()) == 1
    return written.err


def test_import_makes_a_city_whose_blanks_are_filled(osm: Path, tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "城 市.gpkg"
    document = answer(capsys, "city", "import", osm, "--out", out, "--name", "无锡")
    assert document["city"] == "无锡"
    assert document["layers"] == {"districts": 1, "streets": 3, "junctions": 4}
    assert document["epsg"] == 4549
    assert {"refused", "assumed", "source"} == {note["kind"] for note in document["notes"]}
    assert document["seconds"]["read"] > 0
    streets = read_city(out)[Streets]
    assert not np.isnan(streets.width_m).any()
    assert set(streets.district.tolist()) == {"无锡 市区"}


def test_import_shows_a_table_and_tells_what_was_refused(osm: Path, tmp_path: Path, capsys: Capture) -> None:
    assert main(["city", "import", str(osm), "--out", str(tmp_path / "c.gpkg"), "--lang", "zh"]) == 0
    written = capsys.readouterr()
    assert "道路" in written.out
    assert "已存入" in written.out
    assert "无法识别的值：1 个，如：lanes=2;3 (way 10)" in written.err


def test_import_fetches_a_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Capture) -> None:
    monkeypatch.setattr("layers.io.osmnx_place.read_place", lambda place, service: replace(tiny_city(), name=place))
    document = answer(capsys, "city", "import", "--place", "梁溪区", "--out", tmp_path / "c.gpkg")
    assert document["city"] == "梁溪区"
    assert "give files, or the name of a place" in refusal(capsys, "city", "import", "--out", tmp_path / "c.gpkg")


def test_import_refuses_what_it_cannot_read(osm: Path, tmp_path: Path, capsys: Capture) -> None:
    whole = osm.read_bytes()
    osm.write_bytes(whole[: len(whole) // 2])
    out = tmp_path / "c.gpkg"
    assert "is damaged or incomplete" in refusal(capsys, "city", "import", osm, "--out", out)
    assert not out.exists()
    assert "should end in .gpkg" in refusal(capsys, "city", "import", osm, "--out", tmp_path / "c.shp")
    assert "does not exist" in refusal(capsys, "city", "import", tmp_path / "no.osm", "--out", out)


def test_add_lays_a_table_upon_a_city(gpkg: Path, tmp_path: Path, capsys: Capture) -> None:
    table = tmp_path / "点.csv"
    table.write_text("编号,叫法,经度,纬度\nt1,甲,120.0,32.07\nt2,乙,32.07,120.0\nt3,丙,,\n", encoding="gb18030")
    words = ("city", "add", gpkg, table, "--kind", "公厕", "--map", "name=叫法")
    document = answer(capsys, *words, "--out", tmp_path / "d.gpkg")
    assert document["rows"] == 3
    assert document["layers"]["toilets"] == 2
    assert [note["kind"] for note in document["notes"]] == ["repaired", "refused", "doubtful"]
    assert read_city(tmp_path / "d.gpkg")[Toilets].name.tolist() == ["甲", "乙"]
    assert Toilets not in read_city(gpkg)
    assert main([*map(str, words), "--lang", "zh"]) == 0
    assert "的 3 行已读入" in capsys.readouterr().out
    assert len(read_city(gpkg)[Toilets]) == 2


def test_add_takes_free_layers(gpkg: Path, tmp_path: Path, capsys: Capture) -> None:
    table = tmp_path / "poi.csv"
    table.write_text(f"n,lon,lat\n1,{LON},{LAT}\n", encoding="utf-8")
    document = answer(capsys, "city", "add", gpkg, table, "--kind", "reference")
    assert document["references"] == {"poi": 1}


def test_add_refuses_what_it_does_not_know(gpkg: Path, tmp_path: Path, capsys: Capture) -> None:
    table = tmp_path / "poi.csv"
    table.write_text("n,lon,lat\n1,120,32\n", encoding="utf-8")
    add = ("city", "add", gpkg, table)
    before = gpkg.read_bytes()
    assert "no kind of layer 'trees'" in refusal(capsys, *add, "--kind", "trees")
    assert "should read FIELD=COLUMN" in refusal(capsys, *add, "--kind", "toilets", "--map", "name")
    assert "no column 'm'" in refusal(capsys, *add, "--kind", "toilets", "--map", "name=m")
    assert gpkg.read_bytes() == before


def test_check_passes_a_sound_city(gpkg: Path, capsys: Capture) -> None:
    document = answer(capsys, "city", "check", gpkg)
    assert document["sound"] is True
    assert document["faults"] == []
    assert 50 < document["network"]["connected_pct"] <= 100
    assert main(["city", "check", str(gpkg), "--lang", "zh"]) == 0
    assert "检查通过" in capsys.readouterr().out


def spoilt(path: Path, **columns: Any) -> Path:
    city = tiny_city()
    write_city(city.with_layers(replace(city[Streets], **columns)), path)
    return path


def test_check_lists_every_fault_and_mends_what_it_can(tmp_path: Path, capsys: Capture) -> None:
    width_m = np.full(12, 7.0)
    width_m[:2] = 900.0
    path = spoilt(tmp_path / "bad.gpkg", width_m=width_m, ban_periods=np.array(["dawn"] + [""] * 11))
    document = answer(capsys, "city", "check", path, code=1)
    assert {(f["code"], f["count"]) for f in document["faults"]} == {("out_of_bounds", 2), ("unreadable_periods", 1)}
    assert main(["city", "check", str(path), "--lang", "zh"]) == 1
    assert "检查未通过：2 类错误" in capsys.readouterr().out
    fixed = answer(capsys, "city", "check", path, "--fix", tmp_path / "ok.gpkg", code=1)
    assert [f["code"] for f in fixed["faults"]] == ["unreadable_periods"]
    assert len(fixed["mended"]) == 2
    assert (read_city(tmp_path / "ok.gpkg")[Streets].width_m[:2] < 100).all()


def test_check_says_that_a_network_is_broken(tmp_path: Path, capsys: Capture) -> None:
    path = spoilt(tmp_path / "bad.gpkg", oneway=np.full(12, Oneway.FORWARD, dtype=np.int8))
    document = answer(capsys, "city", "check", path, code=1)
    assert document["network"]["sound"] is False
    assert document["network"]["left_out"]["not_connected"] > 6
    assert main(["city", "check", str(path), "--lang", "en"]) == 1
    shown = capsys.readouterr().out
    assert "cannot be reached or left" in shown
    assert "the network is broken" in shown


@pytest.mark.parametrize("closed", [True, False])
def test_check_takes_a_city_without_a_network(tmp_path: Path, capsys: Capture, closed: bool) -> None:
    path = tmp_path / "bad.gpkg"
    if closed:
        spoilt(path, closed=np.ones(12, dtype=bool))
    else:
        write_city(City("x", 4549, {Toilets.KIND: Toilets.empty()}), path)
    document = answer(capsys, "city", "check", path, code=1)
    assert document["network"]["sound"] is False


def test_info_shows_layers_and_quality(osm: Path, tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "c.gpkg"
    answer(capsys, "city", "import", osm, "--out", out)
    document = answer(capsys, "city", "info", out)
    assert document["layers"]["streets"] == 3
    lanes = next(q for q in document["quality"] if (q["layer"], q["column"]) == ("streets", "n_lanes"))
    assert lanes["assumed"] == {"lanes.class": 3}
    assert "4 m: fire lane" in document["rules"]["width.lanes"]
    assert len(document["hash"]) == 32
    assert main(["city", "info", str(out), "--lang", "zh"]) == 0
    shown = capsys.readouterr().out
    assert "假定（规则）" in shown
    assert "车行道宽度" in shown
    assert "OpenStreetMap" in shown


def test_export_writes_a_layer(gpkg: Path, tmp_path: Path, capsys: Capture) -> None:
    document = answer(capsys, "city", "export", gpkg, "--layer", "streets", "--out", tmp_path / "s.geojson")
    assert document["objects"] == 12
    assert len(json.loads((tmp_path / "s.geojson").read_text(encoding="utf-8"))["features"]) == 12
    assert "should end in" in refusal(capsys, "city", "export", gpkg, "--layer", "streets", "--out", tmp_path / "s.dxf")


@pytest.mark.parametrize("command", ["import", "add", "check", "info", "export"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help_shows_an_example(command: str, lang: str, capsys: Capture) -> None:
    assert main(["city", command, "--help", "--lang", lang]) == 0
    assert f"jingcheng city {command} " in capsys.readouterr().out


def test_reading_a_city_loads_no_plotting_library(osm: Path, tmp_path: Path) -> None:
    words = ["city", "import", str(osm), "--out", str(tmp_path / "c.gpkg")]
    code = (
        "import sys; from jingcheng.cli import main; main(sys.argv[1:]);"
        "print(sorted({'osmnx', 'matplotlib', 'networkx', 'geopandas', 'PySide6', 'ortools', 'numba'} & set(sys.modules)),"
        " file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], check=True, capture_output=True, text=True)
    assert done.stderr.splitlines()[-1] == "[]"


def with_a_plan(path: Path) -> Path:
    """Write a project whose scenario and plan are of the sweeping planner, without any search."""
    city = tiny_city()
    chosen = planner("sweeping")
    scenario = Scenario("夜班", city, default_inventory(), chosen.key, chosen.params())
    plan = Plan(chosen.key, "夜班", Outcome.FEASIBLE, 1.0, None)
    save_project(path, Project(city, (scenario,), (plan,)))
    return path


def test_adding_to_a_project_keeps_its_plans(tmp_path: Path, capsys: Capture) -> None:
    path, table = with_a_plan(tmp_path / "p.gpkg"), tmp_path / "公厕.csv"
    table.write_text("id,lon,lat\nT9,118.78,32.04\n", encoding="utf-8")
    answer(capsys, "city", "add", path, table, "--kind", "toilets")
    project = load_project(path)
    assert [p.name for p in project.plans] == ["夜班"]
    assert [s.name for s in project.scenarios] == ["夜班"]
    assert "T9" in project.city[Toilets].ids


def test_mending_a_project_keeps_its_plans(tmp_path: Path, capsys: Capture) -> None:
    path = with_a_plan(tmp_path / "p.gpkg")
    main(["city", "check", str(path), "--fix", str(path), "--json"])
    capsys.readouterr()
    assert [p.name for p in load_project(path).plans] == ["夜班"]


def test_nothing_is_written_over_its_own_source(tmp_path: Path, capsys: Capture) -> None:
    path = with_a_plan(tmp_path / "p.gpkg")
    before = path.read_bytes()
    for words in (["export", path, "--layer", "streets", "--out"], ["import", path, "--out"]):
        assert "is the input itself, of which all else would be lost" in refusal(capsys, "city", *words, path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("words", [["make"], ["import", "x.osm", "--out"]])
def test_a_place_that_cannot_be_written_is_told_before_the_work(tmp_path: Path, capsys: Capture, words: list[str]) -> None:
    (tmp_path / "folder.gpkg").mkdir()
    assert "should end in .gpkg" in refusal(capsys, "city", *words, tmp_path / "x.txt")
    assert "should end in .gpkg" in refusal(capsys, "city", *words, ".")
    assert "it is a folder; name a file" in refusal(capsys, "city", *words, tmp_path / "folder.gpkg")
    assert "its folder is missing or read-only" in refusal(capsys, "city", *words, tmp_path / "no" / "x.gpkg")
