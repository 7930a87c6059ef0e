"""Files of the family vrptw: read in tenths that are cut off; damaged ones named with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.independent.tiny_stops import VRPTW
from tests.optimizer.engines.instances.written import check_refused, read_stops, written


def test_figures_are_tenths_and_cut_off(tmp_path: Path) -> None:
    problem = read_stops(written(tmp_path, VRPTW)).problem
    profile = problem.profiles[0]
    # From (0, 0): 5, 10, 1.41; from (3, 4) to (1, 1): 3.605.
    assert profile.time_s[0].tolist() == [0, 50, 100, 14]
    assert profile.length_m[1, 3] == 36
    assert profile.service_s.tolist() == [10, 10, 10]
    assert profile.latest_s.tolist() == [200, 200, 20]
    group = problem.groups[0]
    assert (group.n_vehicles, group.capacity, group.earliest_s, group.latest_s) == (2, (10,), 0, 400)
    assert (problem.stations, problem.must_end_empty, problem.stops.demand[:, 0].tolist()) == ((), False, [6, 6, 2])


def test_a_capacity_stands_in_for_the_files(tmp_path: Path) -> None:
    from optimizer.engines.instances.reading import read_instance

    _, instance = read_instance(written(tmp_path, VRPTW), 12)
    assert instance.in_file(300) == 30
    assert instance.in_file(305) == 30.5
    assert read_stops(written(tmp_path, VRPTW.replace("\n", "\r\n"))).problem.n_stops == 3


DAMAGE = [
    ("   2         10\n", "   2\n", "line 5: cannot read '2', 'NUMBER CAPACITY' is expected"),
    ("   2         10\n", "   0    10\n", "line 5: NUMBER is '0', a whole number of at least 1 is expected"),
    ("   2         10\n", "   2    ten\n", "line 5: CAPACITY is 'ten', a number of at least 0 is expected"),
    ("NUMBER     CAPACITY\n   2         10\n", "", "line 5: the file ends without VEHICLE: NUMBER CAPACITY"),
    ("    2       6          8          6", "    2       6          8           ", "line 12: cannot read"),
    ("    2       6  ", "    4       6  ", "line 12: customer 4 is read, 2 is expected"),
    ("    2       6          8  ", "    2       6          y  ", "line 12: y is 'y', a number between"),
    (
        "    2       6          8          6 ",
        "    2       6          8         16 ",
        "line 12: demand 16 exceeds the capacity 10",
    ),
    ("0          2          1\n", "5          2          1\n", "line 13: due date 2 is before ready time 5"),
    ("TINY", "C101", "line 13: the file ends with 3 customers, C101 has 25 / 50 / 100"),
    ("TINY", "r1_2_10", "line 13: the file ends with 3 customers, r1_2_10 has 200"),
]


@pytest.mark.parametrize(("old", "new", "message"), DAMAGE)
def test_a_damaged_file_is_named_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in VRPTW
    check_refused(written(tmp_path, VRPTW.replace(old, new, 1)), message)


def test_a_file_without_customers_is_refused(tmp_path: Path) -> None:
    head = VRPTW[: VRPTW.index("    1       3")]
    check_refused(written(tmp_path, head), "line 10: the file ends without CUSTOMER")


def test_every_shared_file_is_read(shared: Path) -> None:
    paths = sorted((shared / "benchmarks" / "vrptw").rglob("*.txt"))
    assert len(paths) >= 60
    for path in paths:
        assert read_stops(path).problem.n_stops == (200 if path.parent.name == "gh200" else 100)
