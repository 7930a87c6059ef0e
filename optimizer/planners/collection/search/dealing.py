"""Deal vehicles to depots, parts and streams: a linear programme says where they collect most, the nearest go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linear_sum_assignment, linprog

from layers.layer import F64, Bool, Rows
from optimizer.ground.fleet import shared_out, vehicle_name
from optimizer.ground.places import xy_of
from optimizer.planners.collection.night.fleet import Layout, layouts
from optimizer.planners.collection.night.reading import Night
from optimizer.planners.collection.search.parts import Part
from resources.inventory import VehicleType

# Ways between points, and to a station and back, seconds at free flow; the dealing alone is guessed by them.
_WAY_S, _STATION_WAY_S = 30.0, 420.0
# Yuan that weigh as much as a kilogram left: little, since kilograms come first.
_KG_YUAN = 20.0
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
    """Hold tasks of a part that are alike: a stream, and the types that can reach them.

    Parameters
    ----------
    part, stream
        Numbers.
    types
        Which types can reach them, shape (n_types,).
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
    for p, part in enumerate(parts):
        views = [night.view(v.key, part.shift.key) for v in night.vehicles]
        point = tasks.point[part.tasks]
        may = np.column_stack([np.zeros(len(point), dtype=bool) if v is None else v.there[point] for v in views])
        code = tasks.stream[part.tasks] * (1 << may.shape[1]) + may @ (1 << np.arange(may.shape[1]))
        for value in np.unique(code):
            rows = part.tasks[code == value]
            types = may[int(np.argmax(code == value))]
            kg, service_s = float(tasks.kg[rows].mean()), float(tasks.service_s[rows].mean())
            found.append(Need(p, int(tasks.stream[rows[0]]), types, len(rows), max(0.1, kg), service_s))
    return found


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
    wanted = _shares(night, parts, stocks)
    depots, middles = xy_of(night.places.depots), _middles(night, parts)
    crews: list[dict[tuple[int, int, int], list[int]]] = [{} for _ in parts]
    for v, stock in enumerate(stocks):
        lay = layouts(stock.vehicle, night.streams)
        own = {
            number: (part, _layout_for(lay, s)) for (key, number), (part, s) in forced.items() if key == stock.vehicle.key
        }
        slots = _slots(wanted[v], len(stock.depot) - len(own))
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


def _slots(wanted: F64, n: int) -> list[Slot]:
    """Return where `n` vehicles of a type go, given how many each part and layout wants, shape (n_parts, n_layouts)."""
    total = float(wanted.sum())
    if total <= 0 or n <= 0:
        return []
    number = shared_out(min(n, int(np.ceil(total - 1e-9))), wanted.ravel())
    return [(int(k) // wanted.shape[1], int(k) % wanted.shape[1]) for k in np.repeat(np.arange(wanted.size), number)]


@dataclass(frozen=True, eq=False)
class _Uses:
    """Hold ways to use vehicles, one a variable: type, layout, need, and tasks that a vehicle does of it in a night."""

    vehicle: Rows
    layout: Rows
    need: Rows
    rate: F64
    needs: list[Need] = field(default_factory=list)


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
    columns = zip(*rows, strict=True) if rows else ((), (), (), ())
    vehicle_, layout_, need_, rate = (np.array(c) for c in columns)
    return _Uses(vehicle_.astype(np.int64), layout_.astype(np.int64), need_.astype(np.int64), rate.astype(np.float64), needs)


def _shares(night: Night, parts: tuple[Part, ...], stocks: tuple[Stock, ...]) -> list[F64]:
    """Return how many vehicles of each type each part and layout wants, shape (n_parts, n_layouts) a type.

    In the mode `fleet` some more than are needed; else all that there are.
    """
    needs = needs_of(night, parts)
    uses = _uses(night, parts, needs)
    wanted = [np.zeros((len(parts), len(layouts(s.vehicle, night.streams)))) for s in stocks]
    if not len(uses.rate):
        return wanted
    owned = np.array([len(s.depot) for s in stocks], dtype=np.float64)
    kg = np.array([need.kg for need in needs])[uses.need]
    yuan = np.array([s.vehicle.fixed_yuan_day for s in stocks])[uses.vehicle]
    n_uses = len(uses.rate)
    of_type, of_need = np.zeros((len(stocks), n_uses)), np.zeros((len(needs), n_uses))
    of_type[uses.vehicle, np.arange(n_uses)] = 1.0
    of_need[uses.need, np.arange(n_uses)] = uses.rate
    limits = np.concatenate([owned, [need.n_tasks for need in needs]])
    found = linprog(yuan / _KG_YUAN - kg * uses.rate, A_ub=np.vstack([of_type, of_need]), b_ub=limits, method="highs")
    part = np.array([need.part for need in needs])[uses.need]
    for k, amount in enumerate(np.zeros(n_uses) if found.x is None else found.x):
        wanted[uses.vehicle[k]][part[k], uses.layout[k]] += amount
    return [_with_rest(w, owned[v], uses, (v, part), night.params.mode == "fleet") for v, w in enumerate(wanted)]


def _with_rest(wanted: F64, owned: float, uses: _Uses, of: tuple[int, Rows], is_free: bool) -> F64:
    """Return what a type is wanted for, with the vehicles that the guess leaves idle."""
    v, part = of
    if is_free:
        some = np.zeros_like(wanted)
        mine = uses.vehicle == v
        np.add.at(some, (part[mine], uses.layout[mine]), 1.0)
        return np.where(some > 0, np.ceil(_AMPLE * wanted + 1.0), 0.0)
    rest = owned - wanted.sum()
    if rest <= 0.5:
        return wanted
    mine = uses.vehicle == v
    use = np.zeros_like(wanted)
    amount = np.array([need.n_tasks for need in uses.needs])[uses.need[mine]] / uses.rate[mine]
    np.add.at(use, (part[mine], uses.layout[mine]), amount)
    return wanted + (rest * use / use.sum() if use.sum() > 0 else 0.0)
