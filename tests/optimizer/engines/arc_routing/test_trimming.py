"""What is left out of a tour for which there is no time, on tours of a few tasks."""

from __future__ import annotations

import numpy as np

from optimizer.engines.arc_routing.trimming import saved_s, trimmed, ways_back


def test_leaving_out_a_run_saves_its_ways_less_the_way_past_it() -> None:
    # a tour 0 1 2 3 with a run of 1 and 2: 30 s there, 40 s on, 50 s from 0 straight to 3
    link_s = np.zeros((4, 4), dtype=np.int64)
    link_s[[0, 1, 2, 0], [1, 2, 3, 3]] = 30, 5, 40, 50
    assert saved_s(link_s, np.array([0, 1, 1, 2])).tolist() == [30.0, 20.0, 40.0]
    # in two pieces at the tour's ends it saves the one way that is left
    assert saved_s(link_s, np.array([0, 1, 1, 0])).tolist() == [70.0, 20.0]


def test_a_task_that_leads_back_is_known_and_one_that_leads_elsewhere_is_not() -> None:
    # 0 and 1 are the two kerbs of a street, 2 comes behind 0 and nothing leads back from it soon
    link_s = np.array([[90, 3, 0], [3, 90, 50], [60, 40, 90]])
    assert ways_back(link_s).tolist() == [1, 0, 2]


def test_both_kerbs_of_a_street_go_together() -> None:
    # three streets in line, swept along their right kerbs 0 1 2 and back along 3 4 5; each turn takes 5 s
    begin, end = np.array([0, 10, 20, 30, 20, 10]), np.array([10, 20, 30, 20, 10, 0])
    link_s = np.abs(end[:, None] - begin[None]) + 5
    value = np.array([50, 50, 10, 60, 50, 50])
    # there is no time for one task only, but 3 goes with 2
    assert trimmed(link_s, np.full(6, 100), value, 5).tolist() == [0, 1, 4, 5]


def test_what_lies_apart_goes_before_what_lies_on_the_way() -> None:
    # 1 lies 200 s aside of the way from 0 to 2; all are worth the same
    link_s = np.array([[9, 200, 10, 20], [200, 9, 200, 200], [10, 200, 9, 10], [20, 200, 10, 9]])
    assert trimmed(link_s, np.full(4, 100), np.full(4, 10), 3).tolist() == [0, 2, 3]
