"""The object panel: everything known of what is selected, with unit, and whether it was given or assumed by which rule."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop import words
from desktop.i18n import mark, say, tr
from desktop.panels.parts import Panel, button, heading, padded, rule, secondary
from desktop.tables import Col, Table
from layers.city import City
from layers.layer import FIRST_RULE, GIVEN, MISSING, REFUSED, Column, Layer
from layers.text import Text

_LABEL_PX, _TIME_PX = 138, 84
_LOCKS = {"open": mark("必选"), "closed": mark("不选"), "keep": mark("保持")}
_LOCK_TIPS = {
    "open": mark("必选：方案必须采用此处；再按一次解除"),
    "closed": mark("不选：方案不得采用此处；再按一次解除"),
    "keep": mark("保持：此处维持现状；再按一次解除"),
}


@dataclass(frozen=True, slots=True)
class Attribute:
    """Hold one line: what it is, its value with unit, where it comes from, and the rule in words."""

    label: str
    value: str
    origin: str
    rule: str = ""


class ObjectPanel(Panel):
    """Show an object of the city, a route, a site or a place; tells which lock is wanted, and that it is to be explained."""

    lock_wanted = Signal(str)
    why_wanted = Signal()

    def __init__(self, explain_rule: Callable[[str], Text]) -> None:
        super().__init__()
        self._explain_rule = explain_rule
        head = QWidget()
        box = QVBoxLayout(head)
        padded(box)
        self.title, self.kind, self.work, self.answer = QLabel(), secondary(""), QLabel(), QLabel()
        self.title.setObjectName("title")
        for label in (self.title, self.work, self.answer):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._work_heading = heading("")
        for widget in (self.title, self.kind, self._add_locks(), self._work_heading, self.work):
            box.addWidget(widget)
        self.why = button("", self.why_wanted.emit, "link")
        box.addWidget(self.why)
        box.addWidget(self.answer)
        cols = (
            Col("label", "", lambda r: r.label, width_px=_LABEL_PX),
            Col("value", "", lambda r: r.value, stretch=True),
            Col("origin", "", lambda r: r.origin, is_number=True, width_px=76, tip=lambda r: r.rule or r.origin),
        )
        self.table = Table(cols, mark("在地图、表格或搜索框中选中一个对象，它的属性与来源会列在这里。"))
        self.table.view.horizontalHeader().hide()
        self.box.addWidget(head)
        self.box.addWidget(rule())
        self.box.addWidget(self.table, 1)
        self._rest = QWidget()  # holds the head up where there is no table
        self.box.addWidget(self._rest, 1)
        self._head = head
        self.show_nothing()

    def _add_locks(self) -> QWidget:
        """Return the row of buttons that lock a site."""
        self._locks = QWidget()
        row = QHBoxLayout(self._locks)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(4)
        self.locks: dict[str, QPushButton] = {}
        for state in _LOCKS:
            made = button("", partial(self.lock_wanted.emit, state))
            made.setCheckable(True)
            self.locks[state] = made
            row.addWidget(made)
        row.addStretch()
        return self._locks

    def offer(self, *, lockable: bool, built: bool, lock: str, explains: bool) -> None:
        """Offer what can be done with what is shown: locks on a site, of which it has one or none; an explanation."""
        self._locks.setVisible(lockable)
        for state, made in self.locks.items():
            made.setText(tr(_LOCKS[state]))
            made.setToolTip(tr(_LOCK_TIPS[state]))
            made.setChecked(state == lock)
        self.locks["keep"].setVisible(built)
        self.why.setText(tr("为什么这样？"))
        self.why.setVisible(explains)

    def show_nothing(self) -> None:
        """Say how an object is chosen."""
        self._head.hide()
        self._show_table()
        self.table.retranslate()
        self.table.set_rows(())

    def _show_table(self) -> None:
        self.table.show()
        self._rest.hide()

    def show_route(self, title: str, kind: str, work: list[str], lines: list[Attribute]) -> None:
        """Show a route: its vehicle, when it is out, its sums, and its sheet."""
        self._show_lines(title, kind, work, lines)
        self.table.view.setColumnWidth(0, _TIME_PX)

    def _show_lines(self, title: str, kind: str, work: list[str], lines: list[Attribute]) -> None:
        self.title.setText(title)
        self.kind.setText(kind)
        self._work_heading.setText(tr("本方案的安排"))
        self.work.setText("\n".join(work))
        for widget in (self._work_heading, self.work):
            widget.setVisible(bool(work))
        self.show_answer("")
        self._head.show()
        self._show_table()
        self.table.set_rows(lines)

    def show_site(self, title: str, kind: str, work: list[str], own: list[Attribute]) -> None:
        """Show a site or a place that is no object of the city; `own` are the plan's own attributes of it."""
        self._show_lines(title, kind, work, own)
        self.table.setVisible(bool(own))
        self._rest.setVisible(not own)

    def show_object(self, city: City, place: tuple[str, int], work: list[str], own: list[Attribute]) -> None:
        """Show one object of a layer, given by kind and row, and what the plan does with it."""
        kind, row = place
        layer = city.layers[kind]
        title = str(getattr(layer, "name", layer.ids)[row]) or str(layer.ids[row])
        self._show_lines(title, f"{say(layer.LABEL)} · {layer.ids[row]}", work, [*own, *self._attributes(layer, row)])
        self.table.view.setColumnWidth(0, _LABEL_PX)

    def show_answer(self, text: str) -> None:
        """Show what the planner says of the object; nothing where it was not asked."""
        self.answer.setText(text)
        self.answer.setVisible(bool(text))

    def _attributes(self, layer: Layer, row: int) -> list[Attribute]:
        known = [self._attribute(layer, column, row) for column in layer.columns()]
        own = [Attribute(name, str(values[row]), tr("原有列")) for name, values in layer.extra.items()]
        return [a for a in (*known, *own) if a.value]

    def _attribute(self, layer: Layer, column: Column, row: int) -> Attribute:
        code = int(layer.origins(column.name)[row])
        label = words.sentence(say(column.label))
        value = value_text(column, getattr(layer, column.name)[row])
        if code >= FIRST_RULE:
            text = say(self._explain_rule(layer.rules[code - FIRST_RULE]))
            return Attribute(label, value, tr("推定"), text)
        plain = {GIVEN: tr("给定"), MISSING: tr("缺"), REFUSED: tr("原值越界")}
        return Attribute(label, value, plain.get(code, ""))


def value_text(column: Column, value: Any) -> str:
    """Return a value with its unit; empty where nothing is known."""
    if column.choices is not None:
        return words.choice(_member(column.choices, int(value))) if int(value) else ""
    if column.dtype == "?":
        return tr("是") if value else tr("否")
    if column.dtype == "U":
        return str(value)
    if column.dtype == "f8" and math.isnan(value):
        return ""
    return words.figure(float(value), column.unit)


def _member(choices: type[IntEnum], code: int) -> IntEnum:
    return choices(code) if code in [c.value for c in choices] else choices(0)
