from __future__ import annotations

import re
from pathlib import Path

import pytest

from layers.errors import InputError
from resources.source import Certainty
from resources.standards import Kept, Limit, judge_standard, load_standards, standard


def test_every_row_of_the_rule_table_is_there(shared: Path) -> None:
    text = (shared / "standards.md").read_text(encoding="utf-8").partition("## 7.")[2].partition("## 8.")[0]
    wanted = re.findall(r"^\| ([A-Z]\d) \|", text, flags=re.MULTILINE)
    ours = {s.id.partition(".")[0] for s in load_standards()}
    assert len(wanted) > 20
    assert set(wanted) <= ours


def test_every_row_has_letter_source_label_and_unit() -> None:
    rows = load_standards()
    assert len({s.id for s in rows}) == len(rows) > 90
    for row in rows:
        assert row.source.certainty in Certainty
        assert row.source.text
        assert row.unit
        assert row.label.zh
        assert len(row.values) == (2 if row.limit in (Limit.BETWEEN, Limit.OUTSIDE) else 1)


def test_the_weaker_letter_stands_and_local_rules_are_marked() -> None:
    assert standard("W1").source.certainty is Certainty.B
    assert standard("S1.machine.1").source.certainty is Certainty.M
    assert standard("T2.ii").source.certainty is Certainty.C
    assert standard("S5").source.certainty is Certainty.A
    assert standard("S1.sweeps.1").source.local
    assert not standard("T3").source.local


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("T2.iii", 15.0, Kept.KEPT),
        ("T2.iii", 14.9, Kept.BROKEN),
        ("C1", 70.0, Kept.KEPT),
        ("C1", 71.0, Kept.BROKEN),
        ("W1", 3.0, Kept.KEPT),
        ("W1", 5.1, Kept.BROKEN),
        ("S6.morning", 8.0, Kept.BROKEN),
        ("S6.morning", 7.0, Kept.KEPT),
        ("S6.morning", 9.5, Kept.KEPT),
        ("T1.v", 50.0, Kept.BROKEN),
        ("T1.v", 49.0, Kept.KEPT),
        ("T4", 10.0, Kept.BROKEN),
        ("T4", 11.0, Kept.KEPT),
        ("W7", 1.2, Kept.KEPT),
        ("W7", 1.3, Kept.BROKEN),
        ("W7", None, Kept.NOT_MEASURED),
    ],
)
def test_a_standard_is_kept_or_broken(key: str, value: float | None, kept: Kept) -> None:
    finding = judge_standard(standard(key), value)
    assert (finding.kept, finding.value, finding.unit) == (kept, value, standard(key).unit)


def test_what_is_asked_is_shown() -> None:
    assert standard("T2.iii").wanted == "≥ 15 m"
    assert standard("W1").wanted == "3 – 5 per km2"
    assert standard("S6.morning").wanted == "∉ 7 – 9 h"
    assert standard("P1.two.both").value == 12


def test_an_unknown_standard_is_told() -> None:
    with pytest.raises(InputError, match="no standard 'Q9'"):
        standard("Q9")
