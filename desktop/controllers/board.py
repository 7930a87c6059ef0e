"""The board of targets: filled when it is looked at, and what is entered on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.board import Source, board_rows
from desktop.i18n import tr
from layers.errors import InputError
from resources.entered import entered, with_figure, without_figure
from resources.targets import load_targets

if TYPE_CHECKING:
    from desktop.main_window import MainWindow


class BoardCommands:
    """Look at the targets and enter figures."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def show(self) -> None:
        """Show the board."""
        self._window.show_dock("board")
        self.fill()

    def seen(self, visible: bool) -> None:
        """Fill the board when it comes into sight."""
        if visible:
            self.fill()

    def refresh(self) -> None:
        """Follow plans and figures where the board is in sight."""
        if not self._window.board.visibleRegion().isEmpty():
            self.fill()

    def fill(self) -> None:
        """Judge every target by the plan of the scenario shown first, then by the others, the newest first."""
        session = self._window.session
        if session.city is None:
            return
        sources = []
        for entry in session.desk.entries:
            result = session.results.get(entry.key)
            if result is not None:
                made_at = result.plan.provenance.made_at
                source = Source(entry.scenario.name, result.plan, result.is_stale(entry.scenario))
                sources.append((entry.key == session.desk.current, made_at, source))
        sources.sort(key=lambda one: one[:2], reverse=True)
        self._window.board.show_rows(board_rows([s for *_, s in sources], session.desk.entered, session.planners))

    def enter(self, target: str, scope: str, typed: str, on: str, source: str) -> None:
        """Take a figure that was typed, or say what is wrong with it."""
        asked = next(t for t in load_targets() if t.id == target)
        try:
            figure = entered(asked, typed, on, source, scope)
        except InputError as error:
            self._window.complain(error)
            return
        self._window.session.set_entered(with_figure(self._window.session.desk.entered, figure), tr("填报指标"))

    def remove(self, target: str, scope: str) -> None:
        """Take a figure away."""
        figures = without_figure(self._window.session.desk.entered, target, scope)
        self._window.session.set_entered(figures, tr("删除填报"))
