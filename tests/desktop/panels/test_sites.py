from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.i18n import set_language
from desktop.panels.sites import ALTERNATIVES, CHANGES, LOADS, VERDICTS, SitesPanel
from desktop.site_digest import site_digest
from publish.rows import write_rows
from tests.optimizer.toy_sites import PLANNER, planned, sited_city

DIGEST = site_digest(planned()[1], sited_city(), PLANNER.sites)


@pytest.fixture
def panel(qapp: QApplication, qtbot: QtBot) -> SitesPanel:
    set_language(qapp, "zh")
    made = SitesPanel()
    qtbot.addWidget(made)
    made.resize(1000, 240)
    made.show_sites(DIGEST, 0)
    made.show()
    return made


def cells(panel: SitesPanel, key: str) -> list[list[str]]:
    panel.show_table(key)
    return panel.written()[1]


def test_changes_verdicts_loads_and_alternatives_are_listed(panel: SitesPanel) -> None:
    assert cells(panel, CHANGES)[0] == ["新建", "k3", "III 类站", "乙区", "40\u202ft/日", "2027", "200\u202f万元"]
    small = next(line for line in cells(panel, VERDICTS) if line[1] == "小地块")
    assert small[0] == "✕ 不符"
    assert small[4:7] == ["用地 100 m²，至少 300 m²", "CJJ/T 47-2016", "B"]
    assert [line[0] for line in cells(panel, LOADS)] == ["中地块", "k3", "东站"]
    assert cells(panel, ALTERNATIVES)[1][:3] == ["以 k1 代 k2", "3.01", "+0.33\u202f%"]


def test_who_is_not_chosen_for_its_price_breaks_no_rule(panel: SitesPanel) -> None:
    dear = next(line for line in cells(panel, VERDICTS) if line[1] == "西地块")
    assert (dear[0], dear[-1]) == ("– 未选", "1.5\u202f万元")


def test_prices_are_sorted_with_the_unknown_below(panel: SitesPanel) -> None:
    table = panel.tables[VERDICTS]
    table.model.sort(7, Qt.SortOrder.DescendingOrder)
    assert table.model.row(0).item == "k1"


def test_choosing_an_alternative_asks_for_it_and_the_way_back_is_offered(panel: SitesPanel, qtbot: QtBot) -> None:
    panel.show_table(ALTERNATIVES)
    with qtbot.waitSignal(panel.alternative_chosen) as told:
        panel.chose(ALTERNATIVES, DIGEST.alternatives[1])
    assert told.args == [1]
    panel.show_sites(DIGEST, 1)
    assert panel.adopt.isVisible()
    assert panel.title.full == "以 k1 代 k2 · 2 行"
    assert [row.item for row in panel.tables[CHANGES].model.rows] == ["k3", "k1", "ts1"]
    with qtbot.waitSignal(panel.alternative_chosen) as told:
        panel.back.click()
    assert told.args == [0]


def test_a_plan_without_alternatives_says_so(panel: SitesPanel) -> None:
    alone = site_digest(planned(n_sites=0)[1], sited_city(), PLANNER.sites)
    panel.show_sites(alone, 0)
    panel.show_table(ALTERNATIVES)
    assert not panel.tables[ALTERNATIVES].view.isVisible()
    assert not panel.back.isVisible()


def test_what_is_selected_elsewhere_is_marked_in_every_table(panel: SitesPanel) -> None:
    panel.choose("k3")
    for key in (CHANGES, VERDICTS, LOADS):
        selected = panel.tables[key].view.selectionModel().selectedRows()
        assert [panel.tables[key].model.row(i.row()).item for i in selected] == ["k3"]


def test_the_rows_in_sight_are_written(panel: SitesPanel, tmp_path: Path) -> None:
    panel.show_table(LOADS)
    heads, lines = panel.written()
    write_rows(heads, lines, tmp_path / "负荷.csv")
    with (tmp_path / "负荷.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["平均距离（m）"] == f"{DIGEST.loads[0].mean_m:.1f}"
