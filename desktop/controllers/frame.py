"""The frame itself: undo, search, palette, docks, colours, language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QMessageBox

from desktop import i18n, theme
from desktop.i18n import tr
from desktop.panels.palette import CommandPalette
from layers.text import Lang

if TYPE_CHECKING:
    from desktop.main_window import MainWindow


class FrameCommands:
    """Arrange the window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def undo(self) -> None:
        """Take the last edit back."""
        self._window.session.undo.undo()

    def redo(self) -> None:
        """Do it again."""
        self._window.session.undo.redo()

    def find(self) -> None:
        """Go to the search box."""
        self._window.search.setFocus()
        self._window.search.selectAll()

    def palette(self) -> None:
        """Open the command palette."""
        palette = CommandPalette(self._window.actions_.by_id.values(), self._window)
        top = self._window.mapToGlobal(self._window.rect().topLeft())
        palette.move(top.x() + (self._window.width() - palette.width()) // 2, top.y() + 90)
        palette.show()

    def show_results(self) -> None:
        """Show targets and figures."""
        self._window.show_dock("results")

    def show_routes(self) -> None:
        """Show the table of routes."""
        self._window.show_dock("routes")

    def show_unserved(self) -> None:
        """Show the table of what is not served."""
        self._window.show_dock("unserved")

    def show_gantt(self) -> None:
        """Show the shifts."""
        self._window.show_dock("gantt")

    def show_timetable(self) -> None:
        """Show when who is where."""
        self._window.show_dock("timetable")

    def show_stations(self) -> None:
        """Show what comes to the stations."""
        self._window.show_dock("stations")

    def show_sites(self) -> None:
        """Show what the plan does at places, and why there."""
        self._window.show_dock("sites")

    def restore_arrangement(self) -> None:
        """Put the docks back where they were at first."""
        self._window.arrange(None)

    def welcome(self) -> None:
        """Show the welcome card again."""
        self._window.area.welcome.greet(self._window.settings.recent())
        self._window.area.place()

    def about(self) -> None:
        """Say what this is."""
        lines = [
            tr("城市环卫桌面 GIS 规划软件。本版编制道路机扫、垃圾收运与选址方案。"),
            tr("每个方案都由不含求解器的代码独立校核。"),
        ]
        QMessageBox.about(self._window, tr("关于净城"), "\n".join([tr("净城 Jingcheng"), "", *lines]))

    def scheme_system(self) -> None:
        """Use the system's colours."""
        self.use_scheme("system")

    def scheme_light(self) -> None:
        """Use light colours."""
        self.use_scheme("light")

    def scheme_dark(self) -> None:
        """Use dark colours."""
        self.use_scheme("dark")

    def use_scheme(self, choice: str) -> None:
        """Use a colour scheme, and remember it."""
        self._window.settings.set_text("scheme", choice)
        tokens = theme.tokens_for(choice)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, tokens)
        self._window.area.map.set_theme(tokens.name)
        self._window.retranslate()
        self._window.actions_.check("scheme", f"scheme.{choice}")

    def lang_zh(self) -> None:
        """Speak Chinese."""
        self.use_language("zh")

    def lang_en(self) -> None:
        """Speak English."""
        self.use_language("en")

    def use_language(self, lang: Lang) -> None:
        """Speak a language, and remember it."""
        self._window.settings.set_text("lang", lang)
        app = QApplication.instance()
        assert app is not None
        i18n.set_language(app, lang)
