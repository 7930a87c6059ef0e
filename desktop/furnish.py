"""Put the parts into the window, step by step, so that it stays awake meanwhile; importing this loads them all."""

from __future__ import annotations

import importlib
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop import docks, status, theme
from desktop.actions import RECENT, Actions
from desktop.controllers.attributes import AttributeCommands
from desktop.controllers.board import BoardCommands
from desktop.controllers.files import FileCommands
from desktop.controllers.frame import FrameCommands
from desktop.controllers.here import HereCommands
from desktop.controllers.locks import LockCommands
from desktop.controllers.plans import PlanCommands
from desktop.controllers.runs import RunCommands, Worker
from desktop.controllers.sites import SiteCommands
from desktop.controllers.views import ViewCommands
from desktop.desk import ROUTE, Selection
from desktop.i18n import say, tr
from desktop.main_window import WORKSPACE, MainWindow
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
from desktop.skeleton import MENU_PX, TITLE_PX
from desktop.sources import describe, documents, explain_rule
from optimizer.planner import Planner, planners

dock_title, place, restore, index_names = docks.title, docks.place, docks.restore, status.index_names


@dataclass(frozen=True)
class Fittings:
    """Hold what the window is furnished with.

    Parameters
    ----------
    planners
        All that were discovered.
    worker
        Runs the plans; a warm worker process where None.
    in_process_map
        Draw the map without a render process, for tests.
    """

    planners: dict[str, Planner]
    worker: Worker | None = None
    in_process_map: bool = False


def fittings(worker: Worker | None = None, *, in_process_map: bool = False) -> Fittings:
    """Return what a window is furnished with; loads here, off the window's thread, what it will look up later."""
    documents()
    explain_rule("")
    importlib.import_module("optimizer.worker")
    return Fittings(planners(), worker, in_process_map)


def furnish(window: MainWindow, given: Fittings) -> None:
    """Furnish a window at once."""
    for _ in steps(window, given):
        pass


def steps(window: MainWindow, given: Fittings) -> Iterator[None]:
    """Furnish a window, a little more with each step."""
    window.parts = sys.modules[__name__]
    window.session = Session(given.planners, window)
    window.temporary = tempfile.TemporaryDirectory(prefix="jingcheng-window-", ignore_cleanup_errors=True)
    window.folder = Path(window.temporary.name)
    window.files, window.runs = FileCommands(window), RunCommands(window, given.worker)
    window.plans, window.views, window.frame = PlanCommands(window), ViewCommands(window), FrameCommands(window)
    window.sites, window.locks, window.here = SiteCommands(window), LockCommands(window), HereCommands(window)
    window.attributes_, window.board_ = AttributeCommands(window), BoardCommands(window)
    yield
    window.area = MapArea(in_process=given.in_process_map)
    window.area.map.set_theme(theme.current().name)
    yield
    yield from _panels(window)
    names = ("files", "runs", "plans", "views", "frame", "locks", "here", "attributes_", "board_")
    window.actions_ = Actions(window, {name: getattr(window, name) for name in names})
    yield
    window.search = SearchBox()
    window.bar = status.Bar(window.actions_, window.search)
    window.title = QLabel()
    window.title.setObjectName("secondary")
    window.title.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    window.title.setFixedSize(TITLE_PX, MENU_PX - 8)  # fixed: a corner of a menu bar does not follow its widget's size
    window.title.setContentsMargins(0, 0, theme.PAD_PX, 0)
    window.places = status.Places(window)
    window.progress = window.places.progress
    yield
    _connect_map(window)
    _connect_panels(window)
    window.keeper = Keeper(window, window.settings.folder / "recovery")
    yield
    window.addToolBar(window.bar)
    window.menuBar().setCornerWidget(window.title)
    window.setCentralWidget(window.area)
    docks.allow(window)
    window.docks = {}
    for key in docks.TITLES:
        window.docks[key] = docks.make(window, key)
        yield
    window.docks["attributes"].visibilityChanged.connect(window.attributes_.seen)
    window.docks["board"].visibilityChanged.connect(window.board_.seen)
    window.arrange(window.settings.arrangement(WORKSPACE))
    yield
    window.is_furnished = True
    window.retranslate()
    window.area.map.setFocus()
    window.actions_.check("tool", "tool.select")
    window.actions_.check("scheme", f"scheme.{window.settings.text('scheme', 'system')}")


def _panels(window: MainWindow) -> Iterator[None]:
    session = window.session
    window.layers = LayersPanel()
    window.scenarios = ScenariosPanel(session, lambda: [window.actions_.by_id[k] for k in ("branch", "rename", "remove")])
    window.params = ParamsPanel(session, lambda item: describe(session.city, item), documents)
    yield
    window.results = ResultsPanel()
    yield
    window.object = ObjectPanel(explain_rule)
    yield
    window.gantt, window.log = GanttPanel(), LogPanel()
    yield
    window.timetable, window.stations = TimetablePanel(), StationsPanel()
    yield
    window.sites_panel = SitesPanel()
    yield
    window.attributes, window.board = AttributesPanel(), BoardPanel()
    yield
    window.routes = docks.routes_table(lambda row: window.plans.layers.colours.get(row.item, ""))
    window.unserved = docks.unserved_table()
    yield


def _connect_map(window: MainWindow) -> None:
    area, views = window.area, window.views
    area.map.clicked.connect(views.clicked)
    area.map.menu_wanted.connect(window.here.show_menu)
    area.map.outlined.connect(window.here.add_drawn)
    area.map.tool_changed.connect(views.tool_changed)
    area.map.moved.connect(window.places.moved)
    area.map.scale_changed.connect(window.places.scaled)
    area.map.measured.connect(window.places.measured)
    area.map.failed.connect(lambda why: window.log.say(say(why)))
    area.welcome.open_wanted.connect(window.files.open)
    area.welcome.sample_wanted.connect(window.files.open_sample)
    area.welcome.file_wanted.connect(window.files.open_path)
    area.loading.stop_wanted.connect(window.files.stop_loading)
    area.day.day_chosen.connect(lambda _day: window.plans.show_plan())
    area.run.stop_wanted.connect(window.runs.stop)
    area.run.cancel_wanted.connect(window.runs.cancel)


def _connect_panels(window: MainWindow) -> None:
    session, views, area = window.session, window.views, window.area
    session.city_changed.connect(window.city_changed)
    session.city_edited.connect(window.city_edited)
    session.desk_changed.connect(window.desk_changed)
    session.plan_changed.connect(window.plans.show_plan)
    session.saved_changed.connect(window.refresh_titles)
    session.selection_changed.connect(views.selection_changed)
    session.undo.indexChanged.connect(window.refresh_actions)
    window.layers.toggled.connect(area.map.set_visible)
    window.layers.zoom_wanted.connect(views.zoom_layer)
    window.layers.table_wanted.connect(window.attributes_.show_layer)
    window.scenarios.chosen.connect(session.show_entry)
    window.results.run_wanted.connect(window.runs.run)
    window.results.item_chosen.connect(window.plans.choose_unserved)
    window.results.all_unserved_wanted.connect(window.frame.show_unserved)
    window.results.sites_wanted.connect(window.frame.show_sites)
    window.routes.chosen.connect(views.choose_route)
    window.unserved.chosen.connect(views.choose_unserved)
    window.routes.opened.connect(views.open_row)
    window.unserved.opened.connect(views.open_row)
    window.timetable.item_chosen.connect(views.choose_item)
    window.timetable.item_opened.connect(views.open_item)
    for panel in (window.timetable, window.sites_panel, window.board):
        panel.export_wanted.connect(lambda _key, panel=panel: window.files.export_table(panel))
    window.sites_panel.item_chosen.connect(views.show_item)
    window.sites_panel.item_opened.connect(views.open_item)
    window.sites_panel.alternative_chosen.connect(window.sites.show_alternative)
    window.sites_panel.adopt_wanted.connect(window.locks.adopt)
    window.object.lock_wanted.connect(window.locks.lock)
    window.object.why_wanted.connect(window.runs.explain)
    window.stations.item_chosen.connect(views.choose_item)
    table, commands = window.attributes, window.attributes_
    table.item_chosen.connect(commands.chosen)
    table.item_opened.connect(commands.opened)
    table.edited.connect(commands.edited)
    table.mark_wanted.connect(commands.mark)
    table.export_wanted.connect(commands.export)
    window.board.entered.connect(window.board_.enter)
    window.board.removed.connect(window.board_.remove)
    window.board.item_chosen.connect(views.choose_item)
    window.board.item_opened.connect(views.open_item)
    window.gantt.route_chosen.connect(lambda route: session.select(Selection(ROUTE, route)))
    window.search.found.connect(views.found)
    window.search.place_found.connect(views.found_place)
    window.search.nothing_found.connect(lambda text: _tell(area, tr("没有找到“{0}”").format(text)))


def _tell(area: MapArea, line: str) -> None:
    area.banner.tell(line)
    area.place()


def fill_recent(window: MainWindow) -> None:
    """List the files opened last in their menu."""
    docks.fill_recent(window, RECENT)
