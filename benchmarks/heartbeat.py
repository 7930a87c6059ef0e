"""A process that does nothing but wake every 16 ms: the peer beside which pauses of the window are measured.

Where it sleeps too long at the same moment, the machine was away (a virtual machine's host took the cores), not the window.
"""

from __future__ import annotations

import multiprocessing
import time
from multiprocessing.connection import Connection
from types import TracebackType

BEAT_S = 0.016


class Heartbeat:
    """Run the process for the length of a ``with`` block; `pauses` afterwards holds (end, length) of each, in seconds."""

    def __init__(self) -> None:
        self.pauses: list[tuple[float, float]] = []
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_beat, args=(theirs,), daemon=True)

    def __enter__(self) -> Heartbeat:
        self._process.start()
        self._ours.recv()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._ours.send(None)
        self.pauses = self._ours.recv()
        self._process.join()

    def longest_s(self, start_s: float, end_s: float) -> float:
        """Return the longest pause that lies in a span of the monotonic clock, even in part."""
        return max((length for end, length in self.pauses if end > start_s and end - length < end_s), default=BEAT_S)


def _beat(connection: Connection) -> None:
    """Keep every pause that is longer than a beat and a half."""
    connection.send(None)
    pauses: list[tuple[float, float]] = []
    last_s = time.perf_counter()
    while not connection.poll():
        time.sleep(BEAT_S)
        now_s = time.perf_counter()
        if now_s - last_s > 1.5 * BEAT_S:
            pauses.append((now_s, now_s - last_s))
        last_s = now_s
    connection.send(pauses)
