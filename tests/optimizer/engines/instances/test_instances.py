"""Public instance files: recognised, read, solved in their own ids; damaged ones named with their line."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from layers.errors import InputError, ParameterError
from optimizer.engines.instances import solve_file
from optimizer.engines.instances.carp import read_carp
from optimizer.engines.instances.families import family_of, read_text
from tests.independent.tiny import CARP
from tests.optimizer.engines.instances.written import check_refused, written


def check_solution(edges: dict[frozenset[int], int], routes: list[list[list[int]]]) -> None:
    """Each required edge exactly once, in either direction."""
    served = [frozenset(edge) for route in routes for edge in route]
    assert sorted(map(sorted, served)) == sorted(map(sorted, edges))


@pytest.mark.uncompiled
def test_ring_is_solved_in_the_files_ids(tmp_path: Path) -> None:
    solved = solve_file(written(tmp_path, CARP), work_limit=60, seed=3, threads=2)
    assert (solved["objective"], solved["feasible"], solved["engine"], solved["seed"]) == (46, True, "jingcheng", 3)
    assert (solved["family"], solved["instance"], solved["bound"], solved["gap"]) == ("carp", "tiny", 46, 0.0)
    check_solution({frozenset(e): 1 for e in ((1, 2), (2, 3), (3, 4), (4, 1))}, solved["solution"]["routes"])


def test_direction_of_service_is_written(tmp_path: Path) -> None:
    solved = solve_file(written(tmp_path, CARP), work_limit=60)
    (route,) = solved["solution"]["routes"]
    assert all(a[1] == b[0] for a, b in pairwise(route))
    assert (route[0][0], route[-1][1]) == (1, 1)


def test_capacity_stands_in_for_the_files(tmp_path: Path) -> None:
    solved = solve_file(written(tmp_path, CARP), work_limit=60, capacity=2)
    assert len(solved["solution"]["routes"]) == 2
    assert solved["objective"] == 40 + 4 * 3 + 2 * 20


def test_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, CARP.replace("\n", "\r\n"))
    assert read_carp(path, read_text(path)).problem.n_tasks == 4


def test_other_engine_answers_in_its_name(tmp_path: Path) -> None:
    solved = solve_file(written(tmp_path, CARP), work_limit=5, engine="ortools")
    assert (solved["engine"], solved["objective"]) == ("ortools", 46)


DAMAGE = [
    (" CAPACIDAD : 4", " CAPACIDAD : vier", "line 7: CAPACIDAD is 'vier', a whole number is expected"),
    (" CAPACIDAD : 4\n", "", "line 16: the file ends without CAPACIDAD"),
    (" DEPOSITO :   5\n", "", "line 16: the file ends without DEPOSITO"),
    (" DEPOSITO :   5", " DEPOSITO :   9", r"line 17: DEPOSITO is 9, a vertex in 1\.\.5 is expected"),
    (" ( 4, 1)  coste 10 demanda 1\n", "", "line 4: ARISTAS_REQ is 4, but LISTA_ARISTAS_REQ holds 3 streets"),
    (" ( 1, 5)  coste 3\n", "", "line 5: ARISTAS_NOREQ is 1, but LISTA_ARISTAS_NOREQ holds 0 streets"),
    ("(3, 4)  coste 10", "(3, 4)  coste x", "line 13: cannot read '.3, 4.  coste x demanda 1'"),
    ("(3, 4)  coste 10 demanda 1", "(3, 4)  coste 10", "line 13: cannot read"),
    ("( 1, 5)  coste 3", "( 1, 5)  coste 3 demanda 1", "line 16: cannot read"),
    ("( 1, 5)", "( 1, 6)", r"line 16: vertex 6 is outside 1\.\.5"),
    ("( 1, 2)  coste 10 demanda 1", "( 1, 2)  coste 10 demanda 7", "line 11: demand 7 exceeds the capacity 4"),
    ("( 1, 2)  coste 10", "( 1, 2)  coste 999999999999", "line 11: a figure is too large"),
    (" VEHICULOS", " WAGEN", "line 6: keyword WAGEN is unknown"),
    (" VEHICULOS : 2", " VERTICES : 2", "line 6: VERTICES is given a second time"),
    (" LISTA_ARISTAS_REQ :\n", "", "line 10: cannot read"),
]


@pytest.mark.parametrize(("old", "new", "message"), DAMAGE)
def test_damaged_file_is_named_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in CARP
    check_refused(written(tmp_path, CARP.replace(old, new)), message)


def test_file_cut_short_is_refused(tmp_path: Path) -> None:
    lines = CARP.splitlines(keepends=True)
    for n in range(1, len(lines)):
        with pytest.raises(InputError, match=r"tiny\.txt"):
            solve_file(written(tmp_path, "".join(lines[:n])), work_limit=1)


def test_missing_and_foreign_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read instance file"):
        solve_file(tmp_path / "none.dat")
    with pytest.raises(InputError, match="no instance format that is known"):
        solve_file(written(tmp_path, "a letter\n"))
    with pytest.raises(InputError, match="no instance format that is known"):
        solve_file(written(tmp_path, ""))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"engine": "magic"}, "there is no engine 'magic', one of jingcheng, ortools, pyvrp, highs is expected"),
        ({"threads": 0}, "threads is 0, at least 1 is expected"),
        ({"capacity": 0}, "capacity is 0, at least 1 is expected"),
        ({"work_limit": -1}, "work limit is -1 steps"),
    ],
)
def test_bad_options_are_refused(tmp_path: Path, options: dict[str, object], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        solve_file(written(tmp_path, CARP), **options)  # type: ignore[arg-type]


def test_every_shared_family_is_told_from_the_others(shared: Path) -> None:
    found: dict[str, set[str]] = {}
    for path in sorted((shared / "benchmarks").rglob("*")):
        if path.is_file() and path.suffix not in {".md", ".csv"}:
            family = path.relative_to(shared / "benchmarks").parts[0]
            kind = path.relative_to(shared / "benchmarks").parts[1] if family == "facility" else family
            found.setdefault(kind, set()).add(family_of(path, read_text(path)).value)
    assert found
    assert found == {family: {family} for family in found}


def test_every_shared_carp_file_is_read(shared: Path) -> None:
    paths = sorted((shared / "benchmarks" / "carp").rglob("*.dat"))
    assert len(paths) >= 60
    for path in paths:
        text = read_text(path)
        instance = read_carp(path, text)
        assert text.count("demanda") == instance.problem.n_tasks


@pytest.mark.parametrize(("name", "best"), [("gdb1", 316), ("gdb6", 298), ("gdb19", 55)])
def test_small_classics_are_solved_to_the_best_known(shared: Path, name: str, best: int) -> None:
    solved = solve_file(shared / "benchmarks" / "carp" / "gdb" / f"{name}.dat", work_limit=20_000, seed=1)
    assert solved["objective"] == best
    assert solved["bound"] is not None
    assert solved["bound"] <= best
