"""Toilets of Taipei and of Porto Alegre: density against 3-5 a km2 and walks against 300 m, by district.

Run with ``python -m benchmarks.toilets [--time-limit 60] [--threads 2] [CITY ...]``; a CITY is a project file and stands in
place of both. What the data lack is assumed by the planner and printed with the rule: people are spread by area in Taipei,
built-up land is what lies near streets in both, candidates are places along streets.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from layers.assume import assume_city
from layers.city import City
from layers.io.fields import kind_named
from layers.io.read import add_frame, read_city, read_frame
from layers.io.sniff import sniff
from optimizer.monitor import Silent
from optimizer.params import with_values
from optimizer.plan import Plan
from optimizer.planners.toilets.params import ToiletsParams
from optimizer.run import run
from optimizer.scenario import Scenario
from resources.io import default_inventory

# Roads, then what is laid upon them and as what.
CITIES = {
    "Taipei": (
        "taipei_central_osm/osm_bbox.osm.xml.gz",
        (
            ("taipei_facilities/taipei_town.geojson", "districts"),
            ("taipei_facilities/taipei_village.geojson", "communities"),
            ("taipei_facilities/toilet.geojson", "toilets"),
        ),
    ),
    "Porto Alegre": ("porto_alegre_r5r/poa_osm.pbf", (("porto_alegre_r5r/poa_hexgrid.csv", "population"),)),
}
COLUMNS = (
    ("n_toilets", ""), ("built_up_area", ""), ("toilet_density_today", "area=built_up"), ("toilet_density", "area=built_up"),
    ("people_near_today", ""), ("people_near", ""), ("people_within_reach_today", ""), ("people_within_reach", ""),
    ("people_off_network", ""),
)  # fmt: skip


def shared_city(folder: Path, name: str) -> City:
    """Return a city of the shared data, as ``city import`` and ``city add`` make it."""
    roads, layers = CITIES[name]
    city = assume_city(read_city([folder / roads], name=name))
    for file, kind in layers:
        path = folder / file
        city = assume_city(add_frame(city, read_frame(path, sniff(path)), kind_named(kind)))
    return city


def planned(city: City, time_limit_s: float, n_threads: int) -> Plan:
    """Return the plan of a city with everything as it is by default."""
    params = with_values(ToiletsParams(), {"time_limit_s": time_limit_s, "n_threads": n_threads})
    return run(Scenario(city.name, city, default_inventory(), "toilets", params), Silent())


def table(plan: Plan) -> list[str]:
    """Return the figures of the city and of each district, a line each."""
    told = {(k.id, k.scope, k.where): k.value for k in plan.kpis}
    scopes = [s for s in dict.fromkeys(k.scope for k in plan.kpis) if s == "city" or s.startswith("district ")]
    lines = ["scope | " + " | ".join(key for key, _ in COLUMNS)]
    for scope in scopes:
        cells = [told.get((key, scope, where)) for key, where in COLUMNS]
        lines.append(f"{scope} | " + " | ".join("-" if c is None else f"{c:.2f}" for c in cells))
    return lines


def main(words: Sequence[str] | None = None) -> None:
    """Plan the cities and print what they come to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cities", nargs="*", type=Path)
    parser.add_argument("--time-limit", type=float, default=60.0)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(words)
    folder = Path(os.environ.get("JINGCHENG_SHARED") or Path(__file__).parents[2] / "shared") / "cities"
    cities = [read_city([path]) for path in options.cities] or [shared_city(folder, name) for name in CITIES]
    for city in cities:
        plan = planned(city, options.time_limit, options.threads)
        gap = "-" if plan.gap is None else f"{100 * plan.gap:.2f} %"
        seconds = f"prepare {plan.provenance.prepare_s:.1f} s, search {plan.provenance.search_s:.1f} s"
        print(f"\n{city.name}: {plan.outcome}, {len(plan.faults)} faults, gap {gap}, {seconds}")
        print("\n".join(table(plan)))
        for assumed in plan.assumed:
            print(f"assumed: {assumed.what.en} ({assumed.n_items}): {assumed.rule.en}")


if __name__ == "__main__":
    main()
