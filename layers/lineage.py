"""Split and merge streets so that locks, plans and ledgers find their street again by its old id.

An id is never used twice: the parts of ``w5`` are ``w5/1`` and ``w5/2``, the street merged from ``a`` and ``b`` is
``a&b``, and each new street keeps the ids that it was made from.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layers.city import City
from layers.errors import InputError
from layers.geometry import Geometry
from layers.kinds import AT_STREETS
from layers.kinds.facilities import WastePoints
from layers.kinds.junctions import Junctions, Turns
from layers.kinds.parking import KerbBerths, KerbFacts
from layers.kinds.streets import Oneway, Streets
from layers.merge import append
from layers.text import Text

F64 = NDArray[np.float64]
AtStreets = KerbFacts | KerbBerths | WastePoints

# Amounts that are shared out by length; every other value holds for both parts.
_SHARED = ("length_m", "swept_area_m2")


def find(streets: Streets, street: str) -> tuple[str, ...]:
    """Return the streets of today that a street of any earlier day lives on in; itself where it was never changed.

    A part that was split or merged again is followed to the last. Empty where the id was never known.
    """
    children: dict[str, list[str]] = {}
    for made_from, child in zip(streets.made_from.tolist(), streets.ids.tolist(), strict=True):
        for part in _ancestors(made_from):
            children.setdefault(part, []).append(child)
    return (street,) if street in streets.row_of else tuple(dict.fromkeys(children.get(street, [])))


def _ancestors(made_from: str) -> list[str]:
    return made_from.split("+") if made_from else []


def _made_from(streets: Streets, rows: list[int]) -> str:
    ids = [str(streets.ids[r]) for r in rows]
    older = [a for r in rows for a in _ancestors(str(streets.made_from[r]))]
    return "+".join(dict.fromkeys([*ids, *older]))


def split(city: City, street: str, at_m: float) -> City:
    """Return the city with one street cut in two at a distance along its drawn line, and a junction there.

    Turn restrictions, kerb facts and waste points go to the part that they touch.

    Parameters
    ----------
    street
        Its id.
    at_m
        Distance from the start of the drawn line, metres; strictly within it.

    Raises
    ------
    InputError
        Where there is no such street, or the cut does not fall within it.
    """
    streets = city[Streets]
    row = _row(streets, street)
    line = streets.geometry.row(row)
    first, second, share = _cut(line, at_m, street)
    ids, junction = (f"{street}/1", f"{street}/2"), f"{street}/j"
    parts = streets.take(np.array([row, row]))
    shares = np.array([share, 1 - share])
    changed: dict[str, Any] = {name: getattr(parts, name) * shares for name in _SHARED}
    made_from = _made_from(streets, [row])
    parts = replace(
        parts,
        ids=np.array(ids),
        geometry=Geometry.lines([first, second]),
        from_junction=np.array([str(streets.from_junction[row]), junction]),
        to_junction=np.array([junction, str(streets.to_junction[row])]),
        made_from=np.array([made_from, made_from]),
        origin={k: v for k, v in parts.origin.items() if k != "made_from"},
        **changed,
    )
    rest = streets.take(np.arange(len(streets)) != row)
    node = Junctions(ids=np.array([junction]), geometry=Geometry.points(second[:1]))
    ends = {str(streets.from_junction[row]): ids[0], str(streets.to_junction[row]): ids[1]}
    return city.with_layers(
        append(rest, parts),
        append(city[Junctions], node),
        _turns_renamed(city[Turns], {street: ends}),
        *(_cut_at(city[kind], street, (ids, first, second)) for kind in AT_STREETS if kind in city),
    )


def merge(city: City, first: str, second: str) -> City:
    """Return the city with two streets, which meet at a junction of theirs alone, made one.

    Lengths and areas add up; every other value is that of the longer one. The junction goes with its restrictions.

    Raises
    ------
    InputError
        Where they do not meet, others meet them there, or their one-ways run against each other.
    """
    streets = city[Streets]
    a, b = _row(streets, first), _row(streets, second)
    junction = _shared_junction(streets, a, b)
    lines, oneway = [], []
    for row, joins_at_start in ((a, False), (b, True)):
        forward = (str(streets.from_junction[row]) == junction) == joins_at_start
        line = streets.geometry.row(row)
        lines.append(line if forward else line[::-1])
        oneway.append(_turned(Oneway(streets.oneway[row]), forward))
    if oneway[0] is not oneway[1]:
        zh = f"路段“{first}”与“{second}”的单行方向不同，不能合并；请先改为一致"
        raise InputError(
            Text(zh, f"streets {first!r} and {second!r} differ in their one-way direction; make them agree first")
        )
    longer = a if streets.length_m[a] >= streets.length_m[b] else b
    one = streets.take(np.array([longer]))
    added: dict[str, Any] = {name: getattr(streets, name)[[a]] + getattr(streets, name)[[b]] for name in _SHARED}
    new_id = f"{first}&{second}"
    one = replace(
        one,
        ids=np.array([new_id]),
        geometry=Geometry.lines([np.vstack([lines[0], lines[1][1:]])]),
        from_junction=np.array([_other_end(streets, a, junction)]),
        to_junction=np.array([_other_end(streets, b, junction)]),
        oneway=np.array([oneway[0]], dtype=np.int8),
        made_from=np.array([_made_from(streets, [a, b])]),
        origin={k: v for k, v in one.origin.items() if k != "made_from"},
        **added,
    )
    keep = np.ones(len(streets), dtype=bool)
    keep[[a, b]] = False
    turns, junctions = city[Turns], city[Junctions]
    ends = dict.fromkeys((_other_end(streets, a, junction), _other_end(streets, b, junction)), new_id)
    return city.with_layers(
        append(streets.take(keep), one),
        junctions.take(junctions.ids != junction),
        _turns_renamed(turns.take(turns.via_junction != junction), {first: ends, second: ends}),
        *(_renamed_at(city[kind], [first, second], new_id) for kind in AT_STREETS if kind in city),
    )


def _row(streets: Streets, street: str) -> int:
    if street not in streets.row_of:
        raise InputError(Text(f"没有路段“{street}”", f"there is no street {street!r}"))
    return streets.row_of[street]


def _cut(line: F64, at_m: float, street: str) -> tuple[F64, F64, float]:
    """Return both parts of a line, and the first one's share of its length."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    if not 0 < at_m < along[-1]:
        zh = f"路段“{street}”长 {along[-1]:.1f} m，不能在 {at_m:g} m 处分割；应在两端之间"
        raise InputError(
            Text(zh, f"street {street!r} is {along[-1]:.1f} m long and cannot be cut at {at_m:g} m; cut between its ends")
        )
    point = np.array([[np.interp(at_m, along, line[:, 0]), np.interp(at_m, along, line[:, 1])]])
    before, after = line[along < at_m], line[along > at_m]
    return np.vstack([before, point]), np.vstack([point, after]), float(at_m / along[-1])


def _turned(oneway: Oneway, forward: bool) -> Oneway:
    if forward or oneway not in {Oneway.FORWARD, Oneway.BACKWARD}:
        return oneway
    return Oneway.BACKWARD if oneway is Oneway.FORWARD else Oneway.FORWARD


def _other_end(streets: Streets, row: int, junction: str) -> str:
    start, end = str(streets.from_junction[row]), str(streets.to_junction[row])
    return end if start == junction else start


def _shared_junction(streets: Streets, a: int, b: int) -> str:
    """Return the junction where two streets meet and no other does."""
    ends = [{str(streets.from_junction[r]), str(streets.to_junction[r])} for r in (a, b)]
    for junction in sorted(ends[0] & ends[1]):
        if np.sum(streets.from_junction == junction) + np.sum(streets.to_junction == junction) == 2:
            return junction
    names = f"{streets.ids[a]}, {streets.ids[b]}"
    zh = f"路段 {names} 没有只属于这两段的共同路口，不能合并"
    raise InputError(Text(zh, f"streets {names} share no junction of theirs alone and cannot be merged"))


def _turns_renamed(turns: Turns, names: dict[str, dict[str, str]]) -> Turns:
    """Return the restrictions with old streets replaced by the one that touches the junction in question."""

    def renamed(column: NDArray[np.str_]) -> NDArray[np.str_]:
        pairs = zip(column.tolist(), turns.via_junction.tolist(), strict=True)
        return np.array([names.get(street, {}).get(via, street) for street, via in pairs])

    return (
        replace(turns, from_street=renamed(turns.from_street), to_street=renamed(turns.to_street)) if len(turns) else turns
    )


def _renamed_at(layer: AtStreets, old: list[str], new_id: str) -> AtStreets:
    """Return what lies at streets with the new one's id in place of the old ones'."""
    return replace(layer, street=np.where(np.isin(layer.street, old), new_id, layer.street))


def _cut_at(layer: AtStreets, street: str, parts: tuple[tuple[str, str], F64, F64]) -> AtStreets:
    """Return what lies at streets, that of a street which was cut at the nearer part."""
    import shapely

    on_it = layer.street == street
    if not on_it.any():
        return layer
    ids, *lines = parts
    points = shapely.centroid(layer.geometry.shapely[on_it])
    away = [shapely.distance(points, shapely.linestrings(line)) for line in lines]
    nearer = np.where(away[0] <= away[1], ids[0], ids[1])
    street_of = layer.street.astype(f"U{max(map(len, [*ids, *layer.street.tolist()]))}")
    street_of[on_it] = nearer
    return replace(layer, street=street_of)
