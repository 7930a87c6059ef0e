from __future__ import annotations

import math

import pytest

from layers.text import Text
from optimizer.changes import Change, ChangeKind, Verdict
from optimizer.plan import Assignment, Outcome, Plan
from optimizer.site_rows import Places, change_rows, load_rows, verdict_rows, weighed
from tests.cities import X0_M, Y0_M
from tests.optimizer.toy_sites import planned, sited_city

CITY = sited_city()


def test_changes_are_called_by_their_objects_and_lie_in_their_districts() -> None:
    new = Change(ChangeKind.BUILD, "new7", "toilets", X0_M + 10, Y0_M + 10, Text("一类公厕", "class I toilet"))
    bare = Change(ChangeKind.BUILD, "new8", "toilets", X0_M - 9_000, Y0_M)
    rows = change_rows((*planned()[1].changes, new, bare), Places(CITY, (new, bare)))
    told = [(r.name.zh, r.district) for r in rows]
    # k3 has no name; new7 lies in 甲区 by its place; new8 lies in no district and has nothing but its id
    assert told == [("k3", "乙区"), ("中地块", "乙区"), ("东站", "乙区"), ("一类公厕", "甲区"), ("new8", "")]


def test_verdicts_lie_where_their_items_are() -> None:
    verdicts = (
        Verdict("k1", "cost", kept=False, text=Text("贵", "dear")),
        Verdict("k4", "land", kept=False, text=Text("小", "small"), x_m=1.0, y_m=0.0),
        Verdict("甲区", "quota", kept=False, text=Text("缺", "short")),
        Verdict("", "budget", kept=True, text=Text("够", "enough")),
        Verdict("at:5.0,6.0", "reach", kept=True, text=Text("到", "reached")),
    )
    rows = verdict_rows(verdicts, Places(CITY))
    assert [r.name.zh for r in rows[:4]] == ["西地块", "小地块", "甲区", "全市"]
    assert [r.district for r in rows[:3]] == ["甲区", "乙区", "甲区"]
    assert (rows[0].x_m, rows[0].y_m) == (X0_M + 160, Y0_M + 50)
    assert (rows[1].x_m, rows[1].y_m) == (1.0, 0.0)
    assert (rows[2].x_m, rows[2].y_m) == (X0_M + 100, Y0_M + 200)
    assert math.isnan(rows[3].x_m)
    assert (rows[4].x_m, rows[4].y_m) == (5.0, 6.0)


def test_loads_are_summed_by_server_and_held_against_what_it_can_take_after_the_plan() -> None:
    assignments = (
        Assignment("w1:OTHER", "k1", 3000.0, "kg/d", 100.0),
        Assignment("w1:FOOD", "k1", 1000.0, "kg/d", 100.0),
        Assignment("w2:OTHER", "k1", 4000.0, "kg/day", 300.0),
        Assignment("w3:OTHER", "ts1", 5000.0, "kg/d", 50.0),
    )
    built = Change(ChangeKind.BUILD, "k1", "candidate_sites", 0.0, 0.0, size=60.0, size_unit="t/day")
    plan = Plan("p", "n", Outcome.FEASIBLE, 1.0, None, changes=(built,), assignments=assignments)
    by_server = {r.item: r for r in load_rows(plan, Places(CITY, plan.changes))}
    first = by_server["k1"]
    assert (first.amount, first.unit, first.capacity, first.n_items, first.most_m) == (8.0, "t/d", 60.0, 2, 300.0)
    assert first.mean_m == pytest.approx((3 * 100 + 1 * 100 + 4 * 300) / 8)
    assert by_server["ts1"].capacity == 50.0
    assert by_server["ts1"].peak_hour == -1


def test_a_load_by_hours_has_its_peak() -> None:
    people = tuple(Assignment("w1", "k1", float(n), "people", 200.0, hour) for hour, n in ((8, 30), (9, 70), (9, 20)))
    (row,) = load_rows(Plan("p", "n", Outcome.FEASIBLE, 1.0, None, assignments=people), Places(CITY))
    assert (row.amount, row.unit, row.peak_hour, row.peak_amount, row.mean_m) == (120.0, "people", 9, 90.0, 200.0)
    assert math.isnan(row.capacity)


@pytest.mark.parametrize(
    ("amount", "unit", "wanted"),
    [(1500.0, "kg/day", (1.5, "t/d")), (2.0, "t/day", (2.0, "t/d")), (3.0, "kgs", (3.0, "kgs"))],
)
def test_weights_are_told_in_tonnes(amount: float, unit: str, wanted: tuple[float, str]) -> None:
    assert weighed(amount, unit) == wanted


def test_ids_in_a_sentence_become_names_and_figures_stay() -> None:
    told = Places(CITY).named(Text("距ts1仅 44 m，代k2；CJJ27-2012，w9", "k1 and k3: 300 m2 of T2.iv, ts1."))
    assert told == Text("距东站仅 44 m，代中地块；CJJ27-2012，w9", "西地块 and k3: 300 m2 of T2.iv, 东站.")
    (row,) = verdict_rows((Verdict("k1", "cost", kept=False, text=Text("由 k2 代替", "k2 in its place")),), Places(CITY))
    assert row.text.zh == "由 中地块 代替"
    assert row.verdict.text.zh == "由 k2 代替"
