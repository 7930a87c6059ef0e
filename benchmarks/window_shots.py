"""Pictures of the real window in its main states: ``python -m benchmarks.window_shots OUT [--size small] [--limit 20]``.

Also measures how long the event loop was held up between two ticks of a 16 ms timer, by the wall clock and by the time
that the window's own thread was at work, phase by phase, and beside each gap how long a process that does nothing waited.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.heartbeat import Heartbeat
from desktop.app import furnish_soon, make_window, stay_awake
from desktop.main_window import MainWindow
from desktop.reading import Request
from desktop.settings import Settings

TICK_MS = 16


@dataclass(frozen=True)
class Gap:
    """Hold the time between two ticks: its end by the clock, its length, and how much of it was the thread's own work."""

    phase: str
    end_s: float
    wall_s: float
    busy_s: float


class Gaps:
    """Measure the time between ticks, by phase."""

    def __init__(self) -> None:
        self.phase = "start"
        self.all: list[Gap] = []
        self._last = (time.perf_counter(), time.thread_time())
        self._timer = QTimer()
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = (time.perf_counter(), time.thread_time())
        self.all.append(Gap(self.phase, now[0], now[0] - self._last[0], now[1] - self._last[1]))
        self._last = now

    def forget(self) -> None:
        """Leave out what this program itself did since the last tick."""
        self._last = (time.perf_counter(), time.thread_time())

    def lines(self, beside: Heartbeat) -> list[str]:
        """Return the three longest gaps of each phase, beside what a process that does nothing waited meanwhile."""
        lines = []
        for phase in dict.fromkeys(g.phase for g in self.all):
            longest = sorted((g for g in self.all if g.phase == phase), key=lambda g: -g.wall_s)[:3]
            told = "; ".join(
                f"{g.wall_s * 1000:.0f} ms (own work {g.busy_s * 1000:.0f}, "
                f"idle process {beside.longest_s(g.end_s - g.wall_s, g.end_s) * 1000:.0f})"
                for g in longest
            )
            lines.append(f"{phase}: longest gaps {told}")
        return lines


class Session:
    """Drive one window."""

    def __init__(self, app: QApplication, folder: Path, lang: str, scheme: str, size: tuple[int, int]) -> None:
        self.app, self.gaps = app, Gaps()
        self.folder, self.stem = folder, f"{lang}-{scheme}-{size[0]}x{size[1]}"
        store = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        store.clear()
        settings = Settings(store)
        settings.set_text("lang", lang)
        settings.set_text("scheme", scheme)
        self.window: MainWindow = make_window(app, settings)
        self.window.resize(*size)
        self.window.show()

    def until(self, done: Callable[[], bool], limit_s: float = 300.0) -> None:
        """Let the window work until something is so."""
        end_s = time.monotonic() + limit_s
        while not done() and time.monotonic() < end_s:
            self.app.processEvents()
            time.sleep(0.001)

    def idle(self, time_s: float) -> None:
        """Let the window work for a while."""
        self.until(lambda: False, time_s)

    def picture(self, name: str) -> None:
        """Save what is seen."""
        self.window.grab().save(str(self.folder / f"{name}-{self.stem}.png"))
        self.gaps.forget()


def tour(session: Session, size: str, limit_s: float) -> None:
    """Go through the main states of the window."""
    window, gaps = session.window, session.gaps
    session.until(lambda: True)
    session.picture("0-frame")
    gaps.phase = "furnish and open"
    furnish_soon(window, None)
    session.until(lambda: window.is_furnished)
    if size != "city":
        window.files._load(Request(size=size), "")
    session.idle(0.6)
    session.picture("1-loading")
    session.until(lambda: window.session.city is not None)
    session.idle(4.0)
    session.picture("2-open")
    gaps.phase = "plan"
    window.session.set_param("time_limit_s", limit_s)
    window.runs.run()
    session.until(lambda: len(window.area.run.curve.points) > 3 or window.runs.job is None)
    session.idle(min(6.0, limit_s / 2))
    session.picture("3-running")
    session.until(lambda: window.runs.job is None)
    gaps.phase = "show the plan"
    session.until(lambda: window.plans.is_shown)
    session.idle(4.0)
    session.picture("4-done")
    gaps.phase = "select"
    if window.plans.digest.unserved:
        window.frame.show_unserved()
        window.plans.choose_unserved(window.plans.digest.unserved[0].item)
        window.show_dock("object")
        session.idle(2.0)
        session.picture("5-unserved")
    if window.plans.digest.routes:
        window.frame.show_routes()
        window.show_dock("params")
        window.views.open_row(window.plans.digest.routes[0])
        session.idle(2.0)
        session.picture("6-route")
    window.session.set_param("seed", 5)
    window.frame.show_results()
    session.idle(0.5)
    session.picture("7-stale")
    gaps.phase = "save"
    window.files.save_to(session.folder / "saved.gpkg")
    session.until(lambda: window.session.is_saved, 60.0)
    session.idle(0.5)


def main() -> None:
    """Make the pictures and print the gaps."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", default="small")
    parser.add_argument("--limit", type=float, default=20.0)
    parser.add_argument("--lang", default="zh")
    parser.add_argument("--scheme", default="light")
    parser.add_argument("--pixels", default="1366x768")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    stay_awake()
    app = QApplication([])
    app.setStyle("Fusion")
    width, height = (int(n) for n in args.pixels.split("x"))
    with Heartbeat() as beside:
        session = Session(app, args.out, args.lang, args.scheme, (width, height))
        tour(session, args.size, args.limit)
    print("\n".join(session.gaps.lines(beside)))
    result = session.window.session.result
    if result is not None:
        plan = result.plan
        print(f"{plan.outcome}: {len(plan.routes)} routes, {len(plan.unserved)} unserved, {len(plan.faults)} faults")
    session.window.files.may_discard = lambda: True  # type: ignore[method-assign]
    session.window.close()


if __name__ == "__main__":
    main()
