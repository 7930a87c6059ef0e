from __future__ import annotations

import json
from pathlib import Path

from tests.jingcheng.conftest import Call


def test_a_public_instance_is_solved(call: Call, shared: Path, tmp_path: Path) -> None:
    (instance,) = (shared / "benchmarks" / "carp").rglob("gdb1.dat")
    said = call("solve", instance, "--work-limit", 2000, "--seed", 3, "--json", "--out", tmp_path / "s.json")
    assert said.code == 0, said.err
    document = said.document
    assert set(document) >= {
        "family", "instance", "objective", "bound", "gap", "seconds", "threads", "seed", "engine", "feasible", "solution",
    }  # fmt: skip
    assert (document["family"], document["feasible"], document["seed"]) == ("carp", True, 3)
    assert document["objective"] >= 316  # best known
    assert json.loads((tmp_path / "s.json").read_text(encoding="utf-8")) == document


def test_it_is_told_in_words(call: Call, shared: Path) -> None:
    (instance,) = (shared / "benchmarks" / "carp").rglob("gdb1.dat")
    said = call("solve", instance, "--work-limit", 500, "--lang", "zh")
    assert said.code == 0
    assert "目标值: " in said.out
    assert "可行: 是" in said.out


def test_files_that_cannot_be_used_are_named(call: Call, tmp_path: Path) -> None:
    (tmp_path / "x.dat").write_text("nonsense")
    for path in (tmp_path / "x.dat", tmp_path / "none.dat"):
        said = call("solve", path)
        assert (said.code, said.out) == (2, "")
        assert path.name in said.err


def test_a_place_that_cannot_be_written_is_named(call: Call, shared: Path) -> None:
    (instance,) = (shared / "benchmarks" / "carp").rglob("gdb1.dat")
    said = call("solve", instance, "--work-limit", 10, "--out", "/nowhere/s.json")
    assert said.code == 2
    assert "cannot write /nowhere/s.json" in said.err.splitlines()[-1]
