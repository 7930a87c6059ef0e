from __future__ import annotations

import json
from pathlib import Path

from tests.independent.tiny import MCARPTIF, MCARPTIF_TP
from tests.independent.tiny_stops import MULTITRIP, VRPTW, WASTE
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


def test_oddities_of_a_file_and_what_is_not_served_are_told(call: Call, tmp_path: Path) -> None:
    instance = tmp_path / "tiny.txt"
    instance.write_text(MCARPTIF.replace("MAX_TRIP : 60", "MAX_TRIP : 33"), encoding="ascii")
    said = call("solve", instance, "--work-limit", 50)
    assert said.code == 1
    assert "feasible: no" in said.out
    assert "note: line 3: REQ_EDGES is 3, LIST_REQ_EDGES holds 2 streets; these were taken" in said.out
    assert "2 streets are not served:\n  [-2, -3]: serving it alone takes longer than the limit" in said.out
    said = call("solve", instance, "--work-limit", 50, "--json", "--lang", "zh")
    assert said.code == 1
    assert (said.document["feasible"], said.document["objective"], said.document["gap"]) == (False, None, None)
    assert said.document["unserved"][1] == {"serve": [-3, -4], "line": 1, "reason": "单独服务即超过时限"}
    assert said.document["notes"] == ["第 3 行：REQ_EDGES 为 3，LIST_REQ_EDGES 中有 2 条；以后者为准"]


def test_fractions_of_the_files_units_are_told(call: Call, tmp_path: Path) -> None:
    (tmp_path / "tiny.txt").write_text(MCARPTIF_TP, encoding="ascii")
    said = call("solve", tmp_path / "tiny.txt", "--work-limit", 100)
    assert said.code == 0
    assert "objective: 156.5" in said.out


def test_no_time_is_no_time(call: Call, tmp_path: Path) -> None:
    (tmp_path / "tiny.txt").write_text(MCARPTIF_TP, encoding="ascii")
    said = call("solve", tmp_path / "tiny.txt", "--time-limit", 0, "--json")
    assert said.document["seconds"] < 30


def test_a_damaged_file_gets_one_line(call: Call, tmp_path: Path) -> None:
    (tmp_path / "tiny.txt").write_text(MCARPTIF_TP.replace("10 0,20 0", "10 0;20 0"), encoding="ascii")
    said = call("solve", tmp_path / "tiny.txt", "--work-limit", 100, "--json")
    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines()[-1].endswith(
        "tiny.txt, line 14: cannot read '10 0;20 0', 'x y,x y ...' is expected; mend the line"
    )


def test_the_old_solution_stays_where_the_new_one_cannot_be_written(call: Call, tmp_path: Path) -> None:
    (tmp_path / "tiny.txt").write_text(MCARPTIF_TP, encoding="ascii")
    (tmp_path / "s.json").mkdir()
    said = call("solve", tmp_path / "tiny.txt", "--work-limit", 10, "--out", tmp_path / "s.json")
    assert said.code == 2
    assert "cannot write" in said.err.splitlines()[-1]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["s.json", "tiny.txt"]


def test_stops_are_answered_in_the_files_ids(call: Call, tmp_path: Path) -> None:
    (tmp_path / "tiny.txt").write_text(VRPTW, encoding="ascii")
    said = call("solve", tmp_path / "tiny.txt", "--work-limit", 100, "--json")
    assert said.code == 0, said.err
    document = said.document
    assert (document["family"], document["objective"], document["feasible"]) == ("vrptw", 30, True)
    assert sorted(stop for route in document["solution"]["routes"] for stop in route) == [1, 2, 3]


def test_stops_that_are_not_served_are_told(call: Call, tmp_path: Path) -> None:
    (tmp_path / "tiny.txt").write_text(VRPTW.replace("0         40 ", "0         20 "), encoding="ascii")
    said = call("solve", tmp_path / "tiny.txt", "--work-limit", 50)
    assert said.code == 1
    assert "1 stop is not served:\n  2: serving it alone takes longer than the limit" in said.out
    said = call("solve", tmp_path / "tiny.txt", "--work-limit", 50, "--json", "--lang", "zh")
    assert said.document["unserved"] == [{"stop": 2, "reason": "单独服务即超过时限"}]


def test_a_peer_refuses_what_it_cannot_be_told(call: Call, tmp_path: Path) -> None:
    (tmp_path / "tiny.txt").write_text(WASTE, encoding="ascii")
    said = call("solve", tmp_path / "tiny.txt", "--work-limit", 50, "--engine", "pyvrp")
    assert (said.code, said.out) == (2, "")
    assert "pyvrp" in said.err.splitlines()[-1]
    assert "breaks" in said.err.splitlines()[-1]


def test_a_damaged_file_of_stops_gets_one_line(call: Call, tmp_path: Path) -> None:
    (tmp_path / "tiny.vrp").write_text(MULTITRIP.replace("3\t6\t8\n", "3\t6\n"), encoding="ascii")
    said = call("solve", tmp_path / "tiny.vrp", "--work-limit", 10, "--json")
    assert (said.code, said.out) == (2, "")
    assert r"tiny.vrp, line 12: cannot read '3\t6', 'number x y' is expected; mend the line" in said.err.splitlines()[-1]
