"""What the engines have in common that pass a problem on to another solver."""

from __future__ import annotations

from collections.abc import Sequence

from layers.errors import ParameterError
from layers.text import Text
from optimizer.engines.limits import Engine


def refuse_engine(engine: Engine, known: Sequence[Engine]) -> None:
    """Refuse an engine that solves no problems of the kind.

    Raises
    ------
    ParameterError
        With those that do.
    """
    if engine not in known:
        names = ", ".join(one.value for one in known)
        zh = f"求解引擎 {engine.value} 不能求解此类问题，应为 {names} 之一；请改用其中之一"
        en = f"engine {engine.value}: it solves no problems of this kind, one of {names} is expected; give another engine"
        raise ParameterError(Text(zh, en))


def refuse_more(engine: str, n: int, most: int, things: Text = Text("任务", "tasks")) -> None:
    """Refuse a problem that is too large for an engine.

    Raises
    ------
    ParameterError
        With both numbers.
    """
    if n > most:
        zh = f"求解引擎 {engine}：{things.zh}数为 {n}，应不超过 {most}；请改用 jingcheng 引擎"
        en = f"engine {engine}: the problem has {n} {things.en}, at most {most} are expected; use the engine jingcheng"
        raise ParameterError(Text(zh, en))


def refuse_asked(engine: str, asked: Sequence[tuple[Text, bool]]) -> None:
    """Refuse what an engine cannot say.

    Parameters
    ----------
    asked
        What it does not know, and whether the problem has it.

    Raises
    ------
    ParameterError
        With the name of each that the problem has.
    """
    found = [name for name, is_asked in asked if is_asked]
    if found:
        names_zh, names_en = "、".join(name.zh for name in found), ", ".join(name.en for name in found)
        zh = f"求解引擎 {engine}：问题含有{names_zh}，该引擎无法表达；请改用 jingcheng 引擎"
        en = f"engine {engine}: the problem has {names_en}, which this engine cannot say; use the engine jingcheng"
        raise ParameterError(Text(zh, en))
