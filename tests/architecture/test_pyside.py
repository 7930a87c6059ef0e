"""The pinned PySide6 keeps its hands off Python's constants.

PySide6 6.12.0 on Python 3.11 drops a reference to `True` at each `Signal.emit` and one to `None` at each void call,
until the interpreter ends with "Fatal Python error: bool_dealloc".
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal

N_CALLS = 2_000
SLACK = 100


class Bell(QObject):
    rung = Signal(bool)


def test_emitting_keeps_references_to_constants() -> None:
    bell = Bell()
    heard: list[bool] = []
    bell.rung.connect(heard.append)
    before = sys.getrefcount(True), sys.getrefcount(None)
    for _ in range(N_CALLS):
        bell.rung.emit(True)
        bell.blockSignals(False)
    assert len(heard) == N_CALLS
    heard.clear()
    after = sys.getrefcount(True), sys.getrefcount(None)
    assert abs(after[0] - before[0]) < SLACK
    assert abs(after[1] - before[1]) < SLACK
