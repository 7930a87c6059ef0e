"""Today against tomorrow: the evening timetable that Taipei publishes, and the same stops planned anew.

Run with ``python -m benchmarks.taipei [--time-limit 180] [--near 15] [--threads 2] [--out FOLDER]``. What is compared:

- *Stops* are the rows of the published table that lie within `REACH_M` of a street of the road file that trucks may drive;
  each row is a stop of its own, with its published stay. What is left out is counted by its reason.
- *Assumed, the same for both*: trucks stand, and unload between trips, at the stop of their squad that is in its middle; an
  unloading takes `UNLOAD_S`; a minute of stay is `KG_A_MINUTE`; every truck holds as much as the fullest published trip.
- *No longer shifts*: no truck is out longer than the one that is out longest today.
- *One travel model*: free flow by class of street, and `approach_s` for each way from stop to stop, which is calibrated: the
  most with which every published trip keeps its stops within `--near` minutes. The published plan is driven in this model:
  begun at its own times, late where ways take longer. Trips that are later than that at free flow already are left out of
  both plans.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from layers.assume import assume_city
from layers.city import City
from layers.geometry import Geometry
from layers.io.read import read_city
from layers.kinds.facilities import Depots, TransferStations, WastePoints
from layers.layer import F64
from layers.projection import project
from layers.units import DAY_S, HOUR_S, MINUTE_S
from optimizer.imported import ImportedRow, import_plan
from optimizer.monitor import Silent
from optimizer.params import with_values
from optimizer.plan import LegKind, Plan
from optimizer.planners.collection.params import CollectionParams
from optimizer.project import Project, add_plan, save_project
from optimizer.run import run
from optimizer.scenario import Scenario
from resources.inventory import Inventory
from resources.io import default_inventory

ROADS = "cities/taipei_central_osm/osm_bbox.osm.xml.gz"
TABLE = "cities/taipei_garbage_stops/台北市垃圾車清運點位資訊.csv"
REACH_M = 150.0
UNLOAD_S = 600.0
KG_A_MINUTE = 60.0
TYPE, SHIFT = "sealed_5t", "collection"
FROM_S, TO_S = 14 * HOUR_S, 26 * HOUR_S
# The calibrated seconds are found to within one.
MOST_APPROACH_S = 120
SHOWN = (
    "n_vehicles", "n_trips", "driven_km", "driving_hours", "service_hours", "unloading_hours", "waiting_hours",
    "truck_hours", "longest_route", "collected_share", "n_unserved", "cost",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """Hold a row of the published table."""

    number: int
    squad: str
    truck: str
    trip: str
    arrive_s: float
    leave_s: float
    xy_m: tuple[float, float]


def published(path: Path, epsg: int) -> tuple[list[Row], Counter[str]]:
    """Return the rows that say where and when, and how many do not."""
    rows, lost = [], Counter[str]()
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            try:
                lon, lat = float(row["經度"]), float(row["緯度"])
            except ValueError:
                lost["no coordinates"] += 1
                continue
            if not (120 < lon < 123 and 24 < lat < 26):
                lost["absurd coordinates"] += 1
                continue
            xy = project(np.array([[lon, lat]]), epsg)[0]
            begin_s, end_s = (_seconds(row[key]) for key in ("抵達時間", "離開時間"))
            stay_s = (end_s - begin_s) % DAY_S
            trip = f"{row['路線']} {row['車次']}"
            rows.append(Row(number, row["分隊"], row["車號"], trip, begin_s, begin_s + stay_s, (float(xy[0]), float(xy[1]))))
    return rows, lost


def _seconds(text: str) -> float:
    return int(text[:-2] or 0) * HOUR_S + int(text[-2:]) * MINUTE_S


def stocked(city: City, rows: list[Row]) -> tuple[City, Inventory]:
    """Return the city with a waste point for each row, yards of the squads, and their trucks."""
    xy = np.array([row.xy_m for row in rows])
    ids = np.array([f"t{row.number}" for row in rows])
    kg = np.array([kg_of(row) for row in rows])
    none = np.zeros(len(rows))
    points = WastePoints(
        ids=ids, geometry=Geometry.points(xy), name=ids, other_kg_day=kg, food_kg_day=none, recyclable_kg_day=none,
        hazardous_kg_day=none,
    )  # fmt: skip
    of_squad: dict[str, list[int]] = defaultdict(list)
    of_truck: dict[str, Counter[str]] = defaultdict(Counter)
    load = Counter[tuple[str, str]]()
    for k, row in enumerate(rows):
        of_squad[row.squad].append(k)
        of_truck[row.truck][row.squad] += 1
        load[row.truck, row.trip] += round(kg_of(row))
    squads = np.array(sorted(of_squad))
    yards = np.array([_middle(xy[of_squad[squad]]) for squad in squads.tolist()])
    homes = Counter(counts.most_common(1)[0][0] for counts in of_truck.values())
    n_bays = np.array([homes[squad] for squad in squads.tolist()], dtype=np.int32)
    used = n_bays > 0
    depots = Depots(
        ids=np.char.add("d-", squads[used]), geometry=Geometry.points(yards[used]), name=squads[used], n_bays=n_bays[used]
    )
    stations = TransferStations(ids=np.char.add("s-", squads), geometry=Geometry.points(yards), name=squads)
    return city.with_layers(points, depots, stations), fleet(len(of_truck), max(load.values()))


def kg_of(row: Row) -> float:
    """Return what is collected at a row, by its stay."""
    return max(1.0, (row.leave_s - row.arrive_s) / MINUTE_S) * KG_A_MINUTE


def _middle(xy_m: F64) -> F64:
    """Return the one of some places that is nearest to their median."""
    return np.asarray(xy_m[int(np.argmin(np.hypot(*(xy_m - np.median(xy_m, axis=0)).T)))])


def fleet(n_trucks: int, most_kg: float) -> Inventory:
    """Return the trucks, all alike, and an evening long enough for all that is published."""
    base = default_inventory()
    truck = replace(base.vehicle_type(TYPE), n_owned=n_trucks, hopper_kg=float(most_kg), range_m=0.0, unload_s=UNLOAD_S)
    shift = replace(base.shift(SHIFT), start_s=FROM_S, end_s=TO_S, before_s=0.0, after_s=0.0, break_s=0.0)
    return replace(base, vehicle_types=(truck,), shifts=(shift,), spare_ratio=0.0)


def scenario_of(city: City, inventory: Inventory, near_min: float, **values: Any) -> Scenario:
    """Return the question: the given stays, the evening as window, quiet hours left out since the table knows none."""
    hours = f"{int(FROM_S // HOUR_S):02}:00-23:59"
    asked = {
        "streams": "other", "lit_window": hours, "unlit_window": hours, "unlit_shift": SHIFT, "point_snap_m": REACH_M,
        "snap_m": 5000.0, "n_bays": 50, "quiet_home_m": 0.0, "near_input_min": near_min, **values,
    }  # fmt: skip
    return Scenario("台北", city, inventory, "collection", with_values(CollectionParams(), asked))


def driven(
    city: City, inventory: Inventory, rows: list[Row], approach_s: float, *, late: bool = True
) -> tuple[Scenario, Plan]:
    """Return the published timetable as a plan, driven in the travel model, or with its times as written."""
    scenario = scenario_of(city, inventory, 0.0, driven_late=late, driven_type=TYPE, approach_s=approach_s)
    first = {row.truck: min(r.arrive_s for r in rows if r.truck == row.truck) for row in rows}
    ordered = sorted(rows, key=lambda r: (first[r.truck], r.truck, r.arrive_s, r.number))
    told = [
        ImportedRow(
            row=row.number, vehicle=row.truck, trip=row.trip, order=k, arrive_s=row.arrive_s, leave_s=row.leave_s,
            point=f"t{row.number}", name="", stream="OTHER", kg=None,
        )
        for k, row in enumerate(ordered)
    ]  # fmt: skip
    return scenario, import_plan(scenario, told)


def begins(plan: Plan) -> dict[int, float]:
    """Return when each row is served."""
    legs = (leg for route in plan.routes for leg in route.legs if leg.kind is LegKind.SERVE)
    return {int(leg.item.partition(":")[0][1:]): leg.start_s for leg in legs}


def too_late(plan: Plan, rows: list[Row], near_s: float) -> set[tuple[str, str]]:
    """Return the trips that are later than allowed somewhere, and those that are not driven whole."""
    at = begins(plan)
    return {(r.truck, r.trip) for r in rows if r.number not in at or at[r.number] - r.arrive_s > near_s}


def calibrated(city: City, inventory: Inventory, rows: list[Row], near_s: float) -> int:
    """Return the most seconds for each way with which every trip keeps its stops within the allowed time."""
    low, high = 0, MOST_APPROACH_S
    while low < high:
        middle = (low + high + 1) // 2
        if too_late(driven(city, inventory, rows, middle)[1], rows, near_s):
            high = middle - 1
        else:
            low = middle
    return low


def shown(plan: Plan, rows: list[Row]) -> dict[str, Any]:
    """Return what a plan comes to."""
    figures = {k.id: round(k.value, 2) for k in plan.kpis if k.id in SHOWN and k.scope == "city" and not k.where}
    at = begins(plan)
    moved_s = [abs(at[row.number] - row.arrive_s) for row in rows if row.number in at]
    faults = Counter(fault.code for fault in plan.faults)
    return {
        **{key: figures[key] for key in SHOWN},
        "most_moved_min": round(max(moved_s) / MINUTE_S, 1),
        "faults": dict(faults),
        "search_s": round(plan.provenance.search_s, 1),
    }


def settled(roads: City, rows: list[Row], near_s: float) -> tuple[City, Inventory, list[Row], Counter[str]]:
    """Return what both plans are made of: rows that trucks can reach, in trips that can be driven, and what the rest is."""
    lost = Counter[str]()
    for why in ("on no street that trucks may drive", "in a trip that is too late at free flow"):
        city, inventory = stocked(roads, rows)
        plan = driven(city, inventory, rows, 0.0)[1]
        if why.startswith("on"):
            out = {u.item.partition(":")[0] for u in plan.unserved}
            kept = [row for row in rows if f"t{row.number}" not in out]
        else:
            slow = too_late(plan, rows, near_s)
            kept = [row for row in rows if (row.truck, row.trip) not in slow]
        lost[why] = len(rows) - len(kept)
        rows = kept
    return *stocked(roads, rows), rows, lost


def within(rows: list[Row], city: City) -> list[Row]:
    """Return the rows within the bounds of the road file, a little more."""
    xy = city.layers["streets"].geometry.coords
    low, high = xy.min(axis=0) - REACH_M, xy.max(axis=0) + REACH_M
    return [row for row in rows if (low <= row.xy_m).all() and (row.xy_m <= high).all()]


def main(words: list[str] | None = None) -> int:
    """Compare, print a JSON document, and keep the plans where that is asked for."""
    told = argparse.ArgumentParser(prog="python -m benchmarks.taipei", description=__doc__)
    told.add_argument("--time-limit", type=float, default=180.0, metavar="S")
    told.add_argument("--near", type=float, default=15.0, metavar="MIN")
    told.add_argument("--threads", type=int, default=2, metavar="N")
    told.add_argument("--seed", type=int, default=1, metavar="N")
    told.add_argument("--out", type=Path, metavar="FOLDER")
    options = told.parse_args(words)
    shared = Path(os.environ.get("JINGCHENG_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    if not (shared / TABLE).exists():
        print(f"skipped, there is no {shared / TABLE}; JINGCHENG_SHARED names where it is")
        return 0
    roads = assume_city(read_city([shared / ROADS]))
    table, lost = published(shared / TABLE, roads.epsg)
    rows = within(table, roads)
    lost["outside the road file"] = len(table) - len(rows)
    city, inventory, rows, more = settled(roads, rows, options.near * MINUTE_S)
    approach_s = calibrated(city, inventory, rows, options.near * MINUTE_S)
    scenario, today = driven(city, inventory, rows, approach_s)
    written = driven(city, inventory, rows, approach_s, late=False)[1]  # times as published, whatever the ways take
    document: dict[str, Any] = {
        "left_out": dict(lost + more),
        "stops": len(rows),
        "trucks": len({row.truck for row in rows}),
        "trips": len({(row.truck, row.trip) for row in rows}),
        "stay_h": round(sum(row.leave_s - row.arrive_s for row in rows) / HOUR_S, 1),
        "approach_s": approach_s,
        "today": shown(today, rows),
    }
    project = add_plan(Project(city), replace(scenario, name="今"), replace(today, name="今"))
    search = {"time_limit_s": options.time_limit, "n_threads": options.threads, "seed": options.seed}
    for name, near_min in (("near", options.near), ("free", 0.0)):
        began_s = time.monotonic()
        longest_h = max(r.legs[-1].end_s - r.legs[0].start_s for r in today.routes) / HOUR_S
        limits = {"stays_as_input": True, "approach_s": approach_s, "route_most_h": longest_h}
        asked = scenario_of(city, inventory, near_min, **limits, **search)
        asked = replace(asked, name=name, inputs=(written,))
        plan = run(asked, Silent())
        document[name] = {**shown(plan, rows), "seconds": round(time.monotonic() - began_s, 1)}
        project = add_plan(project, asked, plan)
    print(json.dumps(document, ensure_ascii=False, indent=1))
    if options.out is not None:
        save_project(options.out / "taipei.gpkg", project)
    sound = not document["near"]["faults"] and not document["free"]["faults"]
    return 0 if sound and document["near"]["most_moved_min"] <= options.near else 1


if __name__ == "__main__":
    sys.exit(main())
