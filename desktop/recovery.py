"""Keep what is not saved: written within seconds of each edit, and offered again after a crash."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, QTimer

from desktop import tasks
from desktop.i18n import tr
from desktop.snapshot import Shot, SnapshotFolder, recover, written_at_s
from layers.errors import InputError, StorageError
from layers.text import Text
from resources.io import default_inventory

if TYPE_CHECKING:
    from desktop.desk import Opened
    from desktop.main_window import MainWindow

# After an edit so long until it is written; what comes meanwhile is written with it.
WAIT_MS = 800
_LOCK = "lock"


class Keeper(QObject):
    """Write the desk of one window into a folder of its own, which another start finds when the window is killed.

    Parameters
    ----------
    root
        Where the folders of all windows are.
    """

    def __init__(self, window: MainWindow, root: Path) -> None:
        super().__init__(window)
        self._window, self.root = window, root
        self.folder = root / f"{os.getpid()}-{time.time_ns()}"
        self._files = SnapshotFolder(self.folder)
        self._lock: QLockFile | None = None
        self._is_writing = self._is_due = self._has_failed = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._write)
        session = window.session
        for changed in (session.desk_changed, session.city_edited, session.plan_changed, session.saved_changed):
            changed.connect(self.note)

    def note(self) -> None:
        """Write soon, where something is not saved; forget what was written where all is."""
        if self._window.session.is_saved:
            self._timer.stop()
            if not self._is_writing:
                self._files.clear()
        elif not self._timer.isActive():
            self._timer.start()

    def _write(self) -> None:
        session = self._window.session
        if session.city is None or session.is_saved:
            return
        if self._is_writing:
            self._is_due = True
            return
        self._is_writing = True
        shot = Shot(session.city, session.desk, dict(session.results), session.path)
        self._hold()

        def work() -> None:
            try:
                self._files.write(shot)
            except OSError as error:
                reason = error.strerror or str(error)
                zh = f"无法自动保存到 {self.root}：{reason}；请清理磁盘并手动保存"
                raise StorageError(
                    Text(zh, f"cannot autosave to {self.root}: {reason}; free space, and save yourself")
                ) from error

        tasks.run(work, lambda _answer: self._written(), self._failed, self)

    def _hold(self) -> None:
        """Mark the folder as that of a living window."""
        if self._lock is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._lock = QLockFile(str(self.folder / _LOCK))
            self._lock.setStaleLockTime(0)  # the owner's death alone makes it stale
            self._lock.tryLock(0)

    def _written(self) -> None:
        self._is_writing = self._has_failed = False
        if self._window.session.is_saved:
            self._files.clear()
        elif self._is_due:
            self._is_due = False
            self._timer.start()

    def _failed(self, error: object) -> None:
        self._is_writing = False
        if not self._has_failed and isinstance(error, StorageError):
            self._has_failed = True  # told once, not every second
            self._window.complain(error)

    def close(self) -> None:
        """Remove the folder: the window ends as it should."""
        self._timer.stop()
        if self._lock is not None:
            self._lock.unlock()
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- after a crash -------------------------------------------------------------------------------------------

    def left_behind(self) -> list[Path]:
        """Return folders of windows that are no more and had something not saved, the newest first."""
        found = [p for p in self.root.glob("*-*") if p != self.folder and _is_dead(p)]
        told = [p for p in found if written_at_s(p) is not None]
        for empty in set(found) - set(told):
            shutil.rmtree(empty, ignore_errors=True)
        return sorted(told, key=lambda p: -(written_at_s(p) or 0.0))

    def offer(self) -> bool:
        """Offer the newest of what was left behind; return whether there is any."""
        left = self.left_behind()
        if left:
            at = time.strftime("%Y-%m-%d %H:%M", time.localtime(written_at_s(left[0]) or 0.0))
            line = tr("上次没有正常退出，有 {0} 未保存的修改").format(at)
            self._window.area.banner.tell(line, tr("恢复"), lambda: self.take(left[0]))
            self._window.area.place()
        return bool(left)

    def take(self, folder: Path) -> None:
        """Open what a folder holds, as not saved; the folder goes once this window has written its own."""
        if not self._window.files.may_discard():
            return
        self._window.files.stop_loading()

        def work() -> Opened:
            return recover(folder, default_inventory())

        tasks.run(work, lambda opened: self._taken(folder, opened), self._not_taken, self)

    def _taken(self, folder: Path, opened: Opened) -> None:
        self._window.area.clear_sky()
        self._window.files.take(opened)
        self._window.session.mark_unsaved()
        self._window.log.say(tr("已恢复未保存的修改"))
        # written anew before the old one goes; what is mapped stays readable until it is let go
        QTimer.singleShot(20 * WAIT_MS, self, lambda: self._drop(folder))

    def _drop(self, folder: Path) -> None:
        if self._window.session.is_saved or written_at_s(self.folder) is not None:
            SnapshotFolder(folder).clear()  # first, since files that are mapped cannot go everywhere
            shutil.rmtree(folder, ignore_errors=True)

    def _not_taken(self, error: object) -> None:
        if isinstance(error, InputError):
            self._window.complain(error)


def _is_dead(folder: Path) -> bool:
    """Return whether the window of a folder is no more."""
    lock = QLockFile(str(folder / _LOCK))
    lock.setStaleLockTime(0)
    if not (folder / _LOCK).exists():
        return True
    if not lock.tryLock(0):
        return False
    lock.unlock()
    return True
