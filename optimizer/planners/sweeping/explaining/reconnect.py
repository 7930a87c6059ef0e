"""What would join a street to the rest of the network: one limit after the other is lifted and the network built anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from layers.city import City
from layers.errors import NetworkError
from layers.kinds.junctions import Turns
from layers.kinds.streets import Oneway, Streets
from layers.layer import Bool
from layers.network import Mover, build
from layers.text import Text
from optimizer.ground.fleet import mover_of
from optimizer.planners.sweeping.day.kerbs import Passes
from resources.inventory import VehicleType

# Widths that are tried for a narrower vehicle: the widest of those that streets have and the vehicle cannot use.
_N_WIDTHS = 4


@dataclass(frozen=True, eq=False)
class Reconnection:
    """Say which streets would be joined by a change.

    Parameters
    ----------
    joined
        Shape (n_streets,).
    """

    change: Text
    joined: Bool


def joining(
    city: City, passes: Passes, rows: Sequence[int], offers: Iterable[tuple[VehicleType, Bool]], stopped: Callable[[], bool]
) -> dict[int, Text]:
    """Return by row of a pass that is cut off what would join it: the first change that does, of the first vehicle.

    Parameters
    ----------
    rows
        Of passes.
    offers
        Vehicles in the order in which they are tried, each with the passes that it may do, shape (n_passes,).
    """
    found: dict[int, Text] = {}
    for vehicle, may in offers:
        rest = [row for row in rows if row not in found and may[row]]
        for change in reconnections(city, passes.streets, vehicle, stopped) if rest else ():
            here = change.joined[passes.street]
            found |= {row: change.change for row in rest if here[row] and row not in found}
            if all(row in found for row in rest):
                break
    return found


def reconnections(city: City, streets: Streets, vehicle: VehicleType, stopped: Callable[[], bool]) -> Iterator[Reconnection]:
    """Yield what would join streets for a vehicle, the smallest change first; ends early when stopped.

    Parameters
    ----------
    streets
        The city's, blanks filled.
    """
    for change, changed, mover, turns in _lifted(streets, mover_of(vehicle)):
        if stopped():
            return
        there = city.with_layers(changed)
        if not turns:
            there = replace(there, layers={k: v for k, v in there.layers.items() if k != Turns.KIND})
        try:
            network = build(there, mover)
        except NetworkError:
            continue
        joined = np.zeros(len(streets), dtype=bool)
        joined[network.arc_street] = True
        yield Reconnection(change, joined)


def _lifted(streets: Streets, mover: Mover) -> Iterator[tuple[Text, Streets, Mover, bool]]:
    """Yield each change with the streets, the vehicle, and whether turn restrictions hold."""
    shut = streets.closed
    if shut.any():
        opened = replace(streets, closed=np.zeros(len(streets), dtype=bool))
        yield Text("开放相邻的封闭道路", "open the closed streets around it"), opened, mover, True
    yield Text("取消附近的转向限制", "lift the turn restrictions around it"), streets, mover, False
    needs_m = max(mover.width_m, mover.least_street_width_m)
    widths = np.unique(streets.width_m[streets.width_m < needs_m])[::-1][:_N_WIDTHS]
    for width_m in widths.tolist():
        text = Text(f"能在 {width_m:.1f} m 宽道路作业的车辆", f"a vehicle that works in streets {width_m:.1f} m wide")
        yield text, streets, replace(mover, width_m=0.0, least_street_width_m=width_m), True
    light = replace(mover, height_m=0.0, weight_kg=0.0)
    yield Text("更低或更轻的车辆", "a lower or lighter vehicle"), streets, light, True
    both = replace(streets, oneway=np.full(len(streets), Oneway.BOTH, dtype=streets.oneway.dtype))
    yield Text("允许环卫车在周边单行道逆行", "let sanitation vehicles drive one-way streets both ways"), both, mover, True
