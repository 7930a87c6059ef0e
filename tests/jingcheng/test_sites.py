"""A siting plan on the command line, from the city to the tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from layers.io.geopackage import write_city
from tests.jingcheng.conftest import Call
from tests.optimizer import toy_sites


def test_sites_are_planned_locked_saved_verified_and_exported(
    call: Call, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    city, out, asked = tmp_path / "城.gpkg", tmp_path / "方案.gpkg", tmp_path / "方案.toml"
    write_city(toy_sites.sited_city(), city)
    asked.write_text('name = "选址"\nplanner = "toy_sites"\n[[lock]]\nitem = "k3"\nstate = "closed"\n', encoding="utf-8")
    with toy_sites.installed(tmp_path_factory):
        said = call("plan", "toy_sites", city, "--scenario", asked, "--json", "--out", out)
        assert said.code == 0, said.err
        assert [c["item"] for c in said.document["change_list"]] == ["k2", "k1", "ts1"]
        barred = next(v for v in said.document["verdicts"] if v["item"] == "k3")
        assert (barred["rule"], barred["kept"]) == ("must_not", False)
        assert "changes" in call("plan", "toy_sites", city, "--scenario", asked).out
        assert call("verify", out).code == 0
        exported = call("export", out, "--out", tmp_path / "x.csv", "--json")
        assert exported.document["features"] == 3
        assert (tmp_path / "x.csv").read_text(encoding="utf-8-sig").startswith("change,item,name")
        call("export", out, "--out", tmp_path / "v.csv", "--table", "verdicts", "--lang", "zh")
        assert (tmp_path / "v.csv").read_text(encoding="utf-8-sig").startswith("编号,名称,区,规则")
        call("export", out, "--out", tmp_path / "x.geojson")
    features = json.loads((tmp_path / "x.geojson").read_text(encoding="utf-8"))["features"]
    assert {f["properties"]["table"] for f in features} == {"plan_changes", "plan_verdicts", "plan_assignments"}
