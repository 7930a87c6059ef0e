"""A planner's run, or a question to it, as the window sees it: polled by a timer, its end told once."""

from __future__ import annotations

import time
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from optimizer.job import Answered, Event, Failed, Finished, Progress
from optimizer.scenario import Scenario

POLL_MS = 40


class Running(Protocol):
    """What the window needs of a run in a worker process; `optimizer.job.Job` is one."""

    def poll(self) -> list[Event]:
        """Return what has happened since the last call, at once."""
        ...

    def stop(self) -> None:
        """Ask for the best so far."""
        ...

    def discard(self) -> None:
        """Stop, and want nothing of it."""
        ...


class PlannerJob(QObject):
    """Follow one run. A job that is dropped tells nothing more, so results of a replaced one reach nobody.

    Parameters
    ----------
    running
        The run, already under way.
    key
        Of the desk's entry that the plan is for.
    scenario
        What is asked.
    """

    progress = Signal(object)
    finished = Signal(object)
    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, running: Running, key: str, scenario: Scenario, parent: QObject) -> None:
        super().__init__(parent)
        self.key, self.scenario = key, scenario
        self._running = running
        self._began_s = time.monotonic()
        self._over = False
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._poll)
        self._timer.start()

    @property
    def elapsed_s(self) -> float:
        """Time since the run was begun."""
        return time.monotonic() - self._began_s

    def stop(self) -> None:
        """Ask for the best so far; the plan comes by `finished`."""
        self._running.stop()

    def drop(self) -> None:
        """End the run and forget it."""
        if not self._over:
            self._end()
            self._running.discard()

    def _end(self) -> None:
        self._over = True
        self._timer.stop()

    def _poll(self) -> None:
        for event in self._running.poll():
            if not self._over:
                self._take(event)

    def _take(self, event: Event) -> None:
        if isinstance(event, Finished):
            self._end()
            self.finished.emit(event)
        elif isinstance(event, Answered):
            self._end()
            self.answered.emit(event)
        elif isinstance(event, Failed):
            self._end()
            self.failed.emit(event)
        elif isinstance(event, Progress):
            self.progress.emit(event)
