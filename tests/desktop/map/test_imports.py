"""The map adds Qt, numpy and nothing else to the window's start."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {"shapely", "scipy", "pandas", "pyogrio", "pyproj", "pyqtgraph", "matplotlib", "osmnx", "ortools", "numba"}


def test_nothing_heavy_is_imported() -> None:
    code = "import sys, desktop.map; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "numpy" in loaded
    assert not HEAVY & set(loaded)
