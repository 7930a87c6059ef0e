from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from publish.timetable_csv import TABLES, write_timetable
from resources.io import default_inventory
from tests.night import night_city, night_plan


def rows(tmp_path: Path, table: str) -> list[list[str]]:
    path = tmp_path / "t.csv"
    n_rows = write_timetable(night_plan(), night_city(), default_inventory(), path, table, "en")
    read = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert n_rows == len(read) - 1
    return read


def test_trucks_stop_by_stop(tmp_path: Path) -> None:
    read = rows(tmp_path, "trucks")
    assert read[0][:5] == ["vehicle", "day", "trip", "order", "does"]
    assert read[3] == [
        "8 t electric compactor 01", "1", "1", "3", "unload", "ts1", "东站", "", "19:20", "19:30", "-200.0", "0.0", "400",
    ]  # fmt: skip


def test_the_public_notice(tmp_path: Path) -> None:
    read = rows(tmp_path, "notice")
    assert read[1] == ["p1:FOOD", "南门", "人民路", "food waste", "", "19:10", "5 t sealed truck 01", "90.0"]


def test_stations_by_quarters(tmp_path: Path) -> None:
    read = rows(tmp_path, "stations")
    assert read[1] == ["ts1", "东站", "1", "19:15", "272.0", "2", "2", "1", "300"]  # 200 kg, and 8 of 10 minutes of 90 kg
    assert sum(float(row[4]) for row in read[1:]) == pytest.approx(350.0, abs=0.3)


def test_every_table_of_a_plan_without_routes_is_a_head_alone(tmp_path: Path) -> None:
    for table in TABLES:
        bare = replace(night_plan(), routes=())
        assert write_timetable(bare, night_city(), default_inventory(), tmp_path / "t.csv", table, "zh") == 0
