"""The bar above the map and the line below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QToolBar, QWidget

from desktop import icons, tasks, theme, words
from desktop.actions import Actions
from desktop.i18n import language, tr
from desktop.name_index import NameIndex
from desktop.panels.parts import button
from desktop.panels.search import Hit, SearchBox, names_of
from layers.city import City
from layers.units import HECTARE_M2, MU_M2

if TYPE_CHECKING:
    from desktop.main_window import MainWindow

_TOOLS = ("tool.select", "tool.pan", "tool.zoom", "full", "tool.measure", "tool.draw")


class Bar(QToolBar):
    """Hold tools, search, the scenario's name, lock and run."""

    def __init__(self, actions: Actions, search: SearchBox) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setIconSize(QSize(icons.SIZE_PX, icons.SIZE_PX))
        self._actions = actions
        self._pad()
        for key in ("undo", "redo"):
            self.addAction(actions.by_id[key])
        self.addSeparator()
        for key in _TOOLS:
            self.addAction(actions.by_id[key])
        self.addSeparator()
        search.setMinimumWidth(180)
        search.setMaximumWidth(320)
        search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.addWidget(search)
        self._end = QWidget()
        box = QHBoxLayout(self._end)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        self.scenario = QLabel()
        self.scenario.setObjectName("secondary")
        self.lock = button("", actions.by_id["lock"].trigger)
        self.run = button("", self._run_or_stop, "primary")
        box.addStretch()
        for widget in (self.scenario, self.lock, self.run):
            box.addWidget(widget)
        self._end.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(self._end)
        self._pad()
        self._running = False

    def _pad(self) -> None:
        """Keep the bar's ends free and its height as it should be; a style sheet pads a tool bar alike on all sides."""
        spacer = QWidget()
        spacer.setFixedSize(theme.PAD_PX - theme.GRID_PX, theme.BAR_PX - 1)
        self.addWidget(spacer)

    def _run_or_stop(self) -> None:
        self._actions.by_id["stop" if self._running else "run"].trigger()

    def refresh(self, running: bool) -> None:
        """Follow what can be done now."""
        self._running = running
        act = self._actions.by_id["stop" if running else "run"]
        self.run.setEnabled(act.isEnabled())
        self.lock.setEnabled(self._actions.by_id["lock"].isEnabled())
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the present language."""
        tokens = theme.current()
        self.run.setText(tr("停止并采用") if self._running else tr("计算  F9"))
        self.run.setIcon(icons.icon("stop" if self._running else "run", tokens.on_accent))
        self.run.setToolTip(self._actions.by_id["stop" if self._running else "run"].toolTip())
        self.lock.setText(tr("锁定"))
        self.lock.setToolTip(self._actions.by_id["lock"].toolTip())


class Places:
    """Hold CRS, coordinate, scale, measure and progress in the status bar."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        bar = window.statusBar()
        bar.setSizeGripEnabled(False)
        self.crs, self.place, self.scale, self.measure = QLabel(), QLabel(), QLabel(), QLabel()
        self.place.setMinimumWidth(190)
        for label in (self.crs, self.place, self.scale, self.measure):
            bar.addWidget(label)
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setFixedWidth(160)
        self.progress.setTextVisible(False)
        holder = QWidget()
        box = QHBoxLayout(holder)
        box.setContentsMargins(0, 0, theme.PAD_PX, 0)
        box.addWidget(self.progress)
        bar.addPermanentWidget(holder)
        self.progress.hide()

    def show_city(self, city: City) -> None:
        """Name the projection."""
        self.crs.setText(crs_name(city.epsg))
        self.scaled(self._window.area.map.scale)

    def moved(self, x_m: float, y_m: float) -> None:
        """Show the place under the cursor."""
        self.place.setText(f"{x_m:,.1f}, {y_m:,.1f}{words.THIN}m")

    def scaled(self, denominator: float) -> None:
        """Show the scale."""
        self.scale.setText(f"1{words.THIN}:{words.THIN}{round(denominator):,}" if self._window.session.city else "")

    def measured(self, length_m: float, area_m2: float) -> None:
        """Show what was measured."""
        text = words.figure(length_m, "m")
        self.measure.setText(f"{text} · {area_text(area_m2)}" if area_m2 else text)

    def retranslate(self) -> None:
        """Say it in the present language."""
        if self._window.session.city is not None:
            self.show_city(self._window.session.city)


def area_text(area_m2: float) -> str:
    """Return an area in the three units that land is spoken of: m², mu and hectares."""
    mu, hectares = words.number(area_m2 / MU_M2), words.number(area_m2 / HECTARE_M2)
    return " · ".join((words.figure(area_m2, "m²"), f"{mu}{words.THIN}{tr('亩')}", f"{hectares}{words.THIN}{tr('公顷')}"))


def crs_name(epsg: int) -> str:
    """Return the name of a projection; that of a CGCS2000 zone of three degrees is written out."""
    if 4534 <= epsg <= 4554:
        return tr("CGCS2000 / 3 度带 {0}E（EPSG:{1}）").format(75 + 3 * (epsg - 4534), epsg)
    if 4513 <= epsg <= 4533:
        return tr("CGCS2000 / 3 度带 {0} 带（EPSG:{1}）").format(epsg - 4513 + 25, epsg)
    if 32601 <= epsg <= 32660 or 32701 <= epsg <= 32760:
        return f"WGS 84 / UTM {epsg % 100}{'N' if epsg < 32700 else 'S'}（EPSG:{epsg}）"
    return f"EPSG:{epsg}"


def index_names(window: MainWindow, city: City) -> None:
    """Gather the names that the search box finds, in a thread."""
    lang = language()
    named = tuple((layer.name, layer.geometry) for layer in city.layers.values() if hasattr(layer, "name"))
    if window.search.knows(city, lang, named):
        return

    def work() -> tuple[dict[str, Hit], NameIndex]:
        hits = names_of(city, lang)
        return hits, NameIndex(list(hits), [hit.name for hit in hits.values()])

    tasks.run(work, lambda found: window.search.set_city(city, *found), window.complain, window)
