"""Values as JSON and back, by their type hints: plans, scenarios and inventories in project files.

Fields that have their default value are left out, so that a plan of 30,000 legs stays small. Figures that JSON cannot
write (NaN, infinity) are written as ``{"float": "nan"}``.
"""

from __future__ import annotations

import math
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

import numpy as np

from layers.errors import InputError
from layers.geometry import Geometry, Shape
from layers.text import Text

T = TypeVar("T")
Decoder = Callable[[Any], Any]


class _DamageError(Exception):
    """Carry what is wrong outward, gathering on the way where it is."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.path: list[str] = []


def encode(value: Any) -> Any:
    """Return a value as what `json.dumps` takes."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else {"float": str(value)}
    if isinstance(value, np.generic):
        return encode(value.item())
    if isinstance(value, Geometry):
        offsets = [o.tolist() for o in value.offsets]
        return {"shape": str(value.shape), "coords": encode(value.coords.tolist()), "offsets": offsets}
    if is_dataclass(value) and not isinstance(value, type):
        shown = ((f.name, getattr(value, f.name), _default(f)) for f in fields(value))
        return {name: encode(v) for name, v, default in shown if default is MISSING or v != default}
    if isinstance(value, Mapping):
        return {str(k): encode(v) for k, v in value.items()}
    if isinstance(value, (tuple, list)):
        return [encode(v) for v in value]
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def _default(field: Any) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def decode(kind: type[T], document: Any, what: str) -> T:
    """Return a value of a type from what `json.loads` gave.

    Parameters
    ----------
    what
        Name of the thing that is decoded, for the message.

    Raises
    ------
    InputError
        Where the document is not of that type; names the place.
    """
    try:
        value: T = _decoder(cast("Any", kind))(document)
    except _DamageError as damage:
        place = what + "".join(reversed(damage.path))
        raise InputError(
            Text(f"{place} 已损坏：{damage}；请换用备份", f"{place} is damaged: {damage}; use a backup of the file")
        ) from damage
    return value


@cache
def _decoder(kind: Any) -> Decoder:
    origin, args = get_origin(kind), get_args(kind)
    if kind is Geometry:
        return _geometry
    if kind is Any or kind is object:
        return lambda value: value
    if kind in _PLAIN:
        return _PLAIN[kind]
    if origin in {Union, types.UnionType}:
        return _union([_decoder(a) for a in args])
    if origin is tuple:
        return _tuple(args)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(_decoder(args[1]))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _enum(kind)
    if is_dataclass(kind):
        return _dataclass(kind)
    raise TypeError(f"{kind} has no form in JSON")


def _expect(value: Any, kind: type | tuple[type, ...], words: str) -> Any:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise _DamageError(f"{_shown(value)}, expected {words}")
    return value


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."


def _float(value: Any) -> float:
    if isinstance(value, dict) and value.get("float") in {"nan", "inf", "-inf"}:
        return float(value["float"])
    return float(_expect(value, (int, float), "a number"))


def _nothing(value: Any) -> None:
    if value is not None:
        raise _DamageError(f"{_shown(value)}, expected nothing")


_PLAIN: dict[Any, Decoder] = {
    float: _float,
    int: lambda value: _expect(value, int, "a whole number"),
    str: lambda value: _expect(value, str, "a text"),
    bool: lambda value: _expect(value, bool, "true or false"),
    type(None): _nothing,
}


def _enum(kind: type[Enum]) -> Decoder:
    known = {e.value: e for e in kind}

    def decode_enum(value: Any) -> Enum:
        if not isinstance(value, (str, int)) or value not in known:
            raise _DamageError(f"{_shown(value)}, expected one of {', '.join(map(str, known))}")
        return known[value]

    return decode_enum


def _union(decoders: list[Decoder]) -> Decoder:
    def decode_union(value: Any) -> Any:
        for decoder in decoders[:-1]:
            try:
                return decoder(value)
            except _DamageError:
                continue
        return decoders[-1](value)

    return decode_union


def _tuple(args: tuple[Any, ...]) -> Decoder:
    if len(args) == 2 and args[1] is Ellipsis:
        one = _decoder(args[0])
        return lambda value: tuple(_at(f"[{i}]", one, v) for i, v in enumerate(_expect(value, list, "a list")))
    each = [_decoder(a) for a in args]

    def decode_tuple(value: Any) -> tuple[Any, ...]:
        if len(_expect(value, list, "a list")) != len(each):
            raise _DamageError(f"{len(value)} values, expected {len(each)}")
        return tuple(_at(f"[{i}]", d, v) for i, (d, v) in enumerate(zip(each, value, strict=True)))

    return decode_tuple


def _mapping(one: Decoder) -> Decoder:
    return lambda value: {k: _at(f"[{k}]", one, v) for k, v in _expect(value, dict, "a table").items()}


def _dataclass(kind: Any) -> Decoder:
    hints = get_type_hints(kind)
    decoders = {f.name: _decoder(hints[f.name]) for f in fields(kind) if f.init}
    needed = {f.name for f in fields(kind) if f.init and _default(f) is MISSING}

    def decode_dataclass(value: Any) -> Any:
        known = _expect(value, dict, "a table").keys()
        if needed - known:
            raise _DamageError(f"lacks {', '.join(sorted(needed - known))}")
        if known - decoders.keys():
            raise _DamageError(f"has the unknown field {min(known - decoders.keys())!r}")
        values = {k: _at(f".{k}", decoders[k], v) for k, v in value.items()}
        try:
            return kind(**values)
        except ValueError as error:
            raise _DamageError(str(error)) from error

    return decode_dataclass


def _geometry(value: Any) -> Geometry:
    try:
        coords = np.array(_expect(value, dict, "a geometry")["coords"], dtype=np.float64).reshape(-1, 2)
        offsets = tuple(np.array(o, dtype=np.int64) for o in value["offsets"])
        return Geometry(Shape(value["shape"]), coords, offsets)
    except (KeyError, ValueError, TypeError) as error:
        raise _DamageError(f"no geometry ({error})") from error


def _at(step: str, decoder: Decoder, value: Any) -> Any:
    try:
        return decoder(value)
    except _DamageError as damage:
        damage.path.append(step)
        raise
