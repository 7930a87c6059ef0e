"""The window: docks, bar and status put together from data; what is done stands in the controllers."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QEvent
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow, QProgressBar

from desktop import docks, status, theme
from desktop.actions import RECENT, Actions
from desktop.controllers.files import FileCommands, line_of
from desktop.controllers.frame import FrameCommands
from desktop.controllers.plans import PlanCommands
from desktop.controllers.runs import RunCommands, Worker
from desktop.controllers.views import ViewCommands
from desktop.desk import ROUTE, Selection
from desktop.i18n import language, tr
from desktop.map_area import MapArea
from desktop.panels.gantt import GanttPanel
from desktop.panels.layers_tree import LayersPanel
from desktop.panels.log import LogPanel
from desktop.panels.object import ObjectPanel
from desktop.panels.params import ParamsPanel
from desktop.panels.results import ResultsPanel
from desktop.panels.scenarios import ScenariosPanel
from desktop.panels.search import SearchBox
from desktop.session import Session
from desktop.settings import Settings
from desktop.sources import describe, documents, explain_rule
from desktop.tables import Table
from layers.errors import JingchengError
from layers.text import Lang

WORKSPACE = "plan"


class MainWindow(QMainWindow):
    """Put the parts together.

    Parameters
    ----------
    session
        The open project.
    settings
        What is remembered.
    worker
        Runs the plans; a warm worker process where None.
    in_process_map
        Draw the map without a render process, for tests.
    """

    def __init__(
        self, session: Session, settings: Settings, worker: Worker | None = None, *, in_process_map: bool = False
    ) -> None:
        super().__init__()
        self.session, self.settings = session, settings
        self._temporary = tempfile.TemporaryDirectory(prefix="jingcheng-window-", ignore_cleanup_errors=True)
        self.folder = Path(self._temporary.name)
        self.files, self.runs = FileCommands(self), RunCommands(self, worker)
        self.plans, self.views, self.frame = PlanCommands(self), ViewCommands(self), FrameCommands(self)
        self.area = MapArea(in_process=in_process_map)
        self.setCentralWidget(self.area)
        self._make_panels()
        names = ("files", "runs", "plans", "views", "frame")
        self.actions_ = Actions(self, {name: getattr(self, name) for name in names})
        self.search = SearchBox()
        self.bar = status.Bar(self.actions_, self.search)
        self.addToolBar(self.bar)
        self.docks: dict[str, QDockWidget] = docks.make(self)
        self.title = QLabel()
        self.title.setObjectName("secondary")
        self.title.setContentsMargins(0, 0, theme.PAD_PX, 0)
        self.menuBar().setCornerWidget(self.title)
        self.places = status.Places(self)
        self.progress: QProgressBar = self.places.progress
        self._connect()
        self.setAcceptDrops(True)
        self.resize(1440, 900)
        self.arrange(settings.arrangement(WORKSPACE))
        self.retranslate()

    def _make_panels(self) -> None:
        self.layers = LayersPanel()
        self.scenarios = ScenariosPanel(
            self.session, lambda: [self.actions_.by_id[k] for k in ("branch", "rename", "remove")]
        )
        self.params = ParamsPanel(self.session, lambda item: describe(self.session.city, item), documents)
        self.results, self.object = ResultsPanel(), ObjectPanel(explain_rule)
        self.gantt, self.log = GanttPanel(), LogPanel()
        self.routes: Table = docks.routes_table(lambda row: self.plans.layers.colours.get(row.item, ""))
        self.unserved: Table = docks.unserved_table()

    def _connect(self) -> None:
        s, v, area = self.session, self.views, self.area
        s.city_changed.connect(self._city_changed)
        s.desk_changed.connect(self._desk_changed)
        s.plan_changed.connect(self.plans.show_plan)
        s.saved_changed.connect(self.refresh_titles)
        s.selection_changed.connect(v.selection_changed)
        s.undo.indexChanged.connect(self.refresh_actions)
        area.map.clicked.connect(v.clicked)
        area.map.tool_changed.connect(v.tool_changed)
        area.map.moved.connect(self.places.moved)
        area.map.scale_changed.connect(self.places.scaled)
        area.map.measured.connect(self.places.measured)
        area.map.failed.connect(self.log.say)
        area.welcome.open_wanted.connect(self.files.open)
        area.welcome.sample_wanted.connect(self.files.open_sample)
        area.welcome.file_wanted.connect(self.files.open_path)
        area.loading.stop_wanted.connect(self.files.stop_loading)
        area.run.stop_wanted.connect(self.runs.stop)
        area.run.cancel_wanted.connect(self.runs.cancel)
        self.layers.toggled.connect(area.map.set_visible)
        self.layers.zoom_wanted.connect(v.zoom_layer)
        self.scenarios.chosen.connect(s.show_entry)
        self.results.run_wanted.connect(self.runs.run)
        self.results.item_chosen.connect(self.plans.choose_unserved)
        self.results.all_unserved_wanted.connect(self.frame.show_unserved)
        self.routes.chosen.connect(v.choose_route)
        self.unserved.chosen.connect(v.choose_unserved)
        self.routes.opened.connect(v.open_row)
        self.unserved.opened.connect(v.open_row)
        self.gantt.route_chosen.connect(lambda route: s.select(Selection(ROUTE, route)))
        self.search.found.connect(v.found)
        self.search.place_found.connect(lambda x, y: area.map.centre_on(x, y, 5000.0))
        self.search.nothing_found.connect(lambda text: area.banner.tell(tr("没有找到“{0}”").format(text)))

    # --- what the session tells ----------------------------------------------------------------------------------

    def _city_changed(self) -> None:
        city = self.session.city
        if city is None:
            return
        self.views.show_city(city)
        self.places.show_city(city)
        status.index_names(self, city)

    def _desk_changed(self) -> None:
        self.plans.refresh_results()
        self.refresh_titles()
        self.refresh_actions()

    def flags(self) -> frozenset[str]:
        """Return what is so now, in the words that `desktop.actions.Row.when` asks for."""
        s = self.session
        told = {
            "city": s.city is not None,
            "plan": s.result is not None,
            "running": self.runs.job is not None,
            "idle": self.runs.job is None,
            "undo": s.undo.canUndo(),
            "redo": s.undo.canRedo(),
            "many": len(s.desk.entries) > 1,
            "selected": bool(s.selection.item),
            "served": bool(s.selection.item and self.plans.served_by(s.selection.item)),
        }
        return frozenset(flag for flag, is_so in told.items() if is_so)

    def refresh_actions(self, _index: int = 0) -> None:
        """Enable what can be done now."""
        flags = self.flags()
        self.actions_.enable(flags)
        self.bar.refresh("running" in flags)

    def refresh_titles(self) -> None:
        """Say what is open, which scenario is shown, and whether it is saved."""
        s = self.session
        name = s.path.name if s.path else (s.city.name if s.city else "")
        saved = tr("已保存") if s.is_saved and s.path else tr("未保存") if s.city else ""
        scenario = s.scenario.name if s.scenario else ""
        self.title.setText(f"{name} — {scenario}（{saved}）" if s.city else "")
        self.title.setFixedSize(self.title.sizeHint().width(), self.menuBar().sizeHint().height() - 2)
        self.menuBar().setCornerWidget(self.title)  # which takes its new width only so
        self.title.show()
        self.setWindowTitle(f"{name}[*] — {tr('净城')}" if name else tr("净城"))
        self.setWindowModified(not s.is_saved)
        self.bar.scenario.setText(scenario)
        self.docks["routes"].setWindowTitle(docks.title("routes", len(self.plans.digest.routes)))
        self.docks["unserved"].setWindowTitle(docks.title("unserved", len(self.plans.digest.unserved)))

    def refresh_recent(self) -> None:
        """List the files opened last in their menu."""
        docks.fill_recent(self, RECENT)

    # --- telling -------------------------------------------------------------------------------------------------

    @property
    def lang(self) -> Lang:
        """Language that the window speaks."""
        return language()

    def complain(self, error: JingchengError, offer: str = "", call: Any = None) -> None:
        """Tell of an error: the same line as on the command line, with the way back where there is one."""
        line = line_of(error)
        self.log.say(line)
        self.area.banner.tell(line, offer, call)
        self.area.place()

    def status(self, line: str) -> None:
        """Show a line in the status bar."""
        self.statusBar().showMessage(line)

    def show_dock(self, key: str) -> None:
        """Bring a dock to the front."""
        self.docks[key].show()
        self.docks[key].raise_()

    def arrange(self, state: QByteArray | None) -> None:
        """Place the docks as they were left, or as they are at first."""
        if state is None or not self.restoreState(state):
            docks.place(self)

    # --- events --------------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Say everything in the present language."""
        self.actions_.retranslate()
        self.bar.retranslate()
        self.search.retranslate()
        for key, dock in self.docks.items():
            dock.setWindowTitle(docks.title(key))
        self.params.rebuild()
        self.scenarios.refresh()
        self.views.refresh_layers()
        for part in (self.results, self.routes, self.unserved, self.gantt, self.log, self.area.welcome, self.area.run):
            part.retranslate()
        self.places.retranslate()
        self.views.selection_changed()
        self.refresh_titles()
        self.refresh_recent()
        self.refresh_actions()
        self.actions_.check("lang", f"lang.{self.lang}")
        if self.session.city is not None:
            status.index_names(self, self.session.city)

    def follow_system(self) -> None:
        """Take the system's colours on, where that is what the user chose."""
        if self.settings.text("scheme", "system") == "system":
            self.frame.use_scheme("system")

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "places"):
            self.retranslate()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file."""
        self.files.open_path(Path(event.mimeData().urls()[0].toLocalFile()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about what is not saved, then end every process."""
        if self.files.is_saving or not self.files.may_discard():
            event.ignore()
            return
        self.settings.keep_arrangement(WORKSPACE, self.saveState())
        self.files.stop_loading()
        self.runs.close()
        self.area.map.close_renderer()
        self._temporary.cleanup()
        event.accept()
