"""Pictures of the window in its main states: ``python -m benchmarks.window_shots OUT [--planner collection] [--mode M]``.

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
from desktop.panels.timetable import NOTICE, TRUCK
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


def tour(session: Session, size: str, asked: tuple[str, str], limit_s: float) -> None:
    """Go through the main states of the window; `asked` are planner and mode, its own first one where empty."""
    open_city(session, size)
    plan(session, asked, limit_s)
    select(session)
    times(session)
    sites(session)
    calendar(session)
    lock_and_undo(session)
    save_and_open_again(session)


def open_city(session: Session, size: str) -> None:
    """Begin with the frame alone, then open a sample city, or a file."""
    window, gaps = session.window, session.gaps
    session.until(lambda: True)
    session.picture("0-frame")
    gaps.phase = "furnish and open"
    furnish_soon(window, None)
    session.until(lambda: window.is_furnished)
    if size.endswith(".gpkg"):
        window.files._load(Request(Path(size)), "")
    elif size != "city":
        window.files._load(Request(size=size), "")
    session.idle(0.6)
    session.picture("1-loading")
    session.until(lambda: window.session.city is not None)
    session.idle(4.0)
    session.picture("2-open")


def plan(session: Session, asked: tuple[str, str], limit_s: float) -> None:
    """Choose the question, plan, and stop when the time that was meant for it is half over."""
    window, gaps = session.window, session.gaps
    gaps.phase = "choose"
    planner, mode = asked
    window.session.set_planner(planner)
    if mode:
        window.session.set_param("mode", mode)
    window.session.set_param("time_limit_s", 2 * limit_s)
    window.show_dock("params")
    session.idle(0.5)
    session.picture("3-asked")
    gaps.phase = "plan"
    window.runs.run()
    session.until(lambda: len(window.area.run.curve.points) > 1 or window.runs.job is None)
    session.idle(limit_s)
    session.picture("4-running")
    gaps.phase = "stop"
    asked_s = time.monotonic()
    window.runs.stop()
    session.until(lambda: window.runs.job is None)
    print(f"stopped after {time.monotonic() - asked_s:.2f} s")
    gaps.phase = "show the plan"
    session.until(lambda: window.plans.is_shown)
    session.idle(2.0)
    window.frame.show_results()
    session.idle(2.0)
    session.picture("5-done")


def select(session: Session) -> None:
    """Look at what is not served, with the reason, and at a route with its sheet."""
    window, gaps = session.window, session.gaps
    gaps.phase = "select"
    if window.plans.digest.unserved:
        window.frame.show_unserved()
        window.plans.choose_unserved(window.plans.digest.unserved[0].item)
        window.show_dock("object")
        session.idle(1.0)
        gaps.phase = "why"
        window.runs.explain()
        session.until(lambda: window.runs.question is None, 30.0)
        session.idle(0.5)
        session.picture("6-unserved")
    gaps.phase = "route"
    if window.plans.digest.routes:
        window.frame.show_routes()
        window.show_dock("object")
        window.views.open_row(window.plans.digest.routes[0])
        session.idle(1.0)
        session.picture("7-route")


def times(session: Session) -> None:
    """Look at the public notice, at the timetable of the vehicle selected, and at the stations."""
    window = session.window
    session.gaps.phase = "times"
    window.frame.show_timetable()
    for key in (NOTICE, TRUCK):
        window.timetable.show_table(key)
        session.idle(0.5)
        session.picture(f"7-{key}")
    window.frame.show_stations()
    session.idle(0.5)
    session.picture("7-stations")


def sites(session: Session) -> None:
    """Look at the tables of sites with a row of each selected, ask about a place, lock, and see an alternative."""
    window = session.window
    digest = window.sites.digest
    session.gaps.phase = "sites"
    if not digest.speaks:
        return
    window.frame.show_sites()
    window.show_dock("object")
    for key, rows in (("changes", digest.alternatives[0].rows), ("verdicts", digest.verdicts), ("loads", digest.loads)):
        window.sites_panel.show_table(key)
        if rows:
            window.views.show_item(rows[0].item)
        session.idle(1.0)
        session.picture(f"7-sites-{key}")
    session.gaps.phase = "why here"
    window.here.explain_here()
    session.until(lambda: window.runs.question is None, 30.0)
    session.idle(0.5)
    session.picture("7-sites-place")
    session.gaps.phase = "lock a site"
    if digest.candidates:
        window.views.show_item(digest.candidates[0])
        window.locks.lock_open()
        session.idle(1.0)
        session.picture("7-sites-locked")
        window.frame.undo()
    window.sites_panel.show_table("alternatives")
    window.sites.show_alternative(len(digest.alternatives) - 1)
    window.views.zoom_full()
    session.idle(1.0)
    session.picture("7-sites-alternative")
    window.sites.show_alternative(0)


def calendar(session: Session) -> None:
    """Turn to the second day of a calendar, then to all of them."""
    window, slider = session.window, session.window.area.day.slider
    session.gaps.phase = "turn days"
    if len(window.area.day.days) < 2:
        return
    for place, name in ((2, "8-day"), (0, "8-all-days")):
        slider.setValue(place)
        session.until(lambda: window.plans.is_shown)
        session.idle(1.0)
        window.frame.show_gantt()
        session.picture(name)


def lock_and_undo(session: Session) -> None:
    """Lock a street that is served, and take it back."""
    window = session.window
    session.gaps.phase = "lock and undo"
    street = next(iter(window.plans.digest.served), "")
    if not street:
        return
    window.plans.choose_unserved(street)
    session.idle(0.5)
    window.plans.toggle_lock()
    window.frame.show_results()
    session.idle(0.5)
    session.picture("9-locked")
    assert window.session.scenario is not None
    assert window.session.scenario.locks
    window.frame.undo()
    session.idle(0.5)
    assert not window.session.scenario.locks


def save_and_open_again(session: Session) -> None:
    """Save the project, open the file, and see the same plan."""
    window, gaps, path = session.window, session.gaps, session.folder / "saved.gpkg"
    gaps.phase = "save"
    began_s = time.monotonic()
    window.files.save_to(path)
    session.until(lambda: not window.files.is_saving)
    print(f"saved in {time.monotonic() - began_s:.1f} s: {path.stat().st_size / 1e6:.1f} MB")
    gaps.phase = "open again"
    before, began_s = window.session.city, time.monotonic()
    window.files._load(Request(path), "")
    session.until(lambda: window.session.city is not before and window.plans.is_shown, 120.0)
    print(f"opened again in {time.monotonic() - began_s:.1f} s")
    session.idle(3.0)
    session.picture("10-again")


def main() -> None:
    """Make the pictures and print the gaps."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", default="small")
    parser.add_argument("--planner", default="sweeping")
    parser.add_argument("--mode", default="")
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
        tour(session, args.size, (args.planner, args.mode), args.limit)
    print("\n".join(session.gaps.lines(beside)))
    result = session.window.session.result
    if result is not None:
        plan = result.plan
        print(f"{plan.outcome}: {len(plan.routes)} routes, {len(plan.unserved)} unserved, {len(plan.faults)} faults")
    session.window.files.may_discard = lambda: True  # type: ignore[method-assign]
    session.window.close()


if __name__ == "__main__":
    main()
