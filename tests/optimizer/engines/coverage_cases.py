"""Coverage problems for tests: a street that a person can check by hand, and random ones small enough to try everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from optimizer.engines.coverage import Aim, CoverageProblem, Quota, Step, lists_of, too_near


def street(
    site_x_m: Sequence[float], customer_x_m: Sequence[float], aim: Aim = Aim.MAXIMAL, limit_m: float = 300.0, **more: Any
) -> CoverageProblem:
    """Return a problem along a straight street: each site costs 1 and each customer weighs 1 unless said otherwise."""
    sites, customers = np.array(site_x_m, dtype=np.float64), np.array(customer_x_m, dtype=np.float64)
    shape = (len(customers), len(sites))
    far = np.abs(customers[:, None] - sites[None, :])
    who, where = np.indices(shape)
    told: dict[str, Any] = {
        "steps": () if aim is Aim.P_CENTRE else (Step(limit_m),),
        "cost": np.ones(len(sites), dtype=np.int64),
        "weight": np.ones(len(customers), dtype=np.int64),
        **{name: np.array(value) if isinstance(value, list) else value for name, value in more.items()},
    }
    return CoverageProblem(aim, lists_of(who.ravel(), where.ravel(), far.ravel(), shape), **told)


def random_problem(aim: Aim, seed: int, n_sites: int = 7, n_customers: int = 9) -> CoverageProblem:
    """Return a problem with about half of all the rules there are, in a square of 1 km."""
    rng = np.random.default_rng(seed)
    site_xy_m, customer_xy_m = rng.uniform(0, 1000, (n_sites, 2)), rng.uniform(0, 1000, (n_customers, 2))
    apart_m = customer_xy_m[:, None, :] - site_xy_m[None, :, :]
    far_m = np.hypot(apart_m[..., 0], apart_m[..., 1]).astype(np.float64).round(-1)
    # All have to be covered for a set cover: make that possible more often than not.
    who, where = np.nonzero(far_m <= (1500 if aim is Aim.SET_COVER else rng.choice([400, 700, 1500])))
    reach = lists_of(who, where, far_m[who, where], (n_customers, n_sites))

    def perhaps(share: float = 0.4) -> bool:
        return bool(rng.random() < share)

    limit_m = float(rng.choice([450.0, 600.0] if aim is Aim.SET_COVER else [250.0, 350.0, 500.0]))
    steps: tuple[Step, ...] = () if aim is Aim.P_CENTRE else (Step(limit_m),)
    problem = CoverageProblem(
        aim,
        reach,
        steps,
        cost=rng.integers(0 if perhaps(0.2) else 1, 9, n_sites),
        weight=rng.integers(0, 10, n_customers) * (rng.random(n_customers) < 0.8),
        most_open=int(rng.integers(2, 5)) if aim is not Aim.SET_COVER or perhaps(0.2) else None,
    )
    kind = rng.integers(4)
    if aim is Aim.MAXIMAL and kind == 0:
        problem = replace(problem, steps=(Step(limit_m, 5), Step(limit_m + 100, 3), Step(limit_m + 300, 1)))
    elif aim is Aim.MAXIMAL and kind == 1:
        problem = replace(problem, backup_weight=rng.integers(0, 12, n_customers))
    elif aim is Aim.SET_COVER and kind < 2:
        problem = replace(problem, need=rng.integers(1, 3, n_customers))
    if perhaps():
        problem = replace(problem, budget=int(rng.integers(8, 25)))
    if perhaps():
        district = rng.integers(-1, 2, n_sites)
        quotas = tuple(
            Quota(int(low), None if perhaps(0.5) else int(low + rng.integers(3))) for low in rng.integers(0, 3, 2)
        )
        problem = replace(problem, district=district, quotas=quotas)
    if perhaps():
        problem = replace(problem, too_near=too_near(site_xy_m, float(rng.choice([200.0, 400.0]))))
    roles = rng.permutation(n_sites)
    marks = [np.isin(np.arange(n_sites), roles[[k]]) & perhaps(0.3) for k in range(3)]
    return replace(problem, existing=marks[0], must=marks[1], must_not=marks[2])
