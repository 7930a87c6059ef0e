"""Solutions of ``solve`` are accepted by a judge that shares no code with the product, and broken ones are not."""

from __future__ import annotations

import copy
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.engines.arc_routing import methods
from optimizer.engines.instances import solve_file
from tests.independent.judge import faults
from tests.independent.made_up import mixed_file, turning_file
from tests.independent.tiny import BEST, TINY

FOLDER = Path(__file__).parent


def solved(folder: Path, family: str, n_steps: int = 2000) -> tuple[Path, dict[str, Any]]:
    path = folder / f"{family}.txt"
    path.write_text(TINY[family], encoding="ascii", newline="")
    return path, dict(solve_file(path, work_limit=n_steps, seed=1))


def test_the_judge_shares_nothing_with_the_product() -> None:
    for name in ("files.py", "judge.py"):
        imports = re.findall(r"^\s*(?:from|import) (\S+)", (FOLDER / name).read_text(encoding="utf-8"), re.M)
        assert imports
        assert not [x for x in imports if x.split(".")[0] in ("jingcheng", "desktop", "publish", "optimizer", "layers")]


@pytest.mark.uncompiled
@pytest.mark.parametrize("family", TINY)
def test_tiny_instances_are_solved_to_the_best(tmp_path: Path, family: str) -> None:
    path, document = solved(tmp_path, family, 200)
    assert faults(path, document) == []
    assert (document["family"], document["objective"], document["feasible"]) == (family, BEST[family], True)
    assert document["bound"] is None or document["bound"] <= BEST[family]


SMALL = [
    "carp/gdb/gdb3.dat",
    "carp/bmcv/C01.dat",
    "mcarp/Lpr/Lpr-a-02.txt",
    "mcarp/Lpr/Lpr-c-01.txt",
    "mcarptif/Lpr_IF/Lpr_IF-b-01.txt",
    "mcarptif/Lpr_IF/Lpr_IF-c-02.txt",
    "mcarptif/Act-IF/Act-IF-a.txt",
    "mcarptif-tp/Act-IF-TP-b-3.txt",
]


@pytest.mark.parametrize("name", SMALL)
def test_shared_instances_are_accepted(shared: Path, name: str) -> None:
    path = shared / "benchmarks" / name
    # The time limit is far off; the time for the bound goes by it.
    document = dict(solve_file(path, work_limit=3000, time_limit_s=10, seed=2))
    assert faults(path, document) == []
    assert document["feasible"]
    assert document["objective"] is not None


@pytest.mark.parametrize("family", ["mcarp", "mcarptif", "mcarptif-tp"])
@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 100_000))
def test_what_is_claimed_on_made_up_instances_is_believed(
    tmp_path_factory: pytest.TempPathFactory, family: str, seed: int
) -> None:
    text = turning_file(seed) if family == "mcarptif-tp" else mixed_file(seed, dumps=family == "mcarptif")
    path = tmp_path_factory.mktemp("made_up") / "tiny.txt"
    path.write_text(text, encoding="ascii")
    document = dict(solve_file(path, work_limit=40, seed=seed))
    assert document["family"] == family
    found = faults(path, document)
    assert not document["feasible"] or found == []
    assert document["feasible"] or document["unserved"]


def first(document: dict[str, Any], key: str) -> tuple[list[Any], int]:
    """Return the route and the place in it of the first step of a kind."""
    for route in document["solution"]["routes"]:
        for k, step in enumerate(route):
            if key in step:
                return route, k
    raise AssertionError(key)


def drop_service(document: dict[str, Any]) -> None:
    route, k = first(document, "serve")
    del route[k]


def serve_twice(document: dict[str, Any]) -> None:
    route, k = first(document, "serve")
    route.insert(k, route[k])


def drop_dump(document: dict[str, Any]) -> None:
    route, k = first(document, "dump")
    del route[k]


def drop_last_dump(document: dict[str, Any]) -> None:
    route, _ = first(document, "dump")
    route.pop()


def dump_elsewhere(document: dict[str, Any]) -> None:
    route, k = first(document, "dump")
    route[k] = {"dump": 99}


def turn_about(document: dict[str, Any]) -> None:
    for route in document["solution"]["routes"]:
        for step in route:
            if "serve" in step:
                step["serve"] = step["serve"][::-1]


def wrong_line(document: dict[str, Any]) -> None:
    route, k = first(document, "serve")
    route[k]["line"] += 1


def all_in_one(document: dict[str, Any]) -> None:
    document["solution"]["routes"] = [[step for route in document["solution"]["routes"] for step in route]]


def one_each(document: dict[str, Any]) -> None:
    (route,) = document["solution"]["routes"]
    cut = next(k for k, step in enumerate(route) if "dump" in step) + 1
    document["solution"]["routes"] = [route[:cut], route[cut:]]


def claim_less(document: dict[str, Any]) -> None:
    document["objective"] -= 0.5


def claim_too_much_proven(document: dict[str, Any]) -> None:
    document["bound"] = document["objective"] + 0.5


@pytest.mark.parametrize(
    ("family", "breaks", "reason"),
    [
        ("mcarp", drop_service, "line . is not served"),
        ("mcarptif", serve_twice, "line . is served twice"),
        ("mcarptif", drop_dump, "load .* exceeds the capacity"),
        ("mcarptif-tp", drop_dump, "load .* exceeds the capacity"),
        ("mcarptif", drop_last_dump, "ends loaded"),
        ("mcarptif-tp", dump_elsewhere, "99 is no dump site"),
        ("mcarp", turn_about, "against its direction"),
        ("mcarptif-tp", wrong_line, "is not required line"),
        ("mcarp", all_in_one, "load .* exceeds the capacity"),
        ("mcarptif-tp", one_each, "2 routes, there is one vehicle"),
        ("mcarptif-tp", turn_about, "objective is said to be"),
        ("carp", claim_less, "objective is said to be 45.5, the solution costs 46.0"),
        ("mcarptif-tp", claim_less, "objective is said to be 156.0, the solution costs 156.5"),
        ("mcarp", claim_too_much_proven, "bound is said to be 41.5, the solution costs 41.0"),
    ],
)
def test_broken_solutions_are_refused(tmp_path: Path, family: str, breaks: Any, reason: str) -> None:
    path, document = solved(tmp_path, family)
    broken = copy.deepcopy(document)
    breaks(broken)
    found = faults(path, broken)
    assert any(re.search(reason, text) for text in found), found


def test_carp_is_refused_for_what_it_serves(tmp_path: Path) -> None:
    path, document = solved(tmp_path, "carp")
    for edge, reason in (([1, 5], "is no required edge"), ([1, 2], "is served twice")):
        broken = copy.deepcopy(document)
        broken["solution"]["routes"][0].append(edge)
        assert any(reason in text for text in faults(path, broken))


def test_a_route_that_takes_too_long_is_refused(tmp_path: Path) -> None:
    path, document = solved(tmp_path, "mcarptif")
    path.write_text(TINY["mcarptif"].replace("MAX_TRIP : 60", "MAX_TRIP : 49"), encoding="ascii")
    assert faults(path, document) == ["route 0: takes 50000, at most 49000"]
    shorter = dict(solve_file(path, work_limit=500, seed=1))
    assert (shorter["objective"], faults(path, shorter)) == (68, [])


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 100_000))
def test_loads_of_two_kinds_are_believed_when_they_are_planned_in_windows(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    path = tmp_path_factory.mktemp("made_up") / "tiny.txt"
    path.write_text(turning_file(seed), encoding="ascii")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(methods, "MOST_TASKS_IN_ONE_TABLE", 0)
        document = dict(solve_file(path, work_limit=80, seed=seed))
    found = faults(path, document)
    assert not document["feasible"] or found == []
    assert document["feasible"] or document["unserved"]
