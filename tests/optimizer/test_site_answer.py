from __future__ import annotations

import json
from pathlib import Path

import pytest

from optimizer.answer import answer
from optimizer.site_answer import site_answer
from tests.optimizer.toy_sites import PLANNER, planned, sited_city
from tests.optimizer.toys import install


def test_changes_verdicts_and_alternatives_are_told() -> None:
    _, plan = planned()
    told = site_answer(plan, sited_city(), "en")
    assert [(c["kind"], c["item"], c["district"], c["size"]) for c in told["change_list"]] == [
        ("build", "k3", "乙区", 40.0),
        ("build", "k2", "乙区", 40.0),
        ("rebuild", "ts1", "乙区", 80.0),
    ]
    small = next(v for v in told["verdicts"] if v["item"] == "k4")
    assert (small["kept"], small["clause"], small["certainty"], small["price"]) == (False, "CJJ/T 47-2016", "B", None)
    (other,) = told["alternatives"]
    assert other["label"] == "k1 in place of k2"
    assert [c["item"] for c in other["changes"]] == ["k3", "k1", "ts1"]


def test_they_stand_in_the_plans_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path / "site", monkeypatch, "tests.optimizer.toy_sites:PLANNER", "toy_sites")
    scenario, plan = planned()
    document = json.loads(json.dumps(answer(scenario, plan, "zh")))
    assert document["planner"] == PLANNER.key
    assert document["changes"] == 3
    assert len(document["verdicts"]) == 5
    assert len(document["alternatives"]) == 1
