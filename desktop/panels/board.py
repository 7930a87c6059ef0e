"""The board: every target of every document, met or missed by how much; figures that no plan computes are entered here."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from desktop import theme, words
from desktop.board import BoardRow
from desktop.i18n import mark, say, tr
from desktop.panels.parts import Note, button
from desktop.panels.switched import Sheet, SwitchedTables
from desktop.tables import Col

SIGNS = {"met": "✓", "nearly": "!", "missed": "✕", "not_measured": "–"}
_ALL = "all"
_SHEETS = {
    _ALL: mark("全部指标"),
    "missed": mark("未达标"),
    "nearly": mark("接近"),
    "met": mark("已达标"),
    "not_measured": mark("未测"),
}


def verdict_text(row: BoardRow) -> str:
    """Return sign and words of a verdict; colour is never the only sign."""
    if row.verdict == "met":
        told = tr("达标")
    elif row.verdict == "not_measured":
        told = tr("未测")
    else:
        gap = words.figure(abs(row.missing or 0.0), row.unit)
        told = (tr("超 {0}") if (row.missing or 0.0) < 0 else tr("差 {0}")).format(gap)
    return f"{SIGNS[row.verdict]} {told}"


def _value(row: BoardRow) -> str:
    return "–" if row.value is None else words.figure(round(row.value, 2), row.unit)


def _scope(row: BoardRow) -> str:
    return row.item or tr("全市")


def _from(row: BoardRow) -> str:
    if row.figure_from:
        return row.figure_from
    by = say(row.measured_by)
    return tr("待“{0}”计算").format(by) if by else tr("需人工填报")


_COLS = (
    Col("title", mark("指标"), lambda r: words.sentence(say(r.title)), width_px=220, widest_px=320),
    Col("scope", mark("范围"), _scope, width_px=90),
    Col("wanted", mark("要求"), lambda r: say(r.wanted), is_number=True, width_px=110),
    Col("value", mark("现值"), _value, is_number=True, width_px=96),
    Col("verdict", mark("结论"), verdict_text, width_px=110),
    Col("figure_from", mark("数据来自"), _from, width_px=150),
    Col("document", mark("依据文件"), lambda r: say(r.document), width_px=180, widest_px=260),
)


class BoardPanel(SwitchedTables):
    """Show the board; tells what was entered for which target and scope, and which figure is to go."""

    entered = Signal(str, str, str, str, str)  # target, scope, value, day, source, as typed
    removed = Signal(str, str)

    def __init__(self) -> None:
        empty = {key: mark("没有这一类指标。") for key in _SHEETS}
        empty[_ALL] = mark("还没有城市。打开城市后，所有文件的指标列在这里。")
        super().__init__(
            {key: Sheet(label, _COLS, empty[key]) for key, label in _SHEETS.items()}, mark("筛选：指标、区、文件…")
        )
        self._row: BoardRow | None = None
        self._rows: Sequence[BoardRow] = ()
        self._add_form()
        self.retranslate()

    def _add_form(self) -> None:
        form = QHBoxLayout()
        form.setContentsMargins(theme.PAD_PX, theme.GRID_PX, theme.PAD_PX, theme.GRID_PX)
        form.setSpacing(theme.GRID_PX)
        self.about = Note()
        self.value, self.on, self.source = QLineEdit(), QLineEdit(), QLineEdit()
        self.value.setMaximumWidth(110)
        self.on.setMaximumWidth(110)
        self.source.setMaximumWidth(240)
        self.enter = button("", self._enter)
        self.remove = button("", self._remove)
        self.source.returnPressed.connect(self._enter)
        form.addWidget(self.about, 1)
        for widget in (self.value, self.on, self.source, self.enter, self.remove):
            form.addWidget(widget)
        self.box.addLayout(form)

    def show_rows(self, rows: Sequence[BoardRow]) -> None:
        """Show the board as it stands now; what is chosen stays chosen."""
        self._rows = rows
        for key in _SHEETS:
            self.set_rows(key, [row for row in rows if key in (_ALL, row.verdict)])
        if self._row is not None:
            here = (self._row.target, self._row.scope)
            self._row = next((r for r in rows if (r.target, r.scope) == here), None)
        self._show_form()

    def chose(self, key: str, row: Any) -> None:
        """Offer to enter a figure for the row chosen, and tell of its district."""
        self._row = row
        self._show_form()
        if row.item:
            super().chose(key, row)

    def opened(self, key: str, row: Any) -> None:
        """Go to the row's district."""
        if row.item:
            super().opened(key, row)

    def _show_form(self) -> None:
        row = self._row
        for widget in (self.value, self.on, self.source, self.enter):
            widget.setEnabled(row is not None)
        self.remove.setVisible(row is not None and row.is_entered)
        if row is None:
            self.about.tell(tr("选一行，可填报方案算不出的数据，须注明日期与来源。"))
            return
        self.about.tell(f"{words.sentence(say(row.title))} · {_scope(row)} · {words.unit(row.unit)}")
        self.value.setText(f"{row.value:g}" if row.is_entered and row.value is not None else "")
        source, _, on = row.figure_from.rpartition(" · ") if row.is_entered else ("", "", time.strftime("%Y-%m-%d"))
        self.on.setText(on)
        self.source.setText(source)

    def _enter(self) -> None:
        if self._row is not None:
            typed = (self.value.text(), self.on.text(), self.source.text())
            self.entered.emit(self._row.target, self._row.scope, *typed)

    def _remove(self) -> None:
        if self._row is not None:
            self.removed.emit(self._row.target, self._row.scope)

    def _name_button(self, key: str) -> None:
        n = len(self._all[key])
        label = words.sentence(tr(self.sheets[key].label))
        self.buttons[key].setText(f"{label} {words.number(n)}" if n else label)

    def retranslate(self) -> None:
        """Say it in the present language."""
        self.value.setPlaceholderText(tr("数值"))
        self.on.setPlaceholderText(tr("年-月-日"))
        self.source.setPlaceholderText(tr("来源，如 市城管局年报"))
        self.enter.setText(tr("填报"))
        self.remove.setText(tr("删除填报"))
        super().retranslate()
        self._show_form()
