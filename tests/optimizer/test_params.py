"""Parameters: declared once, checked wherever they come from."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.errors import ParameterError
from layers.text import Text
from optimizer.params import Form, Params, ParamSpec, param, specs, with_values
from optimizer.planner import planners


@dataclass(frozen=True, kw_only=True)
class Toy(Params):
    """Parameters of no planner."""

    share: float = param(0.5, "比例", "share", low=0, high=1)
    n_trucks: int = param(3, "车辆", "trucks", low=0, high=10)
    mode: str = param("a", "方式", "mode", choices={"a": Text("甲", "A"), "b": Text("乙", "B")})
    peaks: str = param("07:00-09:00", "高峰", "peaks", form=Form.PERIODS)
    wet: bool = param(True, "湿扫", "wet")
    note: str = param("", "备注", "note")


def test_own_parameters_come_first_and_keep_their_declaration() -> None:
    declared = specs(Toy)
    assert [s.name for s in declared[:3]] == ["share", "n_trucks", "mode"]
    assert [s.name for s in declared[-5:]] == ["seed", "time_limit_s", "work_limit", "n_threads", "engine"]
    assert (declared[0].type, declared[0].low, declared[0].label.zh) == (float, 0, "比例")


def test_text_from_the_command_line_takes_the_parameters_type() -> None:
    toy = with_values(Toy(), {"share": "1", "n_trucks": "4", "wet": "no", "mode": "b", "peaks": "", "note": "7"})
    assert toy == Toy(share=1.0, n_trucks=4, wet=False, mode="b", peaks="", note="7")
    assert isinstance(with_values(Toy(), {"share": 1}).share, float)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("share", "1.01", "0 … 1"),
        ("share", "nan", "0 … 1"),
        ("share", "much", "0 … 1"),
        ("n_trucks", "2.5", "0 … 10"),
        ("n_trucks", "-1", "0 … 10"),
        ("seed", str(2**31), "0 … 2147483647"),
        ("mode", "c", "a | b"),
        ("wet", "perhaps", "true | false"),
        ("peaks", "7-9", "HH:MM-HH:MM"),
        ("time_limit_s", "0", "1 … 86400 s"),
    ],
)
def test_a_value_that_does_not_fit_is_named_with_what_was_expected(name: str, value: str, expected: str) -> None:
    with pytest.raises(ParameterError) as caught:
        with_values(Toy(), {name: value})
    assert f"parameter {name!r}" in str(caught.value)
    assert expected in str(caught.value)
    assert expected in caught.value.message("zh")


def test_all_values_that_do_not_fit_are_named_at_once() -> None:
    with pytest.raises(ParameterError, match=r"'share'.*'n_trucks'"):
        Toy(share=2.0, n_trucks=99)


def test_an_unknown_name_is_refused_with_the_nearest_known_one() -> None:
    with pytest.raises(ParameterError, match=r"no parameter 'n_truck'; did you mean 'n_trucks'\?"):
        with_values(Toy(), {"n_truck": "3"})
    with pytest.raises(ParameterError, match=r"known are: share, n_trucks"):
        with_values(Toy(), {"zzzzzz": "3"})


@settings(max_examples=50, deadline=None)
@given(st.floats(allow_nan=True, allow_infinity=True))
def test_no_number_out_of_bounds_ever_gets_in(value: float) -> None:
    try:
        toy = Toy(share=value)
    except ParameterError:
        assert not 0 <= value <= 1
    else:
        assert 0 <= toy.share <= 1


def test_a_parameter_is_used_with_some_values_of_others() -> None:
    spec = ParamSpec("rate", float, 85.0, Text("率", "rate"), when={"mode": ("fleet", "all")})
    assert spec.is_used({"mode": "fleet", "other": 1})
    assert not spec.is_used({"mode": "rate"})
    assert spec.is_used({})


@pytest.mark.parametrize("key", sorted(planners()))
def test_what_decides_on_a_parameter_is_one_itself(key: str) -> None:
    declared = {s.name: s for s in specs(planners()[key].params)}
    for spec in declared.values():
        for name, values in (spec.when or {}).items():
            choices = declared[name].choices
            assert choices is not None
            assert set(values) <= set(choices)
