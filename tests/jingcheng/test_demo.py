"""The main job on the tiny city: plan, verdicts, report."""

from __future__ import annotations

from pathlib import Path

import pytest

import sample_city.cache
from optimizer.planner import planners
from tests.cities import tiny_city
from tests.jingcheng.conftest import Call


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    # other tests of this process may have installed toy planners
    ours = {key: planner for key, planner in planners().items() if planner.prepare.startswith("optimizer.planners.")}
    monkeypatch.setattr("jingcheng.demo.planners", lambda: ours)
    monkeypatch.setattr(sample_city.cache, "load_or_make", lambda size, seed: tiny_city())


@pytest.fixture
def sweeping_alone(tiny: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jingcheng.demo.planners", lambda: {"sweeping": planners()["sweeping"]})


@pytest.mark.usefixtures("tiny")
def test_the_demo_plans_judges_and_reports(call: Call, tmp_path: Path) -> None:
    out = tmp_path / "结果"
    said = call("demo", "--out", str(out), "--time-limit", "2", "--json")
    document = said.document
    assert [p["planner"] for p in document["plans"]][:2] == ["sweeping", "collection"]
    assert not any(p["faults"] for p in document["plans"])
    verdicts = {(t["id"], t["scope"]): t["verdict"] for t in document["targets"]}
    assert verdicts["nanjing.sweep-rate-85", "district 甲区"] == "met"
    assert verdicts["district.wash-cycle", "city"] == "not_measured"
    assert (out / "sweeping.gpkg").exists()
    assert (out / "collection.gpkg").exists()
    report = (out / "report-en.html").read_text(encoding="utf-8")
    assert report.startswith("<!DOCTYPE html>")
    assert "nanjing.sweep-rate-85" in report
    assert said.code == 0


@pytest.mark.usefixtures("sweeping_alone")
def test_the_terminal_shows_every_target_with_its_verdict(call: Call, tmp_path: Path) -> None:
    from resources.targets import load_targets

    said = call("demo", "--out", str(tmp_path / "out"), "--time-limit", "2")
    assert all(target.id in said.out for target in load_targets())
    assert "✓ met" in said.out
    assert "– not measured" in said.out


def test_a_folder_that_cannot_be_made_is_told_in_one_line(call: Call, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    said = call("demo", "--out", str(tmp_path / "file" / "out"))
    assert said.code == 2
    assert "cannot make the folder" in said.err
    assert len(said.err.strip().splitlines()) == 1


@pytest.mark.usefixtures("sweeping_alone")
def test_a_report_that_cannot_be_written_is_told_in_one_line(call: Call, tmp_path: Path) -> None:
    (tmp_path / "report-en.html").mkdir()
    said = call("demo", "--out", str(tmp_path), "--time-limit", "1")
    assert said.code == 2
    assert "report-en.html': Is a directory" in said.err.strip().splitlines()[-1]
    assert (tmp_path / "sweeping.gpkg").exists()
