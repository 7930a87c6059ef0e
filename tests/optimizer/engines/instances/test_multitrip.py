"""Files of the family multitrip-vrptw: the depot is a station on the way, trips wait for what is released."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.independent.tiny_stops import MULTITRIP
from tests.optimizer.engines.instances.written import check_refused, read_stops, written


def test_the_depot_is_reloaded_at(tmp_path: Path) -> None:
    instance = read_stops(written(tmp_path, MULTITRIP))
    problem = instance.problem
    (station,) = problem.stations
    assert (station.place, station.visit_s, station.open_s, problem.must_end_empty) == (0, 0, (), False)
    assert problem.stops.release_s is not None
    assert problem.stops.release_s.tolist() == [0, 120]
    assert problem.profiles[0].time_s[0].tolist() == [0, 50, 100]
    assert problem.profiles[0].service_s.tolist() == [10, 10]
    group = problem.groups[0]
    assert (group.n_vehicles, group.capacity, group.latest_s) == (1, (10,), 330)
    assert (instance.stops, instance.in_file(300)) == ((2, 3), 300)


DAMAGE = [
    ("CAPACITY: 10\n", "", "line 28: the file ends without CAPACITY"),
    ("CAPACITY: 10\n", "CAPACITY: 10\nCAPACITY: 9\n", "line 8: CAPACITY is given a second time"),
    ("VEHICLES: 1\n", "VEHICLES: many\n", "line 6: VEHICLES is 'many', a whole number of at least 1"),
    ("COMMENT", "COLOUR", "line 2: keyword COLOUR is unknown"),
    ("DEMAND_SECTION\n", "DEMANDS\n", "line 13: cannot read 'DEMANDS', 'number x y' is expected"),
    ("EOF\n", "", "line 28: the file ends without EOF"),
    ("3\t6\t8\n", "", "line 28: the file ends without NODE_COORD_SECTION 3"),
    ("3\t6\t8\n", "3\t6\t8\n4\t1\t1\n", r"line 13: node 4 is outside 1\.\.3"),
    ("3\t6\t8\n", "2\t6\t8\n", "line 12: NODE_COORD_SECTION 2 is given a second time"),
    ("3\t6\n", "3\t16\n", "line 16: demand 16 exceeds the capacity 10"),
    ("3\t0\t30\n", "3\t31\t30\n", "line 20: latest 30 is before earliest 31"),
    ("3\t12\n", "3\t-12\n", "line 24: release is '-12', a number of at least 0"),
    ("1\t1\nDEPOT", "1\t2\nDEPOT", "line 26: the depot is 2, 1 is expected"),
    ("NODE_COORD_SECTION\n", "", "line 9: cannot read"),
    ("DEMAND_SECTION\n", "NODE_COORD_SECTION\n", "line 13: NODE_COORD_SECTION is given a second time"),
]


@pytest.mark.parametrize(("old", "new", "message"), DAMAGE)
def test_a_damaged_file_is_named_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in MULTITRIP
    check_refused(written(tmp_path, MULTITRIP.replace(old, new, 1)), message)


def test_a_file_cut_short_anywhere_is_refused(tmp_path: Path) -> None:
    lines = MULTITRIP.splitlines(keepends=True)
    for n in range(3, len(lines)):
        check_refused(written(tmp_path, "".join(lines[:n])), "the file ends without|cannot read")


def test_every_shared_file_is_read(shared: Path) -> None:
    paths = sorted((shared / "benchmarks" / "multitrip-vrptw").glob("*.vrp"))
    assert len(paths) >= 117
    for path in paths[::4]:
        instance = read_stops(path)
        assert instance.problem.n_stops == instance.stops[-1] - 1  # type: ignore[operator]
        assert instance.problem.stops.release_s is not None
