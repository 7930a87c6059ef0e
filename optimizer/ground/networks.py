"""What each vehicle type can drive in each group of shifts."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from layers.city import City
from layers.errors import NetworkError
from layers.kinds.streets import Streets
from layers.layer import Bool, Rows
from layers.network import Network, build
from optimizer.ground.fleet import banned_in, mover_of
from resources.inventory import Shift, VehicleType


@dataclass(frozen=True, eq=False)
class ShiftGroup:
    """Hold shifts in which the same streets are closed to sanitation vehicles.

    Parameters
    ----------
    shifts
        In their order.
    banned
        Shape (n_streets,).
    """

    shifts: tuple[Shift, ...]
    banned: Bool

    def open_city(self, city: City, streets: Streets) -> City:
        """Return the city with the banned streets closed, which is how a vehicle of these shifts finds it."""
        return city.with_layers(replace(streets, closed=streets.closed | self.banned))


def shift_groups(streets: Streets, shifts: tuple[Shift, ...]) -> tuple[ShiftGroup, ...]:
    """Return the shifts, those together in which the same streets are banned."""
    groups: list[ShiftGroup] = []
    for shift in shifts:
        banned = banned_in(streets, shift)
        same = [k for k, g in enumerate(groups) if np.array_equal(g.banned, banned)]
        if same:
            groups[same[0]] = replace(groups[same[0]], shifts=(*groups[same[0]].shifts, shift))
        else:
            groups.append(ShiftGroup((shift,), banned))
    return tuple(groups)


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
