"""Files of mcarptif-tp: read, damaged ones named with their line, turns classed by angle and counted as driven."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.errors import InputError
from optimizer.engines.instances import solve_file
from optimizer.engines.instances.reading import read_instance
from optimizer.engines.instances.turning import read_turning
from optimizer.engines.instances.turns import BACK, LEFT, RIGHT, STRAIGHT, heading_deg, turn_class
from optimizer.monitor import Silent
from tests.independent.judge import faults
from tests.independent.tiny import MCARPTIF_TP
from tests.optimizer.engines.instances.written import check_refused, read_streets, written


def test_what_the_header_says() -> None:
    file = read_turning(Path("tiny.txt"), MCARPTIF_TP)
    assert (file.capacity, file.shift, file.depot, file.sites) == ((Decimal(6), Decimal(10)), Decimal(200), 1, (5,))
    assert file.turn_costs == (Decimal(0), Decimal("1.5"), Decimal("2.5"), Decimal(8))
    assert file.required[1].shape == ((10.0, 0.0), (10.0, 4.0), (10.0, 10.0))


def test_all_figures_are_made_whole_and_the_answer_is_in_the_files_units(tmp_path: Path) -> None:
    instance = read_streets(written(tmp_path, MCARPTIF_TP))
    assert instance.n_places == 1
    assert instance.problem.groups[0].shift_s == 2000
    assert (instance.in_file(1565), instance.in_file(1560)) == (156.5, 156)


class Listener(Silent):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.objectives: list[float | None] = []

    def report(
        self,
        fraction: float,
        message: str,
        incumbent: object | None = None,
        *,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        self.objectives.append(objective)


def test_progress_is_told_in_the_files_units(tmp_path: Path) -> None:
    listener = Listener()
    solve_file(written(tmp_path, MCARPTIF_TP), work_limit=300, monitor=listener)
    assert listener.objectives
    assert all(told is not None and 156.5 <= told <= 200 for told in listener.objectives)


def test_more_decimals_than_fit_are_rounded_and_told(tmp_path: Path) -> None:
    text = MCARPTIF_TP.replace("1.500", "1.500000000001").replace("\t5\t3\t", "\t5.0000000001\t3\t")
    solved = solve_file(written(tmp_path, text), work_limit=300)
    assert [note.get("en") for note in solved["notes"]] == ["costs and times are rounded to 6 decimals"]
    assert solved["objective"] == 156.5
    assert read_streets(written(tmp_path, text)).problem.groups[0].shift_s == 200_000_000
    # Demands are rounded up: two of them are more than the capacity, however little
    instance = read_streets(written(tmp_path, text.replace("CAPACITY\t6", "CAPACITY\t10")))
    assert (instance.problem.tasks.demand[:, 0].sum() > instance.problem.groups[0].capacity[0]).all()


def test_there_is_one_vehicle_unless_serving_alone_takes_too_long(tmp_path: Path) -> None:
    instance = read_streets(written(tmp_path, MCARPTIF_TP))
    assert (instance.problem.groups[0].n_vehicles, instance.notes) == (1, ())
    path = written(tmp_path, MCARPTIF_TP.replace("MAX_DURATION\t200", "MAX_DURATION\t59"))
    instance = read_streets(path)
    assert instance.problem.groups[0].n_vehicles is None
    assert "one vehicle is not enough" in instance.notes[0].get("en")


def test_one_vehicle_without_the_time_is_infeasible(tmp_path: Path) -> None:
    solved = solve_file(written(tmp_path, MCARPTIF_TP.replace("MAX_DURATION\t200", "MAX_DURATION\t150")), work_limit=200)
    assert (solved["feasible"], solved["objective"], len(solved["unserved"])) == (False, None, 1)
    assert solved["unserved"][0]["reason"].get("en") == "no time is left for it within the limit"


def test_resources_that_are_the_same_are_one(tmp_path: Path) -> None:
    assert read_streets(written(tmp_path, MCARPTIF_TP)).problem.n_resources == 2
    same = MCARPTIF_TP.replace("\t5\t3\t", "\t5\t5\t").replace("CAPACITY\t6\t10", "CAPACITY\t6\t6")
    assert read_streets(written(tmp_path, same)).problem.n_resources == 1


def test_either_resource_may_bind(tmp_path: Path) -> None:
    path = written(tmp_path, MCARPTIF_TP.replace("CAPACITY\t6\t10", "CAPACITY\t99\t5"))
    assert solve_file(path, work_limit=300)["objective"] == 156.5
    # Where neither binds, one load: 1-2 10, serve 2-3 30, back 8, 3-2 10, right 1.5, serve 2-4 30, right 1.5, 4-5 10,
    # unload 4, home 5-3 10, right 1.5, 3-2 10, 2-1 10
    path = written(tmp_path, MCARPTIF_TP.replace("CAPACITY\t6\t10", "CAPACITY\t99\t99"))
    assert solve_file(path, work_limit=300)["objective"] == 136.5


@pytest.mark.parametrize("dump", ["0", "8", "300"])
def test_no_way_turns_for_less_through_a_dump_site(tmp_path: Path, dump: str) -> None:
    # The dump stands at 2, where every way turns; going back there costs 8, more or less than a visit.
    text = MCARPTIF_TP.replace("SITES\t5", "SITES\t2").replace("DUMPING_COST\t4", f"DUMPING_COST\t{dump}")
    path = written(tmp_path, text.replace("MAX_DURATION\t200", "MAX_DURATION\t900"))
    solved = solve_file(path, work_limit=300)
    assert faults(path, dict(solved)) == []
    # 1-2 10, serve 2-3 30, back 8, 3-2 10, unload, serve 2-4 30, back 8, 4-2 10, unload, 2-1 10
    assert solved["objective"] == 116 + 2 * int(dump)


def test_depot_and_dump_may_be_one_place(tmp_path: Path) -> None:
    path = written(tmp_path, MCARPTIF_TP.replace("SITES\t5", "SITES\t1"))
    solved = solve_file(path, work_limit=300)
    assert faults(path, dict(solved)) == []
    # 1-2 10, 2-3 30, back 8, 3-2 10, 2-1 10, unload 4; 1-2 10, left 2.5, 2-4 30, back 8, 4-2 10, right 1.5, 2-1 10, unload 4
    assert solved["objective"] == 148


def test_a_cost_of_unloading_for_each_site(tmp_path: Path) -> None:
    text = MCARPTIF_TP.replace("SITES\t5", "SITES\t5\t4").replace("DUMPING_COST\t4", "DUMPING_COST\t4\t400")
    assert solve_file(written(tmp_path, text), work_limit=300)["objective"] == 156.5
    with pytest.raises(InputError, match=r"line 8: DUMPING_COST has 2 values, one is expected, or one a site \(1\)"):
        read_instance(written(tmp_path, text.replace("SITES\t5\t4", "SITES\t5")))


DAMAGE = [
    ("CAPACITY\t6\t10", "CAPACITY\t6", "line 7: CAPACITY has 1 values, where 2 are expected"),
    ("TURN_PENALTY\t0", "TURN_PENALTY\tno", "line 12: TURN_PENALTY is 'no', a number of at least 0 is expected"),
    ("TURN_PENALTY\t0\t1.500\t2.500\t8.000\n", "", "line 20: the file ends without TURN_PENALTY"),
    ("DEPOT\t1", "DEPOT\t7", "line 10: DEPOT is 7, which no street touches"),
    ("SITES\t5", "SITES\t77", "line 11: DUMPING_SITES is 77, which no street touches"),
    ("NODES\t5", "NOODLES\t5", "line 2: keyword NOODLES is unknown"),
    ("NODES\t5", "NODES\tx", "line 2: NODES is 'x', a whole number is expected"),
    ("NODES\t5", "DEPOT\t5", "line 10: DEPOT is given a second time"),
    ("REQ_EDGES\t2", "REQ_EDGES\t3", "line 3: REQ_EDGES is 3, but LIST_REQ_EDGES holds 2 streets"),
    ("LIST_REQ_ARCS", "LIST_REQ_EDGES", "line 20: LIST_REQ_EDGES is given a second time"),
    ("LIST_REQ_EDGES :\n", "", r"line 13: cannot read '2\\t3.*'LIST_REQ_EDGES :' is expected"),
    ("2\t3\t30\t10\t5\t3", "2\t3\t30\t10\t5", r"line 14: cannot read '2\\t3.*volume, weight"),
    ("2\t3\t30\t10\t5\t3", "2\t3\t30\tx\t5\t3", "line 14: drive is 'x', a number of at least 0 is expected"),
    ("2\t3\t30\t10\t5\t3", "2\tz\t30\t10\t5\t3", "line 14: v is 'z', a whole number is expected"),
    ("2\t3\t30\t10\t5\t3", "2\t3\t30\t10\t5\t13", "line 14: demand 13 exceeds the capacity 10"),
    ("10 0,20 0", "10 0,20", "line 14: cannot read '10 0,20', 'x y,x y ...' is expected"),
    ("10 0,20 0", "10 0", "line 14: cannot read '10 0', 'x y,x y ...' is expected"),
]


@pytest.mark.parametrize(("old", "new", "message"), DAMAGE)
def test_damaged_file_is_named_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in MCARPTIF_TP
    check_refused(written(tmp_path, MCARPTIF_TP.replace(old, new, 1)), message)


def test_file_cut_short_is_refused(tmp_path: Path) -> None:
    lines = MCARPTIF_TP.splitlines(keepends=True)
    for n in range(1, len(lines) - 2):
        with pytest.raises(InputError, match=r"tiny\.txt"):
            read_instance(written(tmp_path, "".join(lines[:n])))


def test_every_shared_file_is_read(shared: Path) -> None:
    paths = sorted((shared / "benchmarks" / "mcarptif-tp").glob("*.txt"))
    assert len(paths) >= 11
    for path in paths:
        instance = read_streets(path)
        assert (instance.n_places, instance.problem.groups[0].n_vehicles, instance.notes) == (3, 1, ())
        assert instance.problem.n_resources == 1


@pytest.mark.parametrize(
    ("turned_deg", "kind"),
    [
        (0, STRAIGHT),
        (45, STRAIGHT),
        (-45, STRAIGHT),
        (46, LEFT),
        (-46, RIGHT),
        (135, LEFT),
        (-135, RIGHT),
        (136, BACK),
        (180, BACK),
    ],
)
def test_turns_are_classed_by_angle(turned_deg: float, kind: int) -> None:
    for heading in (0.0, 90.0, 200.0, -170.0):
        assert turn_class(np.array([heading]), np.array([heading + turned_deg])).tolist() == [kind]


def test_the_angle_is_that_of_the_pieces_at_the_junction() -> None:
    assert heading_deg(((0, 0), (0, 0), (0, 3), (9, 3))) == 90.0
    assert np.isnan(heading_deg(((2, 2), (2, 2))))
    assert turn_class(np.array([np.nan]), np.array([90.0])).tolist() == [STRAIGHT]


@settings(max_examples=30, deadline=None)
@given(before_deg=st.floats(-180, 180), after_deg=st.floats(-180, 180))
def test_the_other_way_round_a_right_turn_is_a_left_turn(before_deg: float, after_deg: float) -> None:
    mirror = {STRAIGHT: STRAIGHT, RIGHT: LEFT, LEFT: RIGHT, BACK: BACK}
    (there,) = turn_class(np.array([before_deg]), np.array([after_deg])).tolist()
    (back,) = turn_class(np.array([after_deg]), np.array([before_deg])).tolist()
    assert back == mirror[there]
