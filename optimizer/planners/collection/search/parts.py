"""Cut a night into parts that can be planned side by side: stations with the points that are nearest to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from layers.layer import F64, Rows
from optimizer.ground.places import xy_of
from optimizer.planners.collection.night.reading import Night
from resources.inventory import Shift

# Tasks that are planned as one.
MOST_TASKS = 900
# Rounds of raising the price of stations that have too much, and by how much of the mean distance each time.
_ROUNDS, _STEP = 60, 0.05
# How far stations are filled where all together have room: trucks bring whole loads, which never fit to the last.
_FILLED = 0.93


@dataclass(frozen=True, eq=False)
class Part:
    """Hold what is planned as one.

    Parameters
    ----------
    shift
        Of the inventory.
    tasks
        Rows of the tasks, ascending.
    stations
        Numbers of the stations that belong to it; no other part unloads there.
    """

    shift: Shift
    tasks: Rows
    stations: Rows


def shifts_of(night: Night) -> tuple[Shift, ...]:
    """Return the shifts of the night, each once."""
    return tuple({r.shift.key: r.shift for r in night.rounds}.values())


def tasks_in(night: Night, shift: Shift) -> Rows:
    """Return the tasks of a shift that are not kept out, ascending."""
    of_shift = np.array([r.shift.key == shift.key for r in night.rounds])
    return np.flatnonzero(of_shift[night.tasks.round] & night.open_tasks)


def shift_share(night: Night, shift: Shift) -> float:
    """Return which share of the stations' capacity a shift may use: that of its kilograms."""
    kg = night.tasks.kg * night.open_tasks
    mine = np.array([r.shift.key == shift.key for r in night.rounds])[night.tasks.round]
    return float(kg[mine].sum() / max(1e-9, kg.sum()))


def parts_of(
    night: Night, shift: Shift, most: int = MOST_TASKS, regroup: Callable[[Rows, Rows], Rows] = lambda _, station: station
) -> tuple[Part, ...]:
    """Return the parts of a shift.

    Parameters
    ----------
    most
        Tasks of a part, where it can be cut.
    regroup
        Given tasks and the station of each, returns other stations, such as those of an earlier plan.
    """
    rows = tasks_in(night, shift)
    n_stations, usable = len(night.places.stations), usable_stations(night, shift)
    if len(rows) <= most or len(usable) <= 1:
        return (Part(shift, rows, np.arange(n_stations)),) if len(rows) else ()
    nearest = nearest_with_room(night, rows, usable, shift_share(night, shift))
    asked = regroup(rows, nearest)
    station = np.where(np.isin(asked, usable), asked, nearest)
    n_tasks = np.bincount(station, minlength=n_stations)[usable]
    groups = [usable[group] for group in bisected(xy_of(night.places.stations)[usable], n_tasks, most)]
    found = [Part(shift, rows[np.isin(station, group)], group) for group in groups]
    return tuple(part for part in found if len(part.tasks))


def usable_stations(night: Night, shift: Shift) -> Rows:
    """Return the stations that are open in a shift for as long as any truck unloads, and that a type can reach."""
    first = len(night.xy_m) + len(night.places.depots)
    views = [view for (_, key), view in night.views.items() if key == shift.key]
    there = np.any([view.there[first:] for view in views], axis=0)
    visit_s = max(vehicle.unload_s for vehicle in night.vehicles)
    spans = [station.open_in(shift.start_s, shift.end_s) for station in night.places.stations]
    open_long = np.array([any(b - a >= visit_s for a, b in own) for own in spans], dtype=bool)
    return np.flatnonzero(there & open_long)


def nearest_with_room(night: Night, rows: Rows, usable: Rows, share: float = 1.0) -> Rows:
    """Return the station of each task: the nearest one, dearer ones being those that would be filled too far.

    All tasks of a point go to one station. Where all stations together take too little, each gets its share of the excess.

    Parameters
    ----------
    rows
        The tasks.
    usable
        Numbers of the stations to choose from.
    share
        Of their capacity, what the shift may use.
    """
    tasks, stations = night.tasks, [night.places.stations[k] for k in usable.tolist()]
    points, where = np.unique(tasks.point[rows], return_inverse=True)
    kg = np.bincount(where, weights=tasks.kg[rows]) * night.day_shares[night.base_day]
    away = night.xy_m[points][:, None, :] - xy_of(tuple(stations))[None, :, :]
    distance: F64 = np.hypot(away[..., 0], away[..., 1])
    room = np.array([s.capacity_kg for s in stations]) * share * _FILLED
    room = np.where(np.isinf(room), kg.sum(), room)
    room = np.maximum(1.0, room * max(1.0, kg.sum() / max(1.0, room.sum())))
    price, step = np.zeros(len(stations)), _STEP * float(distance.min(axis=1).mean() + 1.0)
    chosen = np.argmin(distance, axis=1)
    for _ in range(_ROUNDS):
        load = np.bincount(chosen, weights=kg, minlength=len(stations))
        over = load / room
        if (over <= 1.0).all():
            break
        price += step * np.clip(over - 1.0, 0.0, 2.0) * 4
        chosen = np.argmin(distance + price, axis=1)
    return np.asarray(usable[chosen[where]], dtype=np.int64)


def bisected(xy_m: F64, weight: Rows, most: int) -> list[Rows]:
    """Return stations in groups of neighbours whose weights are at most `most`, or that are alone.

    Parameters
    ----------
    xy_m
        Where they are, shape (n, 2).
    weight
        Shape (n,).
    """

    def cut(group: Rows) -> list[Rows]:
        if weight[group].sum() <= most or len(group) == 1:
            return [np.sort(group)]
        spread = np.ptp(xy_m[group], axis=0)
        order = group[np.argsort(xy_m[group][:, int(np.argmax(spread))], kind="stable")]
        upto = np.cumsum(weight[order])
        middle = int(np.argmin(np.abs(upto[:-1] - upto[-1] / 2))) + 1
        return cut(order[:middle]) + cut(order[middle:])

    return cut(np.arange(len(xy_m)))
