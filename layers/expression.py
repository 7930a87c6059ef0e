"""Choose objects of a layer by an expression such as ``车行道宽度 >= 8 and 道路等级 in (支路, 背街小巷)``.

Columns go by name, or by what they are called in Chinese or English (spaces as ``_``). ``and or not in == != < <= > >=``
mean what they mean in Python, where the grammar comes from; ``包含`` or ``contains`` looks for a part of a text, ``且 或
非`` stand for ``and or not``, and words that are no column are text. Nothing is run: what is not listed here is refused.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from typing import Any

import numpy as np

from layers.column import AnyArray, Bool, Column
from layers.errors import InputError
from layers.labels import label_of
from layers.layer import Layer
from layers.meant import meant
from layers.text import Text

_QUOTED = re.compile(r"""("[^"]*"|'[^']*')""")
# What is written beside quotes, in the order in which it is put into Python's words.
_WORDS = (
    (re.compile(r"[“”]"), '"'), (re.compile("，"), ","), (re.compile("（"), "("), (re.compile("）"), ")"),
    (re.compile("≥"), ">="), (re.compile("≤"), "<="), (re.compile("≠|<>"), "!="),
    (re.compile(r"(?<![<>=!])=(?!=)"), "=="), (re.compile(r"\bcontains\b|包含"), " @ "),
    (re.compile(r"(?:(?<=[\s\d)])|(?<=^))且|\bAND\b"), " and "), (re.compile(r"(?:(?<=[\s\d)])|(?<=^))或|\bOR\b"), " or "),
    (re.compile(r"(?:(?<=[\s(])|(?<=^))非|\bNOT\b"), " not "), (re.compile(r"\bIN\b"), " in "),
)  # fmt: skip
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}  # fmt: skip
_COUNT: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip
_NO_CONDITION = Text("结果不是“是/否”，请加上比较，如 车行道宽度 >= 8", "it is no condition; compare, as in width_m >= 8")
_FLIPPED: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Lt: ast.Gt(), ast.LtE: ast.GtE(), ast.Gt: ast.Lt(), ast.GtE: ast.LtE(),
}  # fmt: skip
_YES, _NO = {"是", "yes", "true", "1"}, {"否", "no", "false", "0"}


def rows_where(layer: Layer, text: str) -> Bool:
    """Return which objects of a layer an expression holds for, shape (n,); what nobody knows passes no comparison.

    Raises
    ------
    InputError
        Where the expression cannot be read, or names or compares what it cannot.
    """
    try:
        tree = ast.parse(_in_python(text), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _refused(text, Text("写法不完整", "it cannot be read")) from None
    found = _Reading(layer, text).value(tree)
    if not isinstance(found, np.ndarray) or found.dtype != bool:
        raise _refused(text, _NO_CONDITION)
    return found


def looks_like_expression(text: str) -> bool:
    """Return whether a text has a comparison in it, and is not just something to look for."""
    return re.search(r"[<>=≥≤≠]|包含|\bcontains\b|\bin\b", _QUOTED.sub("", text)) is not None


def _in_python(text: str) -> str:
    for sign in "“”":
        text = text.replace(sign, '"')
    parts = _QUOTED.split(text.strip())
    for k in range(0, len(parts), 2):  # the odd ones are quoted
        for pattern, word in _WORDS:
            parts[k] = pattern.sub(word, parts[k])
    return "".join(parts).strip()


def _refused(text: str, why: Text) -> InputError:
    return InputError(Text(f"表达式“{text}”：{why.zh}", f"expression {text!r}: {why.en}"))


class _Reading:
    """Hold what an expression is read against."""

    def __init__(self, layer: Layer, text: str) -> None:
        self._layer, self._text = layer, text
        self._columns: dict[str, Column] = {}
        for col in layer.columns():
            for word in (col.name, col.label.zh, col.label.en.replace(" ", "_")):
                self._columns.setdefault(word.casefold(), col)

    def value(self, node: ast.expr) -> Any:
        """Return what a part of the expression comes to: an array of shape (n,), a number, a text or a list of these."""
        if isinstance(node, ast.Constant) and isinstance(node.value, (bool, int, float, str)):
            return node.value
        if isinstance(node, ast.Name):
            return self._named(node.id)
        if isinstance(node, (ast.Tuple, ast.List)):
            return [self.value(one) for one in node.elts]
        if isinstance(node, ast.BoolOp):
            join = np.logical_and if isinstance(node.op, ast.And) else np.logical_or
            return join.reduce([self._condition(one) for one in node.values])
        if isinstance(node, ast.UnaryOp):
            return self._unary(node)
        if isinstance(node, ast.BinOp):
            return self._binary(node)
        if isinstance(node, ast.Compare):
            return self._compared(node)
        raise _refused(self._text, Text("含有不支持的写法", "it has something in it that is not known here"))

    def _condition(self, node: ast.expr) -> Bool:
        found = self.value(node)
        if not isinstance(found, np.ndarray) or found.dtype != bool:
            raise _refused(self._text, Text("“且、或、非”两边应为条件", "and, or, not join conditions"))
        return found

    def _unary(self, node: ast.UnaryOp) -> Any:
        if isinstance(node.op, ast.Not):
            return ~self._condition(node.operand)
        if isinstance(node.op, ast.USub) and isinstance(found := self.value(node.operand), (int, float)):
            return -found
        raise _refused(self._text, Text("负号只能用于数字", "a minus stands before a number"))

    def _named(self, word: str) -> Any:
        col = self._columns.get(word.casefold())
        if col is not None:
            return _values(self._layer, col)
        if word in self._layer.extra:
            return self._layer.extra[word]
        return self._layer.ids if word in ("id", "编号") else word

    def _binary(self, node: ast.BinOp) -> Any:
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(node.op, ast.MatMult):
            if not isinstance(left, np.ndarray) or left.dtype.kind not in "UO" or not isinstance(right, str):
                raise _refused(self._text, Text("“包含”左边应为文字列", "contains has a column of text before it"))
            return _containing(left, right)
        count = _COUNT.get(type(node.op))
        if count is None or not (_is_number(left) and _is_number(right)):
            raise _refused(self._text, Text("只有数字可以加减乘除", "only numbers can be counted with"))
        with np.errstate(divide="ignore", invalid="ignore"):
            return count(left, right)

    def _compared(self, node: ast.Compare) -> Bool:
        found, left = [], self.value(node.left)
        for op, after in zip(node.ops, node.comparators, strict=True):
            right = self.value(after)
            if isinstance(op, (ast.In, ast.NotIn)):
                among = [self._one(left, ast.Eq(), one) for one in (right if isinstance(right, list) else [right])]
                is_in = np.logical_or.reduce(among)
                found.append(~is_in if isinstance(op, ast.NotIn) else is_in)
            else:
                found.append(self._one(left, op, right))
            left = right
        return np.asarray(np.logical_and.reduce(found))

    def _one(self, left: Any, op: ast.cmpop, right: Any) -> Bool:
        compare = _COMPARE.get(type(op))
        if not isinstance(left, np.ndarray) and isinstance(right, np.ndarray):
            return self._one(right, _FLIPPED.get(type(op), op), left)
        if compare is None or not isinstance(left, np.ndarray):
            near = meant(str(left), [c.label.zh for c in self._layer.columns()] + [c.name for c in self._layer.columns()])
            zh, en = f"没有列“{left}”{near.zh}", f"there is no column {str(left)!r}{near.en}"
            raise _refused(self._text, Text(zh, en))
        if left.dtype == bool and isinstance(right, (str, bool, int)):
            right = self._yes(right)
        if _is_number(left) != _is_number(right):
            zh, en = f"“{right}”与该列类型不同", f"{right!r} is of another kind than the column"
            raise _refused(self._text, Text(zh, en))
        return np.asarray(compare(left, right), dtype=bool)

    def _yes(self, word: str | bool | int) -> bool:
        told = str(word).casefold()
        if told not in _YES | _NO:
            raise _refused(self._text, Text(f"“{word}”应为 是 或 否", f"{word!r}: yes or no is expected"))
        return told in _YES


def _is_number(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "fiub"
    return isinstance(value, (int, float))


def _values(layer: Layer, col: Column) -> AnyArray:
    """Return a column as it is compared: members of a closed set by what they are called in Chinese."""
    values: AnyArray = getattr(layer, col.name)
    if col.choices is None:
        return values
    found = np.full(len(values), "", dtype=object)
    for member in col.choices:
        found[values == member.value] = _Called(member)
    return found


class _Called(str):
    """A member of a closed set, equal to each of its names."""

    _names: set[str]

    def __new__(cls, member: Any) -> _Called:
        label = label_of(member)
        made = super().__new__(cls, label.zh)
        made._names = {label.zh.casefold(), label.en.casefold(), member.name.casefold()}
        return made

    def __eq__(self, other: object) -> bool:
        return str(other).replace("_", " ").casefold() in self._names or str(other).casefold() in self._names

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


def _containing(values: AnyArray, part: str) -> Bool:
    """Return which texts have a part in them, whatever its case; each different text is looked at once."""
    unique, inverse = np.unique(values.astype(str), return_inverse=True)
    wanted = part.casefold()
    return np.array([wanted in text.casefold() for text in unique.tolist()], dtype=bool)[inverse]
