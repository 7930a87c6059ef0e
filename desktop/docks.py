"""The docks: which there are, where they stand at first, and the two tables in them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow, QMenu, QTabWidget, QWidget

from desktop import theme, words
from desktop.actions import FILE, WINDOW
from desktop.digest import UnservedRow
from desktop.i18n import mark, say, tr
from desktop.skeleton import LEFT_PX, bottom_px, right_px
from desktop.tables import Col, Table

if TYPE_CHECKING:
    from desktop.main_window import MainWindow

TITLES = {
    "layers": mark("图层"),
    "scenarios": mark("方案"),
    "params": mark("参数"),
    "results": mark("结果"),
    "object": mark("对象"),
    "gantt": mark("班次甘特"),
    "routes": mark("线路"),
    "sites": mark("选址"),
    "unserved": mark("未作业"),
    "timetable": mark("时刻表"),
    "stations": mark("站点负荷"),
    "board": mark("达标看板"),
    "attributes": mark("属性表"),
    "log": mark("日志"),
}
# Panels that the window calls otherwise than their dock.
_PANELS = {"sites": "sites_panel"}
_UNMET = mark("未满足")
_LEFT, _RIGHT, _BOTTOM = (
    ("layers", "scenarios"),
    ("params", "results", "object"),
    (
        "gantt",
        "routes",
        "timetable",
        "stations",
        "sites",
        "unserved",
        "board",
        "attributes",
        "log",
    ),
)


def title(key: str, n_rows: int = 0, *, drives: bool = True) -> str:
    """Return a dock's title, with the number of its rows; what is left out of a plan without routes is called otherwise."""
    text = tr(_UNMET) if key == "unserved" and not drives else tr(TITLES[key])
    return f"{text} {words.number(n_rows)}" if n_rows else text


def allow(window: MainWindow) -> None:
    """Let docks be tabbed, nested and dragged."""
    window.setDockNestingEnabled(True)
    window.setDockOptions(
        QMainWindow.DockOption.AllowTabbedDocks
        | QMainWindow.DockOption.AllowNestedDocks
        | QMainWindow.DockOption.GroupedDragging
    )
    window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
    window.setDocumentMode(True)
    cast(QMenu, window.actions_.menus[WINDOW]).addSeparator()


def make(window: MainWindow, key: str) -> QDockWidget:
    """Return one dock with its panel in it, and list it in the window's menu."""
    dock = QDockWidget(title(key), window)
    dock.setObjectName(key)
    dock.setWidget(cast(QWidget, getattr(window, _PANELS.get(key, key))))
    dock.setTitleBarWidget(_title_bar(dock, key))
    cast(QMenu, window.actions_.menus[WINDOW]).addAction(dock.toggleViewAction())
    return dock


def _title_bar(dock: QDockWidget, key: str) -> QWidget:
    """Return a quiet title that drags the dock; where docks share a place, the tab is title enough."""
    if key not in _LEFT:
        return QWidget(dock)
    bar = QLabel(title(key))
    bar.setObjectName("docktitle")
    bar.setContentsMargins(theme.PAD_PX, 8, theme.PAD_PX, 4)
    dock.windowTitleChanged.connect(bar.setText)
    return bar


def place(window: MainWindow) -> None:
    """Put the docks where they stand at first."""
    area = Qt.DockWidgetArea
    window.setCorner(Qt.Corner.BottomLeftCorner, area.BottomDockWidgetArea)
    window.setCorner(Qt.Corner.BottomRightCorner, area.RightDockWidgetArea)
    places = ((area.LeftDockWidgetArea, _LEFT), (area.RightDockWidgetArea, _RIGHT), (area.BottomDockWidgetArea, _BOTTOM))
    docks = window.docks
    for side, keys in places:
        window.addDockWidget(side, docks[keys[0]])
        for before, key in pairwise(keys):
            # at once where it belongs: side by side for a moment, all together would widen the window
            if keys is _LEFT:
                window.splitDockWidget(docks[before], docks[key], Qt.Orientation.Vertical)
            else:
                window.tabifyDockWidget(docks[before], docks[key])
        for key in keys:
            docks[key].setFloating(False)
            docks[key].show()
    for keys in (_RIGHT, _BOTTOM):
        docks[keys[0]].raise_()
    _resize(window)
    QTimer.singleShot(0, window, lambda: _resize(window))  # again, once the window has laid itself out


def _resize(window: MainWindow) -> None:
    docks = window.docks
    window.resizeDocks([docks["layers"], docks["params"]], [LEFT_PX, right_px(window.width())], Qt.Orientation.Horizontal)
    window.resizeDocks([docks["layers"], docks["scenarios"]], [420, 160], Qt.Orientation.Vertical)
    window.resizeDocks([docks["gantt"]], [bottom_px(window.height())], Qt.Orientation.Vertical)


def restore(window: MainWindow, state: QByteArray) -> bool:
    """Put the docks where they were left, no wider than the window has room for; False where the state is unreadable."""
    if not window.restoreState(state):
        return False
    keep_map(window)
    QTimer.singleShot(0, window, lambda: keep_map(window))  # again, once the window has laid itself out
    return True


def keep_map(window: MainWindow) -> None:
    """Narrow docks that were left on a larger screen, so that half the window's width and height stay with the map."""
    area = Qt.DockWidgetArea
    for sides, whole, way in (
        ((area.LeftDockWidgetArea, area.RightDockWidgetArea), window.width(), Qt.Orientation.Horizontal),
        ((area.TopDockWidgetArea, area.BottomDockWidgetArea), window.height(), Qt.Orientation.Vertical),
    ):
        sizes = {}
        for side in sides:
            there = [d for d in window.docks.values() if window.dockWidgetArea(d) == side and _takes_room(d)]
            if there:
                dock = max(there, key=lambda d: _size(d, way))
                sizes[dock] = _size(dock, way)
        taken = sum(sizes.values())
        if taken > whole // 2:
            window.resizeDocks(list(sizes), [size * whole // (2 * taken) for size in sizes.values()], way)


def _takes_room(dock: QDockWidget) -> bool:
    # one behind another tab has a size of its own that means nothing
    return not dock.isFloating() and not dock.visibleRegion().isEmpty()


def _size(dock: QDockWidget, way: Qt.Orientation) -> int:
    return dock.width() if way == Qt.Orientation.Horizontal else dock.height()


def fill_recent(window: MainWindow, source: str) -> None:
    """List the files opened last in the file menu."""
    menus = window.actions_.menus
    menu = menus.get(source)
    if menu is None:
        before = window.actions_.by_id["save"]
        menu = QMenu(window)
        cast(QMenu, menus[FILE]).insertMenu(before, menu)
        menus[source] = menu
    menu = cast(QMenu, menu)
    menu.setTitle(tr(source))
    menu.clear()
    for path in window.settings.recent():
        action = menu.addAction(path.name)
        action.setToolTip(str(path))
        action.triggered.connect(partial(_open, window, path))
    menu.setEnabled(bool(menu.actions()))


def _open(window: MainWindow, path: Path, _on: bool = False) -> None:
    window.files.open_path(path)


def routes_table(swatch: Callable[[Any], str]) -> Table:
    """Return the table of routes."""
    cols = (
        Col("vehicle", mark("车辆"), lambda r: say(r.vehicle), width_px=184),
        Col("shift", mark("班次"), lambda r: say(r.shift), width_px=76),
        Col("start_s", mark("出场"), lambda r: words.time_of_day(r.start_s), is_number=True, width_px=68),
        Col("end_s", mark("回场"), lambda r: words.time_of_day(r.end_s), is_number=True, width_px=68),
        Col("worked_s", mark("用时"), lambda r: words.duration(r.worked_s), is_number=True, width_px=84),
        Col("n_served", mark("作业数"), lambda r: words.number(r.n_served), is_number=True, width_px=64),
        Col("served_m", mark("作业里程"), lambda r: words.kilometres(r.served_m), is_number=True, width_px=84),
        Col("driven_m", mark("空驶里程"), lambda r: words.kilometres(r.driven_m), is_number=True, width_px=84),
        Col("n_unloads", mark("卸料次数"), lambda r: words.number(r.n_unloads), is_number=True, width_px=64, optional=True),
        Col("n_refills", mark("补给次数"), lambda r: words.number(r.n_refills), is_number=True, width_px=64, optional=True),
        Col("load_kg", mark("装载量"), lambda r: words.tonnes(r.load_kg), is_number=True, width_px=72, optional=True),
        Col(
            "n_locked",
            mark("锁定"),
            lambda r: words.number(r.n_locked) if r.n_locked else "",
            is_number=True,
            width_px=64,
            optional=True,
        ),
    )
    table = Table(cols, mark("还没有线路。计算后，每辆车每班一行。"), swatch)
    table.view.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the number at its end tells vehicles apart
    return table


def unserved_table() -> Table:
    """Return the table of what is not served."""

    def amount(row: UnservedRow) -> str:
        return words.figure(row.amount, row.unit) if row.amount else ""

    cols = (
        Col("name", mark("对象"), lambda r: say(r.name), width_px=200),
        Col("amount", mark("工作量"), amount, is_number=True, width_px=96),
        Col("reason", mark("原因"), lambda r: say(r.reason), stretch=True),
        Col("change", mark("最小改动"), lambda r: say(r.change), stretch=True),
    )
    return Table(cols, mark("没有未作业的对象，或尚未计算。"))
