"""Berths with and without circulation, on the sample city, a district of the metropolis and Taipei.

Run with ``python -m benchmarks.parking [--time-limit 90] [CITY ...]``; a CITY is a project file and stands in place of all.
For each city a line: what the plan comes to, its proven gap and faults; and beside it the same plan made without minding
circulation, every street free to be one-way along its line: how many berths more that has, and how many streets it cuts off
or sends round too far. The plan of OR-Tools' SCIP is told by its objective against ours; both are below 0, more is better.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter

import numpy as np

from layers.assume import assume_city
from layers.city import City
from layers.io.geopackage import read_city
from layers.io.read import read_city as read_files
from layers.kinds.places import DistrictRing, Districts
from layers.layer import Layer
from optimizer.engines.allocation.options import NEVER, OptionProblem, choose
from optimizer.engines.limits import Limits
from optimizer.monitor import Silent
from optimizer.params import with_values
from optimizer.plan import Plan
from optimizer.planners.parking.measuring.detours import detours_of
from optimizer.planners.parking.params import ParkingParams
from optimizer.planners.parking.problem import ParkingProblem, prepare
from optimizer.run import run
from optimizer.scenario import Scenario
from resources.io import default_inventory
from sample_city.generate import make_city

TAIPEI = "cities/taipei_central_osm/osm_bbox.osm.xml.gz"


def district_of(city: City) -> City:
    """Return the largest central district of a city: what bears its name, or lies within its box."""
    districts = city[Districts]
    central = np.flatnonzero(districts.ring == DistrictRing.CENTRAL)
    row = int(central[np.argmax(districts.built_up_m2[central])])
    name, (west, south, east, north) = str(districts.name[row]), districts.geometry.bounds[row].tolist()

    def part(layer: Layer) -> Layer:
        if layer is districts:
            return layer.take(np.array([row]))
        if "district" in layer.arrays():
            return layer.take(np.flatnonzero(layer.arrays()["district"] == name))
        box = layer.geometry.bounds
        return layer.take(
            np.flatnonzero((box[:, 2] >= west) & (box[:, 0] <= east) & (box[:, 3] >= south) & (box[:, 1] <= north))
        )

    return City(name, city.epsg, {kind: part(layer) for kind, layer in city.layers.items()})


def cities() -> Iterator[City]:
    """Yield the cities; Taipei where the shared data are there."""
    yield make_city("city")
    yield district_of(make_city("metropolis"))
    roads = Path(os.environ.get("JINGCHENG_SHARED", "../shared")) / TAIPEI
    if roads.exists():
        yield assume_city(read_files([roads], name="Taipei"))
    else:
        print("Taipei: skipped, JINGCHENG_SHARED names no folder that has it", flush=True)


def unminded(problem: OptionProblem) -> OptionProblem:
    """Return the problem in which any street may be one-way, whatever the others are."""
    return replace(problem, circulation=None, pair=np.full(problem.n_places, NEVER))


def without(problem: ParkingProblem, time_limit_s: float) -> tuple[int, int, int]:
    """Return berths and one-ways of a plan that does not mind circulation, and the streets that it breaks."""
    question = problem.question.problem
    plan = choose(unminded(question), limits=Limits(time_limit_s)).plan
    pairs = question.pair[plan.switched & (question.pair >= 0)]
    ids = problem.ground.streets.ids[problem.ground.driving.streets[pairs]]
    broken = detours_of(problem.ground, dict.fromkeys(ids.tolist(), "forward")).n_broken
    return int(plan.berths.sum()), len(pairs), broken


def planned(city: City, time_limit_s: float, engine: str) -> tuple[Scenario, Plan, float]:
    """Return the plan of an engine with everything as it is by default, and the seconds of the whole run."""
    params = with_values(ParkingParams(), {"time_limit_s": time_limit_s, "engine": engine})
    scenario, began_s = Scenario(city.name, city, default_inventory(), "parking", params), perf_counter()
    plan = run(scenario, Silent())
    return scenario, plan, perf_counter() - began_s


def told(city: City, time_limit_s: float) -> str:
    """Return the line of one city."""
    scenario, plan, spent_s = planned(city, time_limit_s, "jingcheng")
    _, peer, peer_s = planned(city, time_limit_s, "ortools")
    figure = {k.id: k.value for k in plan.kpis if k.scope == "city" and not k.where}
    n = int(figure["berths_marked"] + figure["berths_on_idle_land"])
    free, n_ways, broken = without(prepare(scenario, Silent()), time_limit_s)
    gap = "none" if plan.gap is None else f"{plan.gap:.2%}"
    return (
        f"{city.name}: {n} berths, {figure['streets_made_one_way']:.0f} one-ways, longest detour "
        f"{figure['longest_detour']:.0f} m, gap {gap}, {len(plan.faults)} faults, {spent_s:.1f} s; SCIP with cuts "
        f"{peer.objective / plan.objective - 1:+.3%}, gap {'none' if peer.gap is None else f'{peer.gap:.2%}'}, "
        f"{len(peer.faults)} faults, {peer_s:.1f} s; without circulation "
        f"{free} berths ({free - n:+d}), {n_ways} one-ways, {broken} streets cut off or too far round"
    )


def main() -> None:
    """Print a line for each city."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.parking", description=__doc__)
    options.add_argument("--time-limit", type=float, default=90.0)
    options.add_argument("city", nargs="*", type=Path)
    asked = options.parse_args()
    for city in (read_city(path) for path in asked.city) if asked.city else cities():
        print(told(city, asked.time_limit), flush=True)


if __name__ == "__main__":
    main()
