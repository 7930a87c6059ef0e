from __future__ import annotations

from jingcheng.site_text import site_lines
from layers.text import Text
from optimizer.changes import Change, ChangeKind
from optimizer.plan import Outcome, Plan
from tests.cities import X0_M, Y0_M, tiny_city
from tests.optimizer.toy_sites import planned, sited_city


def test_a_siting_plan_is_told_in_tables() -> None:
    lines = list(site_lines(planned()[1], sited_city(), "en"))
    assert lines[0].split() == ["changes", "build", "rebuild", "cost", "(10,000", "yuan)"]
    assert lines[2].split() == ["乙区", "2", "1", "500"]
    text = "\n".join(lines)
    assert "T2.iv  CJJ/T 47-2016 [B]  小地块: 100 m² of land, at least 300 m²" in text
    assert "cost  西地块: 15,000 yuan more" in text
    assert "k1 in place of k2" in text
    assert "+0.33%" in text
    assert "quota" not in text  # it is kept


def test_several_districts_are_summed_up() -> None:
    at = (("a", X0_M), ("b", X0_M + 500), ("c", X0_M - 5000))
    changes = tuple(Change(ChangeKind.CLOSE, k, "toilets", x, Y0_M, Text("厕", "toilet"), cost_yuan=1e4) for k, x in at)
    plan = Plan("p", "n", Outcome.FEASIBLE, 1.0, None, changes=changes)
    lines = list(site_lines(plan, tiny_city(), "zh"))
    assert [line.split() for line in lines[2:6]] == [
        ["–", "1", "1"],
        ["乙区", "1", "1"],
        ["甲区", "1", "1"],
        ["全市", "3", "3"],
    ]


def test_a_plan_without_sites_says_nothing() -> None:
    assert list(site_lines(Plan("p", "n", Outcome.FEASIBLE, 1.0, None), tiny_city(), "zh")) == []
