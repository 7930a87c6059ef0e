"""The open project: city, scenarios, plans, what is selected; every edit goes through here and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoStack

from desktop.desk import Desk, Entry, Opened, Result, Selection
from desktop.history import Edit
from desktop.i18n import mark, tr
from layers.city import City
from optimizer.params import Params, Value, with_values
from optimizer.plan import Plan
from optimizer.planner import Planner
from optimizer.scenario import Lock, Scenario
from resources.entered import Entered
from resources.inventory import Inventory


class Session(QObject):
    """Hold the open project and tell of its changes.

    Parameters
    ----------
    planners
        All that were discovered.
    """

    city_changed = Signal()
    city_edited = Signal()
    desk_changed = Signal()
    plan_changed = Signal()
    selection_changed = Signal()
    saved_changed = Signal()

    def __init__(self, planners: dict[str, Planner], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.city: City | None = None
        self.path: Path | None = None
        self.desk = Desk()
        self.results: dict[str, Result] = {}
        self.selection = Selection()
        self.undo = QUndoStack(self)
        self.planners = planners
        self._n_made = 0
        self._unsaved_plans = False
        self.undo.cleanChanged.connect(self._clean_changed)

    # --- what is open --------------------------------------------------------------------------------------------

    @property
    def entry(self) -> Entry | None:
        """The scenario shown, with its key."""
        return self.desk.entry()

    @property
    def scenario(self) -> Scenario | None:
        """The scenario shown."""
        return self.entry.scenario if self.entry else None

    @property
    def result(self) -> Result | None:
        """The plan of the scenario shown, with what it was made from."""
        return self.results.get(self.desk.current)

    @property
    def planner(self) -> Planner | None:
        """The planner of the scenario shown."""
        return self.planners.get(self.scenario.planner) if self.scenario else None

    @property
    def is_saved(self) -> bool:
        """Whether closing now would lose nothing."""
        return self.undo.isClean() and not self._unsaved_plans

    def open(self, opened: Opened) -> None:
        """Put another project in place of this one; the undo history begins anew.

        Who listens is told in turn, so that the window stays awake between one panel and the next.
        """
        self.undo.clear()
        self.city, self.path, self.results = opened.city, opened.path, dict(opened.results)
        self.selection = Selection()
        self._unsaved_plans = False
        self.desk = opened.desk
        if not self.desk.entries and self.planners:
            self.desk = opened.desk.with_entry(Entry(self._new_key(), self._new_scenario(opened)))
        for tell in (self.city_changed, self.desk_changed, self.plan_changed, self.saved_changed):
            QTimer.singleShot(0, self, tell.emit)

    def saved_as(self, path: Path, index: int, results: dict[str, Result]) -> None:
        """Note what stands in a file now: everything up to an index of the undo stack, and these plans."""
        self.path, self._unsaved_plans = path, any(results.get(k) is not r for k, r in self.results.items())
        if index == self.undo.index():
            self.undo.setClean()
        else:
            self.undo.resetClean()
        self.saved_changed.emit()

    def mark_unsaved(self) -> None:
        """Note that what is open stands in no file as it is, such as after it was recovered."""
        self._unsaved_plans = True
        self.saved_changed.emit()

    def to_save(self) -> tuple[tuple[Scenario, ...], tuple[Plan, ...], tuple[Entered, ...]]:
        """Return scenarios, plans and entered figures as a file holds them: each plan under its scenario's name.

        A plan whose scenario was edited since is kept beside it, with the scenario that it was made from.
        """
        scenarios, plans, names = [], [], self._names()
        for entry in self.desk.entries:
            scenarios.append(entry.scenario)
            result = self.results.get(entry.key)
            if result is None:
                continue
            name = entry.scenario.name
            if result.asks_else(entry.scenario):
                while name in names:
                    name = tr("{0}（改动前）").format(name)
                names.add(name)
                scenarios.append(replace(result.scenario, name=name))
            plans.append(replace(result.plan, name=name))
        return tuple(scenarios), tuple(plans), self.desk.entered

    def select(self, selection: Selection) -> None:
        """Select one object everywhere."""
        if selection != self.selection:
            self.selection = selection
            self.selection_changed.emit()

    # --- plans ---------------------------------------------------------------------------------------------------

    def keep_plan(self, key: str, plan: Plan, scenario: Scenario) -> None:
        """Keep the plan that a run gave for a scenario."""
        self.results[key] = Result(plan, scenario)
        self._unsaved_plans = True
        self.saved_changed.emit()
        self.desk_changed.emit()
        if key == self.desk.current:
            self.plan_changed.emit()

    # --- edits, each one undoable --------------------------------------------------------------------------------

    def show_entry(self, key: str) -> None:
        """Show another scenario; looking is no edit."""
        if key != self.desk.current and self.desk.entry(key):
            self._show(replace(self.desk, current=key))

    def rename(self, name: str) -> None:
        """Rename the scenario shown; a name that another scenario has gets a number."""
        name = name.strip()
        if name and self.scenario is not None and name != self.scenario.name:
            others = self._names() - {self.scenario.name}
            free = _free_name(name, others) if name in others else name
            self._edit_scenario(tr("改名"), lambda s: replace(s, name=free))

    def set_param(self, name: str, value: str | Value) -> None:
        """Set one parameter of the scenario shown.

        Raises
        ------
        ParameterError
            Where the value is out of bounds; nothing changes then.
        """
        self._edit_scenario(
            tr("修改参数"), lambda s: replace(s, params=with_values(s.params, {name: value})), f"params.{name}"
        )

    def set_planner(self, key: str) -> None:
        """Ask another planner; what every planner asks is kept."""
        if self.scenario is None or key == self.scenario.planner or key not in self.planners:
            return
        old = self.scenario.params
        common = {f.name: getattr(old, f.name) for f in fields(Params)}
        params = self.planners[key].params(**common)
        self._edit_scenario(tr("更换规划器"), lambda s: replace(s, planner=key, params=params))

    def set_inventory(self, inventory: Inventory, field: str) -> None:
        """Change what the bureau owns; `field` names what was edited."""
        self._edit_scenario(tr("修改资源"), lambda s: replace(s, inventory=inventory), f"inventory.{field}")

    def set_documents(self, documents: tuple[str, ...]) -> None:
        """Choose the documents whose targets bind."""
        self._edit_scenario(tr("选择文件"), lambda s: replace(s, documents=documents))

    def set_locks(self, locks: tuple[Lock, ...], text: str = "") -> None:
        """Set what is locked; `text` says in the menu what was done."""
        self._edit_scenario(text or tr("锁定"), lambda s: replace(s, locks=locks))

    def set_entered(self, figures: tuple[Entered, ...], text: str) -> None:
        """Set the figures that were entered by hand; `text` says in the menu what was done."""
        if figures != self.desk.entered:
            self._push(text, replace(self.desk, entered=figures))

    def unlock(self, item: str) -> None:
        """Take an object's lock away."""
        self._edit_scenario(tr("解锁"), lambda s: replace(s, locks=tuple(k for k in s.locks if k.item != item)))

    def set_city(self, city: City, text: str, *, gone: str = "") -> None:
        """Put an edited city in place of the one before, in every scenario; `text` says in the menu what was done.

        Locks on an object that is gone go with it.
        """

        def moved(scenario: Scenario) -> Scenario:
            return replace(scenario, city=city, locks=tuple(k for k in scenario.locks if not gone or k.item != gone))

        entries = tuple(replace(e, scenario=moved(e.scenario)) for e in self.desk.entries)
        self._push(text, replace(self.desk, entries=entries))

    def branch(self) -> None:
        """Make a new scenario from the one shown, and show it."""
        if self.entry is None:
            return
        scenario = replace(self.entry.scenario, name=_free_name(self.entry.scenario.name, self._names()))
        new = Entry(self._new_key(), scenario, self.entry.key)
        self._push(tr("新建方案"), self.desk.with_entry(new))

    def remove(self) -> None:
        """Remove the scenario shown; its plan comes back with undo."""
        if len(self.desk.entries) > 1:
            self._push(tr("删除方案"), self.desk.without(self.desk.current))

    # --- within --------------------------------------------------------------------------------------------------

    def _edit_scenario(self, text: str, change: Callable[[Scenario], Scenario], merge: str = "") -> None:
        if self.scenario is None:
            return
        changed = change(self.scenario)
        if changed != self.scenario:
            self._push(text, self.desk.with_scenario(changed), merge)

    def _push(self, text: str, after: Desk, merge: str = "") -> None:
        self.undo.push(Edit(text, self.desk, after, self._show, merge))

    def _show(self, desk: Desk) -> None:
        moved = desk.current != self.desk.current
        self.desk = desk
        if self.scenario is not None and self.scenario.city is not self.city:
            self.city = self.scenario.city
            self.city_edited.emit()
        self.desk_changed.emit()
        if moved:
            self.plan_changed.emit()

    def _clean_changed(self, _clean: bool) -> None:
        self.saved_changed.emit()

    def _new_key(self) -> str:
        taken: set[Any] = {e.key for e in self.desk.entries} | set(self.results)
        while (key := f"s{self._n_made}") in taken:
            self._n_made += 1
        self._n_made += 1
        return key

    def _names(self) -> set[str]:
        return {e.scenario.name for e in self.desk.entries}

    def _new_scenario(self, opened: Opened) -> Scenario:
        planner = next(iter(self.planners.values()))
        return Scenario(tr(mark("方案 1")), opened.city, opened.inventory, planner.key, planner.params())


def _free_name(name: str, taken: set[str]) -> str:
    stem, n = name.rstrip("0123456789").rstrip() or name, 2
    while f"{stem} {n}" in taken:
        n += 1
    return f"{stem} {n}"
