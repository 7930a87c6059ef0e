"""Progress on standard error: phase, best so far, time left."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self, TextIO

from jingcheng.console import figure, width
from layers.text import Lang, Text
from layers.units import MINUTE_S

PHASES = {
    "load": Text("读取", "load"),
    "prepare": Text("准备", "prepare"),
    "network": Text("路网", "network"),
    "matrix": Text("距离矩阵", "matrix"),
    "construct": Text("构造初始解", "construct"),
    "bound": Text("证明下界", "prove"),
    "fleet": Text("试算车队", "trying fleets"),
    "search": Text("搜索", "search"),
    "improve": Text("改进", "improve"),
    "check": Text("检查", "check"),
    "measure": Text("计算指标", "measure"),
    "save": Text("保存", "save"),
    "download": Text("下载", "download"),
    "simplify": Text("简化", "simplify"),
}

_BAR_WIDTH = 24
_REDRAW_S = 0.1
_LINE_EVERY_S = 10.0  # between lines where there is no terminal to redraw


class Progress:
    """Show how far a command is; a monitor that planners, readers and generators can report to.

    Parameters
    ----------
    lang
        Language of the phases.
    stream
        Standard error by default; a bar where it is a terminal, sparse lines where it is not.
    """

    def __init__(self, lang: Lang, stream: TextIO | None = None) -> None:
        self.stopped = False
        self._lang = lang
        self._stream = stream or sys.stderr
        self._bar = self._stream.isatty()
        self._start_s = time.monotonic()
        self._shown_s = -1e9
        self._phase = ""
        self._best = ""
        self._shown_width = 0

    def report(
        self,
        fraction: float,
        message: str,
        incumbent: object | None = None,
        *,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        """Show progress, as `optimizer.monitor.Monitor` says; most calls draw nothing."""
        if objective is not None:
            self._best = Text("最优", "best").get(self._lang) + f" {figure(objective)}"
            if bound is not None:
                self._best += Text("，下界", ", bound").get(self._lang) + f" {figure(bound)}"
        now_s, new_phase = time.monotonic(), message != self._phase
        self._phase = message
        if now_s - self._shown_s >= (_REDRAW_S if self._bar else _LINE_EVERY_S) or new_phase:
            self._shown_s = now_s
            self._show(min(max(fraction, 0.0), 1.0), now_s - self._start_s)

    def _show(self, fraction: float, elapsed_s: float) -> None:
        phase = PHASES.get(self._phase, Text(self._phase or "…", self._phase or "…")).get(self._lang)
        left = (
            Text("剩余", "left").get(self._lang) + f" {_span(elapsed_s / fraction - elapsed_s)}" if fraction > 0.02 else ""
        )
        parts = [f"{100 * fraction:3.0f} %", phase, self._best, left]
        line = "  ".join(p for p in parts if p)
        if not self._bar:
            print(line, file=self._stream, flush=True)
            return
        filled = round(fraction * _BAR_WIDTH)
        line = f"{'█' * filled}{'░' * (_BAR_WIDTH - filled)}  {line}"
        padding = " " * max(0, self._shown_width - width(line))
        self._stream.write(f"\r{line}{padding}")
        self._stream.flush()
        self._shown_width = width(line)

    def stop(self) -> None:
        """Ask the work that reports here for the best so far."""
        self.stopped = True

    def close(self) -> None:
        """Clear the bar."""
        if self._bar and self._shown_width:
            self._stream.write("\r" + " " * self._shown_width + "\r")
            self._stream.flush()
            self._shown_width = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def _span(time_s: float) -> str:
    minutes, seconds = divmod(round(time_s), MINUTE_S)
    return f"{minutes}:{seconds:02d}"
