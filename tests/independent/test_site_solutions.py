"""Solutions of facility location are accepted by a judge that shares no code with the product, and broken ones are not."""

from __future__ import annotations

import re
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optimizer.engines.instances import solve_file
from tests.independent.made_up_sites import made_up
from tests.independent.site_files import Ground, read
from tests.independent.site_judge import site_faults
from tests.independent.tiny_sites import BEST_SITES, TINY_SITES

FOLDER = Path(__file__).parent
THIRD = 1 / 3
# The best solution of each tiny instance, written by hand.
BY_HAND: dict[str, dict[str, Any]] = {
    "cap": {"open": [1, 2], "assign": [[2, 1, 2 * THIRD], [1, 1, THIRD], [1, 2, 1.0]]},
    "sscflp": {"open": [1, 2], "assign": [[2, 1, 1.0], [1, 2, 1.0]]},
    "pmed": {"open": [2, 4]},
}


def written(folder: Path, family: str, old: str = "", new: str = "") -> Path:
    text = TINY_SITES[family]
    assert old in text
    path = folder / "tiny.txt"
    path.write_text(text.replace(old, new, 1) if old else text, encoding="ascii", newline="")
    return path


def document(family: str, solution: dict[str, Any], objective: float | None = None) -> dict[str, Any]:
    claimed = BEST_SITES[family] if objective is None else objective
    return {"family": family, "objective": claimed, "bound": None, "solution": solution}


def test_the_judge_shares_nothing_with_the_product() -> None:
    for name in ("site_files.py", "site_judge.py"):
        imports = re.findall(r"^\s*(?:from|import) (\S+)", (FOLDER / name).read_text(encoding="utf-8"), re.M)
        assert imports
        assert not [x for x in imports if x.split(".")[0] in ("jingcheng", "desktop", "publish", "optimizer", "layers")]


@pytest.mark.parametrize("family", TINY_SITES)
def test_solutions_by_hand_are_accepted(tmp_path: Path, family: str) -> None:
    assert site_faults(written(tmp_path, family), document(family, BY_HAND[family])) == []


@pytest.mark.parametrize("family", TINY_SITES)
def test_tiny_instances_are_solved_to_the_best(tmp_path: Path, family: str) -> None:
    path = written(tmp_path, family)
    found: dict[str, Any] = dict(solve_file(path, work_limit=200, seed=1))
    assert site_faults(path, found) == []
    assert (found["family"], found["objective"], found["feasible"]) == (family, BEST_SITES[family], True)
    assert found["bound"] == pytest.approx(BEST_SITES[family], rel=1e-6)


SPOILT: list[tuple[str, dict[str, Any], str]] = [
    ("cap", {"open": [1, 2], "assign": [[2, 1, 1.0], [1, 2, 1.0]]}, "2 serves 6, at most 4"),
    ("cap", {"open": [1], "assign": [[2, 1, 0.5], [1, 1, 0.5], [1, 2, 1.0]]}, "2 serves and is not open"),
    ("cap", {"open": [1, 2], "assign": [[2, 1, 0.5], [1, 2, 1.0]]}, "1 is served 0.5 times"),
    ("cap", {"open": [1, 2, 2], "assign": [[1, 2, 1.0]]}, "a site is open twice"),
    ("cap", {"open": [1, 2], "assign": [[1, 1, 1.5], [1, 2, 1.0]]}, "the share 1.5"),
    ("sscflp", {"open": [1, 2], "assign": [[2, 1, 0.5], [1, 1, 0.5], [1, 2, 1.0]]}, "1 is served by 2 sites"),
    ("sscflp", {"open": [1], "assign": [[1, 1, 1.0], [1, 2, 1.0]]}, "1 serves 12, at most 10"),
    ("sscflp", {"open": [1, 4], "assign": [[1, 1, 1.0]]}, "4 is no site"),
    ("sscflp", {"open": [1, 2], "assign": [[1, 3, 1.0]]}, "no such customer or site"),
    ("pmed", {"open": [2]}, "1 open, 2 are asked for"),
    ("pmed", {"open": [2, 5]}, "5 is no site"),
    ("pmed", {"open": [1, 3]}, "objective is said to be 5, the solution costs 6"),
]


@pytest.mark.parametrize(("family", "solution", "reason"), SPOILT)
def test_broken_solutions_are_refused(tmp_path: Path, family: str, solution: dict[str, Any], reason: str) -> None:
    found = site_faults(written(tmp_path, family), document(family, solution))
    assert any(re.search(reason, text) for text in found), found


@pytest.mark.parametrize("family", TINY_SITES)
def test_false_claims_are_refused(tmp_path: Path, family: str) -> None:
    path, best = written(tmp_path, family), BEST_SITES[family]
    told = document(family, BY_HAND[family], best - 0.5)
    assert site_faults(path, told) == [f"objective is said to be {best - 0.5}, the solution costs {best}"]
    told = document(family, BY_HAND[family]) | {"bound": best + 1}
    assert site_faults(path, told) == [f"bound is said to be {best + 1}, the solution costs {best}"]
    assert site_faults(path, document(family, BY_HAND[family]) | {"family": "carp"}) == [f"family carp, it is {family}"]


def cheapest(ground: Ground) -> float | None:
    """Return what the best solution costs, by trying all; None where there is none. Demand is not split."""
    sites = range(len(ground.fixed))
    if ground.family == "pmed":
        tried = combinations(sites, ground.n_open)
        return float(min(sum(min(row[s] for s in chosen) for row in ground.cost) for chosen in tried))
    best = None
    for served in product(sites, repeat=len(ground.demand)):
        load = [sum(d for d, by in zip(ground.demand, served, strict=True) if by == s) for s in sites]
        if all(x <= most for x, most in zip(load, ground.capacity, strict=True)):
            cost = sum(ground.fixed[s] for s in set(served)) + sum(ground.cost[i][s] for i, s in enumerate(served))
            best = cost if best is None else min(best, cost)
    return None if best is None else float(best)


@pytest.mark.parametrize("family", TINY_SITES)
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 100_000))
def test_what_is_claimed_on_made_up_instances_is_believed(
    tmp_path_factory: pytest.TempPathFactory, family: str, seed: int
) -> None:
    path = tmp_path_factory.mktemp("made_up") / "tiny.txt"
    path.write_text(made_up(family, seed), encoding="ascii")
    found: dict[str, Any] = dict(solve_file(path, work_limit=200, seed=seed))
    assert found["family"] == family
    best = cheapest(read(path))
    assert not found["feasible"] or site_faults(path, found) == []
    if family == "cap":  # what is split may cost less, or be possible where nothing whole is
        assert best is None or (found["feasible"] and found["objective"] <= best + 1e-6)
    else:
        assert found["feasible"] == (best is not None)
        assert best is None or found["objective"] == pytest.approx(best, abs=1e-6)
        assert best is None or found["bound"] is None or found["bound"] <= best + 1e-6


SMALL = ["cap/cap41.txt", "cap/cap101.txt", "sscflp/holmberg/p1", "sscflp/holmberg/p25", "pmed/pmed1.txt"]


@pytest.mark.parametrize("name", SMALL)
def test_shared_instances_are_accepted(shared: Path, name: str) -> None:
    path = shared / "benchmarks" / "facility" / name
    found = dict(solve_file(path, work_limit=300, time_limit_s=20, seed=2))
    assert site_faults(path, found) == []
    assert found["feasible"]
