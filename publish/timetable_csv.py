"""Timetables as CSV: of the vehicles, of the points for the public notice, and the stations' loads."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path

from layers.city import City
from layers.text import Lang, Text
from layers.units import clock
from optimizer.plan import LegKind, Plan
from publish.rows import write_rows
from publish.timetables import Timetables, timetables, truck_rows, vehicles_of
from resources.inventory import Inventory

_DOES = {
    LegKind.SERVE: Text("作业", "serve"),
    LegKind.UNLOAD: Text("卸料", "unload"),
    LegKind.REFILL: Text("补给", "refill"),
    LegKind.BREAK: Text("休息", "break"),
}
_TRUCKS = (
    Text("车辆", "vehicle"), Text("日", "day"), Text("趟次", "trip"), Text("顺序", "order"), Text("内容", "does"),
    Text("编号", "item"), Text("名称", "name"), Text("品类", "stream"), Text("到达", "arrive"), Text("离开", "leave"),
    Text("收运量（kg）", "kg"), Text("车上载量（kg）", "aboard kg"), Text("距上一停靠点（m）", "way m"),
)  # fmt: skip
_NOTICE = (
    Text("编号", "item"), Text("收集点", "point"), Text("道路", "street"), Text("品类", "stream"), Text("日", "days"),
    Text("收运时刻", "time"), Text("车辆", "vehicle"), Text("收运量（kg）", "kg"),
)  # fmt: skip
_STATIONS = (
    Text("编号", "item"), Text("站点", "station"), Text("日", "day"), Text("起", "from"), Text("卸料量（kg）", "kg"),
    Text("车次", "visits"), Text("同时卸料车辆", "at once"), Text("泊位", "bays"), Text("日处理能力（kg）", "capacity kg"),
)  # fmt: skip

Line = list[str]


def write_timetable(plan: Plan, city: City, inventory: Inventory, path: Path, table: str, lang: Lang) -> int:
    """Write one of `TABLES` of a plan as CSV and return how many rows it has. Times run on past midnight (``25:10``).

    Raises
    ------
    StorageError
        Where the file cannot be written; a file that was there stays whole.
    """
    heads, lines = TABLES[table]
    vehicles = vehicles_of(plan.routes, inventory)
    made = list(lines(plan, city, timetables(plan, city, vehicles), lang))
    write_rows([head.get(lang) for head in heads], made, path)
    return len(made)


def _trucks(plan: Plan, city: City, times: Timetables, lang: Lang) -> Iterator[Line]:
    for row in truck_rows(plan.routes, city, times.vehicles):
        yield [
            row.vehicle.get(lang), str(row.day + 1), str(row.trip), str(row.order), _DOES[row.kind].get(lang), row.item,
            row.name.get(lang), row.mark.get(lang), clock(row.arrive_s), clock(row.leave_s), f"{row.load_kg:.1f}",
            f"{row.aboard_kg:.1f}", f"{row.way_m:.0f}",
        ]  # fmt: skip


def _notice(_plan: Plan, _city: City, times: Timetables, lang: Lang) -> Iterator[Line]:
    for row in times.notice:
        days = " ".join(str(day + 1) for day in row.days)
        yield [
            row.item, row.name.get(lang), row.street, row.mark.get(lang), days, clock(row.minute_s), row.vehicle.get(lang),
            f"{row.load_kg:.1f}",
        ]  # fmt: skip


def _stations(_plan: Plan, _city: City, times: Timetables, lang: Lang) -> Iterator[Line]:
    for row in times.stations:
        load = row.load
        bays = str(row.n_bays) if row.n_bays else ""
        capacity = f"{row.capacity_kg:.0f}" if math.isfinite(row.capacity_kg) else ""
        for k, start_s in enumerate(load.start_s.tolist()):
            told = [clock(start_s), f"{load.load_kg[k]:.1f}", str(load.n_visits[k]), str(load.n_at_once[k])]
            yield [row.item, row.name.get(lang), str(load.day + 1), *told, bays, capacity]


Lines = Callable[[Plan, City, Timetables, Lang], Iterator[Line]]
TABLES: dict[str, tuple[tuple[Text, ...], Lines]] = {
    "trucks": (_TRUCKS, _trucks),
    "notice": (_NOTICE, _notice),
    "stations": (_STATIONS, _stations),
}
