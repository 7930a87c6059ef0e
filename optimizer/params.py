"""What a planner asks: declared once, read by form, file, command line, validation, report and tests."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, cast, get_type_hints

from layers.errors import JingchengError, ParameterError
from layers.hours import parse_periods
from layers.meant import meant
from layers.text import Text
from resources.source import Source

P = TypeVar("P", bound="Params")
Value = int | float | str | bool


class Form(StrEnum):
    """How a text parameter is written and edited."""

    PLAIN = "plain"
    PERIODS = "periods"  # HH:MM-HH:MM,…
    PLACES = "places"  # LON,LAT;LON,LAT
    CLOCK = "clock"  # seconds after midnight, shown HH:MM


@dataclass(frozen=True, slots=True)
class ParamSpec:
    """Hold the declaration of one parameter.

    Parameters
    ----------
    name, type, default
        Field of the params class; the type is int, float, str or bool.
    label, help
        In the form.
    unit
        As shown and as the value is given in; empty where there is none.
    low, high
        Bounds, inclusive.
    choices
        Keys with their labels, where the set is closed.
    source
        Where the default comes from.
    group
        Heading in the form; parameters without one are under "run".
    when
        Values of other parameters, by name, with which this one is used; a form leaves it out with others. None is always.
    """

    name: str
    type: type[Value]
    default: Value
    label: Text
    unit: str = ""
    low: float | None = None
    high: float | None = None
    choices: Mapping[str, Text] | None = None
    source: Source | None = None
    group: Text | None = None
    help: Text | None = None
    form: Form = Form.PLAIN
    when: Mapping[str, tuple[Value, ...]] | None = None

    def is_used(self, values: Mapping[str, Value]) -> bool:
        """Return whether the parameter says anything where the others have such values."""
        return all(values[name] in wanted for name, wanted in (self.when or {}).items() if name in values)

    def expected(self) -> str:
        """Return what a value must be, in words that need no translation."""
        if self.choices is not None:
            return " | ".join(self.choices)
        if self.type is bool:
            return "true | false"
        if self.low is None and self.high is None:
            return {Form.PERIODS: "HH:MM-HH:MM,…", Form.PLACES: "LON,LAT;…"}.get(self.form, self.type.__name__)
        low = "-∞" if self.low is None else _plain(self.low)
        high = "∞" if self.high is None else _plain(self.high)
        return f"{low} … {high} {self.unit}".strip()

    def fault(self, value: object) -> Text | None:
        """Return what is wrong with a value, or None."""
        if not self._fits(value):
            zh = f"参数“{self.label.zh}”（{self.name}）为 {value!r}；应为 {self.expected()}"
            return Text(zh, f"parameter {self.name!r} is {value!r}; expected {self.expected()}")
        if self.form is Form.PERIODS:
            try:
                parse_periods(str(value))
            except JingchengError as error:
                return Text(f"参数“{self.label.zh}”：{error.text.zh}", f"parameter {self.name!r}: {error.text.en}")
        return None

    def _fits(self, value: object) -> bool:
        if self.choices is not None:
            return value in self.choices
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if self.type is float:
            right = number
        elif self.type is int:
            right = isinstance(value, int) and not isinstance(value, bool)
        else:
            right = isinstance(value, self.type)
        if not right or not number:
            return right
        assert isinstance(value, (int, float))
        return math.isfinite(value) and (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def parse(self, text: str) -> Value:
        """Return the value that a command line's text stands for; a text that is no such value is returned as it is."""
        try:
            if self.type is bool:
                return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}[text.lower()]
            return self.type(text)
        except (KeyError, ValueError):
            return text


def _plain(number: float) -> str:
    return f"{int(number)}" if float(number).is_integer() else f"{number:g}"


def param(default: Value, zh: str, en: str, unit: str = "", **declaration: Any) -> Any:
    """Declare a parameter; `declaration` takes low, high, choices, source, group, help, form and when."""
    return field(default=default, metadata={"param": {"label": Text(zh, en), "unit": unit, **declaration}})


ENGINES = {"jingcheng": Text("净城", "Jingcheng"), "ortools": Text("OR-Tools", "OR-Tools")}


@dataclass(frozen=True, kw_only=True)
class Params:
    """Hold what every planner asks; a planner's own class adds to it.

    Raises
    ------
    ParameterError
        Where a value is out of bounds; names all of them.
    """

    seed: int = param(1, "随机种子", "random seed", low=0, high=2**31 - 1)
    time_limit_s: float = param(60.0, "计算时限", "search time", "s", low=1, high=86_400)
    work_limit: int = param(
        0, "计算量上限", "work limit", "iterations", low=0, high=10**12,
        help=Text("0 表示不限；有限时结果可重现", "0 is none; with a limit the plan can be made again to the letter"),
    )  # fmt: skip
    n_threads: int = param(2, "线程数", "threads", low=1, high=256)
    engine: str = param("jingcheng", "求解引擎", "engine", choices=ENGINES)

    def __post_init__(self) -> None:
        faults = [f for s in specs(type(self)) if (f := s.fault(getattr(self, s.name)))]
        if faults:
            raise ParameterError(Text("；".join(f.zh for f in faults), "; ".join(f.en for f in faults)))


def specs(params: type[Params]) -> tuple[ParamSpec, ...]:
    """Return the declarations of a params class, its own first and those of every planner last."""
    return _specs(cast("Any", params))


@cache
def _specs(params: Any) -> tuple[ParamSpec, ...]:
    hints = get_type_hints(params)
    # the class's own before what it is built on
    depth = {name: k for k, base in enumerate(params.__mro__) for name in vars(base).get("__annotations__", {})}
    declared = [
        ParamSpec(f.name, hints[f.name], f.default, **f.metadata["param"])  # type: ignore[arg-type]
        for f in fields(params)
        if "param" in f.metadata
    ]
    return tuple(sorted(declared, key=lambda s: depth[s.name]))


def with_values(params: P, values: Mapping[str, str | Value]) -> P:
    """Return the parameters with some values replaced; text is parsed as a command line gives it.

    Raises
    ------
    ParameterError
        Where a name is unknown (the nearest known one is named) or a value is out of bounds.
    """
    known = {s.name: s for s in specs(type(params))}
    for name in values:
        if name not in known:
            hint = meant(name, known)
            raise ParameterError(Text(f"没有参数“{name}”{hint.zh}", f"no parameter {name!r}{hint.en}"))
    parsed = {n: known[n].parse(v) if isinstance(v, str) else v for n, v in values.items()}
    typed: dict[str, Any] = {n: float(v) if known[n].type is float and type(v) is int else v for n, v in parsed.items()}
    return replace(params, **typed)
