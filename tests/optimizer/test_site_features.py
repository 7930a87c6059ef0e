from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyogrio

from layers.geometry import Geometry
from layers.text import Text
from optimizer.changes import ChangeKind, Verdict
from optimizer.features import feature_tables
from optimizer.plan import Assignment, ExtraLayer
from optimizer.project import Project, load_project, save_project
from optimizer.site_features import assignment_table, sizes_of, verdict_table
from optimizer.site_rows import Places
from tests.cities import X0_M, Y0_M
from tests.optimizer.toy_sites import planned, sited_city

CITY = sited_city()


def test_a_siting_plan_has_its_three_tables() -> None:
    tables = {t.name: t for t in feature_tables(planned()[1], CITY)}
    assert list(tables) == ["plan_changes", "plan_verdicts", "plan_assignments"]
    changes, verdicts = tables["plan_changes"], tables["plan_verdicts"]
    assert changes.columns["kind"].tolist() == ["build", "build", "rebuild"]
    assert changes.columns["name_zh"].tolist() == ["k3", "中地块", "东站"]
    assert {c.key for c in changes.style.categories} == {str(k) for k in ChangeKind}
    by_item = dict(zip(verdicts.columns["item"].tolist(), verdicts.columns["verdict"].tolist(), strict=True))
    assert by_item == {"k3": "kept", "k2": "kept", "k1": "broken", "k4": "broken", "甲区": "kept"}
    assert np.nanmax(verdicts.columns["price"]) == 15_000.0


def test_lines_run_from_who_is_served_to_the_server() -> None:
    told = (Assignment("w1:OTHER", "k1", 5.0, "kg/d", 9.0), Assignment("ghost", "k1", 5.0, "kg/d"))
    lines = assignment_table(told, Places(CITY)).geometry
    assert lines.row(0).tolist() == [[X0_M + 100, Y0_M + 8], [X0_M + 160, Y0_M + 50]]
    assert lines.row(1).tolist() == []
    assert len(assignment_table((), Places(CITY))) == 0


def test_what_is_said_of_the_city_has_no_geometry() -> None:
    table = verdict_table((Verdict("", "budget", kept=True, text=Text("够", "enough")),), Places(CITY))
    assert np.isnan(table.geometry.coords).all()


def test_layers_that_only_a_planner_has_are_written_as_they_are(tmp_path: Path) -> None:
    columns: dict[str, tuple[str | float, ...]] = {"id": ("k1", "k2"), "people": (31.5, 2.0)}
    own = ExtraLayer(Text("建成后", "after"), Geometry.points([[X0_M, Y0_M], [X0_M, Y0_M + 9]]), columns)
    bare = ExtraLayer(Text("无", "none"), Geometry.none(1), {"a": (1.0,)})
    plan = replace(planned()[1], extra_layers=(own, bare))
    save_project(tmp_path / "p.gpkg", Project(CITY, (), (plan,)))
    frame = pyogrio.read_dataframe(tmp_path / "p.gpkg", layer="plan_layer_1")
    assert frame["people"].tolist() == [31.5, 2.0]
    assert "plan_layer_2" not in {name for name, _ in pyogrio.list_layers(tmp_path / "p.gpkg")}


def test_sizes_stand_beside_the_largest_of_their_unit() -> None:
    assert sizes_of(planned()[1].changes) == [0.5, 0.5, 1.0]


def test_other_programs_open_the_tables_and_the_plan_comes_back(tmp_path: Path) -> None:
    _, plan = planned()
    path = tmp_path / "p.gpkg"
    save_project(path, Project(CITY, (), (plan,)))
    back = load_project(path).plans[0]
    assert (back.verdicts, back.alternatives, back.changes) == (plan.verdicts, plan.alternatives, plan.changes)
    assert back.assignments == plan.assignments
    frame = pyogrio.read_dataframe(path, layer="plan_verdicts")
    assert frame["certainty"].fillna("").tolist() == ["", "", "", "B", ""]
    assert pyogrio.read_dataframe(path, layer="plan_assignments").geometry.length.min() > 0
    with closing(sqlite3.connect(path)) as db:
        styled = {name for (name,) in db.execute("SELECT f_table_name FROM layer_styles")}
    assert {"plan_changes", "plan_verdicts", "plan_assignments"} <= styled
