"""Parking through the real window and a real worker: plan, look, lock as the council decides, on a town made by hand."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.desk import Desk, Entry, Opened
from desktop.main_window import MainWindow
from desktop.panels.sites import CHANGES
from desktop.site_digest import SITES
from tests.desktop.conftest import show
from tests.journeys.test_planner import LONG_MS, run_to_end
from tests.optimizer.planners.parking.by_hand import block, city_of, scenario_of

# A street of 100 m takes 16 berths; a block of narrow streets takes some once they are one-way.
_STREETS = [{"id": "broad", "line": [(0, 300), (100, 300)]}, *block(width_m=7.0)]
_DEMAND = [(50.0, 310.0, 20.0), (120.0, 120.0, 30.0)]


@pytest.fixture
def parking_window(empty_window: MainWindow, qtbot: QtBot) -> MainWindow:
    """Return a window that has planned parking."""
    asked = scenario_of(city_of(_STREETS, demand=_DEMAND))
    show(empty_window, Opened(asked.city, Desk((Entry("s0", asked),), "s0"), {}, asked.inventory), qtbot)
    run_to_end(empty_window, qtbot)
    return empty_window


def works(window: MainWindow) -> set[str]:
    return {f"{row.change.kind} {row.item}" for row in window.sites_panel.tables[CHANGES].model.rows}


def titles(window: MainWindow) -> dict[str, bool]:
    """Return the layers that the plan itself draws, and whether each is shown."""
    visible = window.layers.visible_keys()
    return {
        o.title.zh: visible[o.key] for o in window.area.map.scene.overlays if o.key.startswith(f"{SITES}:drawn")
    }  # fmt: skip


def test_berths_one_ways_and_beats_are_drawn_and_told(parking_window: MainWindow, qtbot: QtBot) -> None:
    window = parking_window
    assert "mark_berths broad:R" in works(window)
    assert any(work.startswith("one_way ") for work in works(window))
    shown = titles(window)
    assert shown["泊位实样"]
    assert shown["改单行道路"]
    assert shown["收费员分管路段"]
    assert not shown["无处停放 · 现状"]
    assert not [o for o in window.area.map.scene.overlays if o.key == f"{SITES}:mark_berths"]
    window.views.open_item("broad")
    window.runs.explain()
    qtbot.waitUntil(lambda: "双向至多 16 个泊位" in window.object.answer.text(), timeout=LONG_MS)


def test_what_the_council_decides_is_locked_and_planned_anew(parking_window: MainWindow, qtbot: QtBot) -> None:
    window = parking_window
    window.views.open_item("broad")
    window.object.locks["closed"].click()
    run_to_end(window, qtbot)
    assert "mark_berths broad:R" not in works(window)
    window.session.undo.undo()
    run_to_end(window, qtbot)
    assert "mark_berths broad:R" in works(window)
