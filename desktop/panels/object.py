"""The object panel: everything known of what is selected, with unit, and whether it was given or assumed by which rule."""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop import theme, words
from desktop.i18n import say, tr
from desktop.panels.parts import Panel, clear, heading, padded, rule, scrolled, secondary
from layers.city import City
from layers.layer import FIRST_RULE, GIVEN, MISSING, REFUSED, Column, Layer
from layers.text import Text


class ObjectPanel(Panel):
    """Show one object of the city."""

    def __init__(self, explain_rule: Callable[[str], Text]) -> None:
        super().__init__()
        self._explain_rule = explain_rule
        inner = QWidget()
        self._inner = QVBoxLayout(inner)
        padded(self._inner)
        self._inner.setSpacing(theme.GRID_PX)
        self.box.addWidget(scrolled(inner))
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say how an object is chosen."""
        clear(self._inner)
        self._inner.addWidget(secondary(tr("在地图、表格或搜索框中选中一个对象，它的属性与来源会列在这里。")))
        self._inner.addStretch()

    def show_object(self, city: City, kind: str, row: int, work: list[str]) -> None:
        """Show one object of a layer, and what the plan does with it."""
        layer = city.layers[kind]
        clear(self._inner)
        name = str(getattr(layer, "name", layer.ids)[row]) or str(layer.ids[row])
        title = QLabel(name)
        title.setObjectName("title")
        title.setWordWrap(True)
        self._inner.addWidget(title)
        self._inner.addWidget(secondary(f"{say(layer.LABEL)} · {layer.ids[row]}"))
        if work:
            self._inner.addWidget(heading(tr("本方案的安排")))
            for line in work:
                self._inner.addWidget(QLabel(line))
        self._inner.addWidget(rule())
        self._inner.addLayout(self._attributes(layer, row))
        self._inner.addStretch()

    def _attributes(self, layer: Layer, row: int) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        lines = [
            (say(c.label), value_text(c, getattr(layer, c.name)[row]), self._origin(layer, c, row)) for c in layer.columns()
        ]
        lines += [(name, str(values[row]), (tr("原有列"), "")) for name, values in layer.extra.items()]
        shown = [line for line in lines if line[1]]
        for i, (label, value, (origin, tip)) in enumerate(shown):
            texts = (secondary(label), QLabel(value), QLabel(origin))
            texts[0].setWordWrap(False)
            texts[1].setObjectName("value")
            texts[1].setWordWrap(True)
            texts[1].setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            texts[2].setObjectName("secondary")
            texts[2].setToolTip(tip)
            for k, text in enumerate(texts):
                text.setMinimumHeight(theme.ROW_PX - 4)
                grid.addWidget(text, i, k)
        return grid

    def _origin(self, layer: Layer, column: Column, row: int) -> tuple[str, str]:
        code = int(layer.origins(column.name)[row])
        if code >= FIRST_RULE:
            rule_text = say(self._explain_rule(layer.rules[code - FIRST_RULE]))
            return tr("推定"), rule_text
        plain = {GIVEN: tr("给定"), MISSING: tr("缺"), REFUSED: tr("原值越界")}
        return plain.get(code, ""), ""


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
