"""Where vehicles stand and unload: places from the parameters, else the city, else by rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from layers.city import City
from layers.errors import InputError, ParameterError
from layers.kinds.facilities import Depots, Plants, StationState, TransferStations
from layers.kinds.streets import Streets
from layers.layer import F64
from layers.network import Network, snap
from layers.projection import project, unproject
from layers.text import Text
from optimizer.plan import Assumed
from optimizer.scenario import Lock


@dataclass(frozen=True, slots=True)
class Place:
    """Hold one depot, station, dump or water point.

    Parameters
    ----------
    id
        As routes name it.
    x_m, y_m
        In the city's projection.
    """

    id: str
    x_m: float
    y_m: float


def closed_in(locks: tuple[Lock, ...]) -> set[str]:
    """Return the places that locks keep closed."""
    return {lock.item for lock in locks if lock.state == "closed"}


def depots_of(
    city: City, text: str, closed: set[str], network: Callable[[], Network]
) -> tuple[tuple[Place, ...], tuple[Assumed, ...]]:
    """Return the depots of a parameter's text, else of the city, else one at the network's centre, told as assumed."""
    depots = typed(text, "depot", city.epsg) or layered(city, (Depots,), closed)
    if depots:
        return depots, ()
    depots = (at_centre(city, network()),)
    return depots, (Assumed(_DEPOT, 1, placed_by(_DEPOT_RULE, depots[0], city.epsg)),)


_DEPOT = Text("停车场", "depot")
_DEPOT_RULE = Text("路网长度加权中心最近的道路上", "on the street nearest to the network's length-weighted centre")


def placed_by(rule: Text, place: Place, epsg: int) -> Text:
    """Return a rule with the place that it gave, in longitude and latitude."""
    lon, lat = unproject(np.array([[place.x_m, place.y_m]]), epsg)[0]
    return Text(f"{rule.zh}（{lon:.6f},{lat:.6f}）", f"{rule.en} ({lon:.6f},{lat:.6f})")


def typed(text: str, name: str, epsg: int) -> tuple[Place, ...]:
    """Return the places that a parameter names as ``LON,LAT;LON,LAT``; none where it is empty.

    Raises
    ------
    ParameterError
        Where a part is no longitude and latitude.
    """
    found = []
    parts = [p for p in text.replace("；", ";").replace("，", ",").split(";") if p.strip()]
    for n, part in enumerate(parts, start=1):
        try:
            lon, lat = (float(x) for x in part.split(","))
        except ValueError:
            lon = lat = float("nan")
        if not (abs(lon) <= 180 and abs(lat) <= 90):
            zh = f"参数 {name} 的“{part}”无法识别；应为 经度,纬度，如 118.78,32.04"
            raise ParameterError(
                Text(zh, f"parameter {name!r}: {part!r} is no place; expected LON,LAT such as 118.78,32.04")
            )
        x_m, y_m = project(np.array([[lon, lat]]), epsg)[0]
        found.append(Place(f"{name}{n}", float(x_m), float(y_m)))
    return tuple(found)


def layered(
    city: City, kinds: tuple[type[Depots] | type[TransferStations] | type[Plants], ...], closed: set[str]
) -> tuple[Place, ...]:
    """Return the places of layers that are neither locked nor to be closed."""
    found = []
    for kind in kinds:
        layer = city[kind]
        gone = (
            layer.state == StationState.TO_CLOSE if isinstance(layer, TransferStations) else np.zeros(len(layer), dtype=bool)
        )
        for item, (x_m, y_m), no in zip(layer.ids.tolist(), layer.geometry.coords.tolist(), gone.tolist(), strict=True):
            if not no and item not in closed:
                found.append(Place(item, x_m, y_m))
    return tuple(found)


def at_centre(city: City, network: Network) -> Place:
    """Return the point on a street that is nearest to the length-weighted centre of the network."""
    weights = network.arc_length_m
    ends = (network.node_xy_m[network.arc_tail] + network.node_xy_m[network.arc_head]) / 2
    centre = (ends * weights[:, None]).sum(axis=0) / weights.sum()
    on = snap(network, city[Streets], centre[None, :]).xy_m[0]
    return Place("depot-assumed", float(on[0]), float(on[1]))


def xy_of(places: tuple[Place, ...]) -> F64:
    """Return the positions of places, shape (n, 2), metres."""
    return np.array([(p.x_m, p.y_m) for p in places], dtype=np.float64).reshape(-1, 2)


def refuse_far(places: tuple[Place, ...], distance_m: F64, most_m: float, what: Text) -> None:
    """Refuse places that lie too far from every street, such as a depot in the river.

    Parameters
    ----------
    distance_m
        From each place to the nearest street that any of the vehicles may use, shape (n,).
    most_m
        Farthest that they may lie.

    Raises
    ------
    InputError
        With the place and its distance.
    """
    far = np.flatnonzero(distance_m > most_m)
    if len(far) == 0:
        return
    place, metres = places[far[0]], distance_m[far[0]]
    raise InputError(
        Text(
            f"{what.zh}“{place.id}”距最近可通行道路 {metres:.0f} m，超过 {most_m:.0f} m；请移动它，或调大 snap_m",
            f"{what.en} {place.id!r} lies {metres:.0f} m from the nearest street that its vehicles may use, farther than"
            f" {most_m:.0f} m; move it or raise snap_m",
        )
    )
