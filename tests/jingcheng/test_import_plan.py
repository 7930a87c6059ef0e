"""The command import-plan, with a planner that takes over any timetable."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers.kinds.facilities import WastePoints
from optimizer.project import load_project
from tests.cities import X0_M, Y0_M, tiny_city
from tests.jingcheng.conftest import Call

pytestmark = pytest.mark.usefixtures("toy")


def timetable(folder: Path) -> Path:
    path = folder / "时刻表.csv"
    rows = f"甲,1900,1902,{X0_M + 50},{Y0_M + 5}\n甲,1905,xx,{X0_M + 50},{Y0_M + 5}\n甲,1910,1911,{X0_M + 90},{Y0_M + 5}\n"
    path.write_text("车辆代号,抵达时间,离开时间,x_m,y_m\n" + rows, encoding="gb18030")
    return path


def test_a_timetable_is_measured_checked_and_saved(call: Call, city: Path, fleet: Path, tmp_path: Path) -> None:
    out, words = tmp_path / "今天.gpkg", ("--map", "vehicle=车辆代号", "--set", "n_steps=3", "--scenario", fleet)
    said = call("import-plan", "toy", city, timetable(tmp_path), *words, "--json", "--out", out)
    assert said.code == 0, said.err
    document = said.document
    assert (document["rows"], document["taken"], document["points_added"]) == (3, 2, 2)
    assert (document["engine"], document["routes"], document["kpis"][0]["value"]) == ("imported", 1, 3)
    assert [n["where"] for n in document["notes"]] == ["时刻表.csv row 3", "waste_points"]
    assert "离开时间=xx" in said.err
    project = load_project(out)
    assert [leg.item for leg in project.plans[0].routes[0].legs] == ["时刻表-2", "", "时刻表-4"]
    assert project.city[WastePoints].ids.tolist()[-2:] == ["时刻表-2", "时刻表-4"]
    assert call("verify", out).code == 0


def test_saved_into_the_city_itself_it_keeps_the_points(call: Call, city: Path, fleet: Path, tmp_path: Path) -> None:
    words = ("--map", "vehicle=车辆代号", "--scenario", fleet, "--out", city)
    assert call("import-plan", "toy", city, timetable(tmp_path), *words).code == 0
    assert len(load_project(city).city[WastePoints]) == len(tiny_city()[WastePoints]) + 2


def test_a_planner_that_cannot_says_so_in_a_line(call: Call, city: Path, tmp_path: Path) -> None:
    said = call("import-plan", "sweeping", city, timetable(tmp_path))
    assert said.code == 2
    assert "planner 'sweeping' cannot import a plan" in said.err
    assert len(said.err.strip().splitlines()) == 1


def test_a_file_that_is_no_table_is_refused(call: Call, city: Path) -> None:
    said = call("import-plan", "toy", city, city)
    assert said.code == 2
    assert "expected a CSV table" in said.err
