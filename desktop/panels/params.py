"""The parameters panel: what the scenario asks, what the bureau owns, which documents bind it, what is locked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from desktop import icons, words
from desktop.i18n import say, tr
from desktop.panels.form import Form
from desktop.panels.parts import Panel, clear, heading, rule, secondary
from desktop.session import Session
from layers.errors import JingchengError
from layers.text import Text
from optimizer.params import ParamSpec, Value, specs
from optimizer.scenario import Lock
from resources.inventory import Inventory

_FLEET = Text("车队", "Fleet")
_SPARE = "spare_ratio"


class ParamsPanel(Panel):
    """Edit the scenario shown; every change is one step of undo."""

    def __init__(self, session: Session, describe: Callable[[str], Text], documents: Callable[[], dict[str, Text]]) -> None:
        super().__init__()
        self._session, self._describe, self._documents = session, describe, documents
        self._inner = self.add_column()
        self.form: Form | None = None
        self.fleet: Form | None = None
        self.name: QLineEdit | None = None
        self.documents: dict[str, QCheckBox] = {}
        self._built_for: object = None
        self._locks_shown: tuple[Lock, ...] | None = None
        session.desk_changed.connect(self.refresh)
        session.city_changed.connect(self.refresh)
        self.refresh()

    # --- building ------------------------------------------------------------------------------------------------

    def rebuild(self) -> None:
        """Build the form anew, for another planner, fleet or language."""
        self._built_for = None
        self.refresh()

    def refresh(self) -> None:
        """Show the values of the scenario shown."""
        scenario = self._session.scenario
        if scenario is None:
            clear(self._inner)
            self._inner.addWidget(secondary(tr("打开一个城市后，在这里设定规划参数。")))
            self._inner.addStretch()
            self._built_for = self.form = self.fleet = self.name = None
            return
        shape = (scenario.planner, tuple(v.key for v in scenario.inventory.vehicle_types))
        if shape != self._built_for:
            self._build()
            self._built_for = shape
        if self.form is None or self.fleet is None or self.name is None:
            return
        self.form.show_values({s.name: getattr(scenario.params, s.name) for s in specs(type(scenario.params))})
        self.fleet.show_values(fleet_values(scenario.inventory))
        if self.name.text() != scenario.name:
            self.name.setText(scenario.name)
        for key, check in self.documents.items():
            check.setChecked(key in scenario.documents)
        if scenario.locks != self._locks_shown:
            self._show_locks()

    def _build(self) -> None:
        scenario, planner = self._session.scenario, self._session.planner
        assert scenario is not None
        clear(self._inner)
        self._inner.addWidget(heading(tr("方案名称")))
        self.name = name = QLineEdit()
        self.name.setAccessibleName(tr("方案名称"))
        self.name.editingFinished.connect(lambda: self._session.rename(name.text()))
        self._inner.addWidget(self.name)
        if len(self._session.planners) > 1:
            self._inner.addWidget(self._planner_choice(scenario.planner))
        if planner is not None:
            self._inner.addWidget(secondary(say(planner.about)))
        self.form = Form(specs(type(scenario.params)))
        self.form.edited.connect(self._param_edited)
        self._inner.addWidget(self.form)
        self._inner.addWidget(rule())
        self.fleet = Form(fleet_specs(scenario.inventory))
        self.fleet.edited.connect(self._fleet_edited)
        self._inner.addWidget(self.fleet)
        self._build_documents()
        self._inner.addWidget(rule())
        self._locks = QVBoxLayout()
        self._locks_shown = None
        self._inner.addLayout(self._locks)
        self._inner.addStretch()

    def _planner_choice(self, key: str) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(tr("规划器"))
        for planner in self._session.planners.values():
            combo.addItem(say(planner.label), planner.key)
        combo.setCurrentIndex(combo.findData(key))
        combo.activated.connect(lambda _row: self._session.set_planner(combo.currentData()))
        return combo

    def _build_documents(self) -> None:
        self.documents = {}
        known = self._documents()
        if not known:
            return
        self._inner.addWidget(rule())
        self._inner.addWidget(heading(tr("约束本单位的文件（不选则全部参与评判）")))
        for key, label in known.items():
            check, text = QCheckBox(), QLabel(say(label))
            check.setAccessibleName(say(label))
            check.clicked.connect(self._documents_edited)
            text.setWordWrap(True)
            text.setBuddy(check)
            self.documents[key] = check
            row = QHBoxLayout()
            row.addWidget(check, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(text, 1)
            self._inner.addLayout(row)

    def _show_locks(self) -> None:
        clear(self._locks)
        self._locks_shown = self._session.scenario.locks if self._session.scenario else None
        scenario = self._session.scenario
        assert scenario is not None
        self._locks.addWidget(heading(tr("锁定 {0}").format(len(scenario.locks))))
        if not scenario.locks:
            sites = self._session.planner is not None and self._session.planner.sites
            hint = tr("选中一处设施或备选用地，锁定为必选、不选或保持。") if sites else ""
            self._locks.addWidget(secondary(hint or tr("选中一段已作业的道路，按 L 锁定给现在的车辆。")))
        for lock in scenario.locks[:50]:
            self._locks.addWidget(self._lock_line(lock))
        if len(scenario.locks) > 50:
            self._locks.addWidget(secondary(tr("另有 {0} 处").format(len(scenario.locks) - 50)))

    def _lock_line(self, lock: Lock) -> QWidget:
        line = QWidget()
        box = QHBoxLayout(line)
        box.setContentsMargins(0, 0, 0, 0)
        told = tr(words.LOCKS[lock.state]) if lock.state in words.LOCKS else lock.vehicle
        text = QLabel(f"{say(self._describe(lock.item))}  →  {told}")
        text.setWordWrap(True)
        box.addWidget(text, 1)
        remove = QToolButton()
        remove.setIcon(icons.icon("close"))
        remove.setToolTip(tr("解锁"))
        remove.clicked.connect(lambda: self._session.unlock(lock.item))
        box.addWidget(remove, 0, Qt.AlignmentFlag.AlignRight)
        return line

    # --- edits ---------------------------------------------------------------------------------------------------

    def _param_edited(self, name: str, value: Value) -> None:
        try:
            self._session.set_param(name, value)
        except JingchengError as error:
            if self.form is not None:
                self.form.show_fault(name, say(error.text))

    def _fleet_edited(self, name: str, value: Any) -> None:
        if self._session.scenario is not None:
            self._session.set_inventory(with_fleet(self._session.scenario.inventory, name, value), name)

    def _documents_edited(self) -> None:
        self._session.set_documents(tuple(key for key, check in self.documents.items() if check.isChecked()))


def fleet_specs(inventory: Inventory) -> tuple[ParamSpec, ...]:
    """Return what can be edited of a fleet, declared as parameters are."""
    owned = (
        ParamSpec(
            v.key, int, v.n_owned, v.label, "vehicles", low=0, high=5000, source=v.sources.get("n_owned"), group=_FLEET
        )
        for v in inventory.vehicle_types
    )
    label = Text("备用率", "spare ratio")
    spare = ParamSpec(
        _SPARE, float, inventory.spare_ratio, label, low=0, high=0.9, source=inventory.sources.get(_SPARE), group=_FLEET
    )
    return (*owned, spare)


def fleet_values(inventory: Inventory) -> dict[str, Value]:
    """Return the values that `fleet_specs` declares."""
    return {**{v.key: v.n_owned for v in inventory.vehicle_types}, _SPARE: inventory.spare_ratio}


def with_fleet(inventory: Inventory, name: str, value: Any) -> Inventory:
    """Return the inventory with one of these values replaced."""
    if name == _SPARE:
        return replace(inventory, spare_ratio=float(value))
    changed = (replace(v, n_owned=int(value)) if v.key == name else v for v in inventory.vehicle_types)
    return replace(inventory, vehicle_types=tuple(changed))
