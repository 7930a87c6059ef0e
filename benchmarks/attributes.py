"""The attribute table with 400,000 streets: open, sort, filter, find a row: ``python -m benchmarks.attributes``.

Milliseconds until the table has painted itself, the first time that each is asked for.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from time import perf_counter

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.panels.attributes import AttributesPanel
from layers.kinds.streets import Streets
from sample_city.generate import make_city

N_ROWS = 400_000
FILTERS = ("人民", "s3999", "width_m >= 8 and road_class = 支路", "name contains 人民 and width_m >= 8")


def streets() -> Streets:
    """Return the streets of the metropolis, again and again until there are enough."""
    whole = make_city("metropolis")[Streets]
    made = whole.take(np.arange(N_ROWS) % len(whole))
    return replace(made, ids=np.array([f"s{k}" for k in range(N_ROWS)]))


def main() -> None:
    """Print what each step takes."""
    app = QApplication.instance() or QApplication([])
    layer, panel = streets(), AttributesPanel()
    panel.resize(1200, 300)
    panel.show()
    app.processEvents()

    def timed(name: str, step: Callable[[], object]) -> None:
        began_s = perf_counter()
        step()
        app.processEvents()
        print(f"{name}: {1000 * (perf_counter() - began_s):.0f} ms, {panel.model.rowCount():,} rows", flush=True)

    def filtered(text: str) -> None:
        panel.search.setText(text)
        panel.apply_filter()

    timed("open", lambda: panel.show_layers({Streets.KIND: layer}))
    names = [field.name for field in panel.model.fields]
    for name in ("id", "name", "length_m", "road_class", "district"):
        timed(f"sort by {name}", partial(panel.view.sortByColumn, names.index(name), Qt.SortOrder.DescendingOrder))
    for text in FILTERS:
        timed(f"filter {text!r}", partial(filtered, text))
    filtered("")
    timed("find a row", lambda: panel.choose(Streets.KIND, str(layer.ids[-1])))


if __name__ == "__main__":
    main()
