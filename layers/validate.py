"""Validate a city: all faults of all layers and between layers, at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from layers.city import City
from layers.districts import known_districts
from layers.errors import InputError
from layers.hours import parse_periods
from layers.kinds import AT_STREETS
from layers.kinds.junctions import Junctions, Turns
from layers.kinds.places import Districts
from layers.kinds.streets import Streets
from layers.layer import AnyArray, Bool, Fault, Layer, Str
from layers.text import Text

# How far a street's end may lie from the junction that it names: what a re-projection can shift.
MAX_GAP_M = 0.5


def validate(city: City) -> tuple[Fault, ...]:
    """Return everything that is wrong with a city: each layer by itself, then what layers say of one another.

    Parameters
    ----------
    city
        As read; nothing is raised.

    Returns
    -------
    tuple[Fault, ...]
        One fault a kind and column, with the first offender's id and how many there are; empty for a sound city.
    """
    found = list(city.faults())
    for check in _CHECKS:
        found += check(city)
    return tuple(found)


def _streets_there(city: City) -> Iterator[Fault]:
    if Streets not in city:
        yield Fault("no_streets", "streets", "", Text("城市没有道路", "the city has no streets"))


def _ends(city: City) -> Iterator[Fault]:
    streets, junctions = city[Streets], city[Junctions]
    for name in ("from_junction", "to_junction"):
        yield from _unknown(streets, name, junctions)


def _far_ends(city: City) -> Iterator[Fault]:
    """Yield where a line does not end at its junction: the map and the network would be of two minds."""
    streets, junctions = city[Streets], city[Junctions]
    if not len(streets) or not len(junctions):
        return
    starts, ends = streets.geometry.offsets[0][:-1], streets.geometry.offsets[0][1:] - 1
    for name, at in (("from_junction", starts), ("to_junction", ends)):
        rows = np.array([junctions.row_of.get(str(key), -1) for key in getattr(streets, name)])
        usable = (rows >= 0) & (ends >= starts)
        gap_m = np.zeros(len(streets))
        ahead = streets.geometry.coords[at[usable]] - junctions.geometry.coords[rows[usable]]
        gap_m[usable] = np.hypot(ahead[:, 0], ahead[:, 1])
        bad = np.flatnonzero(gap_m > MAX_GAP_M)
        if len(bad):
            item, gap = str(streets.ids[bad[0]]), gap_m[bad[0]]
            text = Text(
                f"道路“{item}”的端点离所写路口 {gap:.1f} m；应在 {MAX_GAP_M} m 以内",
                f"street {item!r} ends {gap:.1f} m from the junction it names; expected within {MAX_GAP_M} m",
            )
            yield Fault("end_off_junction", f"streets.{name}", item, text, len(bad))


def _turns(city: City) -> Iterator[Fault]:
    turns = city[Turns]
    yield from _unknown(turns, "from_street", city[Streets])
    yield from _unknown(turns, "via_junction", city[Junctions])
    yield from _unknown(turns, "to_street", city[Streets])


def _turns_meet(city: City) -> Iterator[Fault]:
    """Yield the turns of which a street does not touch the junction."""
    turns, streets = city[Turns], city[Streets]
    if not len(turns):
        return
    bad = []
    for row, via in enumerate(turns.via_junction.tolist()):
        for key in (str(turns.from_street[row]), str(turns.to_street[row])):
            street = streets.row_of.get(key)
            if street is not None and via not in {streets.from_junction[street], streets.to_junction[street]}:
                bad.append(row)
                break
    if bad:
        item = str(turns.ids[bad[0]])
        text = Text(
            f"转向限制“{item}”的路段不与所写路口“{turns.via_junction[bad[0]]}”相接",
            f"turn {item!r} names a street that does not touch its junction {str(turns.via_junction[bad[0]])!r}",
        )
        yield Fault("turn_apart", "turns.via_junction", item, text, len(bad))


def _at_streets(city: City) -> Iterator[Fault]:
    for kind in AT_STREETS:
        yield from _unknown(city[kind], "street", city[Streets])


def _known_districts(city: City) -> Iterator[Fault]:
    districts = city[Districts]
    for layer in city.layers.values():
        if any(c.name == "district" for c in layer.columns()):
            yield from _unknown(layer, "district", districts, known_districts(districts))


def _unknown(layer: Layer, column: str, target: Layer, names: Str | None = None) -> Iterator[Fault]:
    """Yield a fault where a column names objects that another layer lacks; a blank names nothing."""
    values: AnyArray = getattr(layer, column)
    bad: Bool = (values != "") & ~np.isin(values, target.ids if names is None else names)
    rows = np.flatnonzero(bad)
    if len(rows) == 0:
        return
    item, value, col = str(layer.ids[rows[0]]), str(values[rows[0]]), layer.column(column)
    zh = f"{layer.LABEL.zh}“{item}”的{col.label.zh}为“{value}”；{target.LABEL.zh}图层中没有"
    en = f"{layer.KIND}.{column} of {item!r} is {value!r}; there is none such in {target.KIND}"
    yield Fault("unknown_reference", f"{layer.KIND}.{column}", item, Text(zh, en), len(rows))


def _periods(city: City) -> Iterator[Fault]:
    for layer in city.layers.values():
        for column in layer.columns():
            if not column.name.endswith("_periods"):
                continue
            values = getattr(layer, column.name)
            bad = {text: error for text in np.unique(values).tolist() if (error := _unreadable(text)) is not None}
            rows = np.flatnonzero(np.isin(values, np.array(list(bad), dtype=str)))
            if len(rows):
                item, error = str(layer.ids[rows[0]]), bad[str(values[rows[0]])]
                zh = f"{layer.LABEL.zh}“{item}”的{column.label.zh}：{error.text.zh}"
                en = f"{layer.KIND}.{column.name} of {item!r}: {error.text.en}"
                yield Fault("unreadable_periods", f"{layer.KIND}.{column.name}", item, Text(zh, en), len(rows))


def _unreadable(text: str) -> InputError | None:
    try:
        parse_periods(text)
    except InputError as error:
        return error
    return None


_CHECKS: tuple[Callable[[City], Iterator[Fault]], ...] = (
    _streets_there, _ends, _far_ends, _turns, _turns_meet, _at_streets, _known_districts, _periods,
)  # fmt: skip
