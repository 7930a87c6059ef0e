from __future__ import annotations

from typing import Any

import pytest

from jingcheng.plan_text import figure_cells, plan_lines, target_lines
from layers.text import Text
from optimizer.kpi import Kpi
from optimizer.plan import Assumed, Outcome, Plan, PlanFault, Unserved
from tests.optimizer.toys import toy_scenario

pytestmark = pytest.mark.usefixtures("toy")


def plan(n_faults: int) -> Plan:
    return Plan(
        "toy",
        "试",
        Outcome.STOPPED,
        10.0,
        9.0,
        unserved=tuple(Unserved(f"s{i}", "street_width", Text(f"第 {i} 条太窄", f"street {i} is narrow")) for i in range(3)),
        assumed=(Assumed(Text("宽度", "width"), 12, Text("按等级", "by class")),),
        kpis=(Kpi("n_streets", 1234.5, "streets"), Kpi("n_streets", 1.0, "streets", "district 甲区")),
        faults=tuple(PlanFault(f"code{i}", "x", Text("错", "wrong")) for i in range(n_faults)),
    )


def document(**more: Any) -> dict[str, Any]:
    def target(verdict: str, value: float | None, *, nearly: bool = False) -> dict[str, Any]:
        return {
            "id": "a.b",
            "scope": "city",
            "verdict": verdict,
            "nearly": nearly,
            "value": value,
            "wanted": [3, 5],
            "missing": value,
        }

    targets = [target("met", 4.0), target("missed", 2.95, nearly=True), target("missed", 1.0), target("not_measured", None)]
    return {"gap": 0.1, "seconds": {"load": 0.5, "prepare": 1.0, "search": 60.0}, "targets": targets, **more}


def test_a_plan_is_told_whole_in_english() -> None:
    text = "\n".join(plan_lines(plan(12), document(), "en", toy_scenario()))
    for line in (
        "outcome: stopped, the best so far, gap 10.0% (proven)",
        "time: load 0.5 s · prepare 1.0 s · search 60.0 s",
        "0 routes, 3 items not served",
        "streets  1,234.5  streets",
        "1 more targets are not measured by this plan",
        "     3  street_width  street 0 is narrow",
        "    12  width  by class",
        "check: 12 faults",
        "  ✕ code9: wrong",
        "  … and 2 more",
    ):
        assert line in text
    assert text.count("✓ met") == text.count("! nearly") == text.count("✕ missed") == 1
    assert "3 – 5" in text
    assert "甲区" not in text
    assert "code10" not in text


def test_a_plan_is_told_whole_in_chinese() -> None:
    text = "\n".join(plan_lines(plan(0), document(gap=None), "zh", toy_scenario()))
    for line in (
        "结果：已停止，采用当时最优\n",
        "未作业的原因与最小改动：",
        "第 0 条太窄",
        "假定：",
        "检查：没有错误",
        "另有 1 项要求本方案未测",
    ):
        assert line in text


def test_figures_carry_units_in_both_languages_and_times_of_day_their_day() -> None:
    assert figure_cells(Kpi("water", 802.14, "m3"), "zh") == ("802.14", "m³")
    assert figure_cells(Kpi("n_routes", 75.0, "routes"), "zh") == ("75", "条")
    assert figure_cells(Kpi("finish_hour", 28.74, "h after midnight"), "zh") == ("04:44", "第 2 日")
    assert figure_cells(Kpi("finish_hour", 15.5, "h after midnight"), "en") == ("15:30", "")


def test_what_a_target_wants_is_told_with_sign_and_unit() -> None:
    told = document()["targets"][0] | {"id": "finegrain.sweep-rate-85", "wanted": 85}
    assert "≥ 85 %" in "\n".join(target_lines([told], "en"))
