"""The first paint: what is loaded by then, and when it comes beside a bare window."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = (
    "osmnx",
    "pandas",
    "geopandas",
    "matplotlib",
    "scipy",
    "pyogrio",
    "pyqtgraph",
    "ortools",
    "numba",
    "shapely",
    "pyproj",
)

_BARE = """
import json, sys, time
began = time.perf_counter()
from PySide6.QtWidgets import QApplication, QMainWindow
class W(QMainWindow):
    def paintEvent(self, event):
        print(json.dumps({"s": time.perf_counter() - began}), flush=True)
        QApplication.quit()
app = QApplication([]); w = W(); w.resize(1440, 900); w.show(); app.exec()
"""

_OURS = """
import json, os, sys, time
began = time.perf_counter()
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from desktop import main_window
from desktop.app import make_window
from desktop.settings import Settings
def painted(self, event):
    heavy = sorted(set({heavy!r}) & set(sys.modules))
    print(json.dumps({{"s": time.perf_counter() - began, "heavy": heavy}}), flush=True)
    os._exit(0)
main_window.MainWindow.paintEvent = painted
app = QApplication([]); app.setStyle("Fusion")
w = make_window(app, Settings(QSettings({ini!r}, QSettings.Format.IniFormat))); w.show(); app.exec()
"""


def run(code: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, timeout=60, check=False,
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin", "HOME": str(ROOT)},
    )  # fmt: skip
    assert done.stdout, done.stderr
    answer: dict[str, object] = json.loads(done.stdout.splitlines()[0])
    return answer


def test_nothing_heavy_is_loaded_when_the_window_first_paints(tmp_path: Path) -> None:
    assert run(_OURS.format(heavy=HEAVY, ini=str(tmp_path / "w.ini")))["heavy"] == []


@pytest.mark.alone
def test_the_first_paint_comes_at_most_three_times_after_a_bare_windows(tmp_path: Path) -> None:
    ours = _OURS.format(heavy=HEAVY, ini=str(tmp_path / "w.ini"))
    pairs = [(float(str(run(_BARE)["s"])), float(str(run(ours)["s"]))) for _ in range(5)]
    bare, full = median(p[0] for p in pairs), median(p[1] for p in pairs)
    assert full <= 3 * bare, f"bare {bare:.3f} s, ours {full:.3f} s"
