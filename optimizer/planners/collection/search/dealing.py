"""Deal vehicles to depots, parts and streams: each goes where it collects most, from the nearest depot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from layers.layer import F64, Bool, Rows
from optimizer.ground.fleet import shared_out, vehicle_name
from optimizer.ground.places import xy_of
from optimizer.ground.streams import STREAMS
from optimizer.planners.collection.night.fleet import Layout, layouts
from optimizer.planners.collection.night.reading import Night
from optimizer.planners.collection.search.earlier import vehicles_kept
from optimizer.planners.collection.search.parts import Part
from resources.inventory import VehicleType

# Ways between points, and to a station and back, seconds at free flow; the dealing alone is guessed by them.
_WAY_S, _STATION_WAY_S = 30.0, 420.0
# More vehicles than the guess where the fleet is free, since it is a guess.
_AMPLE = 1.35


@dataclass(frozen=True)
class Crew:
    """Hold vehicles of one type at one depot that collect the same streams in a part.

    Parameters
    ----------
    vehicle, layout
        Type, and how its body is used.
    depot
        Number of the depot.
    numbers
        Of the vehicles, among those of their type, from 1.
    """

    vehicle: VehicleType
    layout: Layout
    depot: int
    numbers: tuple[int, ...]

    def name(self, k: int) -> str:
        """Return the name of its k-th vehicle."""
        return vehicle_name(self.vehicle, self.numbers[k])


@dataclass(frozen=True, eq=False)
class Stock:
    """Hold the depot of each vehicle of a type; number 1 is the first entry."""

    vehicle: VehicleType
    depot: Rows


def stocks_of(night: Night) -> tuple[Stock, ...]:
    """Return where vehicles stand: shared out to the depots by their bays, those that the type cannot reach left out."""
    n_points, n_depots = len(night.xy_m), len(night.places.depots)
    found = []
    for vehicle in night.vehicles:
        views = [v for (key, _), v in night.views.items() if key == vehicle.key]
        reached = np.all([v.there[n_points : n_points + n_depots] for v in views], axis=0) if views else np.zeros(n_depots)
        bays = np.array(night.places.n_bays) * reached
        number = shared_out(night.inventory.n_in_service(vehicle), bays.astype(np.float64))
        found.append(Stock(vehicle, np.repeat(np.arange(n_depots), number)))
    return tuple(found)


@dataclass(frozen=True, eq=False)
class Need:
    """Hold tasks of a part that are alike: a stream, and the types that can take them.

    Parameters
    ----------
    part, stream
        Numbers.
    types
        Which types can reach and hold them, shape (n_types,).
    n_tasks, kg, service_s
        How many, and what one has on average.
    """

    part: int
    stream: int
    types: Bool
    n_tasks: int
    kg: float
    service_s: float


def needs_of(night: Night, parts: tuple[Part, ...]) -> list[Need]:
    """Return what the parts need."""
    tasks, found = night.tasks, []
    # one point that no truck holds must not make the others look too heavy
    holds_kg = np.array([_holds_kg(night, v) for v in night.vehicles])
    heaviest = max(night.day_shares)
    for p, part in enumerate(parts):
        views = [night.view(v.key, part.shift.key) for v in night.vehicles]
        point = tasks.point[part.tasks]
        may = np.column_stack([np.zeros(len(point), dtype=bool) if v is None else v.there[point] for v in views])
        may &= heaviest * tasks.kg[part.tasks][:, None] <= holds_kg[:, tasks.stream[part.tasks]].T
        code = tasks.stream[part.tasks] * (1 << may.shape[1]) + may @ (1 << np.arange(may.shape[1]))
        for value in np.unique(code):
            rows = part.tasks[code == value]
            types = may[int(np.argmax(code == value))]
            kg, service_s = float(tasks.kg[rows].mean()), float(tasks.service_s[rows].mean())
            found.append(Need(p, int(tasks.stream[rows[0]]), types, len(rows), max(0.1, kg), service_s))
    return found


def _holds_kg(night: Night, vehicle: VehicleType) -> list[float]:
    """Return what a type holds of each stream at most."""
    ways = layouts(vehicle, night.streams)
    return [max(layout.holds(stream) for layout in ways) for stream in range(len(STREAMS))]


Slot = tuple[int, int]  # number of the part, number of the layout of the type


def deal(
    night: Night, parts: tuple[Part, ...], forced: Mapping[tuple[str, int], tuple[int, int]]
) -> tuple[tuple[Crew, ...], ...]:
    """Return the crews of each part.

    Parameters
    ----------
    parts
        Of one shift.
    forced
        For vehicles that are locked to something, by type and number: the part, and the stream that they must take.
    """
    stocks = stocks_of(night)
    kept = vehicles_kept(night, parts, {stock.vehicle.key: stock.depot for stock in stocks})
    wanted = _slots(night, parts, [len(stock.depot) for stock in stocks])
    depots, middles = xy_of(night.places.depots), _middles(night, parts)
    crews: list[dict[tuple[int, int, int], list[int]]] = [{} for _ in parts]
    for v, stock in enumerate(stocks):
        lay = layouts(stock.vehicle, night.streams)
        own = {number: where for (key, number), where in kept.items() if key == stock.vehicle.key}
        own |= {n: (part, _layout_for(lay, s)) for (key, n), (part, s) in forced.items() if key == stock.vehicle.key}
        # a vehicle that reaches no depot is not there: what is locked to it is left
        own = {n: where for n, where in own.items() if n <= len(stock.depot)}
        slots = wanted[v][: len(stock.depot) - len(own)]
        free = np.array([k for k in range(len(stock.depot)) if k + 1 not in own], dtype=np.int64)
        for number, (part, layout) in own.items():
            crews[part].setdefault((v, layout, int(stock.depot[number - 1])), []).append(number)
        if not len(slots) or not len(free):
            continue
        at = np.array([p for p, _ in slots])
        away = depots[stock.depot[free]][:, None, :] - middles[at][None, :, :]
        who, where = linear_sum_assignment(np.hypot(away[..., 0], away[..., 1]))
        for k, s in zip(free[who].tolist(), where.tolist(), strict=True):
            part, layout = slots[s]
            crews[part].setdefault((v, layout, int(stock.depot[k])), []).append(k + 1)
    return tuple(
        tuple(
            Crew(stocks[v].vehicle, layouts(stocks[v].vehicle, night.streams)[lay], depot, tuple(sorted(numbers)))
            for (v, lay, depot), numbers in sorted(own.items())
        )
        for own in crews
    )


def _layout_for(lay: tuple[Layout, ...], stream: int) -> int:
    return next(k for k, layout in enumerate(lay) if stream in layout.streams)


def _middles(night: Night, parts: tuple[Part, ...]) -> F64:
    return np.array([night.points.on_xy_m[night.tasks.point[part.tasks]].mean(axis=0) for part in parts])


@dataclass(frozen=True, eq=False)
class _Uses:
    """Hold ways to use vehicles, one a row: type, layout, need, and how many of its tasks a vehicle does a night."""

    vehicle: Rows
    layout: Rows
    need: Rows
    n_a_night: F64


def _uses(night: Night, parts: tuple[Part, ...], needs: list[Need]) -> _Uses:
    rows: list[tuple[int, int, int, float]] = []
    factor, extra_s = night.params.drive_time_factor, night.params.approach_s
    for v, vehicle in enumerate(night.vehicles):
        for lay, layout in enumerate(layouts(vehicle, night.streams)):
            for n, need in enumerate(needs):
                held = layout.holds(need.stream)
                if not need.types[v] or held < need.kg:
                    continue
                window_s = max(r.to_s - r.from_s for r in night.rounds if r.shift.key == parts[need.part].shift.key)
                dump_s = vehicle.unload_s + _STATION_WAY_S * factor + 2 * extra_s
                each_s = need.service_s + _WAY_S * factor + extra_s + dump_s * need.kg / held
                rows.append((v, lay, n, (window_s + dump_s) / each_s))
    vehicle_, layout_, need_, rate = (np.array(column) for column in zip(*rows, strict=True)) if rows else [np.empty(0)] * 4
    return _Uses(vehicle_.astype(np.int64), layout_.astype(np.int64), need_.astype(np.int64), rate.astype(np.float64))


def _slots(night: Night, parts: tuple[Part, ...], owned: Sequence[int]) -> list[list[Slot]]:
    """Return where the vehicles of each type go.

    One by one, the types that hold most first, each goes where it collects the most kilograms of what is still left; when
    nothing is, the rest go round again, so that no part is short where the guess was too high. Where the fleet is free,
    each part may have enough of every type.
    """
    needs = needs_of(night, parts)
    uses = _uses(night, parts, needs)
    found: list[list[Slot]] = [[] for _ in owned]
    if not len(uses.n_a_night):
        return found
    if night.params.mode == "fleet":
        return _enough(needs, uses, owned)
    kg = np.array([need.kg for need in needs])
    # where several would collect as much, those tasks first that fewer types can reach
    few = np.array([1.0 - 0.01 * need.types.sum() for need in needs])
    whole = np.array([need.n_tasks for need in needs], dtype=np.float64)
    left = whole.copy()
    for v in sorted(range(len(owned)), key=lambda v: -night.vehicles[v].hopper_kg):
        mine = np.flatnonzero(uses.vehicle == v)
        for _ in range(owned[v] if len(mine) else 0):
            gain = np.minimum(left[uses.need[mine]], uses.n_a_night[mine]) * (kg * few)[uses.need[mine]]
            if gain.max() <= 1e-6:
                left += whole
                gain = np.minimum(left[uses.need[mine]], uses.n_a_night[mine]) * (kg * few)[uses.need[mine]]
            best = mine[int(np.argmax(gain))]
            part, layout = needs[uses.need[best]].part, int(uses.layout[best])
            found[v].append((part, layout))
            _take(left, needs, uses, (v, part, layout))
    return found


def _take(left: F64, needs: list[Need], uses: _Uses, where: tuple[int, int, int]) -> None:
    """Take what one more vehicle does in a part from what is left of its needs, in place: the heaviest first."""
    v, part, layout = where
    here = (uses.vehicle == v) & (uses.layout == layout) & np.array([needs[n].part == part for n in uses.need])
    time = 1.0  # of the vehicle's night
    for k in sorted(np.flatnonzero(here).tolist(), key=lambda k: -uses.n_a_night[k] * needs[uses.need[k]].kg):
        done = min(float(left[uses.need[k]]), time * float(uses.n_a_night[k]))
        left[uses.need[k]] -= done
        time -= done / float(uses.n_a_night[k])


def _enough(needs: list[Need], uses: _Uses, owned: Sequence[int]) -> list[list[Slot]]:
    """Return slots for a free fleet: in each part as many of each type as would do all that it can by themselves."""
    wanted: dict[tuple[int, int, int], float] = {}
    for v, layout, n, rate in zip(uses.vehicle, uses.layout, uses.need, uses.n_a_night, strict=True):
        key = (int(v), needs[n].part, int(layout))
        wanted[key] = wanted.get(key, 0.0) + _AMPLE * needs[n].n_tasks / float(rate)
    found: list[list[Slot]] = []
    for v, most in enumerate(owned):
        keys = [key for key in sorted(wanted) if key[0] == v]
        number = np.array([np.ceil(wanted[key]) + 1 for key in keys])
        if number.sum() > most:
            number = shared_out(most, number)
        found.append([(p, lay) for (_, p, lay), n in zip(keys, number.astype(int).tolist(), strict=True) for _ in range(n)])
    return found
