"""Files of cap, sscflp and pmed: read as written; damaged ones named with their line; answered from 1 on."""

from __future__ import annotations

from pathlib import Path

import pytest

from optimizer.engines.instances import solve_file
from tests.optimizer.engines.instances.written import check_refused, written

CAP = " 2 2\n 10 7500.\n 5 .5\n 4\n 1. 2.\n 6\n 3. 4.\n"
SSCFLP = "3 2\n10 5 5\n7 1 1\n4 3\n1 2 3\n4 5 6\n"
# The edge 1-2 is given twice: 1 counts.
PMED = "3 3 1\n1 2 9\n2 3 2\n1 2 1\n"


@pytest.mark.parametrize(
    ("text", "family", "cost", "is_open"),
    # Both sites: 7500.5; the small one holds half. Sites 2 and 3: 2 + 2 + 6. Vertex 2: 1 + 2.
    [(CAP, "cap", 7504.0, [1]), (SSCFLP, "sscflp", 10, [2, 3]), (PMED, "pmed", 3, [2])],
)
def test_a_file_is_solved(tmp_path: Path, text: str, family: str, cost: float, is_open: list[int]) -> None:
    solved = solve_file(written(tmp_path, text), work_limit=200)
    assert (solved["family"], solved["objective"], solved["solution"]["open"]) == (family, cost, is_open)


def test_a_capacity_that_is_left_open_is_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path, CAP.replace(" 10 ", " capacity "))
    check_refused(path, "line 2: the file leaves the capacity open, a number is expected; give it as --capacity")
    assert solve_file(path, work_limit=200, capacity=10)["objective"] == 6.5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (CAP.replace("7500.", "x"), "line 2: fixed cost is 'x', a number of at least 0 is expected"),
        (CAP.replace(" 3. 4.\n", ""), "line 6: the file ends without cost"),
        (CAP + "9\n", "line 8: cannot read '9'"),
        (PMED.replace("2 3 2", "2 4 2"), "line 3: vertex is 4, at most 3 is expected"),
        (PMED.replace("3 3 1", "3 3 4"), "line 1: p is 4, at most 3 is expected"),
    ],
)
def test_a_damaged_file_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    check_refused(written(tmp_path, text), message)
