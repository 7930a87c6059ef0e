"""Streams of sorted waste: their names, their columns, and which of them are collected."""

from __future__ import annotations

from dataclasses import dataclass

from layers.errors import ParameterError
from layers.text import Text


@dataclass(frozen=True, slots=True)
class Stream:
    """Hold one stream.

    Parameters
    ----------
    key
        As parameters write it; in capitals behind a point's id it names an item.
    column
        Of the waste points.
    """

    key: str
    label: Text
    column: str

    @property
    def mark(self) -> str:
        """What an item's name ends with."""
        return self.key.upper()


STREAMS = (
    Stream("other", Text("其他垃圾", "other waste"), "other_kg_day"),
    Stream("food", Text("厨余垃圾", "food waste"), "food_kg_day"),
    Stream("recyclable", Text("可回收物", "recyclables"), "recyclable_kg_day"),
    Stream("hazardous", Text("有害垃圾", "hazardous waste"), "hazardous_kg_day"),
)
NUMBER = {stream.key: k for k, stream in enumerate(STREAMS)}
NUMBER_OF_MARK = {stream.mark: k for k, stream in enumerate(STREAMS)}
FOOD = NUMBER["food"]


def collected(text: str) -> tuple[int, ...]:
    """Return the numbers of the streams that a parameter names, each once, in the order of `STREAMS`.

    Raises
    ------
    ParameterError
        Where one is unknown, or none is named.
    """
    keys = [k.strip() for k in text.replace("，", ",").split(",") if k.strip()]
    wrong = [k for k in keys if k not in NUMBER]
    if wrong or not keys:
        zh = f"参数 streams 为“{text}”；应为 {'、'.join(NUMBER)} 中的至少一种"
        raise ParameterError(Text(zh, f"parameter 'streams' is {text!r}; expected at least one of {', '.join(NUMBER)}"))
    return tuple(sorted({NUMBER[k] for k in keys}))


def numbers(text: str, name: str, n: int) -> tuple[float, ...]:
    """Return the numbers of a parameter's text.

    Raises
    ------
    ParameterError
        Where they are not `n` numbers of 0 or more, with one above 0.
    """
    try:
        found = tuple(float(part) for part in text.replace("，", ",").split(","))
    except ValueError:
        found = ()
    if len(found) != n or not all(0 <= x < 1e6 for x in found) or not any(found):
        zh = f"参数 {name} 为“{text}”；应为 {n} 个不小于 0 的数，逗号分开"
        raise ParameterError(Text(zh, f"parameter {name!r} is {text!r}; expected {n} numbers of 0 or more, comma-separated"))
    return found
