"""What is done at a place of the map: its menu, the planner's answer for it, land that is drawn by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from desktop import tasks, words
from desktop.desk import PLACE, Selection
from desktop.i18n import say, tr
from layers.city import City
from layers.drawn import is_drawn, with_drawn_site, without_site
from layers.kinds.facilities import CandidateSites
from optimizer.names import find, item_name, place_item, place_of

if TYPE_CHECKING:
    from desktop.main_window import MainWindow

_MENU = (
    "why",
    "why_here",
    "",
    "site.must",
    "site.must_not",
    "site.keep",
    "site.free",
    "",
    "to_selection",
    "tool.draw",
    "undraw",
)


class HereCommands:
    """Ask and act at a place."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._at: tuple[float, float] | None = None

    def explain_here(self) -> None:
        """Ask the planner about the place that the menu was opened at, else the one under the cursor."""
        at, self._at = self._at or self._window.area.map.pointed, None
        self._window.session.select(Selection(PLACE, place_item(*at)))
        self._window.runs.explain()

    def item_to_ask(self, item: str) -> str:
        """Return what the planner is asked about for an item: what was drawn after the plan was made goes by its place."""
        result = self._window.session.result
        known = result is None or find(result.scenario.city, item) is not None or self._window.sites.digest.knows(item)
        return item if known or place_of(item) is not None else place_item(*self._window.sites.places.at(item))

    def show_menu(self, x_m: float, y_m: float, tolerance_m: float, at: QPoint) -> None:
        """Select what is at a place and show what can be done with it and there."""
        window = self._window
        if window.session.city is None:
            return
        window.views.point_at(x_m, y_m, tolerance_m)
        self._at = (x_m, y_m)
        menu = QMenu(window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for key in _MENU:
            if not key:
                menu.addSeparator()
            elif window.actions_.by_id[key].isEnabled():
                menu.addAction(window.actions_.by_id[key])
        copy = menu.addAction(tr("复制坐标"))
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(f"{x_m:.1f}, {y_m:.1f}"))
        menu.aboutToHide.connect(self._menu_gone, Qt.ConnectionType.QueuedConnection)
        menu.popup(at)

    def _menu_gone(self) -> None:
        self._at = None

    # --- land drawn by hand --------------------------------------------------------------------------------------

    def add_drawn(self, corners: tuple[tuple[float, float], ...]) -> None:
        """Add land that was drawn to the candidate sites."""
        city = self._window.session.city
        if city is None:
            return
        name = tr("手绘用地")

        def work() -> tuple[City, str]:
            return with_drawn_site(city, corners, name)

        tasks.run(work, lambda made: self._added(city, *made), self._window.complain, self._window)

    def _added(self, before: City, city: City, item: str) -> None:
        session = self._window.session
        if session.city is not before:
            return  # another city was opened meanwhile
        session.set_city(city, tr("画备选用地"))
        session.select(Selection(CandidateSites.KIND, item))
        self._window.area.map.leave_tool()
        self._window.show_dock("object")
        sites = city[CandidateSites]
        row = sites.row_of[item]
        land = words.figure(round(float(sites.land_m2[row])), "m²")
        parts = (str(sites.name[row]), str(sites.district[row]), land)
        line = tr("已添加备选用地：{0}").format(" · ".join(part for part in parts if part))
        self._window.area.offer_undo(line, session.undo.undo)

    def remove_drawn(self) -> None:
        """Take land that was drawn, and that is selected, out of the candidate sites."""
        session = self._window.session
        item, city = session.selection.item, session.city
        if city is None or not self.is_drawn(session.selection):
            return
        name = say(item_name(city, item))
        session.select(Selection())
        session.set_city(without_site(city, item), tr("删除备选用地"), gone=item)
        self._window.area.offer_undo(tr("已删除备选用地“{0}”").format(name), session.undo.undo)

    def is_drawn(self, chosen: Selection) -> bool:
        """Return whether land that was drawn by hand is selected."""
        return chosen.layer == CandidateSites.KIND and is_drawn(chosen.item)
