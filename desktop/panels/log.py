"""The log: what was done, found and refused, with its time."""

from __future__ import annotations

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QPlainTextEdit

from desktop import theme
from desktop.i18n import tr
from desktop.panels.parts import Panel

_N_LINES = 5000


class LogPanel(Panel):
    """Keep the last lines."""

    def __init__(self) -> None:
        super().__init__()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setMaximumBlockCount(_N_LINES)
        self.text.setPlaceholderText(tr("打开、计算、保存时发生的事会记在这里。"))
        self.text.document().setDocumentMargin(theme.PAD_PX)
        self.box.addWidget(self.text)

    def say(self, line: str) -> None:
        """Add a line."""
        self.text.appendPlainText(f"{QTime.currentTime().toString('HH:mm:ss')}  {line}")

    def retranslate(self) -> None:
        """Say it in the present language."""
        self.text.setPlaceholderText(tr("打开、计算、保存时发生的事会记在这里。"))
