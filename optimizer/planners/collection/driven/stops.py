"""The stops of a timetable that can be driven, and what becomes of the rows that cannot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

import numpy as np

from layers.layer import Bool
from layers.text import Text
from optimizer.ground.places import xy_of
from optimizer.ground.streams import NUMBER_OF_MARK, STREAMS
from optimizer.imported import ImportedRow
from optimizer.plan import Assumed
from optimizer.planners.collection.explaining.unserved import Why
from optimizer.planners.collection.night.reading import Night
from optimizer.planners.collection.night.views import View

# Kilograms that are the same but for rounding.
_SAME_KG = 0.05
# What of the rows could not be taken as it is, and what was done with them.
_TAKEN = (
    (
        Text("不在道路旁的行", "rows on no street"),
        Text("未采用，不在车辆可通行的道路旁", "not taken, on no street that the vehicle may drive"),
    ),
    (
        Text("无垃圾的行", "rows with nothing to collect"),
        Text("未采用，该点没有此类垃圾", "not taken, its point has nothing of that stream"),
    ),
    (
        Text("时刻重叠的行", "rows that overlap"),
        Text("早于上一站离开，按上一站离开时刻起算", "before the stop before it ends, so begun behind it"),
    ),
    (
        Text("早已结束的行", "rows that end too early"),
        Text("未采用，上一站离开前已结束", "not taken, over before the stop before it ends"),
    ),
    (
        Text("重复停靠的行", "rows that stop again"),
        Text("同一点再次停靠，只计停留", "a point that was served before, counted as a stay alone"),
    ),
    (
        Text("重量不同的行", "rows with other kilograms"),
        Text("未采用其重量，按收集点图层", "their kilograms are not taken, the layer's count"),
    ),
    (
        Text("未写类别的行", "rows without a stream"),
        Text("只计该点的第一类垃圾，其余列为未收集", "serve the first stream of their point alone, the others are left"),
    ),
)


@dataclass(frozen=True)
class Stop:
    """Hold a stop of a vehicle's timetable.

    Parameters
    ----------
    trip
        As written.
    place
        Number of its place in the view.
    at
        Item, or station.
    start_s, end_s
        When; of a station only known when the ways are.
    is_new
        Whether the item was not served before.
    """

    trip: str
    place: int
    at: str
    start_s: float
    end_s: float
    is_new: bool = False
    is_station: bool = False


@dataclass
class Timetable:
    """Read stops off rows, and count what of them cannot be taken as it is.

    Parameters
    ----------
    night
        What there is.
    view
        How the vehicles see the streets.
    """

    night: Night
    view: View
    served: set[str] = field(default_factory=set)
    off_street: list[int] = field(default_factory=list)
    overlapping: list[int] = field(default_factory=list)
    enclosed: list[int] = field(default_factory=list)
    again: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    other_kg: list[int] = field(default_factory=list)
    one_stream: list[int] = field(default_factory=list)
    not_taken: dict[str, Why] = field(default_factory=dict)
    n_not_unloaded: int = 0

    def stops(self, rows: Sequence[ImportedRow]) -> Iterator[Stop]:
        """Yield the stops that can be driven, in the order of the timetable, times growing."""
        tasks, now_s = self.night.tasks, -np.inf
        for row in rows:
            item = self._item(row)
            k = tasks.row_of.get(item)
            if k is None:
                self.unknown.append(row["row"])
                continue
            place = int(tasks.point[k])
            if k in self.night.kept_out or not self.view.there[place]:
                self.off_street.append(row["row"])
                continue
            start_s = max(now_s, row["arrive_s"])
            if row["leave_s"] < start_s:
                self.enclosed.append(row["row"])
                self.not_taken[item] = _over(row["row"])
                continue
            if row["arrive_s"] < now_s:
                self.overlapping.append(row["row"])
            now_s, is_new = row["leave_s"], item not in self.served
            if not is_new:
                self.again.append(row["row"])
            self.served.add(item)
            self._note_row(row, k)
            yield Stop(row["trip"], place, item, start_s, now_s, is_new)

    def _item(self, row: ImportedRow) -> str:
        """Return the task of a row: of its stream, else of the first stream that its point has."""
        marks = [row["stream"].upper()] if row["stream"] else [STREAMS[s].mark for s in self.night.streams]
        items = [f"{row['point']}:{mark}" for mark in marks if mark in NUMBER_OF_MARK]
        return next((i for i in items if i in self.night.tasks.row_of), items[0] if items else "")

    def _note_row(self, row: ImportedRow, k: int) -> None:
        """Note where a row says other kilograms than its task has, or no stream where its point has several."""
        tasks = self.night.tasks
        if row["kg"] is not None and abs(row["kg"] - tasks.kg[k]) > _SAME_KG:
            self.other_kg.append(row["row"])
        if not row["stream"] and int((tasks.point == tasks.point[k]).sum()) > 1:
            self.one_stream.append(row["row"])

    def depot_of(self, stops: Sequence[Stop]) -> int:
        """Return the number of the depot that is nearest to the first stop."""
        depots = self.night.places.depots
        away_m = np.hypot(*(xy_of(depots) - self.night.xy_m[stops[0].place]).T)
        return int(np.argmin(np.where(self._there(depots, 0), away_m, np.inf)))

    def with_unloads(self, stops: Sequence[Stop]) -> Iterator[Stop]:
        """Yield the stops with an unloading behind each trip."""
        for here, there in zip_longest(stops, stops[1:]):
            yield here
            if there is None or there.trip != here.trip:
                place = self._nearest_station(here.place, None if there is None else there.place)
                if place is None:
                    self.n_not_unloaded += 1
                    continue
                station = self.night.facilities[place - len(self.night.xy_m)]
                # times are found with the ways; where a route goes on, the stop behind it says by when
                yield Stop(here.trip, place, station.id, here.end_s, here.end_s, is_station=True)

    def _nearest_station(self, place: int, other: int | None) -> int | None:
        """Return the place of the station with the shortest way round, as the crow flies; None where none can be reached."""
        stations = self.night.places.stations
        xy = xy_of(stations)
        at = self.night.xy_m[place]
        away = np.hypot(*(xy - at).T)
        if other is not None:
            away = away + np.hypot(*(xy - self.night.xy_m[other]).T)
        away[~self._there(stations, len(self.night.places.depots))] = np.inf
        if not np.isfinite(away).any():
            return None
        return len(self.night.xy_m) + len(self.night.places.depots) + int(np.argmin(away))

    def _there(self, places: Sequence[object], n_before: int) -> Bool:
        first = len(self.night.xy_m) + n_before
        return self.view.there[first : first + len(places)]

    def assumed(self) -> Iterator[Assumed]:
        """Yield what of the rows could not be taken as it is."""
        if self.n_not_unloaded:
            none = Text("没有车辆能到达的卸料站，未写卸料", "the vehicle reaches no station, so no unloading is written")
            yield Assumed(Text("未卸料的趟次", "trips without unloading"), self.n_not_unloaded, none)
        taken = (
            self.off_street, self.unknown, self.overlapping, self.enclosed, self.again, self.other_kg, self.one_stream,
        )  # fmt: skip
        for rows, (what, rule) in zip(taken, _TAKEN, strict=True):
            if rows:
                listed = ", ".join(map(str, rows[:8])) + (" …" if len(rows) > 8 else "")
                yield Assumed(what, len(rows), Text(f"{rule.zh}：第 {listed} 行", f"{rule.en}: rows {listed}"))


def _over(row: int) -> Why:
    """Return why a task is left whose row ends before the stop before it does."""
    rule = _TAKEN[3][1]
    reason = Text(f"时刻表第 {row} 行{rule.zh}", f"row {row} of the timetable is {rule.en}")
    return "not_driven", reason, Text("改正该行时刻", "mend the times of that row")
