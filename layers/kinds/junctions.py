"""Junctions: where streets begin, end and meet; and the turns that are banned there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import ClassVar

from layers.geometry import Shape
from layers.layer import Bool, Code, Layer, Str, column
from layers.text import Text


class TurnRule(IntEnum):
    """What a restriction says of a turn."""

    UNKNOWN = 0
    BANNED = 1
    ONLY = 2


@dataclass(frozen=True, eq=False, kw_only=True)
class Junctions(Layer):
    """Ends and meeting points of streets."""

    KIND: ClassVar[str] = "junctions"
    SHAPE: ClassVar[Shape] = Shape.POINT
    LABEL: ClassVar[Text] = Text("路口", "Junctions")

    signals: Bool = column("信号灯", "traffic signals")


@dataclass(frozen=True, eq=False, kw_only=True)
class Turns(Layer):
    """Turn restrictions: from one street over a junction into another."""

    KIND: ClassVar[str] = "turns"
    SHAPE: ClassVar[Shape] = Shape.POINT
    LABEL: ClassVar[Text] = Text("转向限制", "Turn restrictions")

    from_street: Str = column("自路段", "from street")
    via_junction: Str = column("经路口", "via junction")
    to_street: Str = column("至路段", "to street")
    rule: Code = column("规则", "rule", choices=TurnRule)
