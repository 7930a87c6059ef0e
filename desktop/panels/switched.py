"""Tables of one subject in one place: a button for each, a search box, and the rows in sight for a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPushButton

from desktop import theme, words
from desktop.i18n import tr
from desktop.panels.parts import Note, Panel, button
from desktop.tables import Col, Table

_SEARCH_MS = 150


@dataclass(frozen=True, slots=True)
class Sheet:
    """Declare one of the tables.

    Parameters
    ----------
    label
        Source string of its button.
    cols
        Its columns.
    empty
        Source string of the sentence that stands where there are no rows.
    swatch
        Colour of a row's mark, where rows have one.
    """

    label: str
    cols: tuple[Col, ...]
    empty: str
    swatch: Callable[[Any], str] | None = None


class SwitchedTables(Panel):
    """Show one of several tables; tells which item of the plan the user chose, and that the rows are wanted in a file.

    A panel that is made of it says everything in the present language (`retranslate`) when it is complete.

    Parameters
    ----------
    sheets
        By key, in the order of their buttons; the first is shown at first.
    placeholder
        Source string of what the empty search box says.
    """

    item_chosen = Signal(str)
    item_opened = Signal(str)
    export_wanted = Signal(str)

    def __init__(self, sheets: Mapping[str, Sheet], placeholder: str) -> None:
        super().__init__()
        self.sheets, self._placeholder = sheets, placeholder
        self.tables = {key: Table(sheet.cols, sheet.empty, sheet.swatch) for key, sheet in sheets.items()}
        self.shown = next(iter(sheets))
        self._all: dict[str, Sequence[Any]] = dict.fromkeys(sheets, ())
        self._found: dict[str, list[str]] = {}
        self._add_head()
        for key, table in self.tables.items():
            self.box.addWidget(table, 1)
            table.chosen.connect(partial(self.chose, key))
            table.opened.connect(partial(self.opened, key))

    def _add_head(self) -> None:
        self.head = QHBoxLayout()
        self.head.setContentsMargins(theme.PAD_PX, theme.GRID_PX, theme.PAD_PX, theme.GRID_PX)
        self.head.setSpacing(theme.GRID_PX)
        self.buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        for key in self.sheets:
            made = button("", self._shower(key))
            made.setCheckable(True)
            group.addButton(made)
            self.buttons[key] = made
            self.head.addWidget(made)
        self.title = Note()
        self.search = QLineEdit()
        self.search.setMaximumWidth(220)
        self.search.setClearButtonEnabled(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SEARCH_MS)
        self._pause.timeout.connect(self._filter)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.export = button("", lambda: self.export_wanted.emit(self.shown))
        self.head.addWidget(self.title, 1)
        self.head.addWidget(self.search)
        self.head.addWidget(self.export)
        self.box.addLayout(self.head)

    def chose(self, _key: str, row: Any) -> None:
        """Tell which item the user chose in a table."""
        self.item_chosen.emit(row.item)

    def opened(self, _key: str, row: Any) -> None:
        """Tell which item the user wants to go to."""
        self.item_opened.emit(row.item)

    def _shower(self, key: str) -> Callable[[], None]:
        return lambda: self.show_table(key)

    def show_table(self, key: str) -> None:
        """Turn to one of the tables."""
        self.shown = key
        for name, table in self.tables.items():
            table.setVisible(name == key)
            self.buttons[name].setChecked(name == key)
        self._filter()

    def set_rows(self, key: str, rows: Sequence[Any]) -> None:
        """Put other rows into one of the tables."""
        self._all[key] = rows
        self._found.pop(key, None)
        if key == self.shown:
            self._filter()
        else:
            self.tables[key].set_rows(rows)
        self._name_button(key)

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
        self.export.setEnabled(bool(rows))
        self.tell()

    def tell(self) -> None:
        """Say beside the buttons what is shown."""
        self.title.tell(" · ".join(self.told(self.shown)))

    def told(self, key: str) -> list[str]:
        """Return what stands beside the buttons of a table."""
        return [tr("{0} 行").format(words.number(len(self._all[key])))] if self._all[key] else []

    def written(self) -> tuple[list[str], list[list[str]]]:
        """Return headings and rows of the table in sight for a file, in the order in which they stand.

        Weights and lengths are bare figures there, with their unit in the heading.
        """
        model = self.tables[self.shown].model
        cols = [col for i, col in enumerate(model.cols) if not self.tables[self.shown].view.isColumnHidden(i)]
        lines = [[_cell(col, model.row(i)) for col in cols] for i in range(model.rowCount())]
        return [_head(col) for col in cols], lines

    def _name_button(self, key: str) -> None:
        self.buttons[key].setText(tr(self.sheets[key].label))

    def retranslate(self) -> None:
        """Say it in the present language."""
        for key in self.sheets:
            self._name_button(key)
        self.search.setPlaceholderText(tr(self._placeholder))
        self.export.setText(tr("导出表格…"))
        self.export.setToolTip(tr("把表中的行写成 CSV，电子表格可直接打开"))
        self._found.clear()
        for table in self.tables.values():
            table.retranslate()
        self.show_table(self.shown)


def _unit(col: Col) -> str:
    return col.field.rpartition("_")[2] if col.field.endswith(("_kg", "_m")) else ""


def _head(col: Col) -> str:
    return tr("{0}（{1}）").format(tr(col.header), _unit(col)) if _unit(col) else tr(col.header)


def _cell(col: Col, row: Any) -> str:
    return f"{col.value(row):.1f}" if _unit(col) else col.show(row)
