"""Plans on their way between processes, in slices.

Unpickling holds the interpreter lock from beginning to end: a plan of 30,000 legs would freeze a window for a tenth of a
second. In slices of a few hundred legs the window's thread gets its turn between them. The garbage collector is kept away
from them too.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any, TypeVar

from optimizer.changes import Alternative
from optimizer.collector import no_collection
from optimizer.plan import Draft, Plan, Route

V = TypeVar("V", Draft, Plan)

_LISTS = ("routes", "changes", "assignments", "beats", "unserved", "verdicts", "alternatives")
_N_LEGS = 250  # a slice of about a millisecond


def pack(value: Draft | Plan) -> list[bytes]:
    """Return a plan as slices: first what is small, then its long lists piece by piece."""
    return [
        pack_head(value),
        *(pickle.dumps((name, part), pickle.HIGHEST_PROTOCOL) for name in _LISTS for part in _parts(getattr(value, name))),
    ]


def pack_head(value: Draft | Plan) -> bytes:
    """Return a plan without its long lists."""
    bare: dict[str, Any] = dict.fromkeys(_LISTS, ())
    return pickle.dumps(replace(value, **bare), pickle.HIGHEST_PROTOCOL)


def with_lists_of(head: bytes, draft: Draft) -> Plan:
    """Return the plan that `pack_head` packed, with the long lists of the draft that it was made from."""
    plan: Plan = pickle.loads(head)
    lists: dict[str, Any] = {name: getattr(draft, name) for name in _LISTS}
    return replace(plan, **lists)


def _parts(items: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Return pieces of a list, each about as long to unpickle as the next, whatever its items hold inside."""
    piece: list[Any] = []
    weight = 0
    for item in items:
        piece.append(item)
        weight += 1 + _n_inside(item)
        if weight >= _N_LEGS:
            yield tuple(piece)
            piece, weight = [], 0
    if piece:
        yield tuple(piece)


def _n_inside(item: Any) -> int:
    if isinstance(item, Route):
        return len(item.legs)
    return len(item.changes) if isinstance(item, Alternative) else 0


def unpack(slices: list[bytes]) -> Any:
    """Return the plan that `pack` cut into slices."""
    with no_collection():
        return _unpack(slices)


def _unpack(slices: list[bytes]) -> Any:
    head: Any = pickle.loads(slices[0])
    lists: dict[str, list[Any]] = {name: [] for name in _LISTS}
    for raw in islice(slices, 1, None):
        name, part = pickle.loads(raw)
        lists[name].extend(part)
    joined: dict[str, Any] = {name: tuple(values) for name, values in lists.items()}
    return replace(head, **joined)
