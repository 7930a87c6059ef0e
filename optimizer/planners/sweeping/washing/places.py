"""Where washers stand and where they are filled: from the parameters, else the city's layers, else by a stated rule."""

from __future__ import annotations

from collections.abc import Callable

from layers.city import City
from layers.network import Network
from optimizer.ground.places import closed_in, depots_of
from optimizer.planners.sweeping.day.places import Places
from optimizer.planners.sweeping.day.water import water_of
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.scenario import Lock
from resources.inventory import Shift


def washing_places(
    city: City, params: SweepingParams, locks: tuple[Lock, ...], shift: Shift, network: Callable[[], Network]
) -> Places:
    """Return depots, and water points in the place of dumps.

    Parameters
    ----------
    locks
        A place whose lock says ``closed`` is not used.
    shift
        A water point that is not open all through it is not used.
    network
        Gives the network that the rule for a depot needs; called only where it does.
    """
    closed = closed_in(locks)
    depots, assumed = depots_of(city, params.depot, closed, network)
    water, told = water_of(city, params, (shift,), closed, depots)
    return Places(depots, water, (*assumed, *told))
