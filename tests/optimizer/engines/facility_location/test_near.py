"""Lists of near sites, and exchanges on them, give what whole matrices give."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.engines.facility_location import FacilityLocationProblem, Options, near
from optimizer.engines.facility_location.exchanging import Exchanges
from optimizer.engines.facility_location.lagrangian import Knapsacks
from optimizer.engines.facility_location.near import NearKnapsacks, NearLists, is_plain, near_lists


def medians(n: int = 40, m: int = 30, n_open: int = 4, seed: int = 0) -> FacilityLocationProblem:
    rng = np.random.default_rng(seed)
    cost = np.abs(rng.uniform(0, 100, (n, 1)) - rng.uniform(0, 100, (1, m))).round()
    return FacilityLocationProblem(np.ones(n), cost, Options(np.arange(m), np.zeros(m), np.full(m, np.inf)), n_open=n_open)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> tuple[FacilityLocationProblem, NearLists]:
    """Lists of 10 of 30 sites."""
    monkeypatch.setattr(near, "WHOLE_UP_TO", 5)
    monkeypatch.setattr(near, "LEAST_ENTRIES", 400)
    monkeypatch.setattr(near, "TIMES_AS_MANY", 1)
    problem = medians()
    return problem, near_lists(problem)


def test_lists_hold_the_nearest_and_what_comes_next(short: tuple[FacilityLocationProblem, NearLists]) -> None:
    problem, lists = short
    ordered = np.sort(problem.serve_cost, axis=1)
    assert lists.site.shape == (40, 10)
    np.testing.assert_array_equal(lists.cost, ordered[:, :10])
    np.testing.assert_array_equal(lists.beyond, ordered[:, 10])
    np.testing.assert_array_equal(np.take_along_axis(problem.serve_cost, lists.site, axis=1), lists.cost)


def test_a_site_that_must_not_be_open_is_on_no_list() -> None:
    problem = medians()
    barred = FacilityLocationProblem(problem.demand, problem.serve_cost, problem.options, n_open=4, must_not_open=(3,))
    lists = near_lists(barred)
    assert not np.isfinite(lists.cost[lists.site == 3]).any()
    assert not lists.may[3]


def test_worths_and_servings_are_those_of_the_whole_matrix_up_to_the_lists_end(
    short: tuple[FacilityLocationProblem, NearLists],
) -> None:
    problem, lists = short
    price = np.minimum(lists.beyond, 25.0)
    ours, theirs = NearKnapsacks(problem, lists), Knapsacks(problem)
    np.testing.assert_allclose(ours.worth(price), theirs.worth(price))
    share = np.zeros(30)
    share[[2, 9, 17]] = 1.0
    options = np.array([2, 9, 17])
    np.testing.assert_allclose(ours.served(price, share, options), theirs.served(price, share, options))


def test_sites_beyond_the_lists_are_priced_too(short: tuple[FacilityLocationProblem, NearLists]) -> None:
    problem, lists = short
    is_open = np.zeros(30, dtype=np.bool_)
    is_open[np.argmax(problem.serve_cost.sum(axis=0))] = True
    assert Exchanges(problem, lists).cost(is_open) == problem.serve_cost[:, is_open].sum()


@pytest.mark.parametrize("seed", range(6))
def test_no_single_exchange_betters_what_comes_out(seed: int) -> None:
    problem = medians(seed=seed)
    start = np.zeros(30, dtype=np.bool_)
    start[:4] = True
    found, cost = Exchanges(problem, near_lists(problem)).improved(start, lambda: False)
    assert found.sum() == 4
    assert cost == problem.serve_cost[:, found].min(axis=1).sum()
    for out in np.flatnonzero(found):
        for enters in np.flatnonzero(~found):
            other = found.copy()
            other[[out, enters]] = False, True
            assert problem.serve_cost[:, other].min(axis=1).sum() >= cost


def test_far_ends_are_exchanged_at_once() -> None:
    """Two towns far apart, each served from its edges: one pass opens the middle of both."""
    near_costs, far = [9.0, 1.0, 8.0], [500.0, 500.0, 500.0]
    cost = np.array([near_costs + far, far + near_costs])
    options = Options(np.arange(6), np.zeros(6), np.full(6, np.inf))
    problem = FacilityLocationProblem(np.ones(2), cost, options, n_open=4)
    once = iter((False, True))
    found, total = Exchanges(problem, near_lists(problem)).improved(
        np.array([True, False, True, True, False, True]), lambda: next(once)
    )
    assert found[[1, 4]].all()
    assert total == 2.0


def test_a_customer_whom_nobody_serves_is_told_by_an_endless_cost() -> None:
    options = Options(np.arange(2), np.ones(2), np.full(2, np.inf))
    problem = FacilityLocationProblem(np.ones(2), np.array([[1.0, np.inf], [np.inf, 1.0]]), options)
    assert Exchanges(problem, near_lists(problem)).cost(np.array([True, False])) == np.inf
    found, total = Exchanges(problem, near_lists(problem)).improved(np.array([True, False]), lambda: False)
    assert (found.tolist(), total) == ([True, True], 4.0)


def test_quotas_and_distances_are_not_plain() -> None:
    problem = medians()
    assert is_plain(problem)
    assert not is_plain(FacilityLocationProblem(problem.demand, problem.serve_cost, problem.options, apart=((0, 1),)))
