from __future__ import annotations

import json
from pathlib import Path

import pyogrio
import pytest

from layers.errors import StorageError
from layers.text import Text
from optimizer.changes import Change, ChangeKind
from optimizer.plan import Leg, LegKind, Outcome, Plan, PlanFault, Route, Unserved
from publish.geojson import write_geojson
from tests.cities import tiny_city


def plan() -> Plan:
    legs = (Leg(LegKind.SERVE, 0.0, 100.0, 200.0, ("s1",), "s1:R"), Leg(LegKind.WAIT, 100.0, 120.0))
    return Plan(
        "toy",
        "夜班",
        Outcome.FEASIBLE,
        1.0,
        None,
        routes=(Route("r1", "车 1", "t", "depot1", "night", legs),),
        unserved=(Unserved("s12", "street_width", Text("太窄", "too narrow")),),
        changes=(
            Change(ChangeKind.BUILD, "n1", "toilets", 500_000.0, 3_550_000.0, Text("新", "new"), cost_yuan=float("nan")),
        ),
        faults=(PlanFault("x", "y", Text("有错", "wrong")),),
    )


def test_a_plan_is_written_in_degrees(tmp_path: Path) -> None:
    path = tmp_path / "方案 1.geojson"
    assert write_geojson(plan(), tiny_city(), path) == 3
    document = json.loads(path.read_text(encoding="utf-8"))
    assert (document["name"], document["faults"]) == ("夜班", ["有错"])
    tables = [f["properties"]["table"] for f in document["features"]]
    assert tables == ["plan_routes", "plan_unserved", "plan_changes"]
    # EPSG:4549 has its meridian at 120° E with 500 km false easting; 3,550 km north lies at 32.07° N
    lon, lat = document["features"][2]["geometry"]["coordinates"]
    assert (lon, lat) == pytest.approx((120.0, 32.0727), abs=1e-3)
    assert document["features"][2]["properties"]["cost_yuan"] is None


def test_other_programs_read_it(tmp_path: Path) -> None:
    write_geojson(plan(), tiny_city(), tmp_path / "p.geojson")
    frame = pyogrio.read_dataframe(tmp_path / "p.geojson")
    assert frame.crs.to_epsg() == 4326
    assert frame["vehicle"].tolist()[0] == "车 1"
    assert frame.geometry.iloc[0].geom_type == "LineString"


def test_a_place_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="check free space and permissions"):
        write_geojson(plan(), tiny_city(), tmp_path / "no" / "p.geojson")
    assert list(tmp_path.iterdir()) == []
