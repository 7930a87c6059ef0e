"""Start of the window: the frame is shown at once, the program is loaded meanwhile, then the city."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop import i18n, tasks, theme
from desktop.crash import report_bugs
from desktop.main_window import MainWindow
from desktop.settings import Settings


def make_window(app: QApplication, settings: Settings) -> MainWindow:
    """Return the window in the language and colours that the user chose, still to be furnished."""
    asked = settings.text("lang")
    i18n.set_language(app, "en" if asked == "en" else "zh" if asked == "zh" else i18n.system_language())
    theme.apply(app, theme.tokens_for(settings.text("scheme", "system")))
    window = MainWindow(settings)
    app.styleHints().colorSchemeChanged.connect(window.follow_system)
    return window


def furnish_soon(window: MainWindow, path: Path | None) -> None:
    """Load the program in a thread, furnish the window in steps, then open a file, or the sample city."""
    tasks.run(_load, lambda loaded: _furnish(window, loaded, path), window.complain, window)


def _load() -> tuple[Any, Any]:
    furnish = importlib.import_module("desktop.furnish")
    return furnish, furnish.fittings()


def _furnish(window: MainWindow, loaded: tuple[Any, Any], path: Path | None) -> None:
    furnish, fittings = loaded
    steps: Iterator[None] = furnish.steps(window, fittings)
    timer = QTimer(window)

    def step() -> None:
        if next(steps, timer) is timer:
            timer.stop()
            timer.deleteLater()
            gc.freeze()  # the program itself is never garbage: let later collections pass over it
            if path is None:
                window.files.begin()
            else:
                window.files.open_path(path)
            window.keeper.offer()

    timer.timeout.connect(step)
    timer.start(0)


def stay_awake() -> None:
    """Let the window's thread take its turn five times sooner than usual while another thread works."""
    sys.setswitchinterval(0.001)


def main(argv: Sequence[str] | None = None, path: Path | None = None) -> int:
    """Open the window on a file, or on the sample city, and return its exit code."""
    stay_awake()
    app = QApplication(["jingcheng", *(argv or [])])
    app.setApplicationName("jingcheng")
    app.setStyle("Fusion")
    window = make_window(app, Settings())
    report_bugs(window)
    window.show()
    QTimer.singleShot(0, window, lambda: furnish_soon(window, path))
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
