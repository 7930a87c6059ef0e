"""Start of the window."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop import i18n, theme
from desktop.controllers.runs import Worker
from desktop.crash import report_bugs
from desktop.main_window import MainWindow
from desktop.session import Session
from desktop.settings import Settings


def make_window(
    app: QApplication, settings: Settings, worker: Worker | None = None, *, in_process_map: bool = False
) -> MainWindow:
    """Return the window in the language and colours that the user chose; the rest as in `MainWindow`."""
    asked = settings.text("lang")
    i18n.set_language(app, "en" if asked == "en" else "zh" if asked == "zh" else i18n.system_language())
    choice = settings.text("scheme", "system")
    theme.apply(app, theme.tokens_for(choice))
    window = MainWindow(Session(), settings, worker, in_process_map=in_process_map)
    window.area.map.set_theme(theme.current().name)
    window.actions_.check("scheme", f"scheme.{choice}")
    window.actions_.check("tool", "tool.select")
    app.styleHints().colorSchemeChanged.connect(window.follow_system)
    return window


def main(argv: Sequence[str] | None = None, path: Path | None = None) -> int:
    """Open the window on a file, or on the sample city, and return its exit code."""
    app = QApplication(["jingcheng", *(argv or [])])
    app.setApplicationName("jingcheng")
    app.setStyle("Fusion")
    settings = Settings()
    window = make_window(app, settings)
    report_bugs(window)
    window.show()
    # the first paint comes before anything is read
    QTimer.singleShot(0, lambda: window.files.open_path(path) if path else window.files.begin())
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
