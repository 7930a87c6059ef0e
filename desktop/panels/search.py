"""The search box: streets and facilities by name or pinyin, any object by id, a place by its coordinates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from desktop import icons
from desktop.i18n import tr
from desktop.name_index import NameIndex
from layers.city import City
from layers.coordinates import without_zone, written_place
from layers.kinds import KINDS
from layers.text import Lang
from optimizer.names import find

_N_SHOWN, _N_LISTED = 12, 60


@dataclass(frozen=True)
class Hit:
    """Hold one thing that can be found: an object, and the box of all that bear its name."""

    layer: str
    item: str
    name: str
    bounds: tuple[float, float, float, float]


def names_of(city: City, lang: Lang) -> dict[str, Hit]:
    """Return everything in the city that has a name, by the line that the list shows; a street's segments are one."""
    found: dict[str, Hit] = {}
    for kind in KINDS:
        layer = city[kind]
        names = getattr(layer, "name", None)
        if names is None or not len(layer):
            continue
        unique, first, inverse = np.unique(names, return_index=True, return_inverse=True)
        boxes = layer.geometry.bounds
        low = np.full((len(unique), 2), np.inf)
        high = np.full((len(unique), 2), -np.inf)
        np.minimum.at(low, inverse, boxes[:, :2])
        np.maximum.at(high, inverse, boxes[:, 2:])
        label = kind.LABEL.get(lang)
        for k, name in enumerate(unique.tolist()):
            if name:
                box = (float(low[k, 0]), float(low[k, 1]), float(high[k, 0]), float(high[k, 1]))
                found[f"{name}  ·  {label}"] = Hit(kind.KIND, str(layer.ids[first[k]]), name, box)
    return found


def place_of(text: str, city: City) -> tuple[float, float] | None:
    """Return the place of the city's map that a text writes, metres; None where it writes none."""
    written = written_place(text)
    if written is None:
        return None
    if not written.is_degrees:
        return without_zone(written.xy[0]), written.xy[1]
    from layers.projection import project  # loads pyproj, which the window does without at its start

    x_m, y_m = project(np.array([written.xy]), city.epsg)[0].tolist()
    return x_m, y_m


class SearchBox(QLineEdit):
    """Find things; tells what was found, or that nothing was."""

    found = Signal(object)
    place_found = Signal(float, float)
    nothing_found = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("search")
        self.setFixedHeight(30)
        self._city: City | None = None
        self._hits: Mapping[str, Hit] = {}
        self._index = NameIndex()
        self._named: tuple[object, ...] = ()
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        # what is listed is found in the index, which knows pinyin
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(_N_SHOWN)
        completer.activated.connect(self._take)
        found = QListView()
        found.setObjectName("found")
        completer.setPopup(found)
        self.setCompleter(completer)
        self._clear = self.addAction(icons.icon("close"), QLineEdit.ActionPosition.TrailingPosition)
        self._clear.triggered.connect(self.clear)
        self._clear.setVisible(False)
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))
        self.textEdited.connect(self._list)
        self.returnPressed.connect(self._search)
        self.retranslate()

    def set_city(self, city: City, hits: Mapping[str, Hit], index: NameIndex) -> None:
        """Search another city."""
        if city is not self._city:
            self.clear()
        self._city, self._hits, self._index = city, hits, index

    def knows(self, city: City, lang: Lang, named: tuple[tuple[object, ...], ...]) -> bool:
        """Return whether names and places are the same ones as when it was asked last, so that nothing need be gathered.

        Parameters
        ----------
        named
            Names and geometry of each layer that has names; compared by identity, since an edit makes new ones.
        """
        before, self._named = self._named, (lang, *(part for one in named for part in one))
        same = len(before) == len(self._named) and all(a is b for a, b in zip(before, self._named, strict=True))
        if same and self._city is not None:
            self._city = city
        return same

    def _list(self, text: str) -> None:
        """List what is meant by what is typed."""
        self._model.setStringList(self._index.find(text, _N_LISTED))

    def _take(self, line: str) -> None:
        if line in self._hits:
            self.found.emit(self._hits[line])

    def _search(self) -> None:
        text = self.text().strip()
        if not text or self._city is None or text in self._hits:
            return
        if (place := place_of(text, self._city)) is not None:
            self.place_found.emit(*place)
            return
        if (at := find(self._city, text)) is not None:
            layer, row = self._city.layers[at[0]], at[1]
            box = layer.geometry.bounds[row]
            bounds = float(box[0]), float(box[1]), float(box[2]), float(box[3])
            self.found.emit(Hit(at[0], str(layer.ids[row]), text, bounds))
            return
        if lines := self._index.find(text, 1):
            self.found.emit(self._hits[lines[0]])
        else:
            self.nothing_found.emit(text)

    def retranslate(self) -> None:
        """Say it in the present language."""
        self.setPlaceholderText(tr("搜索街道、设施、编号或坐标"))
        self.setAccessibleName(tr("搜索"))
        self._clear.setIcon(icons.icon("close"))
        self._clear.setToolTip(tr("清空"))
