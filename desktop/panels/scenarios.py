"""The list of scenarios: each with its main figure, or that its plan is out of date."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QMenu, QTreeWidget, QTreeWidgetItem

from desktop import theme, words
from desktop.desk import Result
from desktop.i18n import say, tr
from desktop.panels.parts import Panel, two_columns
from desktop.session import Session
from optimizer.plan import Plan
from optimizer.scenario import Scenario

_KEY = Qt.ItemDataRole.UserRole


class ScenariosPanel(Panel):
    """Choose, rename, branch and remove scenarios."""

    chosen = Signal(str)

    def __init__(self, session: Session, actions: Callable[[], list[QAction]]) -> None:
        super().__init__()
        self._session, self._actions = session, actions
        self.tree = two_columns(14)
        self.tree.setEditTriggers(QTreeWidget.EditTrigger.EditKeyPressed | QTreeWidget.EditTrigger.DoubleClicked)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.tree.customContextMenuRequested.connect(self._menu)
        self.tree.currentItemChanged.connect(self._moved)
        self.tree.itemChanged.connect(self._renamed)
        self.box.addWidget(self.tree, 1)
        session.desk_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the scenarios as they stand."""
        self.tree.blockSignals(True)
        self.tree.clear()
        items: dict[str, QTreeWidgetItem] = {}
        for entry in self._session.desk.entries:
            note, colour, tip = verdict_of(self._session.results.get(entry.key), entry.scenario)
            item = QTreeWidgetItem(items.get(entry.parent) or self.tree, [entry.scenario.name, note])
            item.setData(0, _KEY, entry.key)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setForeground(1, QColor(colour))
            item.setToolTip(0, tip)
            items[entry.key] = item
        self.tree.expandAll()
        if current := items.get(self._session.desk.current):
            self.tree.setCurrentItem(current)
        self.tree.blockSignals(False)

    def _moved(self, now: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        if now is not None:
            self.chosen.emit(now.data(0, _KEY))

    def _renamed(self, item: QTreeWidgetItem, column: int) -> None:
        if column == 0 and item.data(0, _KEY) == self._session.desk.current:
            self._session.rename(item.text(0))
            self.refresh()

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.addActions(self._actions())
        menu.exec(self.tree.viewport().mapToGlobal(at))

    def edit_current(self) -> None:
        """Let the user type another name for the scenario shown."""
        if (item := self.tree.currentItem()) is not None:
            self.tree.editItem(item, 0)


def verdict_of(result: Result | None, scenario: Scenario) -> tuple[str, str, str]:
    """Return what stands beside a scenario: a note, its colour, and the reason as a tool tip."""
    tokens = theme.current()
    if result is None:
        return "–", tokens.unmeasured, tr("尚未计算")
    if result.is_stale(scenario):
        asks_same = result.outdated or not result.asks_else(scenario)
        why = tr("方案所用的图层已改动") if asks_same else tr("计算之后改动过参数、资源或锁定")
        return tr("过期"), tokens.unmeasured, why
    if result.plan.faults:
        return tr("{0} 处错误").format(len(result.plan.faults)), tokens.missed, say(result.plan.faults[0].text)
    if result.plan.changes and not result.plan.routes:
        return tr("变更 {0}").format(len(result.plan.changes)), tokens.secondary, _cost(result.plan)
    whole = [k for k in result.plan.kpis if k.scope == "city" and not k.where]
    rate, cost = (next((k for k in whole if k.unit == unit), None) for unit in ("%", "yuan"))
    told = [words.figure(round(rate.value, 1), "%")] if rate else []
    told += [words.figure(cost.value, cost.unit)] if cost else []
    if told:
        return " · ".join(told), tokens.secondary, ""
    return tr("未作业 {0}").format(len(result.plan.unserved)), tokens.secondary, ""


def _cost(plan: Plan) -> str:
    cost = next((k for k in plan.kpis if k.unit == "yuan" and k.scope == "city" and not k.where), None)
    return words.figure(cost.value, cost.unit) if cost else ""
