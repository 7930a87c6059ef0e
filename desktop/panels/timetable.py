"""The timetables: of the vehicle that is selected, stop by stop, and of every point for the public notice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QLineEdit, QPushButton

from desktop import theme, words
from desktop.i18n import mark, say, tr
from desktop.panels.parts import Panel, button
from desktop.route_sheet import word
from desktop.tables import Col, Table
from optimizer.plan import LegKind
from publish.timetables import NoticeRow, StopRow

TRUCK, NOTICE = "truck", "notice"
LABELS = {TRUCK: mark("车辆时刻表"), NOTICE: mark("公示时刻表")}
_SEARCH_MS = 150


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


def _unit(col: Col) -> str:
    return col.field.rpartition("_")[2] if col.field.endswith(("_kg", "_m")) else ""


def _head(col: Col) -> str:
    return tr("{0}（{1}）").format(tr(col.header), _unit(col)) if _unit(col) else tr(col.header)


def _cell(col: Col, row: Any) -> str:
    return f"{getattr(row, col.field):.1f}" if _unit(col) else col.show(row)


class TimetablePanel(Panel):
    """Show when who is where; tells which item of the plan the user chose, and what is to be written to a file."""

    item_chosen = Signal(str)
    item_opened = Signal(str)
    export_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.tables = {
            TRUCK: Table(_TRUCK_COLS, mark("在线路表、甘特图或地图上选中一辆车，它的逐站时刻会列在这里。")),
            NOTICE: Table(_NOTICE_COLS, mark("方案收运垃圾收集点时，每个点的公示时刻会列在这里。")),
        }
        self.shown = NOTICE
        self._all: dict[str, Sequence[Any]] = {TRUCK: (), NOTICE: ()}
        self._found: dict[str, list[str]] = {}
        self._title = ""
        self._add_head()
        for table in self.tables.values():
            self.box.addWidget(table, 1)
            table.chosen.connect(lambda row: self.item_chosen.emit(row.item))
            table.opened.connect(lambda row: self.item_opened.emit(row.item))
        self.retranslate()

    def _add_head(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(theme.PAD_PX, theme.GRID_PX, theme.PAD_PX, theme.GRID_PX)
        row.setSpacing(theme.GRID_PX)
        self.buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        for key in (NOTICE, TRUCK):
            made = button("", self._shower(key))
            made.setCheckable(True)
            group.addButton(made)
            self.buttons[key] = made
            row.addWidget(made)
        self.title = QLabel()
        self.title.setObjectName("secondary")
        self.search = QLineEdit()
        self.search.setMaximumWidth(220)
        self.search.setClearButtonEnabled(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SEARCH_MS)
        self._pause.timeout.connect(self._filter)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.export = button("", lambda: self.export_wanted.emit(self.shown))
        row.addWidget(self.title, 1)
        row.addWidget(self.search)
        row.addWidget(self.export)
        self.box.addLayout(row)

    def _shower(self, key: str) -> Callable[[], None]:
        return lambda: self.show_table(key)

    def show_table(self, key: str) -> None:
        """Turn to one of the two tables."""
        self.shown = key
        for name, table in self.tables.items():
            table.setVisible(name == key)
            self.buttons[name].setChecked(name == key)
        self._filter()

    def show_notice(self, rows: Sequence[NoticeRow]) -> None:
        """Show the public notice of another plan, and no vehicle's stops."""
        self._set(NOTICE, rows)
        self.show_truck("", ())

    def show_truck(self, title: str, rows: Sequence[StopRow]) -> None:
        """Show a vehicle's stops."""
        self._title = title
        self._set(TRUCK, rows)

    def _set(self, key: str, rows: Sequence[Any]) -> None:
        self._all[key] = rows
        self._found.pop(key, None)
        if key == self.shown:
            self._filter()
        else:
            self.tables[key].set_rows(rows)

    def _filter(self) -> None:
        """Show the rows that hold what is searched for."""
        key, wanted = self.shown, self.search.text().strip().lower()
        rows = self._all[key]
        if wanted:
            if key not in self._found:
                cols = self.tables[key].model.cols
                self._found[key] = ["\n".join(col.show(row) for col in cols).lower() for row in rows]
            rows = [row for row, text in zip(rows, self._found[key], strict=True) if wanted in text]
        self.tables[key].set_rows(rows)
        told = [self._title] if key == TRUCK and self._title else []
        if self._all[key]:
            told.append(tr("{0} 行").format(words.number(len(rows))))
        self.title.setText(" · ".join(told))
        self.export.setEnabled(bool(rows))

    def choose(self, item: str, is_of: Callable[[str], bool]) -> None:
        """Mark the row of an item; where it is none itself, the first that is of the object selected."""
        for table in self.tables.values():
            line = table.model.line_of(lambda row: row.item == item)
            table.choose((lambda row: row.item == item) if line >= 0 else (lambda row: is_of(row.item)))

    def written(self) -> tuple[list[str], list[list[str]]]:
        """Return headings and rows of the table in sight for a file, in the order in which they stand.

        Weights and lengths are bare figures there, with their unit in the heading.
        """
        model = self.tables[self.shown].model
        cols = [col for i, col in enumerate(model.cols) if not self.tables[self.shown].view.isColumnHidden(i)]
        lines = [[_cell(col, model.row(i)) for col in cols] for i in range(model.rowCount())]
        return [_head(col) for col in cols], lines

    def retranslate(self) -> None:
        """Say it in the present language."""
        for key, made in self.buttons.items():
            made.setText(tr(LABELS[key]))
        self.search.setPlaceholderText(tr("筛选：点名、道路、车辆、时刻"))
        self.export.setText(tr("导出表格…"))
        self.export.setToolTip(tr("把表中的行写成 CSV，电子表格可直接打开"))
        self._found.clear()
        for table in self.tables.values():
            table.retranslate()
        self.show_table(self.shown)
