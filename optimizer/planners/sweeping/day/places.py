"""Where sweepers stand, unload and take water; depots and dumps: from the parameters, else the city, else by rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from layers.city import City
from layers.kinds.facilities import Plants, TransferStations
from layers.network import Network
from layers.text import Text
from optimizer.ground.places import Place, closed_in, depots_of, layered, placed_by, typed
from optimizer.plan import Assumed
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.scenario import Lock

_DUMP = Text("卸料点", "dump")
_DUMP_RULE = Text("第一个停车场处", "at the first depot")


@dataclass(frozen=True)
class Places:
    """Hold depots, dumps and water points, and what of them nobody gave."""

    depots: tuple[Place, ...]
    dumps: tuple[Place, ...]
    assumed: tuple[Assumed, ...] = ()
    water: tuple[Place, ...] = ()


def places_of(city: City, params: SweepingParams, locks: tuple[Lock, ...], network: Callable[[], Network]) -> Places:
    """Return the depots and dumps of a scenario.

    Parameters, then layers, then the rule: a depot on the street nearest to the length-weighted centre of the network, and
    a dump at the first depot.

    Parameters
    ----------
    locks
        A place whose lock says ``closed`` is not used.
    network
        Gives the network that the rule needs; called only where it does.
    """
    closed = closed_in(locks)
    depots, assumed = depots_of(city, params.depot, closed, network)
    dumps = typed(params.dump, "dump", city.epsg) or layered(city, (TransferStations, Plants), closed)
    if not dumps:
        dumps = (Place("dump-assumed", depots[0].x_m, depots[0].y_m),)
        assumed = (*assumed, Assumed(_DUMP, 1, placed_by(_DUMP_RULE, dumps[0], city.epsg)))
    return Places(depots, dumps, assumed)
