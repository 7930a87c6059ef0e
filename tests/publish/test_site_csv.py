from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from layers.text import Lang
from publish.geojson import write_geojson
from publish.site_csv import SITE_TABLES, write_sites
from tests.optimizer.toy_sites import planned, sited_city


def written(table: str, tmp_path: Path, lang: Lang = "en") -> list[dict[str, str]]:
    path = tmp_path / f"{table}.csv"
    n = write_sites(planned()[1], sited_city(), path, table, lang)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == n
    return rows


def test_changes(tmp_path: Path) -> None:
    rows = written("changes", tmp_path)
    assert [(r["change"], r["item"], r["size"], r["unit"], r["year"], r["cost yuan"]) for r in rows] == [
        ("build", "k3", "40", "t/d", "2027", "2000000"),
        ("build", "k2", "40", "t/d", "2027", "2000000"),
        ("rebuild", "ts1", "80", "t/d", "2028", "1000000"),
    ]


def test_verdicts(tmp_path: Path) -> None:
    rows = {r["item"]: r for r in written("verdicts", tmp_path)}
    assert (rows["k4"]["clause"], rows["k4"]["certainty"], rows["k4"]["price of forcing it"]) == ("CJJ/T 47-2016", "B", "")
    assert rows["k1"]["price of forcing it"] == "15000.00"


def test_loads_and_who_is_served(tmp_path: Path) -> None:
    rows = written("assignments", tmp_path)
    loads = {r["item"]: r for r in written("loads", tmp_path)}
    assert len(rows) == 5
    served = [r for r in rows if r["server"] == "k2"]
    assert int(loads["k2"]["n served"]) == len(served)
    assert float(loads["k2"]["load"]) == pytest.approx(sum(float(r["amount"]) for r in served) / 1000)
    assert float(loads["k2"]["capacity"]) == 40.0


def test_alternatives_stand_behind_the_plan_itself(tmp_path: Path) -> None:
    rows = written("alternatives", tmp_path, "zh")
    assert [(r["方案"], r["编号"]) for r in rows] == [
        ("本方案", "k3"), ("本方案", "k2"), ("本方案", "ts1"),
        ("以 k1 代 k2", "k3"), ("以 k1 代 k2", "k1"), ("以 k1 代 k2", "ts1"),
    ]  # fmt: skip


def test_every_row_has_every_column(tmp_path: Path) -> None:
    for table in SITE_TABLES:
        for row in written(table, tmp_path):
            assert None not in row
            assert None not in row.values()


def test_the_map_of_a_siting_plan_is_written_in_degrees(tmp_path: Path) -> None:
    path = tmp_path / "p.geojson"
    write_geojson(planned()[1], sited_city(), path)
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    tables = [f["properties"]["table"] for f in features]
    assert {t: tables.count(t) for t in dict.fromkeys(tables)} == {
        "plan_changes": 3, "plan_verdicts": 5, "plan_assignments": 5,
    }  # fmt: skip
