"""What each vehicle type finds in each group of shifts: its network, and where depots, dumps and water points meet it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.kinds.streets import Streets
from layers.layer import F64, Rows
from layers.network import Network, Router, snap
from layers.text import Text
from optimizer.engines.arc_routing.problem import Network as Arcs
from optimizer.ground.networks import Networks, reach_of
from optimizer.ground.places import Place, refuse_far, xy_of
from optimizer.plan import Assumed
from optimizer.planners.sweeping.day.fleet import sprays
from optimizer.planners.sweeping.day.places import Places
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.search.units import Stand, engine_network, place_nodes
from optimizer.planners.sweeping.search.weights import Weights
from resources.inventory import VehicleType

# A place this near to an arc's start lies at its start.
AT_START_M = 0.5
_DEPOTS = Text("停车场", "depot")
_DUMPS = Text("卸料点", "dump")
_WATER = Text("取水点", "water point")
_DUMPS_ASIDE = Text("未用卸料点", "dumps not used")
_NO_WATER = Text("无法加水的车型", "types that cannot take water")
_WATER_ASIDE = Text("未用取水点", "water points not used")


@dataclass(frozen=True, eq=False)
class Ground:
    """Hold one vehicle type's view in one shift group.

    Parameters
    ----------
    network, router
        What it can drive, and its cheapest ways there.
    weights
        What driving costs.
    arcs
        The same in the engine's whole numbers.
    depots, dumps, water
        Where places meet it; those farther than the parameter allows are not among them.
    reach
        Shape (n_streets, 2): arc of each street against (0) and along (1) its drawn line; -1 where there is none.
    names
        Of the network's arcs, as `Leg.path` writes them.
    """

    network: Network
    router: Router
    weights: Weights
    arcs: Arcs
    depots: Stand
    dumps: Stand
    water: Stand
    reach: Rows
    names: tuple[str, ...]


Grounds = tuple[tuple[Ground | None, ...], ...]


def grounds_of(
    networks: Networks, streets: Streets, places: Places, params: SweepingParams, weights: tuple[Weights, ...]
) -> tuple[Grounds, tuple[Assumed, ...]]:
    """Return all grounds, and which dumps and water points of the layers are not used.

    Parameters
    ----------
    weights
        Of each vehicle type, in the order of the networks.

    Raises
    ------
    InputError
        Where a depot lies too far from every street that its vehicles may use, or no dump or no water point lies near one,
        or a place that a parameter names lies too far.
    """
    every = (*places.depots, *places.dumps, *places.water)
    ends = np.cumsum([len(places.depots), len(places.dumps), len(places.water)])
    nearest_m = np.full(len(every), np.inf)
    grounds = []
    for row, weight in zip(networks, weights, strict=True):
        line: list[Ground | None] = []
        for network in row:
            if network is None:
                line.append(None)
                continue
            snaps = snap(network, streets, xy_of(every))
            nearest_m = np.minimum(nearest_m, snaps.distance_m)
            share = shared_positions(snaps.arc, snaps.share(network))
            share[share * network.arc_length_m[snaps.arc] < AT_START_M] = 0.0
            node = place_nodes(network, snaps.arc, share)
            near = snaps.distance_m <= params.snap_m
            depots, dumps, water = (
                Stand(every, snaps.arc, share, node).take(part[near[part]])
                for part in np.split(np.arange(len(every)), ends[:2])
            )
            line.append(
                Ground(
                    network,
                    Router(weight.priced(network)),
                    weight,
                    engine_network(network, snaps.arc, share, weight),
                    depots,
                    dumps,
                    water,
                    reach_of(network, streets),
                    arc_names(network, streets),
                )
            )
        grounds.append(tuple(line))
    of_depots_m, of_dumps_m, of_water_m = np.split(nearest_m, ends[:2])
    refuse_far(places.depots, of_depots_m, params.snap_m, _DEPOTS)
    for named, found, distance_m, what in (
        (params.dump, places.dumps, of_dumps_m, _DUMPS),
        (params.water_point, places.water, of_water_m, _WATER),
    ):
        if named or bool((distance_m > params.snap_m).all()):
            refuse_far(found, distance_m, params.snap_m, what)
    aside = (
        *left_aside(places.dumps, of_dumps_m, params, _DUMPS_ASIDE),
        *left_aside(places.water, of_water_m, params, _WATER_ASIDE),
    )
    return tuple(grounds), aside


def without_water(vehicles: tuple[VehicleType, ...], grounds: Grounds, places: Places) -> tuple[Assumed, ...]:
    """Say which types spray off a tank that they cannot fill: no water point lies near the streets that they may drive."""
    if not places.water:
        return ()
    dry = [
        vehicle.label
        for vehicle, row in zip(vehicles, grounds, strict=True)
        if sprays(vehicle) and any(ground is not None and not len(ground.water.arc) for ground in row)
    ]
    if not dry:
        return ()
    zh, en = "、".join(label.zh for label in dry), ", ".join(label.en for label in dry)
    rule = Text(f"{zh}可通行道路附近无取水点，每班只有一箱水", f"no water point near the streets of {en}: one tank a shift")
    return (Assumed(_NO_WATER, len(dry), rule),)


def shared_positions(arc: Rows, share: F64) -> F64:
    """Return positions along arcs, those on one arc made equal to the first of them."""
    _, first, inverse = np.unique(arc, return_index=True, return_inverse=True)
    return share[first[inverse]]


def arc_names(network: Network, streets: Streets) -> tuple[str, ...]:
    """Return each arc as `Leg.path` writes it: the street's id, a ``-`` in front where it is driven against its line."""
    ids = streets.ids[network.arc_street].tolist()
    return tuple(i if forward else f"-{i}" for i, forward in zip(ids, network.arc_forward.tolist(), strict=True))


def left_aside(places: tuple[Place, ...], nearest_m: F64, params: SweepingParams, what: Text) -> tuple[Assumed, ...]:
    """Say which places of the layers are too far from the streets to be used.

    Parameters
    ----------
    nearest_m
        From each to the nearest street, shape (n,).
    """
    far = [place.id for place, metres in zip(places, nearest_m.tolist(), strict=True) if metres > params.snap_m]
    if not far:
        return ()
    names = ", ".join(far[:5]) + ("…" if len(far) > 5 else "")
    rule = Text(
        f"距可通行道路超过 {params.snap_m:.0f} m，不使用：{names}",
        f"farther than {params.snap_m:.0f} m from any street, not used: {names}",
    )
    return (Assumed(what, len(far), rule),)
