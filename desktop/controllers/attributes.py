"""The attribute table beside the map: one selection, edits that can be undone, rows marked on the map."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtWidgets import QFileDialog

from desktop import tasks, words
from desktop.desk import Selection
from desktop.i18n import say, tr
from layers.editing import with_typed
from layers.errors import InputError
from layers.kinds import KINDS

if TYPE_CHECKING:
    from desktop.main_window import MainWindow

# Rows that are marked on the map at the most: more than that is the layer itself.
_MOST_MARKED = 50_000


class AttributeCommands:
    """Look at attributes and edit them."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._is_stale = True

    def show(self) -> None:
        """Show the table, of the selected object's layer where there is one."""
        chosen = self._window.session.selection
        self._window.show_dock("attributes")
        self.fill()
        self._window.attributes.show_kind(chosen.layer or self._window.attributes.kind)
        self._window.attributes.choose(chosen.layer, chosen.item)

    def show_layer(self, kind: str) -> None:
        """Show the table of a layer of the map."""
        self._window.show_dock("attributes")
        self.fill()
        self._window.attributes.show_kind(kind)

    def take_city(self) -> None:
        """Follow the city, at once where the table is in sight."""
        self._is_stale = True
        if not self._window.attributes.visibleRegion().isEmpty():
            self.fill()

    def fill(self) -> None:
        """Show the layers of the city as they are now."""
        city = self._window.session.city
        if self._is_stale and city is not None:
            self._is_stale = False
            self._window.attributes.show_layers({kind.KIND: city[kind] for kind in KINDS})

    def seen(self, visible: bool) -> None:
        """Fill the table when it comes into sight."""
        if visible:
            self.fill()
            chosen = self._window.session.selection
            self._window.attributes.choose(chosen.layer, chosen.item)

    def chosen(self, kind: str, item: str) -> None:
        """Select an object."""
        self._window.session.select(Selection(kind, item))

    def opened(self, kind: str, item: str) -> None:
        """Select an object and go there."""
        self.chosen(kind, item)
        self._window.views.zoom_selection()

    def edited(self, kind: str, item: str, name: str, typed: str) -> None:
        """Take a value that was typed into the city, or say why it cannot be."""
        city = self._window.session.city
        if city is None:
            return
        layer = city.layers[kind]
        try:
            changed = with_typed(layer, item, name, typed)
        except InputError as error:
            self._window.complain(error)
            return
        label = words.sentence(say(layer.column(name).label))
        self._window.session.set_city(city.with_layers(changed), tr("修改{0}").format(label))

    def mark(self) -> None:
        """Mark the rows of the table on the map and show them all."""
        model = self._window.attributes.model
        layer, rows = model.layer, model.rows
        if layer is None or not len(rows):
            return
        if len(rows) > _MOST_MARKED:
            line = tr("表中有 {0} 行，最多标出 {1} 行；请先筛选")
            self._window.status(line.format(words.number(len(rows)), words.number(_MOST_MARKED)))
            return
        boxes = layer.geometry.bounds[rows]
        west, south = np.nanmin(boxes[:, :2], axis=0).tolist()
        east, north = np.nanmax(boxes[:, 2:], axis=0).tolist()
        self._window.session.select(Selection())
        self._window.area.map.set_selection([(layer.KIND, int(row)) for row in rows.tolist()])
        self._window.views.zoom_box((west, south, east, north))
        self._window.status(tr("已标出 {0} 个对象；单击地图取消").format(words.number(len(rows))))

    def export(self) -> None:
        """Ask for a place and write the rows shown as CSV."""
        layer = self._window.attributes.model.layer
        if layer is None:
            return
        stem = words.sentence(say(layer.LABEL))
        name, _ = QFileDialog.getSaveFileName(self._window, tr("导出表格"), f"{stem}.csv", "CSV (*.csv)")
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the rows shown as CSV."""
        heads, lines = self._window.attributes.written()

        def work() -> None:
            module: Any = importlib.import_module("publish.rows")
            module.write_rows(heads, lines, path)

        tasks.run(work, lambda _answer: self._window.files.exported(path), self._window.complain, self._window)
