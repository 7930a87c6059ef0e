"""The commands plan, verify, export and planners, with a planner of three steps."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jingcheng.asked import unused
from optimizer.plan import Outcome
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.project import load_project
from tests.jingcheng.conftest import Call

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.usefixtures("toy")


def test_a_plan_is_made_saved_verified_and_exported(call: Call, city: Path, fleet: Path, tmp_path: Path) -> None:
    out = tmp_path / "方案.gpkg"
    said = call(
        "plan",
        "toy",
        city,
        "--scenario",
        fleet,
        "--set",
        "n_steps=4",
        "--work-limit",
        "3",
        "--seed",
        "8",
        "--json",
        "--out",
        out,
    )
    assert said.code == 0, said.err
    document = said.document
    assert (document["planner"], document["outcome"], document["seed"], document["routes"]) == ("toy", "feasible", 8, 1)
    assert document["faults"] == []
    assert document["kpis"][0]["value"] == 3
    assert document["seconds"]["load"] > 0
    assert document["name"] == "试排"
    assert "plan saved" in said.err
    verified = call("verify", out, "--json")
    assert verified.code == 0
    assert verified.document["plans"] == [
        {"name": "试排", "planner": "toy", "outcome": "feasible", "routes": 1, "faults": []}
    ]
    exported = call("export", out, "--out", tmp_path / "x.geojson", "--json")
    assert (exported.code, exported.document["features"]) == (0, 3)
    features = json.loads((tmp_path / "x.geojson").read_text(encoding="utf-8"))["features"]
    assert [f["properties"]["item"] for f in features] == ["s1", "s2", "s3"]
    assert all(118 < lon < 122 and 31 < lat < 33 for f in features for lon, lat in f["geometry"]["coordinates"])


def test_a_plan_saved_into_its_own_project_loses_nothing(call: Call, city: Path, fleet: Path) -> None:
    assert call("plan", "toy", city, "--scenario", fleet, "--out", city, "--json").code == 0
    fleet.write_text(fleet.read_text(encoding="utf-8").replace("试排", "再排"), encoding="utf-8")
    assert call("plan", "toy", city, "--scenario", fleet, "--out", city, "--json").code == 0
    assert [p.name for p in load_project(city).plans] == ["试排", "再排"]


def test_a_plan_is_told_in_words(call: Call, city: Path, fleet: Path) -> None:
    said = call("plan", "toy", city, "--scenario", fleet)
    assert said.code == 0
    assert "outcome: feasible, gap 100.0% (proven)" in said.out
    assert "streets" in said.out
    assert "check: no faults" in said.out
    chinese = call("plan", "toy", city, "--scenario", fleet, "--lang", "zh")
    assert "结果：可行" in chinese.out
    assert "检查：没有错误" in chinese.out


def test_a_plan_with_faults_is_exit_1(call: Call, city: Path, fleet: Path) -> None:
    said = call("plan", "toy", city, "--scenario", fleet, "--set", "mode=wrong", "--json")
    assert said.code == 1
    assert [f["code"] for f in said.document["faults"]] == ["toy_wrong"]


def test_a_dead_worker_leaves_the_best_so_far(call: Call, city: Path, fleet: Path, tmp_path: Path) -> None:
    out = tmp_path / "p.gpkg"
    said = call("plan", "toy", city, "--scenario", fleet, "--set", "mode=kill", "--set", "step_s=0.15", "--out", out)
    assert said.code == 2
    assert "the worker died (signal 9 SIGKILL); the best so far is kept" in said.err
    assert load_project(out).plans[0].outcome is Outcome.STOPPED


def test_a_bug_in_the_worker_is_exit_70(call: Call, city: Path, fleet: Path) -> None:
    said = call("plan", "toy", city, "--scenario", fleet, "--set", "mode=bug")
    assert said.code == 70
    log = Path(said.err.rstrip().splitlines()[-1].rpartition(" is in ")[2])
    assert "ZeroDivisionError: a slip" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--set", "n_stops=3"], "no parameter 'n_stops'; did you mean 'n_steps'?"),
        (["--set", "n_steps=0"], "parameter 'n_steps' is 0; expected 1 …"),
        (["--set", "n_steps=many"], "parameter 'n_steps' is 'many'; expected 1 …"),
        (["--set", "n_steps"], "--set n_steps cannot be read; expected --set KEY=VALUE"),
        (["--seed", "-1"], "parameter 'seed' is -1; expected 0 …"),
        (["--seed", "x"], "argument --seed: invalid int value: 'x'"),
        (["--engine", "magic"], "parameter 'engine' is 'magic'; expected jingcheng | ortools"),
        (["--time-limit", "5", "--work-limit", "5"], "not allowed with argument"),
        (["--require", "nanjing.sweep-rate-80"], "the planner 'toy' has no target 'nanjing.sweep-rate-80'"),
        (["--scenario", "nowhere.toml"], "scenario file nowhere.toml: cannot be read: No such file"),
        (["--out", "nowhere/x.gpkg"], "cannot write nowhere/x.gpkg"),
        (["--set", "mode=error"], "no street to drive"),
    ],
)
def test_what_the_user_can_mend_is_exit_2_in_one_line(
    call: Call, city: Path, fleet: Path, words: list[str], message: str
) -> None:
    given = words if "--scenario" in words else ["--scenario", fleet, *words]
    said = call("plan", "toy", city, "--json", *given)
    assert (said.code, said.out) == (2, "")
    assert message in said.err.splitlines()[-1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = 1\nname = = 2", "scenario file {path}: no sound TOML: Invalid value (at line 2, column 8)"),
        ("nome = 'x'", "unknown key 'nome'; did you mean 'name'?"),
        ("name = 3", "s.toml: name is damaged: 3, expected a text"),
        ("planner = 'sweeping'", "is for the planner 'sweeping', not 'toy'"),
        ("documents = ['atlantis']", "no document 'atlantis'"),
        ("inventory = 'none.toml'", "none.toml"),
        ("[[lock]]\nitem = 's1'\ncar = 'x'", "unknown key 'car' in [[lock]]"),
        ("[[lock]]\nvehicle = 'x'", "s.toml: lock is damaged: lacks item"),
        ("[params]\nn_steps = 0", "parameter 'n_steps' is 0"),
    ],
)
def test_a_bad_scenario_file_is_exit_2_in_one_line(call: Call, city: Path, tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "s.toml"
    path.write_text(text, encoding="utf-8")
    said = call("plan", "toy", city, "--scenario", path)
    assert (said.code, said.out) == (2, "")
    assert message.format(path=path) in said.err.splitlines()[-1]


def test_other_files_that_are_no_city_are_named(call: Call, tmp_path: Path) -> None:
    assert "no such file" in call("plan", "toy", tmp_path / "no.gpkg").err
    (tmp_path / "x.gpkg").write_text("x")
    assert "is no sound project file" in call("verify", tmp_path / "x.gpkg").err
    assert "no planner 'nobody'" in call("plan", "nobody", tmp_path / "no.gpkg").err


def test_an_export_to_another_format_says_which_there_are(call: Call, city: Path) -> None:
    said = call("export", city, "--out", "x.dwg")
    assert (said.code, said.err) == (2, "cannot export to '.dwg'; this version writes: .geojson, .csv\n")
    assert "holds no plan" in call("export", city, "--out", "x.geojson").err


def test_planners_are_listed_with_every_parameter(call: Call) -> None:
    said = call("planners", "--json")
    (toy,) = [p for p in said.document["planners"] if p["key"] == "toy"]
    assert toy["needs"] == ["streets"]
    (steps,) = [p for p in toy["params"] if p["name"] == "n_steps"]
    assert (steps["unit"], steps["low"], steps["high"], steps["default"]) == ("steps", 1, 10**9, 5)
    lines = call("planners").out
    assert "n_steps = 5  steps  [1 … " in lines
    assert "toy  toy" in lines


def test_ctrl_c_keeps_the_best(city: Path, fleet: Path, tmp_path: Path) -> None:
    out = tmp_path / "p.gpkg"
    words = [
        "plan",
        "toy",
        city,
        "--scenario",
        fleet,
        "--set",
        "n_steps=100000",
        "--set",
        "step_s=0.02",
        "--out",
        out,
        "--json",
    ]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "jingcheng", *map(str, words)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=ROOT)
    assert process.stderr is not None
    for line in process.stderr:
        if "search" in line:
            break
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    document, _ = process.communicate(timeout=30)
    assert process.returncode == 130
    assert json.loads(document)["outcome"] == "stopped"
    assert load_project(out).plans[0].faults == ()


def test_parameters_that_have_no_say_are_found() -> None:
    given = {"target_rate_pct", "least", "seed"}
    assert unused(SweepingParams(), given) == ["target_rate_pct", "least"]
    assert unused(SweepingParams(mode="fleet"), given) == ["least"]
    assert unused(SweepingParams(mode="all"), ["least"]) == []
