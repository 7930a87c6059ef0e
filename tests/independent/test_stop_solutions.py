"""Solutions of vehicle routing are accepted by a judge that shares no code with the product, and broken ones are not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.engines.instances import solve_file
from tests.independent.made_up_stops import made_up
from tests.independent.stop_judge import stop_faults
from tests.independent.tiny_stops import BEST_STOPS, TINY_STOPS

FOLDER = Path(__file__).parent
# The best solution of each tiny instance, written by hand.
BY_HAND: dict[str, list[Any]] = {
    "vrptw": [[3, 1], [2]],
    "multitrip-vrptw": [[[2], [3]]],
    "waste-vrptw": [["1", "9", "2", "9"]],
}


def written(folder: Path, family: str, old: str = "", new: str = "") -> Path:
    text = TINY_STOPS[family]
    assert old in text
    path = folder / "tiny.txt"
    path.write_text(text.replace(old, new, 1) if old else text, encoding="ascii", newline="")
    return path


def document(family: str, routes: list[Any], objective: float | None = None) -> dict[str, Any]:
    claimed = BEST_STOPS[family] if objective is None else objective
    return {"family": family, "objective": claimed, "bound": None, "solution": {"routes": routes}}


def test_the_judge_shares_nothing_with_the_product() -> None:
    for name in ("stop_files.py", "stop_judge.py"):
        imports = re.findall(r"^\s*(?:from|import) (\S+)", (FOLDER / name).read_text(encoding="utf-8"), re.M)
        assert imports
        assert not [x for x in imports if x.split(".")[0] in ("jingcheng", "desktop", "publish", "optimizer", "layers")]


@pytest.mark.parametrize("family", TINY_STOPS)
def test_solutions_by_hand_are_accepted(tmp_path: Path, family: str) -> None:
    assert stop_faults(written(tmp_path, family), document(family, BY_HAND[family])) == []


@pytest.mark.parametrize("family", TINY_STOPS)
def test_tiny_instances_are_solved_to_the_best(tmp_path: Path, family: str) -> None:
    path = written(tmp_path, family)
    found: dict[str, Any] = dict(solve_file(path, work_limit=200, seed=1))
    assert stop_faults(path, found) == []
    assert (found["family"], found["objective"], found["feasible"]) == (family, BEST_STOPS[family], True)
    assert found["bound"] is None or found["bound"] <= BEST_STOPS[family]
    assert len(found["solution"]["routes"]) == len(BY_HAND[family])


SPOILT: list[tuple[str, str, str, list[Any], str]] = [
    ("vrptw", "", "", [[1, 3], [2]], "3 is reached at 9.6, at most 2.0"),
    ("vrptw", "", "", [[3, 1, 2]], "load 14 exceeds the capacity 10"),
    ("vrptw", "", "", [[3], [1], [2]], "3 routes, there are 2 vehicles"),
    ("vrptw", "", "", [[3, 1]], "2 is not served"),
    ("vrptw", "", "", [[3, 1, 3], [2]], "3 is served twice"),
    ("vrptw", "", "", [[3, 1], [2, 7]], "7 is no stop"),
    ("vrptw", " 40          0\n", " 20          0\n", [[3, 1], [2]], "back at 21.0, at most 20.0"),
    ("multitrip-vrptw", "3\t12\n", "3\t13\n", [[[2], [3]]], "back at 34.0, at most 33.0"),
    ("multitrip-vrptw", "", "", [[[3], [2]]], "2 is reached at 38.0, at most 20.0"),
    ("multitrip-vrptw", "", "", [[[2, 3]]], "load 12 exceeds the capacity 10"),
    ("multitrip-vrptw", "", "", [[[2]], [[3]]], "2 routes, there are 1 vehicles"),
    ("waste-vrptw", "1304", "1303", [["1", "9", "2", "9"]], "not back in time with lunch"),
    ("waste-vrptw", "", "", [["1", "9", "2"]], "ends loaded"),
    ("waste-vrptw", "", "", [["1", "2", "9"]], "load 12 exceeds the capacity 10"),
    ("waste-vrptw", "12.0\t", "11.0\t", [["1", "9", "2", "9"]], "takes 12 in all, at most 11"),
    ("waste-vrptw", "2\t\t// total", "1\t\t// total", [["1", "9", "2", "9"]], "2 stops, at most 1"),
    ("waste-vrptw", "900\t2400", "900\t1100", [["1", "9", "2", "9"]], "9 cannot be reached in time"),
    ("waste-vrptw", "", "", [["1", "8", "2", "9"]], "8 is no stop"),
]


@pytest.mark.parametrize(("family", "old", "new", "routes", "reason"), SPOILT)
def test_broken_solutions_are_refused(
    tmp_path: Path, family: str, old: str, new: str, routes: list[Any], reason: str
) -> None:
    found = stop_faults(written(tmp_path, family, old, new), document(family, routes))
    assert any(re.search(reason, text) for text in found), found


def test_who_is_back_by_noon_may_eat_afterwards(tmp_path: Path) -> None:
    # With 20 minutes less at stop 1 it is back at 11:44 without lunch.
    path = written(tmp_path, "waste-vrptw", "1304 0", "1200 0")
    assert stop_faults(path, document("waste-vrptw", BY_HAND["waste-vrptw"])) != []
    path.write_text(path.read_text(encoding="ascii").replace("2400 1800 6.00", "2400 600 6.00"), encoding="ascii")
    assert stop_faults(path, document("waste-vrptw", BY_HAND["waste-vrptw"])) == []


@pytest.mark.parametrize("family", TINY_STOPS)
def test_false_claims_are_refused(tmp_path: Path, family: str) -> None:
    path, best = written(tmp_path, family), BEST_STOPS[family]
    told = document(family, BY_HAND[family], best - 0.5)
    assert stop_faults(path, told) == [f"objective is said to be {best - 0.5}, the solution costs {float(best)}"]
    told = document(family, BY_HAND[family]) | {"bound": best + 1}
    assert stop_faults(path, told) == [f"bound is said to be {best + 1}, the solution costs {float(best)}"]
    assert stop_faults(path, document(family, BY_HAND[family]) | {"family": "carp"}) == [f"family carp, it is {family}"]


@pytest.mark.parametrize("family", TINY_STOPS)
@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 100_000))
def test_what_is_claimed_on_made_up_instances_is_believed(
    tmp_path_factory: pytest.TempPathFactory, family: str, seed: int
) -> None:
    path = tmp_path_factory.mktemp("made_up") / "tiny.txt"
    path.write_text(made_up(family, seed), encoding="ascii")
    found = dict(solve_file(path, work_limit=60, seed=seed))
    assert found["family"] == family
    assert not found["feasible"] or stop_faults(path, found) == []
    assert found["feasible"] or found["unserved"]


SMALL = ["vrptw/solomon/c101.txt", "vrptw/gh200/r1_2_4.txt", "multitrip-vrptw/R202R0.75.vrp", "waste-vrptw/102_stop.txt"]


@pytest.mark.parametrize("name", SMALL)
def test_shared_instances_are_accepted(shared: Path, name: str) -> None:
    path = shared / "benchmarks" / name
    found = dict(solve_file(path, work_limit=300, time_limit_s=20, seed=2))
    assert stop_faults(path, found) == []
    assert found["feasible"]
