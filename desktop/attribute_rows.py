"""The rows of a layer as a Qt table: hundreds of thousands, sorted and filtered at once, read cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QCollator, QLocale, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from desktop import theme, words
from desktop.i18n import language, say, tr
from desktop.text_lines import TextLines
from layers.column import FIRST_RULE, AnyArray, Column, Rows
from layers.expression import looks_like_expression, rows_where
from layers.layer import Layer

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
# Different texts from which on they are not sorted as a dictionary does.
_MANY = 50_000
_NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Field:
    """Hold one column of the table.

    Parameters
    ----------
    column
        As the layer declares it; None for ids and for columns that the bureau's file brought.
    values
        Shape (n,).
    """

    name: str
    column: Column | None
    values: AnyArray

    @property
    def is_number(self) -> bool:
        """Whether its values are numbers."""
        return self.values.dtype.kind in "fiu" and (self.column is None or self.column.choices is None)

    @cached_property
    def texts(self) -> tuple[list[str], Rows]:
        """Different values as texts, and which one each row has; looked through instead of every row."""
        if self.values.dtype.kind in "UO":
            seen: dict[str, int] = {}
            codes = np.fromiter((seen.setdefault(v, len(seen)) for v in map(str, self.values.tolist())), np.int64)
            return list(seen), codes
        unique, codes = np.unique(self.values, return_inverse=True)
        return [self.written(v) for v in unique.tolist()], codes

    @cached_property
    def lines(self) -> TextLines:
        """Its values as texts that are looked through at once."""
        values = self.values.tolist()
        return TextLines(values if self.values.dtype.kind == "U" else [str(value) for value in values])

    def written(self, value: Any) -> str:
        """Return a value as a cell shows it."""
        if self.column is not None and self.column.choices is not None:
            return words.choice(self.column.choices(int(value))) if value else ""
        if self.values.dtype.kind == "b":
            return tr("是") if value else tr("否")
        if self.values.dtype.kind == "f":
            return "" if np.isnan(value) else f"{value:,.2f}".rstrip("0").rstrip(".")
        return str(value)

    @property
    def heading(self) -> str:
        """What stands over it, with the unit."""
        if self.column is None:
            return tr("编号") if self.name == "id" else self.name
        label = words.sentence(say(self.column.label))
        return f"{label} ({words.unit(self.column.unit)})" if self.column.unit else label

    def order(self) -> Rows:
        """Return the rows in rising order, those that say nothing last; texts as people of the language sort them."""
        if self.values.dtype.kind in "UO" or (self.column is not None and self.column.choices is not None):
            unique, codes = self.texts
            if len(unique) > _MANY:
                # hardly two alike: shorter ones first, which puts s9 before s10
                return np.lexsort((self.values.astype(str), np.char.str_len(self.values.astype(str))))
            collator = QCollator(QLocale(QLocale.Language.Chinese if language() == "zh" else QLocale.Language.English))
            collator.setNumericMode(True)
            keys = [(text == "", collator.sortKey(text)) for text in unique]
            rank = np.empty(len(unique), dtype=np.int64)
            rank[sorted(range(len(unique)), key=keys.__getitem__)] = np.arange(len(unique))
            return np.argsort(rank[codes], kind="stable")
        return np.argsort(self.values, kind="stable")  # NaN comes last


class AttributeRows(QAbstractTableModel):
    """Show one layer; holds the rows' order and copies none of them."""

    edited = Signal(str, str, str)  # id, column, as typed

    def __init__(self) -> None:
        super().__init__()
        self.layer: Layer | None = None
        self.fields: tuple[Field, ...] = ()
        self.rows: Rows = _NONE
        self._kept: Rows | None = None
        self._sorted: tuple[int, Qt.SortOrder] | None = None
        self._line_of: Rows = _NONE

    def show_layer(self, layer: Layer | None) -> None:
        """Show a layer; sorting stays where it is the same kind of layer."""
        same = layer is not None and self.layer is not None and layer.KIND == self.layer.KIND
        self.beginResetModel()
        self.layer = layer
        self.fields = () if layer is None else tuple(_fields(layer))
        self._kept = None
        if not same:
            self._sorted = None
        self._arrange()
        self.endResetModel()

    def keep(self, text: str) -> None:
        """Show what a text is in, or what an expression holds for; everything where it is empty.

        Raises
        ------
        InputError
            Where the text is an expression that cannot be read.
        """
        kept = None
        if self.layer is not None and text.strip():
            kept = np.flatnonzero(
                rows_where(self.layer, text) if looks_like_expression(text) else self._with_text(text.strip().lower())
            )
        self.beginResetModel()
        self._kept = kept
        self._arrange()
        self.endResetModel()

    def _with_text(self, wanted: str) -> AnyArray:
        found = np.zeros(len(self.layer or ()), dtype=bool)
        for field in self.fields:
            if field.values.dtype.kind in "UO":
                found[list(field.lines.holding(wanted))] = True
            elif not field.is_number and field.values.dtype.kind != "b":
                unique, codes = field.texts
                found |= np.array([wanted in text.lower() for text in unique], dtype=bool)[codes]
        return found

    def _arrange(self) -> None:
        n = len(self.layer or ())
        order = np.arange(n)
        if self._sorted is not None:
            order = self.fields[self._sorted[0]].order()
            if self._sorted[1] == Qt.SortOrder.DescendingOrder:
                order = order[::-1]
        if self._kept is not None:
            kept = np.zeros(n, dtype=bool)
            kept[self._kept] = True
            order = order[kept[order]]
        self.rows = order
        self._line_of = np.full(n, -1, dtype=np.int64)
        self._line_of[order] = np.arange(len(order))

    def line_of(self, item: str) -> int:
        """Return the line of an object, -1 where it is not shown."""
        row = self.layer.row_of.get(item, -1) if self.layer is not None else -1
        return int(self._line_of[row]) if row >= 0 else -1

    def item(self, line: int) -> str:
        """Return the id of the object in a line."""
        assert self.layer is not None
        return str(self.layer.ids[self.rows[line]])

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.fields)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        field, row = self.fields[index.column()], int(self.rows[index.row()])
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return field.written(field.values[row])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(field)
        if role == Qt.ItemDataRole.ForegroundRole and self._is_assumed(field, row):
            return QColor(theme.current().secondary)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr("推定值，非文件所给") if self._is_assumed(field, row) else field.written(field.values[row])
        return None

    @staticmethod
    def _side(field: Field) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if field.is_number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _is_assumed(self, field: Field, row: int) -> bool:
        origin = self.layer.origin.get(field.name) if self.layer is not None else None
        return origin is not None and int(origin[row]) >= FIRST_RULE

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that columns which the program knows can be edited."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.fields[index.column()].column is not None else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was typed; the table follows when the city does."""
        field = self.fields[index.column()]
        if role != Qt.ItemDataRole.EditRole or str(value) == self.data(index):
            return False
        self.edited.emit(self.item(index.row()), field.name, str(value))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a heading."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self.fields):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.fields[section].heading
        return self._side(self.fields[section]) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column's values; -1 for the order of the file."""
        self.layoutAboutToBeChanged.emit()
        self._sorted = (column, order) if 0 <= column < len(self.fields) else None
        self._arrange()
        self.layoutChanged.emit()

    def summary(self, column: int) -> tuple[int, float, float, float, float] | None:
        """Return of the rows shown: how many say something, sum, mean, least and most; None for what is no number."""
        field = self.fields[column] if 0 <= column < len(self.fields) else None
        if field is None or not field.is_number:
            return None
        values = field.values[self.rows].astype(float)
        values = values[np.isfinite(values)]
        if not len(values):
            return None
        return len(values), float(values.sum()), float(values.mean()), float(values.min()), float(values.max())


def _fields(layer: Layer) -> list[Field]:
    known = [Field(col.name, col, getattr(layer, col.name)) for col in layer.columns()]
    return [Field("id", None, layer.ids), *known, *(Field(name, None, values) for name, values in layer.extra.items())]
