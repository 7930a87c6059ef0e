"""The layers tree with two layers of the city and one of a plan."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from desktop.panels.layers_tree import LayerLine, LayersPanel
from layers.text import Text

LINES = (
    LayerLine("plan:routes", "规划结果", Text("线路", "routes"), 3, ("#ff0000",)),
    LayerLine("streets", "城市", Text("道路", "streets"), 7, ("#00ff00",)),
    LayerLine("toilets", "城市", Text("公厕", "toilets"), 2, ("#0000ff",)),
)


@pytest.fixture
def panel(qtbot: QtBot) -> LayersPanel:
    made = LayersPanel()
    qtbot.addWidget(made)
    made.show_lines(LINES)
    made.show()
    return made


def test_a_layer_of_the_city_has_a_table_and_one_of_a_plan_has_none(panel: LayersPanel, qtbot: QtBot) -> None:
    words = [[a.text() for a in panel.menu_of(key).actions() if a.text()] for key in ("streets", "plan:routes")]
    assert words == [["缩放到图层", "打开属性表", "只显示此图层"], ["缩放到图层", "只显示此图层"]]
    with qtbot.waitSignal(panel.table_wanted) as told:
        panel.menu_of("toilets").actions()[1].trigger()
    assert told.args == ["toilets"]


def test_one_layer_alone(panel: LayersPanel) -> None:
    panel.show_only("streets")
    assert panel.visible_keys() == {"plan:routes": False, "streets": True, "toilets": False}
    panel.set_all(True)
    assert all(panel.visible_keys().values())
