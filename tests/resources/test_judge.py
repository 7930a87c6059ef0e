from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.judge import State, Verdict, judge, judge_all, missing
from resources.targets import Op, Target, load_targets

TARGETS = {t.id: t for t in load_targets()}
MAIN = "area=city;road_class=main,secondary"


@dataclass(frozen=True)
class Figure:
    id: str
    value: float
    unit: str = "%"
    scope: str = "city"
    where: str = ""


def rate(value: float, scope: str = "district 甲区") -> Figure:
    return Figure("mechanised_sweeping_rate", value, "%", scope, MAIN)


def only(target: str, *figures: Figure) -> list[Verdict]:
    return judge_all([TARGETS[target]], figures)


@pytest.mark.parametrize(
    ("key", "value", "state", "gap"),
    [
        ("nanjing.sweep-rate-85", 85.0, State.MET, 0.0),
        ("nanjing.sweep-rate-85", 85 * (1 - 1e-12), State.MET, 0.0),
        ("nanjing.sweep-rate-85", 90.0, State.MET, 0.0),
        ("nanjing.sweep-rate-85", 83.5, State.NEARLY, 1.5),
        ("nanjing.sweep-rate-85", 70.0, State.MISSED, 15.0),
        ("nanjing.response-central", 15.0, State.MET, 0.0),
        ("nanjing.response-central", 20.0, State.MISSED, -5.0),
        ("finegrain.toilet-density", 3.0, State.MET, 0.0),
        ("finegrain.toilet-density", 5.0, State.MET, 0.0),
        ("finegrain.toilet-density", 2.0, State.MISSED, 1.0),
        ("finegrain.toilet-density", 6.0, State.MISSED, -1.0),
        ("nanjing.dry-toilets", 0.0, State.MET, 0.0),
        ("nanjing.dry-toilets", 3.0, State.MISSED, -3.0),
        ("nanjing.sweep-rate-85", None, State.NOT_MEASURED, None),
        ("zhanggong.dust", 80.0, State.REFERENCE, None),
    ],
)  # fmt: skip
def test_a_figure_is_judged(key: str, value: float | None, state: State, gap: float | None) -> None:
    verdict = judge(TARGETS[key], value)
    assert verdict.state is state
    assert verdict.missing == (None if gap is None else pytest.approx(gap))
    assert verdict.met == (state is State.MET)
    assert verdict.value == value


@settings(max_examples=60, deadline=None)
@given(op=st.sampled_from(list(Op)), low=st.floats(0, 100), more=st.floats(0, 50), value=st.floats(-50, 200))
def test_what_is_missing_is_what_has_to_be_added(op: Op, low: float, more: float, value: float) -> None:
    values = (low, low + more) if op is Op.BETWEEN else (low,)
    gap = missing(op, values, value)
    assert missing(op, values, value + gap) == 0.0


def test_each_district_is_judged_by_itself() -> None:
    found = only("nanjing.sweep-rate-85", rate(90.0), rate(60.0, "district 乙区"), rate(75.0, "city"))
    assert [(v.scope, v.state) for v in found] == [("district 甲区", State.MET), ("district 乙区", State.MISSED)]


def test_the_city_is_judged_as_a_whole() -> None:
    figure = Figure("mechanised_operation_rate", 99.0, "%", "city", "area=city;road_class=main")
    part = Figure("mechanised_operation_rate", 10.0, "%", "district 甲区", "area=city;road_class=main")
    assert [(v.scope, v.state) for v in only("wuhan.sweep-rate-98", part, figure)] == [("city", State.MET)]


def test_a_figure_of_another_scope_does_not_count() -> None:
    figure = Figure("mechanised_operation_rate", 99.0, "%", "city", "area=city;road_class=secondary")
    assert [v.state for v in only("wuhan.sweep-rate-98", figure)] == [State.NOT_MEASURED]


def test_a_figure_of_everything_counts_for_the_city() -> None:
    figure = Figure("contracted_share", 72.0)
    assert [v.state for v in only("wuhan.market-share", figure)] == [State.MET]


def test_objects_are_judged_one_by_one_or_by_the_worst() -> None:
    near, far = (Figure("distance_to_green", d, "m", s) for d, s in ((250.0, "object a"), (500.0, "object b")))
    assert [v.state for v in only("finegrain.green-300", near, far)] == [State.MET, State.MISSED]
    worst = Figure("distance_to_green", 500.0, "m", "city")
    assert [v.state for v in only("finegrain.green-300", worst)] == [State.MISSED]


def test_the_stricter_of_two_documents_counts_and_both_are_shown() -> None:
    both = [TARGETS["nanjing.sweep-rate-80"], TARGETS["nanjing.sweep-rate-85"]]
    found = judge_all(both, [rate(82.0)])
    assert [(v.wanted, v.state, v.counts) for v in found] == [
        (80.0, State.MET, False), (85.0, State.MISSED, True),
    ]  # fmt: skip
    assert [v.counts for v in judge_all(both[:1], [rate(82.0)])] == [True]


def test_targets_of_different_scope_do_not_weaken_one_another() -> None:
    found = judge_all(load_targets(["nanjing"]), [])
    weaker = {v.target.id for v in found if not v.counts and v.state is State.NOT_MEASURED}
    assert weaker == {"nanjing.sweep-rate-80", "nanjing.sorting-70"}


@pytest.mark.parametrize(("op", "weak", "strict"), [(Op.AT_MOST, (30.0,), (15.0,)), (Op.BETWEEN, (2.0, 6.0), (3.0, 5.0))])
def test_strictness_by_comparison(op: Op, weak: tuple[float, ...], strict: tuple[float, ...]) -> None:
    base = TARGETS["nanjing.response-central"]

    def made(key: str, values: tuple[float, ...]) -> Target:
        return Target(
            id=key, document="nanjing", planner="response", kind=base.kind, metric="m", op=op, values=values, unit="min",
            where={}, per="city", period="", label=base.label,
        )  # fmt: skip

    found = judge_all([made("weak", weak), made("strict", strict)], [])
    assert [v.counts for v in found] == [False, True]
    assert found[1].wanted == (strict if len(strict) > 1 else strict[0])
