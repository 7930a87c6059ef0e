"""Files of the family waste-vrptw: odd ones are read as they are, damaged ones named with their line."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from tests.independent.tiny_stops import WASTE
from tests.optimizer.engines.instances.written import check_refused, read_stops, written

HOUR = 36_000


def test_figures_are_feet_and_tenths_of_seconds(tmp_path: Path) -> None:
    instance = read_stops(written(tmp_path, WASTE))
    problem = instance.problem
    profile, group = problem.profiles[0], problem.groups[0]
    # Places: the depot, stops 1 and 2, landfill 9; a mile a minute.
    assert profile.length_m[0].tolist() == [0, 26_400, 42_240, 52_800]
    assert profile.time_s[0].tolist() == [0, 3000, 4800, 6000]
    assert profile.service_s.tolist() == [18_000, 6000]
    assert (instance.stops, instance.stations, instance.unit) == (("1", "2"), ("9",), 5280)
    assert (group.earliest_s, group.latest_s) == (10 * HOUR, 13 * HOUR + 4 * 600)
    (lunch,) = group.breaks
    assert (lunch.duration_s, lunch.earliest_s, lunch.latest_s) == (HOUR, 11 * HOUR, 12 * HOUR)
    (landfill,) = problem.stations
    # A visit may begin until 24:00, so that it ends at most its 1,800 s later.
    assert (landfill.place, landfill.visit_s, landfill.open_s) == (3, 18_000, ((9 * HOUR, 24 * HOUR + 18_000),))
    assert problem.must_end_empty


def test_vehicles_come_before_distance(tmp_path: Path) -> None:
    instance = read_stops(written(tmp_path, WASTE))
    # 5 and 5, 8 and 2 miles there and back are more than any sensible plan drives.
    assert instance.vehicle_cost == 2 * (5 + 5 + 8 + 2) * 5280 + 1
    assert instance.in_file(2 * instance.vehicle_cost + 24 * 5280) == 24
    assert instance.proven(5) is None


def test_limits_of_a_day_that_nothing_can_reach_are_left_away(tmp_path: Path) -> None:
    problem = read_stops(written(tmp_path, WASTE)).problem
    assert (problem.groups[0].capacity, problem.groups[0].route_capacity) == ((10,), (None,))
    text = WASTE.replace("12.0\t", "11.0\t").replace("2\t\t// total", "1\t\t// total")
    fewer = read_stops(written(tmp_path, text)).problem
    # The number of stops is a load of its own.
    assert fewer.stops.demand.tolist() == [[6, 1], [6, 1]]
    assert (fewer.groups[0].capacity, fewer.groups[0].route_capacity) == ((10, 1), (11, 1))


def test_fractions_make_the_units_finer(tmp_path: Path) -> None:
    text = WASTE.replace("6.00 1", "6.25 1", 1).replace("26400.00", "26400.5")
    instance = read_stops(written(tmp_path, text))
    assert instance.unit == 52_800
    assert instance.problem.stops.demand[:, 0].tolist() == [625, 600]
    assert instance.problem.groups[0].capacity == (1000,)
    # 264,005 tenths of a foot take 3,000.057 tenths of a second: never less than they do.
    assert instance.problem.profiles[0].time_s[0, 1] == 3001


def test_an_impossible_time_is_kept_and_told(tmp_path: Path) -> None:
    instance = read_stops(written(tmp_path, WASTE))
    assert instance.problem.profiles[0].latest_s.tolist() == [24 * HOUR, 17 * HOUR + 15 * 600]
    assert [note.en for note in instance.notes] == ["line 10: time 1675 has 60 minutes or more; it was read as 17:15"]


DAMAGE = [
    ("60\t\t// speed: MPH\n", "", "line 4: 4 figures stand above the table, 5 are expected"),
    ("60\t\t// speed", "0\t\t// speed", "line 5: speed is 0, more than 0 is expected"),
    ("10.0 \t\t//", "ten \t\t//", "line 1: vehicle capacity is 'ten', a number of at least 0"),
    ("2\t\t// total", "2.5\t\t// total", "line 3: stops a day is '2.5', a whole number of at least 1"),
    ("0000 2400 1800 6.00 1\n", "0000 2400 1800 6.00\n", "line 8: cannot read"),
    ("0000 2400 1800 6.00 1\n", "0000 2400 1800 6.00 7\n", "line 8: cannot read"),
    ("0000 2400 1800 6.00 1\n", "0000 2500 1800 6.00 1\n", "line 8: time is '2500'"),
    ("0000 2400 1800 6.00 1\n", "0800 0700 1800 6.00 1\n", "line 8: latest time 0700 is before earliest time 0800"),
    ("0000 2400 1800 6.00 1\n", "0000 2400 1800 16.00 1\n", "line 8: demand 16.00 exceeds the capacity 10.0"),
    ("0000 2400 1800 6.00 1\n", "0000 2400 1800 6.00 0\n", "line 8: a second depot"),
    ("9\t52800", "1\t52800", "line 9: id 1 is given a second time"),
    ("9999\t2\t\t", "9\t1\t\t", "line 10: the file ends without landfill"),
    ("9999.00 0\n", "9.00 1\n", "line 10: the file ends without depot"),
]


@pytest.mark.parametrize(("old", "new", "message"), DAMAGE)
def test_a_damaged_file_is_named_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in WASTE
    check_refused(written(tmp_path, WASTE.replace(old, new, 1)), message)


def test_a_file_with_fewer_rows_than_its_name_says_is_refused(tmp_path: Path) -> None:
    assert read_stops(written(tmp_path, WASTE, "4_stop.txt")).problem.n_stops == 2
    check_refused(written(tmp_path, WASTE, "5_stop.txt"), "line 10: the file ends with 4 rows, its name says 5")


def test_every_shared_file_is_read(shared: Path) -> None:
    paths = sorted((shared / "benchmarks" / "waste-vrptw").glob("*.txt"))
    assert len(paths) >= 5
    for path in paths:
        text = path.read_text(encoding="latin-1")
        instance = read_stops(path)
        kinds = [line.split()[-1] for line in text.splitlines()[6:] if line.strip()]
        assert instance.problem.n_stops == kinds.count("1")
        assert len(instance.stations) == kinds.count("2")
    # The author's own check: from stop 0 to stop 1 of the first file it is 15,387 feet, which take 262.3 s.
    first = read_stops(paths[0])
    profile = first.problem.profiles[0]
    landfill = first.problem.stations[first.stations.index("1")].place
    assert re.fullmatch("102_stop", first.name)
    assert np.isclose(profile.length_m[0, landfill] / first.unit, 15_387 / 5280)
    assert profile.time_s[0, landfill] == 2623
