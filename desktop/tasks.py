"""Work off the window's thread: a plain function in a thread, its answer delivered in the window's."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from layers.errors import JingchengError


class Task(QObject):
    """Run one function in a thread.

    Parameters
    ----------
    work
        Touches no widget.
    done
        Called in the window's thread with what `work` returned.
    failed
        Called with a `JingchengError` that `work` raised; any other error is a bug and goes to `bug`.
    """

    _answered = Signal(object)

    def __init__(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], object],
        failed: Callable[[JingchengError], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._work, self._done, self._failed = work, done, failed
        self._dropped = False
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self.thread_ = threading.Thread(target=self._run, daemon=True)

    def start(self) -> Task:
        """Begin."""
        self.thread_.start()
        return self

    def drop(self) -> None:
        """Forget the task: its answer reaches nobody."""
        self._dropped = True

    def _run(self) -> None:
        try:
            answer: tuple[str, Any] = ("done", self._work())
        except JingchengError as error:
            answer = ("failed", error)
        except Exception as error:  # raised again in the window's thread, where bugs are reported
            answer = ("bug", error)
        try:
            self._answered.emit(answer)
        except RuntimeError:
            return  # the window is gone, and nobody waits any more

    def _deliver(self, answer: tuple[str, Any]) -> None:
        kind, value = answer
        self.deleteLater()
        if self._dropped:
            return
        if kind == "bug":
            raise value
        (self._done if kind == "done" else self._failed)(value)


def in_turn(parent: QObject, *calls: Callable[[], object]) -> None:
    """Call functions one after the other, each in a turn of the event loop of its own."""
    if calls:
        calls[0]()
        QTimer.singleShot(0, parent, lambda: in_turn(parent, *calls[1:]))


def run(
    work: Callable[[], Any], done: Callable[[Any], object], failed: Callable[[JingchengError], object], parent: QObject
) -> Task:
    """Start a task that lives as long as it works."""
    return Task(work, done, failed, parent).start()
