"""What is to be collected: one task for each point and stream, with its kilograms, its time and its window."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from layers.kinds.facilities import WastePoints
from layers.layer import F64, Bool, Rows
from layers.units import DAY_S, MINUTE_S
from optimizer.ground.amounts import is_blank
from optimizer.ground.streams import STREAMS
from optimizer.plan import LegKind, Plan
from optimizer.planners.collection.night.fleet import Round
from optimizer.planners.collection.night.points import Points
from optimizer.planners.collection.params import CollectionParams
from resources.inventory import VehicleType


@dataclass(frozen=True, eq=False)
class Tasks:
    """Hold the tasks of a day, arrays of shape (n_tasks,).

    Parameters
    ----------
    items
        As `Leg.item` names them.
    point, stream
        Row of the waste point, number of the stream.
    kg
        Taken aboard, on an average day.
    n_bins
        Bins to be lifted.
    service_s
        Time of the stop, whole seconds.
    round
        0 for streets with lamps, 1 for those without.
    from_s, to_s
        Window in which service begins and ends: the round's, or near the times of an earlier plan where that is asked for.
    """

    items: tuple[str, ...]
    point: Rows
    stream: Rows
    kg: F64
    n_bins: Rows
    service_s: F64
    round: Rows
    from_s: F64
    to_s: F64

    def __len__(self) -> int:
        return len(self.items)

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Row of each item."""
        return {item: k for k, item in enumerate(self.items)}


def tasks_of(
    layer: WastePoints, kg: F64, points: Points, rounds: tuple[Round, Round], asked: tuple[tuple[int, ...], CollectionParams]
) -> Tasks:
    """Return a task for each point and collected stream with anything to collect.

    Points that lie on no street and say no amount have one of each stream, so that they are listed: who lives near them
    cannot be told.

    Parameters
    ----------
    kg
        Shape (n_points, n_streams).
    asked
        Numbers of the streams, and the parameters.
    """
    streams, params = asked
    wanted = np.zeros(kg.shape, dtype=bool)
    wanted[:, list(streams)] = kg[:, list(streams)] != 0
    lost = is_blank(layer) & (points.street < 0)
    wanted[np.ix_(lost, np.array(streams))] = True
    point, stream = np.nonzero(wanted)
    n_bins = bins_of(layer, kg, params)[point, stream]
    service_s = np.ceil(np.maximum(params.least_stay_s, params.stop_s + params.bin_s * n_bins))
    ids = layer.ids[point].tolist()
    number = np.where(points.lit[point], 0, 1)
    return Tasks(
        items=tuple(f"{i}:{STREAMS[s].mark}" for i, s in zip(ids, stream.tolist(), strict=True)),
        point=point,
        stream=stream,
        kg=kg[point, stream],
        n_bins=n_bins,
        service_s=service_s,
        round=number,
        from_s=np.array([r.from_s for r in rounds])[number],
        to_s=np.array([r.to_s for r in rounds])[number],
    )


def bins_of(layer: WastePoints, kg: F64, params: CollectionParams) -> Rows:
    """Return the bins of each point and stream: a share of the point's by weight, at least one, else by weight alone."""
    kg = np.maximum(kg, 0.0)
    total = np.maximum(kg.sum(axis=1, keepdims=True), 1e-9)
    told = np.rint(layer.n_bins[:, None] * kg / total)
    by_weight = np.ceil(kg / params.bin_kg)
    return np.maximum(1, np.where(layer.n_bins[:, None] > 0, told, by_weight)).astype(np.int64)


def as_input(tasks: Tasks, inputs: tuple[Plan, ...], params: CollectionParams) -> Tasks:
    """Return the tasks with stays and windows of the plans that this one builds on, as far as the parameters ask for it."""
    if not inputs or not (params.stays_as_input or params.near_input_min > 0):
        return tasks
    legs = {
        leg.item: leg for plan in inputs for r in plan.routes for leg in r.legs if leg.kind is LegKind.SERVE and r.day == 0
    }
    rows = np.array([k for k, item in enumerate(tasks.items) if item in legs], dtype=np.int64)
    begin_s = np.array([legs[tasks.items[k]].start_s for k in rows.tolist()])
    stay_s = np.array([legs[tasks.items[k]].end_s for k in rows.tolist()]) - begin_s
    service_s, from_s, to_s = tasks.service_s.copy(), tasks.from_s.copy(), tasks.to_s.copy()
    if params.stays_as_input:
        service_s[rows] = np.ceil(stay_s)
    if params.near_input_min > 0:
        near_s = params.near_input_min * MINUTE_S
        from_s[rows], to_s[rows] = begin_s - near_s, begin_s + near_s + service_s[rows]
    return replace(tasks, service_s=service_s, from_s=from_s, to_s=to_s)


def is_noisy(vehicle: VehicleType) -> bool:
    """Tell whether a type disturbs residents: all that are not electric."""
    return not vehicle.electric


def window_of(tasks: Tasks, residential: Bool, vehicle: VehicleType, params: CollectionParams) -> tuple[F64, F64]:
    """Return the window of each task for a type, shape (n_tasks,) each: quiet hours told in; from may lie behind to.

    Quiet hours come back each day. Where they cut a window in two, the longer piece counts.

    Parameters
    ----------
    residential
        Which tasks are on small streets with homes, shape (n_tasks,).
    """
    from_s, to_s = tasks.from_s.copy(), tasks.to_s.copy()
    if not is_noisy(vehicle) or not _quiet_s(params):
        return from_s, to_s
    first_s, last_s = _loud_periods(tasks, params)
    best, column = np.argmax(last_s - first_s, axis=0), np.arange(len(tasks))
    return np.where(residential, first_s[best, column], from_s), np.where(residential, last_s[best, column], to_s)


def n_cut_in_two(tasks: Tasks, residential: Bool, params: CollectionParams) -> int:
    """Return how many tasks have a window that quiet hours cut in two for noisy vehicles."""
    first_s, last_s = _loud_periods(tasks, params)
    return int((((last_s > first_s).sum(axis=0) > 1) & residential).sum()) if _quiet_s(params) else 0


def _quiet_s(params: CollectionParams) -> int:
    """Return how long quiet hours last."""
    return (params.quiet_until_s - params.quiet_from_s) % DAY_S


def _loud_periods(tasks: Tasks, params: CollectionParams) -> tuple[F64, F64]:
    """Return the pieces of each task's window between quiet hours, of the day before to two days on, shape (5, n_tasks)."""
    end_s = params.quiet_from_s % DAY_S + DAY_S * np.arange(-1, 4)[:, None]
    begin_s = end_s - (DAY_S - _quiet_s(params))
    return np.maximum(tasks.from_s, begin_s), np.minimum(tasks.to_s, end_s)
