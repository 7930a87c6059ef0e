"""Land that is drawn by hand as a candidate for a station or a toilet."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from layers.city import City
from layers.districts import with_districts
from layers.errors import InputError
from layers.geometry import Geometry
from layers.kinds.facilities import CandidateSites
from layers.kinds.places import Districts
from layers.text import Text

_ID = "drawn-"
LEAST_M2 = 1.0


def with_drawn_site(city: City, corners: Sequence[tuple[float, float]], name: str) -> tuple[City, str]:
    """Return the city with one more candidate site, and its id: land is measured, its district is the one that holds it.

    Parameters
    ----------
    corners
        Of its outline in order, metres.
    name
        As shown; a number is put behind it that no other site of that name has.

    Raises
    ------
    InputError
        Where the outline crosses itself, or holds less or more land than a site can have.
    """
    import shapely

    from layers.merge import append  # loads pyproj, which the window does without at its start

    shape = shapely.Polygon(corners) if len(set(corners)) > 2 else shapely.Polygon()
    _refuse(shape.is_valid, float(shape.area))
    sites = city[CandidateSites]
    n = 1 + max((int(k.removeprefix(_ID)) for k in sites.ids.tolist() if is_drawn(k)), default=0)
    drawn = CandidateSites(
        ids=np.array([f"{_ID}{n}"]),
        geometry=Geometry.from_shapely(CandidateSites.SHAPE, [shape]),
        name=np.array([f"{name} {n}"]),
        land_m2=np.array([shape.area]),
    )
    return city.with_layers(append(sites, with_districts(drawn, city[Districts]))), f"{_ID}{n}"


def without_site(city: City, item: str) -> City:
    """Return the city without one of its candidate sites."""
    sites = city[CandidateSites]
    return city.with_layers(sites.take(sites.ids != item))


def is_drawn(key: str) -> bool:
    """Return whether a candidate site with this id was drawn by hand."""
    return key.startswith(_ID) and key.removeprefix(_ID).isdecimal()


def _refuse(is_simple: bool, land_m2: float) -> None:
    if not is_simple:
        zh = "所画边界自相交；请沿用地边界依次点击各角点"
        raise InputError(Text(zh, "the outline crosses itself; click the corners in order along the edge of the land"))
    most_m2 = CandidateSites.column("land_m2").high or math.inf
    if not LEAST_M2 <= land_m2 <= most_m2:
        raise InputError(
            Text(
                f"所画用地面积 {land_m2:,.0f} m²；应为 {LEAST_M2:g} 至 {most_m2:,.0f} m²，请重画",
                f"the land drawn has {land_m2:,.0f} m²; expected {LEAST_M2:g} to {most_m2:,.0f} m², draw it again",
            )
        )
