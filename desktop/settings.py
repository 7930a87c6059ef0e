"""What the window remembers between sessions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

N_RECENT = 8


class Settings:
    """Keep language, scheme, recent files and the arrangement of the docks.

    Parameters
    ----------
    store
        Where they are kept; the user's own settings where None.
    """

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Jingcheng", "Jingcheng")

    @property
    def folder(self) -> Path:
        """Folder in which they are kept, with what else is remembered of this user."""
        return Path(self._store.fileName()).parent

    def text(self, key: str, default: str = "") -> str:
        """Return a remembered text."""
        return str(self._store.value(key, default))

    def set_text(self, key: str, value: str) -> None:
        """Remember a text."""
        self._store.setValue(key, value)

    def recent(self) -> list[Path]:
        """Return the files opened last that still exist, the newest first."""
        raw: Any = self._store.value("recent", [])
        paths = [str(p) for p in raw] if isinstance(raw, list) else [str(raw)] if raw else []
        return [Path(p) for p in paths if Path(p).exists()]

    def add_recent(self, path: Path) -> None:
        """Put a file at the head of the recent ones."""
        rest = [p for p in self.recent() if p != path]
        self._store.setValue("recent", [str(p) for p in [path, *rest][:N_RECENT]])

    def arrangement(self, workspace: str) -> QByteArray | None:
        """Return how the docks of a workspace were left, or None."""
        value = self._store.value(f"docks/{workspace}")
        return value if isinstance(value, QByteArray) else None

    def keep_arrangement(self, workspace: str, state: QByteArray) -> None:
        """Remember how the docks of a workspace are left."""
        self._store.setValue(f"docks/{workspace}", state)
