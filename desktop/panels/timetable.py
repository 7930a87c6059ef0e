"""The timetables: of the vehicle that is selected, stop by stop, and of every point for the public notice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop import words
from desktop.i18n import mark, say, tr
from desktop.panels.switched import Sheet, SwitchedTables
from desktop.route_sheet import word
from desktop.tables import Col
from optimizer.plan import LegKind
from publish.timetables import NoticeRow, StopRow

TRUCK, NOTICE = "truck", "notice"


def _days(row: NoticeRow) -> str:
    return tr("、").join(str(day + 1) for day in row.days)


def _stop_name(row: StopRow) -> str:
    does = "" if row.kind is LegKind.SERVE else tr(word(row.kind, charges=row.charges))
    return " · ".join(part for part in (does, say(row.name)) if part)


_TRUCK_COLS = (
    Col("trip", mark("趟次"), lambda r: words.number(r.trip), is_number=True, width_px=56),
    Col("order", mark("顺序"), lambda r: words.number(r.order), is_number=True, width_px=56),
    Col("name", mark("停靠点"), _stop_name, width_px=260),
    Col("mark", mark("品类"), lambda r: say(r.mark), width_px=96, optional=True),
    Col("arrive_s", mark("到达"), lambda r: words.time_of_day(r.arrive_s), is_number=True, width_px=84),
    Col("leave_s", mark("离开"), lambda r: words.time_of_day(r.leave_s), is_number=True, width_px=84),
    Col("load_kg", mark("收运量"), lambda r: words.kilograms(r.load_kg), is_number=True, width_px=96, optional=True),
    Col("aboard_kg", mark("车上载量"), lambda r: words.kilograms(r.aboard_kg), is_number=True, width_px=96, optional=True),
    Col("way_m", mark("距上一停靠点"), lambda r: words.figure(r.way_m, "m"), is_number=True, width_px=110),
)
_NOTICE_COLS = (
    Col("name", mark("收集点"), lambda r: say(r.name), width_px=220),
    Col("street", mark("道路"), lambda r: r.street, width_px=140, optional=True),
    Col("mark", mark("品类"), lambda r: say(r.mark), width_px=96, optional=True),
    Col("days", mark("日"), _days, width_px=88, optional=True),
    Col("minute_s", mark("收运时刻"), lambda r: words.time_of_day(r.minute_s), is_number=True, width_px=92),
    Col("vehicle", mark("车辆"), lambda r: say(r.vehicle), width_px=230),
    Col("load_kg", mark("收运量"), lambda r: words.kilograms(r.load_kg), is_number=True, width_px=96, optional=True),
)


SHEETS = {
    NOTICE: Sheet(mark("公示时刻表"), _NOTICE_COLS, mark("方案收运垃圾收集点时，每个点的公示时刻会列在这里。")),
    TRUCK: Sheet(mark("车辆时刻表"), _TRUCK_COLS, mark("在线路表、甘特图或地图上选中一辆车，它的逐站时刻会列在这里。")),
}


class TimetablePanel(SwitchedTables):
    """Show when who is where: every point's times for the public notice, and the stops of the vehicle selected."""

    def __init__(self) -> None:
        super().__init__(SHEETS, mark("筛选：点名、道路、车辆、时刻"))
        self._title = ""
        self.retranslate()

    def show_notice(self, rows: Sequence[NoticeRow]) -> None:
        """Show the public notice of another plan, and no vehicle's stops."""
        self.set_rows(NOTICE, rows)
        self.show_truck("", ())

    def show_truck(self, title: str, rows: Sequence[StopRow]) -> None:
        """Show a vehicle's stops."""
        self._title = title
        self.set_rows(TRUCK, rows)

    def told(self, key: str) -> list[str]:
        """Return what stands beside the buttons of a table: the vehicle, and how many rows there are."""
        return [*([self._title] if key == TRUCK and self._title else []), *super().told(key)]

    def choose(self, item: str, is_of: Callable[[str], bool]) -> None:
        """Mark the row of an item; where it is none itself, the first that is of the object selected."""
        for table in self.tables.values():
            line = table.model.line_of(lambda row: row.item == item)
            table.choose((lambda row: row.item == item) if line >= 0 else (lambda row: is_of(row.item)))
