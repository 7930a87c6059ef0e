from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.project import load_project
from tests.jingcheng.conftest import Call

pytestmark = pytest.mark.usefixtures("toy")


def _made(call: Call, city: Path, fleet: Path, out: Path, n_steps: int, *more: object) -> Path:
    words = ("plan", "toy", city, "--scenario", fleet, "--set", f"n_steps={n_steps}", "--out", out, *more)
    assert call(*words).code == 0
    return out


def test_two_plans_stand_side_by_side(call: Call, city: Path, fleet: Path, tmp_path: Path) -> None:
    today = _made(call, city, fleet, tmp_path / "今.gpkg", 1)
    tomorrow = _made(call, city, fleet, tmp_path / "明.gpkg", 3)
    said = call("compare", today, tomorrow, "--json")
    assert said.code == 0
    assert [plan["file"] for plan in said.document["plans"]] == [str(today), str(tomorrow)]
    (line,) = (k for k in said.document["kpis"] if k["id"] == "n_streets")
    assert (line["values"], line["changes"]) == ([1.0, 3.0], [0.0, 2.0])
    told = call("compare", today, tomorrow, "--lang", "zh").out
    assert "+2" in told
    assert "试排" in told


def test_one_plan_alone_is_refused(call: Call, city: Path, fleet: Path, tmp_path: Path) -> None:
    said = call("compare", _made(call, city, fleet, tmp_path / "a.gpkg", 1))
    assert said.code == 2
    assert "two are needed to compare" in said.err


def test_a_plan_builds_on_another(call: Call, city: Path, fleet: Path, tmp_path: Path) -> None:
    first = _made(call, city, fleet, tmp_path / "a.gpkg", 1)
    second = _made(call, city, fleet, tmp_path / "b.gpkg", 2, "--input", first)
    (scenario,) = load_project(second).scenarios
    assert scenario.inputs == load_project(first).plans
