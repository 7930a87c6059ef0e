"""Vehicles that collect: which there are, what their bodies hold, and which shifts they work."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from layers.errors import InputError, ParameterError
from layers.hours import parse_periods
from layers.text import Text
from layers.units import DAY_S, clock
from optimizer.ground.fleet import in_service
from optimizer.ground.streams import FOOD
from optimizer.planners.collection.params import CollectionParams
from resources.inventory import Inventory, Shift, VehicleKind, VehicleType

KINDS = (VehicleKind.COLLECTION, VehicleKind.BIN_LIFTER)


@dataclass(frozen=True, slots=True)
class Layout:
    """Hold how a body is used for a night: a compartment a stream, which no other stream enters.

    Parameters
    ----------
    streams
        Numbers of the streams.
    kg
        What the compartment of each holds.
    """

    streams: tuple[int, ...]
    kg: tuple[float, ...]

    def holds(self, stream: int) -> float:
        """Return the kilograms that it holds of a stream."""
        return dict(zip(self.streams, self.kg, strict=True)).get(stream, 0.0)


def layouts(vehicle: VehicleType, streams: tuple[int, ...]) -> tuple[Layout, ...]:
    """Return the ways in which a type's body can be used for some streams.

    An undivided body takes one stream a night. A body with a second compartment takes food waste in it, and another stream
    in the first one.
    """
    ratio = vehicle.second_compartment_ratio
    others = tuple(s for s in streams if s != FOOD)
    if ratio > 0 and FOOD in streams and others:
        kg = ((1 - ratio) * vehicle.hopper_kg, ratio * vehicle.hopper_kg)
        return tuple(Layout((s, FOOD), kg) for s in others)
    return tuple(Layout((s,), (vehicle.hopper_kg,)) for s in streams)


def layout_of(vehicle: VehicleType, served: frozenset[int], streams: tuple[int, ...]) -> Layout | None:
    """Return the layout in which a body takes all of some streams; None where there is none."""
    return next((layout for layout in layouts(vehicle, streams) if served <= set(layout.streams)), None)


def collectors(inventory: Inventory) -> tuple[VehicleType, ...]:
    """Return the types that collect and are in service."""
    return in_service(inventory, KINDS)


def offered(inventory: Inventory, params: CollectionParams) -> Inventory:
    """Return the inventory as the question has it: as many of each type, and hours, as the parameters say."""
    number = numbers_of(inventory, params)
    in_use = 1 - inventory.spare_ratio
    types = tuple(
        replace(v, n_owned=int(np.ceil(number[v.key] / max(1e-9, in_use) - 1e-9))) if v.key in number else v
        for v in inventory.vehicle_types
    )
    return replace(inventory, vehicle_types=types, shifts=tuple(_hours(s, params) for s in inventory.shifts))


def _hours(shift: Shift, params: CollectionParams) -> Shift:
    """Return a shift with the hours that the parameter gives the evening's.

    Raises
    ------
    ParameterError
        Where they have a gap.
    """
    periods = parse_periods(params.shift_hours)
    if shift.key != params.shift or not periods:
        return shift
    if len(periods) > 1:
        zh = f"参数 shift_hours 为“{params.shift_hours}”；应为一个时段，休息由资源库的班次给出"
        en = f"parameter 'shift_hours' is {params.shift_hours!r}; expected one period, breaks are the inventory's shift's"
        raise ParameterError(Text(zh, en))
    return replace(shift, start_s=float(periods[0][0]), end_s=float(periods[0][1]))


def numbers_of(inventory: Inventory, params: CollectionParams) -> dict[str, int]:
    """Return how many vehicles of collecting types are in service, where the parameters say so.

    Raises
    ------
    ParameterError
        Where the fleet that is typed cannot be read.
    """
    collect = [v.key for v in inventory.vehicle_types if v.kind in KINDS]
    if params.mode == "fleet":
        return dict.fromkeys(collect, params.n_vehicles_most)
    if not params.fleet.strip():
        return {}
    found = dict.fromkeys(collect, 0)
    for part in params.fleet.replace("，", ",").split(","):
        key, sign, number = (x.strip() for x in part.partition("="))
        if key not in found or not sign or not number.isdecimal():
            zh = f"参数 fleet 的“{part}”无法识别；应为 车型=数量，车型有：{'、'.join(collect)}"
            en = f"parameter 'fleet': {part!r} cannot be read; expected TYPE=NUMBER, the types are: {', '.join(collect)}"
            raise ParameterError(Text(zh, en))
        found[key] = int(number)
    return found


def require_collectors(inventory: Inventory) -> tuple[VehicleType, ...]:
    """Return the types that collect.

    Raises
    ------
    InputError
        Where none is in service.
    """
    vehicles = collectors(inventory)
    if not vehicles:
        zh = f"资源清单“{inventory.name}”中没有可出勤的收运车；至少需要一辆"
        raise InputError(
            Text(zh, f"inventory {inventory.name!r} has no collection vehicle in service; one at least is needed")
        )
    return vehicles


@dataclass(frozen=True, slots=True)
class Round:
    """Hold one of the night's rounds: a shift, and the window in which points of its streets are served.

    Parameters
    ----------
    shift
        From the inventory.
    from_s, to_s
        The window, on the shift's clock; service begins and ends in it.
    lit
        Whether it is for streets with lamps.
    """

    shift: Shift
    from_s: float
    to_s: float
    lit: bool

    @property
    def begin_s(self) -> float:
        """When vehicles may leave their depots."""
        return self.shift.start_s + self.shift.before_s

    @property
    def end_s(self) -> float:
        """When they must be back."""
        return self.shift.end_s - self.shift.after_s


def rounds_of(inventory: Inventory, params: CollectionParams) -> tuple[Round, Round]:
    """Return the rounds for streets with lamps and for those without.

    Raises
    ------
    ParameterError
        Where a shift is unknown, or a window is not one period that touches its shift.
    """
    return (
        _round(inventory, ("shift", params.shift), ("lit_window", params.lit_window), True),
        _round(inventory, ("unlit_shift", params.unlit_shift), ("unlit_window", params.unlit_window), False),
    )


def _round(inventory: Inventory, shift: tuple[str, str], window: tuple[str, str], lit: bool) -> Round:
    known = inventory.shift_of
    if shift[1] not in known:
        zh = f"参数 {shift[0]} 为“{shift[1]}”；资源库中的班次：{'、'.join(known)}"
        en = f"parameter {shift[0]!r} is {shift[1]!r}; the inventory has: {', '.join(known)}"
        raise ParameterError(Text(zh, en))
    found, periods = known[shift[1]], parse_periods(window[1])
    if len(periods) != 1:
        zh, en = (
            f"参数 {window[0]} 为“{window[1]}”；应为一个时段",
            f"parameter {window[0]!r} is {window[1]!r}; expected one period",
        )
        raise ParameterError(Text(zh, en))
    for days in (0, DAY_S, -DAY_S):
        from_s, to_s = periods[0][0] + days, periods[0][1] + days
        if from_s < found.end_s and to_s > found.start_s:
            return Round(found, from_s, to_s, lit)
    hours = f"{clock(found.start_s)}-{clock(found.end_s)}"
    zh = f"参数 {window[0]} 为“{window[1]}”，班次 {found.key}（{hours}）不在其中；请改时段或班次"
    en = f"parameter {window[0]!r} is {window[1]!r}, which shift {found.key!r} ({hours}) never touches; change one of them"
    raise ParameterError(Text(zh, en))
