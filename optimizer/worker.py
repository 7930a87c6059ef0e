"""Plans made in another process: started off the caller's thread, polled without waiting, stopped with the best kept.

A solver in a thread freezes a window for as long as it holds the interpreter's lock; in a process of its own it cannot,
and when it crashes or runs out of memory, a message comes in its place. `WarmWorker` keeps the process and its prepared
problem for the open scenario.
"""

from __future__ import annotations

import multiprocessing
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from layers.store import make_store
from optimizer.conversation import converse
from optimizer.job import Answered, Event, Failed, Finished, Job, Progress
from optimizer.limits import default_cap_bytes
from optimizer.plan import Plan
from optimizer.scenario import Scenario
from optimizer.worker_process import serve

__all__ = ["GRACE_S", "Answered", "Channel", "Event", "Failed", "Finished", "Job", "Progress", "WarmWorker"]

GRACE_S = 2.0


@dataclass(slots=True)
class Channel:
    """Hold a running worker process and the ways to it."""

    process: Any
    connection: Connection
    flag: Any

    def kill(self) -> None:
        """End the process at once."""
        self.process.kill()
        self.process.join()
        self.connection.close()


class WarmWorker:
    """Keep a worker process, and in it the prepared problem, for one request after the other.

    Parameters
    ----------
    cap_bytes
        Memory that the process may take; seven tenths of the machine's by default, 0 is no cap.
    grace_s
        Time between `Job.stop` and the kill.
    """

    def __init__(self, *, cap_bytes: int | None = None, grace_s: float = GRACE_S) -> None:
        self.grace_s = grace_s
        self.cap_bytes = default_cap_bytes() if cap_bytes is None else cap_bytes
        self.turn = threading.Lock()
        self._folder: Path | None = None
        self._channel: Channel | None = None
        self._running: Job | None = None

    def prepare(self, scenario: Scenario) -> Job:
        """Start the process and prepare the problem ahead of the first question; answers with the seconds it took."""
        return self._ask("prepare", scenario, (), 0.0)

    def run(self, scenario: Scenario, *, load_s: float = 0.0) -> Job:
        """Start planning; a run that this worker is at is discarded."""
        if self._running is not None and not self._running.done:
            self._running.discard()
        self._running = self._ask("run", scenario, (), load_s)
        return self._running

    def evaluate(self, scenario: Scenario, plan: Plan, edit: Any) -> Job:
        """Price a hand edit of a plan."""
        return self._ask("evaluate", scenario, (plan, edit), 0.0)

    def explain(self, scenario: Scenario, plan: Plan, item: str) -> Job:
        """Ask why an object is as it is in a plan."""
        return self._ask("explain", scenario, (plan, item), 0.0)

    def _ask(self, what: str, scenario: Scenario, given: tuple[Any, ...], load_s: float) -> Job:
        job = Job()
        threading.Thread(
            target=converse, args=(self, job, what, scenario, given, load_s), name=f"jingcheng {what}", daemon=True
        ).start()
        return job

    @property
    def folder(self) -> Path:
        """Where layers are stored for the process."""
        if self._folder is None:
            self._folder = make_store()
        return self._folder

    def channel(self) -> Channel:
        """Return the running process, started now where there is none; blocks, so it is never called by a window."""
        if self._channel is None or not self._channel.process.is_alive():
            self.drop()
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            flag = context.RawValue("b", 0)
            process = context.Process(
                target=serve, args=(theirs, flag, self.cap_bytes), name="jingcheng worker", daemon=True
            )
            process.start()
            theirs.close()
            self._channel = Channel(process, ours, flag)
        return self._channel

    @property
    def process_id(self) -> int | None:
        """Process id of the worker, None where none runs."""
        return None if self._channel is None else self._channel.process.pid

    def drop(self) -> None:
        """End the process at once; the next request starts another."""
        if self._channel is not None:
            self._channel.kill()
            self._channel = None

    def close(self) -> None:
        """Discard what runs and end the process, without waiting for either."""
        if self._running is not None:
            self._running.discard()
        channel = self._channel
        if channel is not None:
            channel.process.kill()
