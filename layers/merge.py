"""Put layers and cities together: rows appended, objects with the same id replaced, coordinates in one projection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np

from layers.city import City, Note, Reference
from layers.geometry import Geometry
from layers.layer import FIRST_RULE, AnyArray, Layer, Origin
from layers.projection import transform
from layers.text import Text

L = TypeVar("L", bound=Layer)


def reproject(city: City, epsg: int) -> City:
    """Return the city in another metric projection; lengths and areas stay as they were given or measured."""
    if epsg == city.epsg:
        return city
    layers = {k: replace(v, geometry=_moved(v.geometry, city.epsg, epsg)) for k, v in city.layers.items()}
    references = tuple(replace(r, geometry=_moved(r.geometry, city.epsg, epsg)) for r in city.references)
    return replace(city, epsg=epsg, layers=layers, references=references)


def _moved(geometry: Geometry, source: int, target: int) -> Geometry:
    return Geometry(geometry.shape, transform(geometry.coords, source, target), geometry.offsets)


def append(base: L, more: L) -> L:
    """Return a layer with the objects of both; an object of `more` takes the place of one with the same id.

    Parameters
    ----------
    base, more
        Of the same kind and projection.
    """
    base = base.take(~np.isin(base.ids, more.ids))
    rules = tuple(dict.fromkeys((*base.rules, *more.rules)))
    columns: dict[str, Any] = {
        c.name: np.concatenate([getattr(base, c.name), getattr(more, c.name)]) for c in base.columns()
    }
    origin = {c.name: np.concatenate([_recoded(layer, c.name, rules) for layer in (base, more)]) for c in base.columns()}
    merged: dict[str, Any] = {
        "ids": np.concatenate([base.ids, more.ids]),
        "geometry": joined(base.geometry, more.geometry),
        "origin": origin,
        "rules": rules,
        "extra": _extras(base, more),
    }
    return replace(base, **merged, **columns)


def _recoded(layer: Layer, column: str, rules: tuple[str, ...]) -> Origin:
    """Return a column's origins with the rules' numbers as in a longer list of rules."""
    codes = np.arange(256, dtype=np.uint8)
    for i, rule in enumerate(layer.rules):
        codes[FIRST_RULE + i] = FIRST_RULE + rules.index(rule)
    recoded: Origin = codes[layer.origins(column)]
    return recoded


def _extras(base: Layer, more: Layer) -> dict[str, AnyArray]:
    names = dict.fromkeys((*base.extra, *more.extra))
    return {name: _extra(name, base, more) for name in names}


def _extra(name: str, base: Layer, more: Layer) -> AnyArray:
    parts = [layer.extra.get(name) for layer in (base, more)]
    kinds = {part.dtype.kind for part in parts if part is not None and len(part)}
    if len(kinds) == 1 and None not in parts:
        return np.concatenate([part for part in parts if part is not None])
    # one side lacks the column, or has it as another type: text holds both
    texts = [
        np.zeros(len(layer), dtype="U1") if part is None else part.astype(str)
        for part, layer in zip(parts, (base, more), strict=True)
    ]
    return np.concatenate(texts)


def joined(first: Geometry, second: Geometry) -> Geometry:
    """Return the rows of two geometries of one shape, one after the other."""
    offsets = tuple(np.concatenate([a, b[1:] + a[-1]]) for a, b in zip(first.offsets, second.offsets, strict=True))
    n_first = first.offsets[0][-1] if first.offsets else len(first.coords)
    n_second = second.offsets[0][-1] if second.offsets else len(second.coords)
    return Geometry(first.shape, np.concatenate([first.coords[:n_first], second.coords[:n_second]]), offsets)


def merge(cities: Sequence[City], name: str | None = None) -> City:
    """Return one city of several, in the projection of the first.

    Parameters
    ----------
    cities
        At least one. An object of a later city replaces one of the same kind and id, and this is noted.
    name
        Name of the whole; the first city's where none is given.
    """
    whole = cities[0]
    for city in cities[1:]:
        more = reproject(city, whole.epsg)
        for layer in more.layers.values():
            whole = add_layer(whole, layer)
        for reference in more.references:
            whole = add_reference(whole, reference)
        whole = whole.with_notes(*more.notes)
    return replace(whole, name=name or whole.name)


def add_layer(city: City, layer: Layer) -> City:
    """Return the city with the objects of a layer added to those of its kind."""
    present = city.layers.get(layer.KIND)
    if present is None or not len(present):
        return city.with_layers(layer)
    n_replaced = int(np.isin(present.ids, layer.ids).sum())
    grown = city.with_layers(append(present, layer))
    if not n_replaced:
        return grown
    text = Text(
        f"编号相同的对象以后来的为准：{n_replaced} 个", f"objects replaced by later ones of the same id: {n_replaced}"
    )
    return grown.with_notes(Note("repaired", layer.KIND, text, n_replaced))


def add_reference(city: City, reference: Reference) -> City:
    """Return the city with a free layer more; its name gets a number where there is one of that name already."""
    taken = {r.name for r in city.references}
    names = (reference.name if n == 1 else f"{reference.name} ({n})" for n in range(1, len(taken) + 2))
    name = next(n for n in names if n not in taken)
    return replace(city, references=(*city.references, replace(reference, name=name)))
