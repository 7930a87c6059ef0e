from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyogrio
import pytest

from layers.errors import FormatVersionError, InputError, ParameterError
from layers.geometry import Geometry
from layers.io.geopackage import write_city
from layers.text import Text
from optimizer.changes import Alternative, Change, ChangeKind, Verdict
from optimizer.monitor import Silent
from optimizer.plan import Assumed, ExtraLayer, Plan, Unserved
from optimizer.project import Project, add_plan, load_project, save_project
from optimizer.run import run
from optimizer.scenario import Lock, Scenario
from tests.cities import tiny_city

Toy = Callable[..., Scenario]
TOO_NEAR = Verdict("k2", "T2.iv", kept=False, text=Text("距住宅 6 m", "6 m from homes"), clause="CJJ/T 47", certainty="B")
BUILT = Change(ChangeKind.BUILD, "new1", "toilets", 500_100.0, 3_550_100.0, Text("新建", "new"), 1, 3e5, 80.0, "m²")


def made(toy: Toy) -> tuple[Project, Path]:
    scenario = replace(toy(n_steps=3), locks=(Lock("s1", "车 1", 0),), documents=("nanjing",))
    plan = replace(
        run(scenario, Silent()),
        unserved=(Unserved("s12:L", "street_width", Text("太窄", "too narrow"), None, 200.0, "m"),),
        changes=(BUILT,),
        verdicts=(TOO_NEAR,),
        alternatives=(Alternative(Text("另选 k3", "k3 in its place"), 3.1e5, (BUILT,), 2),),
        assumed=(Assumed(Text("宽度", "width"), 3, Text("按等级", "by class")),),
        extra_layers=(
            ExtraLayer(
                Text("带", "zone"),
                Geometry.lines([[[0, 0], [1, 1]]]),
                {"a": (1.5,), "b": ("甲",)},
                {"a": Text("甲", "A")},
                {"b": {"甲": Text("甲类", "kind A")}},
            ),
        ),
    )
    return add_plan(Project(scenario.city), scenario, plan), Path("plan.gpkg")


def test_a_project_comes_back_as_it_was(toy: Toy, tmp_path: Path) -> None:
    project, name = made(toy)
    save_project(tmp_path / name, project)
    again = load_project(tmp_path / name)
    assert again.city.hash == project.city.hash
    (scenario,), (wanted,) = again.scenarios, project.scenarios
    assert (scenario.params, scenario.locks, scenario.documents) == (wanted.params, wanted.locks, wanted.documents)
    assert scenario.inventory == wanted.inventory
    (plan,), (was,) = again.plans, project.plans
    assert replace(plan, extra_layers=()) == replace(was, extra_layers=())
    assert np.array_equal(plan.extra_layers[0].geometry.coords, was.extra_layers[0].geometry.coords)
    assert plan.extra_layers[0].values == was.extra_layers[0].values
    assert plan.extra_layers[0].words == was.extra_layers[0].words
    assert again.scenario_of(plan) is scenario


def test_the_same_project_has_the_same_bytes(toy: Toy, tmp_path: Path) -> None:
    project, _ = made(toy)
    save_project(tmp_path / "a.gpkg", project)
    save_project(tmp_path / "b.gpkg", load_project(tmp_path / "a.gpkg"))
    assert (tmp_path / "a.gpkg").read_bytes() == (tmp_path / "b.gpkg").read_bytes()


def test_a_route_driven_on_many_days_is_written_once_and_comes_back_on_all(toy: Toy, tmp_path: Path) -> None:
    project, name = made(toy)
    first = project.plans[0].routes[0]
    again = tuple(replace(first, id=f"r{k}", day=k, legs=tuple(replace(leg) for leg in first.legs)) for k in range(1, 28))
    month = replace(project, plans=(replace(project.plans[0], routes=(first, *again)),))
    save_project(tmp_path / name, month)
    assert load_project(tmp_path / name).plans[0].routes == month.plans[0].routes
    assert len(pyogrio.read_dataframe(tmp_path / name, layer="plan_routes")) == len(first.legs)
    db = sqlite3.connect(tmp_path / name)
    (text,) = db.execute("SELECT document FROM jingcheng_plans").fetchone()
    db.close()
    assert [route["legs_as"] for route in json.loads(text)["routes"][1:]] == [0] * 27


def test_legs_of_a_route_that_is_not_there_are_damage(toy: Toy, tmp_path: Path) -> None:
    project, name = made(toy)
    first = project.plans[0].routes[0]
    twice = replace(project.plans[0], routes=(first, replace(first, id="r1", day=1)))
    save_project(tmp_path / name, replace(project, plans=(twice,)))
    spoil(tmp_path / name, "jingcheng_plans", lambda d: d["routes"][1].update(legs_as=7))  # type: ignore[index]
    with pytest.raises(InputError, match=r"routes\[1\].legs_as is damaged: 7 is no route before it"):
        load_project(tmp_path / name)


def test_routes_are_a_spatial_table_that_other_programs_read(toy: Toy, tmp_path: Path) -> None:
    project, name = made(toy)
    save_project(tmp_path / name, project)
    routes = pyogrio.read_dataframe(tmp_path / name, layer="plan_routes")
    assert routes.crs.to_epsg() == 4549
    assert routes["item"].tolist() == ["s1", "s2", "s3"]
    assert routes["kind"].tolist() == ["serve"] * 3
    assert routes.geometry.length.tolist() == [200.0] * 3
    unserved = pyogrio.read_dataframe(tmp_path / name, layer="plan_unserved")
    assert unserved["reason_zh"].tolist() == ["太窄"]
    changes = pyogrio.read_dataframe(tmp_path / name, layer="plan_changes")
    assert (changes.geometry.x.tolist(), changes["cost_yuan"].tolist()) == ([500_100.0], [300_000.0])


def test_a_second_plan_has_tables_of_its_own(toy: Toy, tmp_path: Path) -> None:
    project, name = made(toy)
    other = replace(project.scenarios[0], name="另一方案")
    project = add_plan(project, other, replace(project.plans[0], name="另一方案"))
    save_project(tmp_path / name, project)
    assert {"plan_routes", "plan_routes_2"} <= set(pyogrio.list_layers(tmp_path / name)[:, 0])
    assert [p.name for p in load_project(tmp_path / name).plans] == ["玩具方案", "另一方案"]


def test_a_plan_of_the_same_name_takes_the_place_of_the_first(toy: Toy) -> None:
    project, _ = made(toy)
    again = add_plan(project, project.scenarios[0], replace(project.plans[0], objective=1.0))
    assert [p.objective for p in again.plans] == [1.0]
    assert len(again.scenarios) == 1


def test_a_city_alone_is_a_project_without_plans(tmp_path: Path) -> None:
    write_city(tiny_city(), tmp_path / "c.gpkg")
    project = load_project(tmp_path / "c.gpkg")
    assert (project.scenarios, project.plans) == ((), ())


def execute(path: Path, statement: str, *values: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as db, db:
        return db.execute(statement, values).fetchall()


def spoil(path: Path, table: str, change: Callable[[dict[str, object]], object]) -> None:
    ((text,),) = execute(path, f"SELECT document FROM {table}")
    document = json.loads(text)
    change(document)
    execute(path, f"UPDATE {table} SET document = ?", json.dumps(document))


@pytest.mark.parametrize(
    ("table", "change", "message"),
    [
        ("plans", lambda d: d.pop("outcome"), "lacks outcome"),
        ("plans", lambda d: d.update(outcome="fine"), "plan.outcome is damaged: 'fine', expected one of optimal"),
        ("plans", lambda d: d.update(objective="much"), "plan.objective is damaged: 'much', expected a number"),
        ("plans", lambda d: d.update(extra=1), "unknown field 'extra'"),
        ("plans", lambda d: d["routes"][0]["legs"][1].update(start_s=None), r"plan.routes[0].legs[1].start_s is damaged"),
        ("plans", lambda d: d["routes"][0].update(legs=3), "routes[0].legs is damaged: 3, expected a list"),
        ("scenarios", lambda d: d.pop("name"), "scenario.name is damaged"),
        ("scenarios", lambda d: d.update(planner="nobody"), "no planner 'nobody'"),
        ("scenarios", lambda d: d["inventory"].pop("prices"), "scenario.inventory is damaged: lacks prices"),
    ],
)
def test_damage_is_named_where_it_is(
    toy: Toy, tmp_path: Path, table: str, change: Callable[[dict[str, object]], object], message: str
) -> None:
    project, name = made(toy)
    save_project(tmp_path / name, project)
    spoil(tmp_path / name, f"jingcheng_{table}", change)
    with pytest.raises(InputError) as caught:
        load_project(tmp_path / name)
    assert message in str(caught.value)


def test_parameters_out_of_bounds_are_refused(toy: Toy, tmp_path: Path) -> None:
    project, name = made(toy)
    save_project(tmp_path / name, project)
    spoil(tmp_path / name, "jingcheng_scenarios", lambda d: d["params"].update(n_steps=0))  # type: ignore[attr-defined]
    with pytest.raises(ParameterError, match="parameter 'n_steps' is 0; expected 1 …"):
        load_project(tmp_path / name)


@pytest.mark.parametrize("table", ["plans", "scenarios"])
def test_a_document_that_is_no_table_is_damage(toy: Toy, tmp_path: Path, table: str) -> None:
    project, name = made(toy)
    save_project(tmp_path / name, project)
    execute(tmp_path / name, f"UPDATE jingcheng_{table} SET document = '7'")
    with pytest.raises(InputError, match=f"{table[:-1]} is damaged: 7, expected a table"):
        load_project(tmp_path / name)


def test_text_that_is_no_json_is_damage(toy: Toy, tmp_path: Path) -> None:
    project, name = made(toy)
    save_project(tmp_path / name, project)
    execute(tmp_path / name, "UPDATE jingcheng_plans SET document = substr(document, 1, 100)")
    with pytest.raises(InputError, match=r"is no sound project file .*jingcheng_plans"):
        load_project(tmp_path / name)


def test_a_newer_format_is_refused(toy: Toy, tmp_path: Path) -> None:
    project, name = made(toy)
    save_project(tmp_path / name, project)
    execute(tmp_path / name, "UPDATE jingcheng_meta SET value = '99' WHERE key = 'format_version'")
    with pytest.raises(FormatVersionError, match="format version 99; this program reads up to 2, update the program"):
        load_project(tmp_path / name)


def test_a_faulty_plan_can_be_saved(toy: Toy, tmp_path: Path) -> None:
    project, name = made(toy)
    route = project.plans[0].routes[0]
    leg = replace(route.legs[0], path=("nowhere", "s1"))
    faulty: Plan = replace(project.plans[0], routes=(replace(route, legs=(leg,)),))
    save_project(tmp_path / name, replace(project, plans=(faulty,)))
    assert load_project(tmp_path / name).plans[0].routes[0].legs[0].path == ("nowhere", "s1")
