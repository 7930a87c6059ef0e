"""What the reading process does: open a file or make the sample, and leave the result where the window can map it. No Qt."""

from __future__ import annotations

import importlib
import os
import signal
import sqlite3
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from desktop import handover
from desktop.desk import Desk, Entry, Opened, Result
from layers.errors import InputError, JingchengError
from layers.kinds import BY_NAME
from layers.text import Text
from resources.io import default_inventory

PROJECT_SUFFIX = ".gpkg"
Report = Callable[[float, Text], None]


@dataclass(frozen=True, slots=True)
class Request:
    """Ask for a city.

    Parameters
    ----------
    path
        File to open; None for the sample.
    size, seed
        Of the sample.
    """

    path: Path | None = None
    size: str = "city"
    seed: int = 1


def child(request: Request, answer: Path, pipe: Connection) -> None:
    """Run in the reading process: report through the pipe, then say ``done`` or what went wrong."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the window decides when reading ends
    if hasattr(os, "nice"):
        os.nice(5)  # the window goes first
    try:
        opened = read(request, lambda fraction, text: pipe.send(("progress", fraction, text)))
        handover.write(answer, opened)
        pipe.send(("done", 1.0, Text("", "")))
    except JingchengError as error:
        pipe.send(("error", 1.0, error.text))
    except MemoryError:
        text = Text(
            "内存不足，城市没有打开；请关闭其他程序或换较小的范围",
            "out of memory, the city was not opened; close other programs or take a smaller area",
        )
        pipe.send(("error", 1.0, text))
    except Exception:  # told to the window, which reports bugs
        line = traceback.format_exc()
        pipe.send(("bug", 1.0, Text(line, line)))


def read(request: Request, report: Report) -> Opened:
    """Return what a request asks for.

    Raises
    ------
    JingchengError
        Where the file cannot be used.
    """
    if request.path is None:
        report(-1.0, Text("准备示例城市", "making the sample city"))
        make: Any = importlib.import_module("sample_city").cached
        return _measured(Opened(make(request.size, request.seed), Desk(), {}, default_inventory()))
    path = request.path
    if not path.exists():
        raise InputError(Text(f"没有文件 {path}；请检查路径", f"no file {path}; check the path"))
    report(-1.0, Text(f"读取 {path.name}", f"reading {path.name}"))
    if path.suffix.lower() == PROJECT_SUFFIX and is_project(path):
        return _measured(_project(path, report))
    city = importlib.import_module("layers.io.read").read_city([path])
    return _measured(Opened(city, Desk(), {}, default_inventory()))


def is_project(path: Path) -> bool:
    """Return whether a GeoPackage is one of ours."""
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            return bool(db.execute("SELECT 1 FROM sqlite_master WHERE name = 'jingcheng_meta'").fetchall())
        finally:
            db.close()
    except sqlite3.Error:
        return True  # damaged: the project's reader says how


def _project(path: Path, report: Report) -> Opened:
    module: Any = importlib.import_module("optimizer.project")
    project = module.load_project(path)
    report(0.8, Text("核对方案", "checking the plans"))
    entries = [Entry(f"s{i}", scenario) for i, scenario in enumerate(project.scenarios)]
    results = {}
    for entry in entries:
        mine = (p for p in project.plans if (p.name, p.planner) == (entry.scenario.name, entry.scenario.planner))
        plan = next(mine, None)
        if plan is not None:
            # a layer that the city lacks counts as an empty one, as it did when the plan was stamped
            made_from = plan.provenance.layer_hashes
            outdated = any(k not in BY_NAME or project.city[BY_NAME[k]].hash != h for k, h in made_from.items())
            results[entry.key] = Result(plan, entry.scenario, outdated)
    desk = Desk(tuple(entries), entries[0].key if entries else "", project.entered)
    return Opened(project.city, desk, results, default_inventory(), path)


def _measured(opened: Opened) -> Opened:
    # worked out here, so that the window need not
    _ = opened.city.bounds
    return opened
