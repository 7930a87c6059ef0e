"""Files of mcarp and mcarptif: read with all their oddities, damaged ones named with their line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from layers.errors import InputError
from optimizer.engines.instances import solve_file
from optimizer.engines.instances.mixed import read_mixed
from optimizer.engines.instances.reading import read_instance
from optimizer.engines.instances.street_instance import StreetInstance
from optimizer.engines.instances.street_problems import junction_problem
from optimizer.engines.instances.streets import StreetFile
from tests.independent.tiny import MCARP, MCARPTIF
from tests.optimizer.engines.instances.written import check_refused, read_streets, written


def read(text: str, name: str = "tiny.txt") -> StreetFile:
    return read_mixed(Path(name), text)


def said(file: StreetFile) -> list[str]:
    return [note.get("en") for note in file.notes]


def test_lines_are_counted_edges_first() -> None:
    edge, first, second = read(MCARP).required
    assert ((edge.tail, edge.head), edge.one_way, edge.serve, edge.drive, edge.demand) == (
        *((1, 2), False, Decimal(10), Decimal(3)),
        (Decimal(4),),
    )
    assert [(s.tail, s.head, s.one_way, s.drive, s.line) for s in (first, second)] == [
        (2, 3, True, Decimal(3), 16),
        (2, 3, True, Decimal(5), 17),
    ]


def test_oddities_of_published_files_are_read_and_told() -> None:
    file = read(MCARPTIF)
    assert (file.depot, file.sites, file.dump_costs, file.shift) == (-1, (-4,), (Decimal(2),), Decimal(60))
    assert said(file) == ["line 3: REQ_EDGES is 3, LIST_REQ_EDGES holds 2 streets; these were taken"]
    assert read(MCARP).notes == ()


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        ("NODES : 4", "NODES : 3", "line 2: NODES is 3, the file holds 4 nodes, up to id -1; these were taken"),
        ("NOREQ_EDGES : 1", "NOREQ_EDGES : 9", "line 4: NOREQ_EDGES is 9, LIST_NOREQ_EDGES holds 1 streets"),
        ("VEHICLES : 15", "ACCESS_SITES : 1", "line 7: ACCESS_SITES is no keyword of the format, it is not used"),
        ("SITES : -4", "SITES : -4, 251", "no street touches dump site 251; it is not used"),
    ],
)
def test_what_is_passed_over_is_told(tmp_path: Path, old: str, new: str, note: str) -> None:
    path = written(tmp_path, MCARPTIF.replace(old, new))
    notes = [text.get("en") for text in read_instance(path)[1].notes]
    assert any(text.startswith(note) for text in notes), notes


def test_a_shift_past_all_figures_limits_nothing() -> None:
    for endless in ("999999999999", "inf", "200000000", ""):
        text = MCARPTIF.replace("MAX_TRIP : 60\n", f"MAX_TRIP : {endless}\n" if endless else "")
        assert junction_problem(read(text)).groups[0].shift_s is None


def test_figures_with_decimals_are_made_whole(tmp_path: Path) -> None:
    text = MCARPTIF.replace("DUMPING_COST : 2", "DUMPING_COST : 2.25").replace("demand 6", "demand 5.5")
    path = written(tmp_path, text)
    assert read_streets(path).n_places == 2
    assert solve_file(path, work_limit=200)["objective"] == 50.5


def test_unloading_at_the_depot_is_paid_once_a_vehicle(tmp_path: Path) -> None:
    path = written(tmp_path, MCARP.replace("CAPACITY : 8", "CAPACITY : 12"))
    # all in one: 1-2 served 10, 2=>3 10, 3-1 2, 1-2 3, 2=>3 12, 3-1 2, unload 1
    assert solve_file(path, work_limit=500)["objective"] == 40


def test_capacity_may_be_given(tmp_path: Path) -> None:
    path = written(tmp_path, MCARP)
    assert solve_file(path, work_limit=500, capacity=12)["objective"] == 40
    with pytest.raises(InputError, match=r"line 12: demand 4 exceeds the capacity 3"):
        solve_file(path, work_limit=1, capacity=3)


def test_a_street_that_cannot_be_left_makes_it_infeasible(tmp_path: Path) -> None:
    path = written(tmp_path, MCARP.replace("(3,1)   cost 2", "(1,3)   cost 2"))
    solved = solve_file(path, work_limit=100)
    assert (solved["feasible"], solved["objective"], solved["gap"]) == (False, None, None)
    assert [(s["serve"], s["line"]) for s in solved["unserved"]] == [([2, 3], 1), ([2, 3], 2)]
    assert {s["reason"].get("en") for s in solved["unserved"]} == {"no vehicle can drive there and come back"}


DAMAGE = [
    ("CAPACITY : 8", "CAPACITY : viel", "line 8: CAPACITY is 'viel', a number of at least 0 is expected"),
    ("CAPACITY : 8\n", "", "line 19: the file ends without CAPACITY"),
    ("CAPACITY : 8", "CAPACITY : 8\nCAPACITY : 9", "line 9: CAPACITY is given a second time"),
    ("\nDEPOT : 1", "", "line 19: the file ends without DEPOT"),
    ("DEPOT : 1", "DEPOT : 8", "line 20: DEPOT is 8, which no street touches"),
    ("DEPOT : 1", "DEPOT : x", "line 20: DEPOT is 'x', a whole number is expected"),
    ("REQ_ARCS : 2", "REQ_ARCS : 4", "line 5: REQ_ARCS is 4, but LIST_REQ_ARCS holds 2 streets"),
    ("REQ_ARCS : 2", "REQ_ARCS : two", "line 5: REQ_ARCS is 'two', a whole number is expected"),
    ("(1,2)   serv_cost 10", "(1,2)   serv_cost ten", "line 12: serve is 'ten', a number of at least 0 is expected"),
    ("(1,2)   serv_cost 10", "(1,2)   serv_cost -3", "line 12: serve is '-3', a number of at least 0"),
    ("(1,2)   serv_cost 10", "(1;2)   serv_cost 10", r"line 12: cannot read '.1;2.*serv_cost S trav_cost T demand D"),
    ("(1,2)   serv_cost 10   ", "(1,2)   ", r"line 12: cannot read '.1,2. .*is expected"),
    ("(1,2)   serv_cost 10", "(1,2)   serv_cost 999999999", "line 12: serve is 999999999, less than 134217728 is expected"),
    ("demand 4", "demand 9", "line 12: demand 9 exceeds the capacity 8"),
    ("cost 7", "serv_cost 7", r"line 14: cannot read '. 3, 4 .*'.u,v. cost T' is expected"),
    ("LIST_REQ_EDGES :\n", "", "line 11: cannot read '.1,2."),
    ("MAX_TRIP : 100", "MAX_TRIP : long", "line 10: MAX_TRIP is 'long', a number of at least 0"),
]


@pytest.mark.parametrize(("old", "new", "message"), DAMAGE)
def test_damaged_file_is_named_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in MCARP
    check_refused(written(tmp_path, MCARP.replace(old, new, 1)), message)


def test_a_file_of_dump_sites_without_them_is_refused() -> None:
    cut = MCARPTIF[: MCARPTIF.index("DUMPING_SITES")]
    for name in ("Lpr_IF-a-01.txt", "Act-IF-a.txt", "gdb1_IF_3L.txt"):
        with pytest.raises(InputError, match="the file ends without DUMPING_SITES"):
            read(cut, name)
    assert read(cut, "Gulf.txt").sites == ()


def test_file_cut_short_is_refused(tmp_path: Path) -> None:
    lines = MCARP.splitlines(keepends=True)
    for n in range(1, len(lines)):
        path = written(tmp_path, "".join(lines[:n]))
        with pytest.raises(InputError, match=r"tiny\.txt"):
            read_instance(path)


def test_every_shared_file_is_read(shared: Path) -> None:
    paths = sorted((shared / "benchmarks" / "mcarp").rglob("*.txt")) + sorted(
        (shared / "benchmarks" / "mcarptif").rglob("*.txt")
    )
    assert len(paths) >= 33
    for path in paths:
        family, instance = read_instance(path)
        assert isinstance(instance, StreetInstance)
        assert family.value == path.relative_to(shared / "benchmarks").parts[0]
        assert path.read_text().count("serv_cost") == instance.problem.n_tasks
        assert instance.notes == ()
