"""A calendar in its file is the same calendar, and is checked from the file alone."""

from __future__ import annotations

from pathlib import Path

from optimizer.plan import Plan
from optimizer.project import Project, add_plan, load_project, save_project
from optimizer.scenario import Scenario
from optimizer.verify import verify


def test_it_survives_its_file_and_is_verified_from_it(washed: tuple[Scenario, Plan], tmp_path: Path) -> None:
    asked, plan = washed
    path = tmp_path / "calendar.gpkg"
    save_project(path, add_plan(Project(asked.city), asked, plan))
    (again,) = load_project(path).plans
    assert again.routes == plan.routes
    assert {r.day for r in again.routes} == {r.day for r in plan.routes}
    (verified,) = verify(path)
    assert verified.faults == ()
