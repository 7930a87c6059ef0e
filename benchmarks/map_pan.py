"""Time the map: pan 300 frames over a city with a plan shown, offscreen, and redraw the whole.

Run ``python -m benchmarks.map_pan [CITY.gpkg] [--side N] [--routes N] [--width PX --height PX]``; without a city (such as
``jingcheng city make m.gpkg --size metropolis`` writes) over a shaken grid of 200,000 streets. A frame is the time from the
mouse's move to the end of its paint, in the window's own thread; the images come from the render process meanwhile.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.map import MapView, OverlayLayer, Stroke
from layers.city import City
from layers.geometry import F64, Geometry, Shape
from layers.io.geopackage import read_city
from layers.kinds.streets import RoadClass, Streets
from layers.style import ROUTE_COLOURS

N_FRAMES, TICK_MS = 300, 16
STEP_M = 120.0


def grid_city(n_side: int, seed: int = 1) -> City:
    """Return a city of 2 n (n - 1) bent streets on a shaken grid, with classes and names as a real city has them."""
    rng = np.random.default_rng(seed)
    corner = np.stack(np.meshgrid(np.arange(n_side), np.arange(n_side), indexing="ij"), axis=-1) * STEP_M
    corner = corner + rng.normal(scale=STEP_M * 0.08, size=corner.shape)
    east = np.stack([corner[:-1], corner[1:]], axis=2).reshape(-1, 2, 2)
    north = np.stack([corner[:, :-1], corner[:, 1:]], axis=2).reshape(-1, 2, 2)
    ends = np.concatenate([east, north])
    middle = ends.mean(axis=1) + rng.normal(scale=STEP_M * 0.03, size=(len(ends), 2))
    coords = np.stack([ends[:, 0], middle, ends[:, 1]], axis=1).reshape(-1, 2)
    geometry = Geometry(Shape.LINE, coords, (np.arange(len(ends) + 1) * 3,))
    of_east = np.tile(np.arange(n_side), n_side - 1)
    of_north = np.repeat(np.arange(n_side), n_side - 1)
    line = np.concatenate([of_east, of_north])
    classes = np.full(len(line), RoadClass.BACK_STREET, dtype=np.int8)
    for every, road in ((2, RoadClass.BRANCH), (4, RoadClass.SECONDARY), (8, RoadClass.MAIN), (32, RoadClass.EXPRESSWAY)):
        classes[line % every == 0] = road
    way = np.repeat(["东", "北"], [len(of_east), len(of_north)])
    names = np.char.add(np.char.add(way, line.astype(str)), "路")
    ids = np.arange(len(line)).astype(str)
    return City("grid", 4549, {"streets": Streets(ids=ids, geometry=geometry, road_class=classes, name=names)})


def routes(city: City, n_routes: int) -> OverlayLayer:
    """Return every main, secondary and branch street, coloured by which of `n_routes` it is nearest to."""
    streets = city[Streets]
    rows = np.flatnonzero(streets.road_class <= RoadClass.BRANCH)
    centre: F64 = streets.geometry.bounds.reshape(-1, 2, 2).mean(axis=1)[rows]
    side = int(np.ceil(np.sqrt(n_routes)))
    cell = np.floor((centre - centre.min(axis=0)) / np.ptp(centre, axis=0) * (side - 1e-9)).astype(int)
    number = (cell[:, 0] * 3 + cell[:, 1]) % len(ROUTE_COLOURS)
    styles = tuple(Stroke(c, 2.6, arrow_px=120, halo_px=0.6, offset_px=1.7) for c in ROUTE_COLOURS)
    return OverlayLayer("routes", streets.geometry.take(rows), styles, classes=number.astype(np.int8))


def wait_for_image(view: MapView, limit_ms: int = 60_000) -> float:
    """Return how long the next image took, ms."""
    loop = QEventLoop()
    view.drawn.connect(loop.quit)
    QTimer.singleShot(limit_ms, loop.quit)
    begin = time.perf_counter()
    loop.exec()
    view.drawn.disconnect(loop.quit)
    return (time.perf_counter() - begin) * 1e3


def pan(view: MapView) -> tuple[list[float], list[float]]:
    """Pan around and return the time of each frame and the gaps between them, ms."""
    frames: list[float] = []
    ticks: list[float] = []
    loop, timer = QEventLoop(), QTimer(interval=TICK_MS)

    def frame() -> None:
        ticks.append(time.perf_counter() * 1e3)
        turn = len(frames) / N_FRAMES * 2 * np.pi * 3
        begin = time.perf_counter()
        view.pan(round(14 * np.cos(turn)), round(14 * np.sin(turn)))
        view.repaint()
        frames.append((time.perf_counter() - begin) * 1e3)
        if len(frames) == N_FRAMES:
            loop.quit()

    timer.timeout.connect(frame)
    timer.start()
    loop.exec()
    timer.stop()
    return frames, np.diff(ticks).tolist()


def report(name: str, values: list[float]) -> None:
    """Print median, 95th percentile and longest."""
    median, late, longest = np.percentile(values, [50, 95, 100])
    print(f"{name:<38} median {median:7.2f} ms   p95 {late:7.2f} ms   longest {longest:7.2f} ms")


def report_live(view: MapView, plan: OverlayLayer) -> None:
    """Pan while a plan is being made: another best one is shown five times a second."""
    bests = itertools.cycle([replace(plan), replace(plan)])
    timer = QTimer(interval=200)
    timer.timeout.connect(lambda: view.set_overlay([next(bests)]))
    timer.start()
    frames, gaps = pan(view)
    timer.stop()
    report("pan, plan changing: frame", frames)
    report(f"pan, plan changing: between ticks of {TICK_MS} ms", gaps)


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("city", nargs="?", type=Path, help="a project or city file; a shaken grid where none is named")
    parser.add_argument("--side", type=int, default=317, help="streets a side: 317 makes 200,000 (default)")
    parser.add_argument("--routes", type=int, default=200)
    parser.add_argument("--width", type=int, default=1600)
    parser.add_argument("--height", type=int, default=1000)
    args = parser.parse_args()
    application = QApplication.instance() or QApplication(sys.argv)
    city = grid_city(args.side) if args.city is None else read_city(args.city)
    view = MapView()
    view.resize(args.width, args.height)
    plan = routes(city, args.routes)
    view.show()
    begin = time.perf_counter()
    view.set_city(city)
    view.set_overlay([plan])
    told = time.perf_counter() - begin
    print(f"{len(city[Streets]):,} streets, {args.width} x {args.height}")
    print(f"{'city handed over (window thread)':<38} {told * 1e3:7.1f} ms")
    print(f"{'first image from there':<38} {wait_for_image(view):7.1f} ms")
    for scale in (0, 50_000, 15_000, 5_000):
        if scale:
            view.centre_on(*view.centre, scale)
            wait_for_image(view)
        label = f"1:{scale:,}" if scale else "whole city"
        view.set_overlay(view.scene.overlays)
        print(f"{f'redraw, {label}':<38} {wait_for_image(view):7.1f} ms")
        frames, gaps = pan(view)
        report(f"pan, {label}: frame", frames)
        report(f"pan, {label}: between ticks of {TICK_MS} ms", gaps)
    report_live(view, plan)
    view.pick(*view.centre, 20.0)
    begin = time.perf_counter()
    for _ in range(20):
        view.pick(*view.centre, 20.0)
    print(f"{'pick':<38} {(time.perf_counter() - begin) / 20 * 1e3:7.2f} ms")
    view.close()
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
