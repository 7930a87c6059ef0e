"""What each vehicle type can drive in each group of shifts."""

from __future__ import annotations

import numpy as np

from layers.city import City
from layers.errors import NetworkError
from layers.kinds.streets import Streets
from layers.layer import Rows
from layers.network import Network, build
from optimizer.planners.sweeping.day.fleet import ShiftGroup, mover_of
from optimizer.planners.sweeping.day.kerbs import Passes
from resources.inventory import VehicleType

Networks = tuple[tuple[Network | None, ...], ...]


def networks_of(city: City, streets: Streets, vehicles: tuple[VehicleType, ...], groups: tuple[ShiftGroup, ...]) -> Networks:
    """Return each type's network in each shift group; None where it can drive no street.

    Raises
    ------
    NetworkError
        Where no type can drive any street; what is said of the last one.
    """
    table: list[tuple[Network | None, ...]] = []
    refused: NetworkError | None = None
    for vehicle in vehicles:
        row: list[Network | None] = []
        for group in groups:
            try:
                row.append(build(group.open_city(city, streets), mover_of(vehicle)))
            except NetworkError as error:
                refused = error
                row.append(None)
        table.append(tuple(row))
    if refused is not None and not any(row_has(row) for row in table):
        raise refused
    return tuple(table)


def row_has(row: tuple[Network | None, ...]) -> bool:
    """Return whether a type has a network in any shift group."""
    return any(network is not None for network in row)


def first_network(networks: Networks) -> Network:
    """Return the network of the first type that has one, in the first shifts in which it has."""
    return next(network for row in networks for network in row if network is not None)


def reach_of(network: Network, streets: Streets) -> Rows:
    """Return the arc of each street against and along its line, shape (n_streets, 2); -1 where there is none."""
    table = np.full((len(streets), 2), -1, dtype=np.int64)
    table[network.arc_street, network.arc_forward.astype(np.int64)] = np.arange(network.n_arcs)
    return table


def arcs_along(reach: Rows, passes: Passes, rows: Rows) -> Rows:
    """Return the arcs of some passes in their own direction and, where either will do, in the other, shape (n, 2); else -1.

    Parameters
    ----------
    reach
        As `reach_of` returns it.
    """
    street, forward = passes.street[rows], passes.forward[rows].astype(np.int64)
    other = np.where(passes.reversible[rows], reach[street, 1 - forward], -1)
    return np.column_stack([reach[street, forward], other])
