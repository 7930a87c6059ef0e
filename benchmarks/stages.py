"""Site stations, centres and plants in two stages for three products, beside HiGHS: ``python -m benchmarks.stages``."""

from __future__ import annotations

import numpy as np

from optimizer.engines.facility_location import Engine, Limits, Options
from optimizer.engines.facility_location.problem import Floats
from optimizer.engines.facility_location.stages import Onward, Stage, StagedProblem, solve_staged, staged_faults

N_CUSTOMERS, N_STATIONS, N_CENTRES, N_PLANTS, N_PRODUCTS = 1000, 100, 10, 3, 3
TIME_LIMIT_S = 60.0
# Shares of all demand that the sizes of a station and of a centre hold.
STATION_SIZES, CENTRE_SIZES = (0.03, 0.08), (0.3, 0.8)


def made(seed: int) -> StagedProblem:
    """Return a problem on a square of 100 km, where large sizes cost less a unit and hauls from centres less a kilometre."""
    dice = np.random.default_rng(seed)
    counts = (N_CUSTOMERS, N_STATIONS, N_CENTRES, N_PLANTS)
    customers, stations, centres, plants = (dice.uniform(0, 100, (n, 2)) for n in counts)
    demand = np.round(dice.uniform(0, 10, (N_PRODUCTS, N_CUSTOMERS)), 1)
    per_km = dice.uniform(0.8, 1.2, N_PRODUCTS)[:, None, None]
    total = float(demand.sum())

    def km(ends: Floats, others: Floats) -> Floats:
        away = ends[:, None] - others[None]
        return np.asarray(np.hypot(away[..., 0], away[..., 1])[None])

    def stage(n: int, sizes: tuple[float, ...], yuan: float) -> Stage:
        capacity = np.tile(sizes, n) * total
        fixed = capacity**0.7 * yuan * dice.uniform(0.8, 1.2, len(capacity))
        return Stage(n, Options(np.repeat(np.arange(n), len(sizes)), fixed, capacity))

    plant_capacity = np.full((N_PRODUCTS, N_PLANTS), np.inf)
    plant_capacity[0] = 0.5 * demand[0].sum()
    onward = Onward(
        0.3 * per_km * km(stations, centres), 0.8 * per_km * km(stations, plants), 0.2 * per_km * km(centres, plants)
    )
    serve = per_km * km(customers, stations)
    return StagedProblem(
        demand, serve, stage(N_STATIONS, STATION_SIZES, 30), stage(N_CENTRES, CENTRE_SIZES, 40), onward, plant_capacity
    )


def main() -> None:
    """Print a line for each engine."""
    problem = made(1)
    for engine in (Engine.JINGCHENG, Engine.HIGHS):
        found = solve_staged(problem, limits=Limits(TIME_LIMIT_S), engine=engine)
        told = f"{engine.value}: {found.outcome.value} in {found.seconds:.1f} s"
        if found.plan is not None and found.cost is not None:
            assert not staged_faults(problem, found.plan, claimed_cost=found.cost)
            told += f", cost {found.cost:,.0f}, {len(found.plan.stations)} stations, {len(found.plan.centres)} centres"
            told += "" if found.bound is None else f", gap {(found.cost - found.bound) / found.cost:.2%} proven"
        else:
            told += ", no plan" + ("" if found.bound is None else f", bound {found.bound:,.0f}")
        print(told, flush=True)


if __name__ == "__main__":
    main()
