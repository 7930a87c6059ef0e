"""Mend what can be mended without asking: values out of bounds, references to nothing, blanks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from layers.assume import assume_city
from layers.city import City, Note
from layers.districts import known_districts
from layers.kinds import AT_STREETS
from layers.kinds.junctions import Junctions, Turns
from layers.kinds.places import Districts
from layers.kinds.streets import Streets
from layers.layer import REFUSED, Bool, Layer, Str
from layers.text import Text


def mend(city: City) -> City:
    """Return the city with its faults mended as far as that needs no knowledge of the place; each step leaves a note.

    Values out of bounds are refused, references to districts and streets that are not there are blanked, turns without
    their streets are taken out, and blanks are then assumed by rule. A street whose end names no junction stays a fault.
    """
    for layer in city.layers.values():
        city = _bounded(city, layer)
    city = _sound_turns(city)
    for kind in AT_STREETS:
        city = _blanked(city, city.layers.get(kind.KIND), "street", city[Streets].ids)
    for layer in city.layers.values():
        if any(c.name == "district" for c in layer.columns()):
            city = _blanked(city, layer, "district", known_districts(city[Districts]))
    return assume_city(city)


def _bounded(city: City, layer: Layer) -> City:
    kept, refused = layer.refuse_out_of_bounds()
    notes = [Note("refused", fault.where, fault.text) for fault in refused]
    return city.with_layers(kept).with_notes(*notes) if refused else city


def _sound_turns(city: City) -> City:
    turns, streets = city[Turns], city[Streets]
    if not len(turns):
        return city
    sound: Bool = np.isin(turns.from_street, streets.ids) & np.isin(turns.to_street, streets.ids)
    sound &= np.isin(turns.via_junction, city[Junctions].ids)
    for row in np.flatnonzero(sound):
        via = turns.via_junction[row]
        for key in (turns.from_street[row], turns.to_street[row]):
            street = streets.row_of[str(key)]
            sound[row] &= via in (streets.from_junction[street], streets.to_junction[street])
    n_gone = int((~sound).sum())
    if not n_gone:
        return city
    text = Text(
        f"所指道路或路口不存在的转向限制已移除：{n_gone} 个",
        f"turns between streets that are not there, taken out: {n_gone}",
    )
    return city.with_layers(turns.take(sound)).with_notes(Note("repaired", "turns", text, n_gone))


def _blanked(city: City, layer: Layer | None, column: str, known: Str) -> City:
    if layer is None:
        return city
    values = layer.arrays()[column]
    bad = (values != "") & ~np.isin(values, known)
    if not bad.any():
        return city
    origin = layer.origins(column).copy()
    origin[bad] = REFUSED
    changes: dict[str, Any] = {"origin": {**layer.origin, column: origin}, column: np.where(bad, "", values)}
    n_bad = int(bad.sum())
    text = Text(f"指向不存在的对象，已清空：{n_bad} 个", f"references to nothing, blanked: {n_bad}")
    return city.with_layers(replace(layer, **changes)).with_notes(Note("refused", f"{layer.KIND}.{column}", text, n_bad))
