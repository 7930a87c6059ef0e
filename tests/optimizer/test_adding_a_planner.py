"""Follow docs/adding-a-planner.md to the letter: as a folder of the tree, and as an installed package."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import optimizer.planners
from jingcheng.__main__ import main
from layers.io.geopackage import write_city
from optimizer.monitor import Silent
from optimizer.params import specs
from optimizer.planner import planner, planners
from optimizer.project import load_project
from optimizer.run import run
from optimizer.scenario import Scenario
from resources.io import default_inventory
from tests.cities import tiny_city
from tests.optimizer.toys import install

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "adding-a-planner.md").read_text(encoding="utf-8")


def write_files(folder: Path, package: str) -> None:
    """Write the page's Python files as a package of that dotted name."""
    blocks = re.findall(r"```python\n# optimizer/planners/bins/(\S+)\n(.*?)```", PAGE, re.DOTALL)
    assert [name for name, _ in blocks] == ["__init__.py", "params.py", "problem.py", "model.py", "checks.py", "kpis.py"]
    folder.mkdir(parents=True)
    for name, code in blocks:
        (folder / name).write_text(code.replace("optimizer.planners.bins", package), encoding="utf-8")


def forget(package: str) -> None:
    for name in [m for m in sys.modules if m == package or m.startswith(package + ".")]:
        del sys.modules[name]


@pytest.fixture(params=["folder", "package"])
def added(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Add the page's planner in one of the two ways; return a folder for what it makes."""
    if request.param == "folder":
        write_files(tmp_path / "tree" / "bins", "optimizer.planners.bins")
        tree = str(tmp_path / "tree")
        monkeypatch.setattr(optimizer.planners, "__path__", [*optimizer.planners.__path__, tree])
        # the worker is another process: it finds the folder the same way
        (tmp_path / "site").mkdir()
        extend = f"import optimizer.planners\noptimizer.planners.__path__.append({tree!r})\n"
        (tmp_path / "site" / "sitecustomize.py").write_text(extend, encoding="utf-8")
        monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "site"), str(ROOT)]))
    else:
        write_files(tmp_path / "site" / "bins_planner", "bins_planner")
        entry = re.search(r'bins = "(\S+)"', PAGE)
        assert entry
        install(tmp_path / "site", monkeypatch, entry[1], "bins")
        monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "site"), str(ROOT)]))
    importlib.invalidate_caches()
    yield tmp_path
    forget("optimizer.planners.bins")
    forget("bins_planner")


def test_it_is_found_and_its_form_is_declared(added: Path) -> None:
    assert "bins" in planners()
    declared = {s.name: s for s in specs(planner("bins").params)}
    assert (declared["distance_m"].unit, declared["distance_m"].low, declared["distance_m"].high) == ("m", 10, 1000)
    assert declared["distance_m"].source


def test_it_runs(added: Path) -> None:
    chosen = planner("bins")
    plan = run(Scenario("箱", tiny_city(), default_inventory(), "bins", chosen.params()), Silent())
    # ten streets of 200 m that are no back streets; marks at 40 and 120 m ... half a distance from the end, then each 80 m
    assert [k.value for k in plan.kpis] == [20.0, 12_000.0]
    assert plan.faults == ()
    assert (plan.changes[0].x_m, plan.changes[0].y_m) == (500_040.0, 3_550_000.0)


def test_the_command_line_plans_verifies_and_exports_it(added: Path, capsys: pytest.CaptureFixture[str]) -> None:
    city, out, exported = (str(added / name) for name in ("city.gpkg", "bins.gpkg", "bins.geojson"))
    write_city(tiny_city(), Path(city))
    assert main(["plan", "bins", city, "--set", "distance_m=100", "--out", out, "--json", "--lang", "en"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["outcome"], document["changes"], document["faults"]) == ("feasible", 20, [])
    (target,) = [t for t in document["targets"] if t["id"] == "district.litter-bins"]
    assert target["wanted"] == 1000
    assert main(["verify", out]) == 0
    assert main(["export", out, "--out", exported]) == 0
    features = json.loads(Path(exported).read_text(encoding="utf-8"))["features"]
    assert [f["geometry"]["type"] for f in features] == ["Point"] * 20
    assert len(load_project(Path(out)).plans[0].changes) == 20
    capsys.readouterr()
    assert main(["planners", "--json"]) == 0
    assert "bins" in [p["key"] for p in json.loads(capsys.readouterr().out)["planners"]]


def test_the_contract_covers_it(added: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "tests/optimizer/test_planner_contract.py",
        "-q",
        "-k",
        "bins",
        "-p",
        "no:cacheprovider",
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) >= 12  # type: ignore[index]
