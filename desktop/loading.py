"""Open a city in a process of its own, started and listened to off the window's thread."""

from __future__ import annotations

import multiprocessing as mp
import threading
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from desktop import handover
from desktop.desk import Opened
from desktop.reading import Request, child
from layers.errors import InputError, JingchengError, WorkerError
from layers.text import Text


class Loading(QObject):
    """Follow one reading process.

    Parameters
    ----------
    request
        What to open.
    folder
        Where the process leaves what it read; the file stays as long as the city is open.
    """

    progress = Signal(float, object)
    done = Signal(object)
    failed = Signal(object)
    _told = Signal(object)

    def __init__(self, request: Request, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self.request = request
        self._answer = folder / f"opened-{id(self):x}.bin"
        self._stopped = threading.Event()
        self._process: Any = None
        self._told.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._follow, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Stop reading; nothing more is told."""
        self._stopped.set()
        process = self._process
        if process is not None and process.pid is not None:
            process.kill()

    @property
    def pid(self) -> int | None:
        """Process that reads, once it runs."""
        return self._process.pid if self._process is not None else None

    # --- in the thread -------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        context = mp.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=child, args=(self.request, self._answer, theirs), daemon=True)
        process.start()
        self._process = process
        theirs.close()
        if self._stopped.is_set():
            process.kill()
        try:
            while (told := ours.recv())[0] == "progress":
                self._tell(told)
            if told[0] == "done":
                told = ("opened", handover.read(self._answer), None)
        except (EOFError, OSError):
            process.join(5.0)
            told = ("died", process.exitcode, None)
        finally:
            ours.close()
            self._answer.unlink(missing_ok=True)
        process.join(5.0)
        self._tell(told)

    def _tell(self, told: tuple[str, Any, Any]) -> None:
        try:
            self._told.emit(told)
        except RuntimeError:
            return  # the window is gone

    # --- in the window's thread ----------------------------------------------------------------------------------

    def _deliver(self, told: tuple[str, Any, Any]) -> None:
        if self._stopped.is_set():
            return
        kind, value, text = told
        if kind == "progress":
            self.progress.emit(value, text)
        elif kind == "opened":
            assert isinstance(value, Opened)
            self.done.emit(value)
        elif kind == "bug":
            raise RuntimeError(text.en)
        else:
            self.failed.emit(InputError(text) if kind == "error" else _died(value))


def _died(exit_code: int | None) -> JingchengError:
    code = exit_code if exit_code is not None else 0
    how = Text(f"信号 {-code}", f"signal {-code}") if code < 0 else Text(f"退出码 {code}", f"exit code {code}")
    return WorkerError(
        Text(
            f"读取进程意外终止（{how.zh}），可能是内存不足；原来的城市保持不变，可再次打开",
            f"the reading process died ({how.en}), perhaps out of memory; the open city is as it was, open the file again",
        )
    )
