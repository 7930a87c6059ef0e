"""Bugs of ours: a dialog that names the log file; the window stays."""

from __future__ import annotations

import sys
import time
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.i18n import tr


def log_folder() -> Path:
    """Return where logs go."""
    import platformdirs  # when the first bug shows

    return Path(platformdirs.user_log_dir("jingcheng", appauthor=False))


def write_log(text: str) -> Path:
    """Write a log of its own and return its path; holds no data of the project."""
    folder = log_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"bug-{time.strftime('%Y%m%d-%H%M%S')}.log"
    path.write_text(text, encoding="utf-8")
    return path


def report_bugs(window: QWidget) -> None:
    """Show a dialog for every error that nobody caught, one at a time, and go on."""
    open_now: list[QMessageBox] = []

    def show(path: Path, line: str) -> None:
        if open_now:
            return
        box = QMessageBox(
            QMessageBox.Icon.Warning,
            tr("程序内部错误"),
            tr("程序出现内部错误，但仍在运行。请先保存，再把日志发给我们：\n{0}").format(path),
            parent=window,
        )
        box.setDetailedText(line)
        open_now.append(box)
        box.finished.connect(lambda _code: open_now.clear())
        box.open()

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(text)
        path = write_log(text)
        QTimer.singleShot(0, window, lambda: show(path, text))

    sys.excepthook = hook
