"""Where a task that is left would fit best, and by how much its route's window or shift would have to be longer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from layers.layer import F64, Bool, Rows
from optimizer.engines.vehicle_routing.stops import UNREACHABLE
from optimizer.plan import LegKind, Route
from optimizer.planners.collection.night.reading import Night
from optimizer.planners.collection.search.dealing import Crew
from optimizer.planners.collection.search.unit import Unit


@dataclass(frozen=True, slots=True)
class Gap:
    """Hold where a task would fit best.

    Parameters
    ----------
    vehicle
        Name of the vehicle.
    late_s
        Seconds by which the window, or the shift, would have to be longer; 0 or less where there is room.
    detour_s
        Seconds that it adds to the route, its service among them.
    """

    vehicle: str
    late_s: float
    detour_s: float


@dataclass(frozen=True, eq=False)
class _Line:
    """Hold the stops of a route of the first planned day, arrays of shape (n_stops,); depots stand at either end.

    Parameters
    ----------
    crew
        Number within the unit.
    place
        Row of the unit's matrices.
    end_s, due_s
        When each stop ends, and when it must at the latest.
    aboard_kg
        By stream, in the trip of each stop as it ends, shape (n_stops, n_streams).
    """

    vehicle: str
    crew: int
    place: Rows
    end_s: F64
    due_s: F64
    aboard_kg: F64
    wait_s: F64


class Gaps:
    """Look for the gaps of one unit's routes."""

    def __init__(self, night: Night, unit: Unit, routes: Sequence[Route]) -> None:
        self.night = night
        self.unit = unit
        names = {(c.vehicle.key, c.name(k)): g for g, c in enumerate(unit.crews) for k in range(len(c.numbers))}
        own = [(r, names[r.vehicle_type, r.vehicle]) for r in routes if (r.vehicle_type, r.vehicle) in names]
        day = night.base_day
        self._lines = [_line(night, unit, r, g) for r, g in own if r.shift == unit.shift.key and r.day == day]

    def best(self, row: int) -> Gap | None:
        """Return where a task of the unit would fit best, by how late it makes what follows; None where nowhere."""
        stop = int(np.searchsorted(self.unit.part.tasks, row))
        found = [gap for line in self._lines if (gap := self._in(line, stop, row)) is not None]
        return min(found, key=lambda gap: (gap.late_s, gap.detour_s), default=None)

    def _in(self, line: _Line, stop: int, row: int) -> Gap | None:
        problem, stream = self.unit.problem, int(self.night.tasks.stream[row])
        group, crew = problem.groups[line.crew], self.unit.crews[line.crew]
        if not problem.allowed[stop, line.crew]:
            return None
        profile, at = problem.profiles[group.profile], int(problem.stops.place[stop])
        before, after = line.place[:-1], line.place[1:]
        there, on = profile.time_s[before, at].astype(np.int64), profile.time_s[at, after].astype(np.int64)
        detour = there + int(profile.service_s[stop]) + on - profile.time_s[before, after]
        kg = float(self.night.tasks.kg[row] * self.unit.share)
        fits = (there < UNREACHABLE) & (on < UNREACHABLE) & self._room(line, crew, stream, kg)
        if not fits.any():
            return None
        own_late = (
            line.end_s[:-1] + there + int(profile.service_s[stop]) - (profile.latest_s[stop] + profile.service_s[stop])
        )
        too_early = np.maximum(0.0, profile.earliest_s[stop] - (line.end_s[:-1] + there))
        delay = detour + too_early
        late = np.maximum(own_late + too_early, _lateness(line, delay))
        late = np.where(fits, late, np.inf)
        k = int(np.argmin(late))
        return Gap(line.vehicle, float(late[k]), float(detour[k]))

    def _room(self, line: _Line, crew: Crew, stream: int, kg: float) -> Bool:
        """Return the gaps whose trip has room for so many kilograms more, shape (n_stops - 1,)."""
        held = line.aboard_kg[:, stream]
        # the most that is aboard in each trip is what is aboard as it ends
        peak = held.copy()
        for k in range(len(peak) - 2, -1, -1):
            if held[k + 1] >= held[k] - 1e-9:
                peak[k] = max(peak[k], peak[k + 1])
        room = np.maximum(peak[:-1], 0.0) + kg <= crew.layout.holds(stream) + 1e-6
        room[-1] = False  # behind the last unloading nothing may be taken aboard
        return np.asarray(room)


def _lateness(line: _Line, delay: F64) -> F64:
    """Return by how much the latest of what follows each gap would be late, shape (n_stops - 1,): waits take up delay."""
    found = np.empty(len(delay))
    for k in range(len(delay)):
        left = np.maximum(0.0, delay[k] - np.cumsum(line.wait_s[k + 1 :]))
        found[k] = float((line.end_s[k + 1 :] + left - line.due_s[k + 1 :]).max())
    return found


def _line(night: Night, unit: Unit, route: Route, crew: int) -> _Line:
    group = unit.problem.groups[crew]
    row_of, place_of_task = (
        night.tasks.row_of,
        dict(zip(unit.part.tasks.tolist(), unit.problem.stops.place.tolist(), strict=True)),
    )
    stations = {
        night.places.stations[s].id: int(unit.problem.stations[k].place) for k, s in enumerate(unit.part.stations.tolist())
    }
    profile = unit.problem.profiles[group.profile]
    aboard = np.zeros(unit.problem.n_loads)
    rows: list[tuple[int, float, float, float, F64]] = [
        (group.start_place, route.legs[0].start_s, np.inf, 0.0, aboard.copy())
    ]
    waited = 0.0
    for leg in route.legs:
        if leg.kind is LegKind.WAIT:
            waited += leg.end_s - leg.start_s
        elif leg.kind is LegKind.SERVE and row_of.get(leg.item, -1) in place_of_task:
            row = row_of[leg.item]
            stop = int(np.searchsorted(unit.part.tasks, row))
            aboard[int(night.tasks.stream[row])] += leg.load_kg
            due = float(profile.latest_s[stop] + profile.service_s[stop])
            rows.append((place_of_task[row], leg.end_s, due, waited, aboard.copy()))
            waited = 0.0
        elif leg.kind is LegKind.UNLOAD and leg.item in stations:
            aboard[:] = 0.0
            rows.append((stations[leg.item], leg.end_s, np.inf, waited, aboard.copy()))
            waited = 0.0
    rows.append((group.end_place, route.legs[-1].end_s, float(group.latest_s), waited, np.zeros(unit.problem.n_loads)))
    place, end_s, due_s, wait_s, held = zip(*rows, strict=True)
    return _Line(
        route.vehicle,
        crew,
        np.array(place, dtype=np.int64),
        np.array(end_s),
        np.array(due_s),
        np.array(held),
        np.array(wait_s),
    )
