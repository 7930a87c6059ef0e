"""The window: it shows its frame at once, and is furnished when the rest of the program is loaded."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow, QProgressBar

from desktop import skeleton
from desktop.i18n import language, tr
from layers.kinds.facilities import CandidateSites

if TYPE_CHECKING:
    from types import ModuleType

    from desktop.actions import Actions
    from desktop.controllers.attributes import AttributeCommands
    from desktop.controllers.board import BoardCommands
    from desktop.controllers.files import FileCommands
    from desktop.controllers.frame import FrameCommands
    from desktop.controllers.here import HereCommands
    from desktop.controllers.locks import LockCommands
    from desktop.controllers.plans import PlanCommands
    from desktop.controllers.runs import RunCommands
    from desktop.controllers.sites import SiteCommands
    from desktop.controllers.views import ViewCommands
    from desktop.map_area import MapArea
    from desktop.panels.attributes import AttributesPanel
    from desktop.panels.board import BoardPanel
    from desktop.panels.gantt import GanttPanel
    from desktop.panels.layers_tree import LayersPanel
    from desktop.panels.log import LogPanel
    from desktop.panels.object import ObjectPanel
    from desktop.panels.params import ParamsPanel
    from desktop.panels.results import ResultsPanel
    from desktop.panels.scenarios import ScenariosPanel
    from desktop.panels.search import SearchBox
    from desktop.panels.sites import SitesPanel
    from desktop.panels.stations import StationsPanel
    from desktop.panels.timetable import TimetablePanel
    from desktop.recovery import Keeper
    from desktop.session import Session
    from desktop.settings import Settings
    from desktop.status import Bar, Places
    from desktop.tables import Table
    from layers.errors import JingchengError
    from layers.text import Lang

WORKSPACE = "plan"
_GEOMETRY = "geometry"


class MainWindow(QMainWindow):
    """Hold the parts together; `desktop.furnish` puts them in, and what is done with them stands in the controllers.

    Parameters
    ----------
    settings
        What is remembered.
    """

    session: Session
    files: FileCommands
    runs: RunCommands
    plans: PlanCommands
    views: ViewCommands
    frame: FrameCommands
    sites: SiteCommands
    locks: LockCommands
    here: HereCommands
    keeper: Keeper
    attributes_: AttributeCommands
    board_: BoardCommands
    area: MapArea
    layers: LayersPanel
    scenarios: ScenariosPanel
    params: ParamsPanel
    results: ResultsPanel
    object: ObjectPanel
    gantt: GanttPanel
    timetable: TimetablePanel
    stations: StationsPanel
    sites_panel: SitesPanel
    attributes: AttributesPanel
    board: BoardPanel
    log: LogPanel
    routes: Table
    unserved: Table
    actions_: Actions
    search: SearchBox
    bar: Bar
    docks: dict[str, QDockWidget]
    title: QLabel
    places: Places
    progress: QProgressBar
    parts: ModuleType
    temporary: TemporaryDirectory[str]
    folder: Path

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.is_furnished = False
        self.setWindowTitle(tr("净城"))
        self.setAcceptDrops(True)
        room = self.screen().availableGeometry()
        self.resize(min(1440, room.width()), min(900, room.height()))
        geometry = settings.arrangement(_GEOMETRY)
        if geometry is not None:
            self.restoreGeometry(geometry)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame's outline until there is more to see."""
        super().paintEvent(event)
        if not self.is_furnished:
            skeleton.paint(QPainter(self), self.rect())

    def index_names(self) -> None:
        """Gather the names that the search box finds."""
        if self.session.city is not None:
            self.parts.index_names(self, self.session.city)

    # --- what the session tells ----------------------------------------------------------------------------------

    def city_changed(self) -> None:
        """Show another city."""
        city = self.session.city
        if city is None:
            return
        self.views.show_city(city)
        self.places.show_city(city)
        self.attributes_.take_city()
        QTimer.singleShot(800, self, self.index_names)  # once the city is drawn

    def city_edited(self) -> None:
        """Show the city as it was edited."""
        self.views.city_edited()
        self.attributes_.take_city()
        self.index_names()

    def desk_changed(self) -> None:
        """Show the scenarios as they stand now."""
        if self.sites.take_locks():
            self.plans.draw()
            self.views.refresh_layers()
            self.views.selection_changed()
        self.plans.refresh_results()
        self.board_.refresh()
        self.refresh_titles()
        self.refresh_actions()

    def flags(self) -> frozenset[str]:
        """Return what is so now, in the words that `desktop.actions.Row.when` asks for."""
        s, planner = self.session, self.session.planner
        is_site = self.locks.is_lockable(s.selection)
        told = {
            "city": s.city is not None,
            "plan": s.result is not None,
            "running": self.runs.job is not None,
            "idle": self.runs.job is None,
            "undo": s.undo.canUndo(),
            "redo": s.undo.canRedo(),
            "many": len(s.desk.entries) > 1,
            "selected": bool(s.selection.item),
            "explains": bool(s.result and s.planners[s.result.scenario.planner].explain),
            "lockable": is_site or bool(s.selection.item and self.plans.served_by(s.selection.item)),
            "asks": bool(s.result and s.planners[s.result.scenario.planner].explain),
            "site": is_site,
            "built": is_site and self.locks.is_built(s.selection.item),
            "locked": is_site and bool(self.sites.lock_of(s.selection.item)),
            "drawn": self.here.is_drawn(s.selection),
            "sites": planner is not None and CandidateSites in planner.sites,
        }
        return frozenset(flag for flag, is_so in told.items() if is_so)

    def refresh_actions(self, _index: int = 0) -> None:
        """Enable what can be done now."""
        flags = self.flags()
        self.actions_.enable(flags)
        self.bar.refresh("running" in flags)
        self.results.follow_run("running" in flags)

    def refresh_titles(self) -> None:
        """Say what is open, which scenario is shown, and whether it is saved."""
        s = self.session
        name = s.path.name if s.path else (s.city.name if s.city else "")
        saved = tr("已保存") if s.is_saved and s.path else tr("未保存") if s.city else ""
        scenario = s.scenario.name if s.scenario else ""
        title = tr("{0} — {1}（{2}）").format(name, scenario, saved) if s.city else ""
        room = self.title.contentsRect().width() - 2
        self.title.setText(self.title.fontMetrics().elidedText(title, Qt.TextElideMode.ElideMiddle, room))
        self.title.setToolTip(str(s.path) if s.path else "")
        self.title.show()  # a corner of a menu bar hides what is still empty
        self.setWindowTitle(f"{name}[*] — {tr('净城')}" if name else tr("净城"))
        self.setWindowModified(not s.is_saved)
        self.bar.scenario.setText(scenario)
        digest, times = self.plans.digest, self.plans.timetables
        shown = self.sites.alternative
        drives = bool(digest.routes) or shown is None
        rows = {
            "sites": shown.rows if shown is not None else (),
            "routes": digest.routes,
            "unserved": digest.unserved,
            "timetable": times.notice,
        }
        for key, listed in rows.items():
            self.docks[key].setWindowTitle(self.parts.dock_title(key, len(listed), drives=drives))

    def refresh_recent(self) -> None:
        """List the files opened last in their menu."""
        self.parts.fill_recent(self)

    # --- telling -------------------------------------------------------------------------------------------------

    @property
    def lang(self) -> Lang:
        """Language that the window speaks."""
        return language()

    def complain(self, error: JingchengError, offer: str = "", call: Any = None) -> None:
        """Tell of an error: the same line as on the command line, with the way back where there is one."""
        line = error.message(self.lang)
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
        if state is None or not self.parts.restore(self, state):
            self.parts.place(self)

    # --- events --------------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Say everything in the present language."""
        self.actions_.retranslate()
        self.bar.retranslate()
        self.search.retranslate()
        for key, dock in self.docks.items():
            dock.setWindowTitle(self.parts.dock_title(key))
        self.params.rebuild()
        self.scenarios.refresh()
        self.views.refresh_layers()
        panels = (
            self.results,
            self.routes,
            self.unserved,
            self.gantt,
            self.timetable,
            self.stations,
            self.sites_panel,
            self.attributes,
            self.board,
            self.log,
        )
        for part in (*panels, self.area.welcome, self.area.run, self.area.banner, self.area.day):
            part.retranslate()
        self.places.retranslate()
        self.views.selection_changed()
        self.refresh_titles()
        self.refresh_recent()
        self.refresh_actions()
        self.actions_.check("lang", f"lang.{self.lang}")
        self.index_names()

    def follow_system(self) -> None:
        """Take the system's colours on, where that is what the user chose."""
        if self.is_furnished and self.settings.text("scheme", "system") == "system":
            self.frame.use_scheme("system")

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.is_furnished:
            self.retranslate()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        if self.is_furnished and len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file."""
        self.files.open_path(Path(event.mimeData().urls()[0].toLocalFile()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about what is not saved, then end every process."""
        if not self.is_furnished:
            event.accept()
            return
        if self.files.is_saving or not self.files.may_discard():
            event.ignore()
            return
        self.settings.keep_arrangement(WORKSPACE, self.saveState())
        self.settings.keep_arrangement(_GEOMETRY, self.saveGeometry())
        self.files.stop_loading()
        self.runs.close()
        self.area.map.close_renderer()
        self.keeper.close()
        self.temporary.cleanup()
        event.accept()
