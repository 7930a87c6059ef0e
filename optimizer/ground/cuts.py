"""Which parts of the day's passes a figure is measured over: the city, a district, or what a document's target names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from layers.city import City
from layers.kinds.places import DistrictRing, Districts
from layers.kinds.streets import RoadClass, Streets
from layers.layer import Bool, Str

_FLAGS = ("wash", "lit", "key_area")


def district_names(city: City, streets: Streets) -> Str:
    """Return the name of each street's district, shape (n_streets,); empty where none is known.

    Ledgers write a district's name, readers its id: both are understood.
    """
    districts = city[Districts]
    name_of = {i: n or i for i, n in zip(districts.ids.tolist(), districts.name.tolist(), strict=True)}
    return np.array([name_of.get(d, d) for d in streets.district.tolist()], dtype=str)


def in_ring(city: City, streets: Streets, ring: DistrictRing) -> Bool:
    """Return which streets lie in districts of a ring, shape (n_streets,)."""
    districts = city[Districts]
    inside = districts.ring == ring
    names = [*districts.ids[inside].tolist(), *districts.name[inside].tolist()]
    return np.isin(streets.district, [n for n in names if n])


def streets_where(city: City, streets: Streets, where: Mapping[str, str | Sequence[str]]) -> Bool | None:
    """Return which streets a target's scope names, shape (n_streets,); None where the city's data cannot tell.

    ``city`` and ``built_up`` are all streets that are cleaned: ledgers hold the streets of the built-up area.
    """
    mask = np.ones(len(streets), dtype=bool)
    area = where.get("area", "city")
    if area == "key":
        mask &= streets.key_area
    elif area in ("central", "outer"):
        if not len(city[Districts]):
            return None
        mask &= in_ring(city, streets, DistrictRing.CENTRAL if area == "central" else DistrictRing.OUTER)
    elif area not in ("city", "built_up"):
        return None
    classes = where.get("road_class", ())
    if classes:
        wanted = [RoadClass[c.upper()] for c in ([classes] if isinstance(classes, str) else classes)]
        mask &= np.isin(streets.road_class, wanted)
    flag = where.get("street_flag", "")
    if flag:
        if flag not in _FLAGS:
            return None
        mask &= getattr(streets, str(flag))
    return mask
