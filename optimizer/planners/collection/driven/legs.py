"""What a vehicle does between and at the stops of its timetable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from layers.network import Way
from optimizer.plan import Leg, LegKind
from optimizer.planners.collection.driven.stops import Stop
from optimizer.planners.collection.night.reading import Night
from optimizer.planners.collection.night.views import View
from resources.inventory import VehicleType


@dataclass(frozen=True)
class Drive:
    """Hold a way between two stops and the time that it takes by the travel model."""

    way: Way
    time_s: float


@dataclass(frozen=True, eq=False)
class Driver:
    """Write the legs of vehicles of one type.

    Parameters
    ----------
    night
        What there is.
    vehicle
        The type.
    view
        How it sees the streets.
    """

    night: Night
    vehicle: VehicleType
    view: View

    def legs(self, line: Sequence[Stop], driven: Sequence[Drive]) -> Iterator[Leg]:
        """Yield the legs of a route: each stop at its time, the way to it before that, and waiting if there is time left."""
        aboard_kg, now_s = 0.0, line[0].start_s - driven[0].time_s
        for k, planned in enumerate(line):
            until_s = line[k + 1].start_s if k + 1 < len(line) else np.inf
            if self.night.params.driven_late:
                stop = self._late(planned, now_s + driven[k].time_s)
            else:
                stop = self._unloading(planned, now_s, until_s, driven[k : k + 2]) if planned.is_station else planned
            yield from self._drive(driven[k], now_s, stop.start_s)
            now_s = stop.end_s
            if stop.is_station:
                yield Leg(LegKind.UNLOAD, stop.start_s, stop.end_s, item=stop.at, load_kg=-aboard_kg)
                aboard_kg = 0.0
            elif stop.is_new:
                kg = float(self.night.tasks.kg[self.night.tasks.row_of[stop.at]]) * self._share
                yield Leg(LegKind.SERVE, stop.start_s, stop.end_s, item=stop.at, load_kg=kg)
                aboard_kg += kg
            else:
                yield Leg(LegKind.WAIT, stop.start_s, stop.end_s, item=stop.at)
        yield from self._drive(driven[-1], now_s, now_s + driven[-1].time_s)

    def drive_of(self, way: Way, goes: bool) -> Drive:
        """Return the way to a stop, which takes no time where the stop is at the same place."""
        params = self.night.params
        return Drive(way, way.time_s * params.drive_time_factor + params.approach_s if goes else 0.0)

    @property
    def _share(self) -> float:
        return self.night.day_shares[self.night.base_day]

    def _late(self, stop: Stop, there_s: float) -> Stop:
        """Return a stop begun no earlier than the vehicle is there, and as long as it was to be."""
        if stop.is_station:
            return replace(stop, start_s=there_s, end_s=there_s + self.vehicle.unload_s)
        start_s = max(stop.start_s, there_s)
        return replace(stop, start_s=start_s, end_s=start_s + stop.end_s - stop.start_s)

    def _unloading(self, stop: Stop, now_s: float, until_s: float, there_and_on: Sequence[Drive]) -> Stop:
        """Return an unloading with its times; all is hurried alike where the timetable leaves too little for it."""
        there_s, on_s = (drive.time_s for drive in there_and_on)
        needed_s = there_s + self.vehicle.unload_s + on_s
        hurry = min(1.0, (until_s - now_s) / needed_s) if needed_s > 0 else 1.0
        start_s = now_s + there_s * hurry
        return replace(stop, start_s=start_s, end_s=start_s + self.vehicle.unload_s * hurry)

    def _drive(self, drive: Drive, now_s: float, until_s: float) -> Iterator[Leg]:
        """Yield the drive that ends in time, and waiting behind it."""
        there_s, way = now_s + min(drive.time_s, until_s - now_s), drive.way
        if way.arcs or drive.time_s > 0:
            yield Leg(LegKind.DRIVE, now_s, there_s, way.length_m, tuple(self.view.names[arc] for arc in way.arcs))
        if until_s > there_s:
            yield Leg(LegKind.WAIT, there_s, until_s)
