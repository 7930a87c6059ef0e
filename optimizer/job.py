"""A plan that is being made elsewhere: what has happened, stop, discard. No method waits, but for `Job.wait`."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any

from layers.errors import JingchengError
from optimizer.plan import Plan
from optimizer.sketch import Sketch


@dataclass(frozen=True, slots=True)
class Progress:
    """Tell how far a job is; `sketch` draws the best so far where it has changed."""

    fraction: float
    message: str
    objective: float | None = None
    bound: float | None = None
    sketch: Sketch | None = None


@dataclass(frozen=True, slots=True)
class Finished:
    """Hand over the plan; `killed` where the worker had to be killed and its last incumbent was kept."""

    plan: Plan
    killed: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """Hand over the answer to a question."""

    value: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """Say why there is no plan of the search's own; `kept` is the best so far, checked and measured.

    Parameters
    ----------
    bug
        Whether it is ours to mend rather than the user's; `trace` is for the log.
    """

    error: JingchengError
    trace: str = ""
    kept: Plan | None = None
    bug: bool = False


Event = Progress | Finished | Answered | Failed


@dataclass(slots=True)
class Job:
    """Follow one request to a worker.

    No method waits, but for `wait`.
    """

    events: SimpleQueue[Event] = field(default_factory=SimpleQueue)
    stopping: threading.Event = field(default_factory=threading.Event)
    dropped: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def poll(self) -> list[Event]:
        """Return what has happened since the last call; the last event is no `Progress`."""
        happened: list[Event] = []
        while True:
            try:
                happened.append(self.events.get_nowait())
            except Empty:
                return [] if self.dropped.is_set() else happened

    @property
    def done(self) -> bool:
        """Whether nothing more will happen; what has happened may still be polled."""
        return self.ended.is_set()

    def stop(self) -> None:
        """Ask for the best so far; a worker that does not answer within its grace is killed, and its best is kept."""
        self.stopping.set()

    def discard(self) -> None:
        """Stop, and want nothing of it: another job has taken its place."""
        self.dropped.set()
        self.stopping.set()

    def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until the job is done; return whether it is."""
        return self.ended.wait(timeout_s)
