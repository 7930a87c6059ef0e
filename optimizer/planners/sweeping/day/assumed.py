"""List what the plan rests on: values of streets that nobody gave, and what it leaves out of account."""

from __future__ import annotations

from dataclasses import replace

from layers.kinds.streets import Streets
from layers.text import Text
from optimizer.plan import Assumed
from optimizer.planners.sweeping.day.fleet import LEAST_WET_C, sprays, wet_allowed
from optimizer.planners.sweeping.day.kerbs import has_inner_kerbs
from optimizer.planners.sweeping.params import SweepingParams
from resources.inventory import VehicleType

READ = ("road_class", "width_m", "length_m", "oneway", "speed_mps", "cleaning_grade", "swept_area_m2")


def said_of(params: SweepingParams) -> tuple[Assumed, ...]:
    """Return what the parameters make of the day's work, where it is not the usual."""
    if wet_allowed(params):
        return ()
    zh = f"气温 {params.temperature_celsius:g} °C，低于 {LEAST_WET_C:g} °C：不喷水，全部干式清扫（GB 55013-2021 8.2.2，A）"
    en = f"{params.temperature_celsius:g} °C is below {LEAST_WET_C:g} °C: nothing is sprayed (GB 55013-2021 8.2.2, A)"
    return (Assumed(Text("干式清扫", "swept dry"), 1, Text(zh, en)),)


def outer_kerbs_only(streets: Streets, params: SweepingParams) -> tuple[Assumed, ...]:
    """Return how many streets' centre barriers are not swept along, where the parameters say so."""
    inner = has_inner_kerbs(streets, replace(params, sweep_centre_barriers=True))
    if params.sweep_centre_barriers or not inner.any():
        return ()
    rule = Text("只扫两侧外缘，中央护栏两侧不扫", "only the outer kerbs are swept, not those along the barrier")
    return (Assumed(Text("中央隔离", "centre barriers"), int(inner.sum()), rule),)


def left_out_of_account(streets: Streets, vehicles: tuple[VehicleType, ...]) -> tuple[Assumed, ...]:
    """Return what this planner does not reckon with, where the city or the fleet has it."""
    found = []
    for v in vehicles:
        if v.water_lpm > 0 and v.tank_l <= 0:
            zh, en = f"{v.label.zh}未给水箱容量：不计加水", f"{v.label.en}: no tank is given, refills are not counted"
            found.append(Assumed(Text("加水", "water refills"), 1, Text(zh, en)))
    by_hour = int((streets.speed_by_hour != "").sum())
    if by_hour:
        rule = Text("不分时段，按道路行驶速度", "not used: streets are driven at their usual speed at all hours")
        found.append(Assumed(Text("分时速度", "speeds by hour"), by_hour, rule))
    return tuple(found)


def full_at_start(vehicles: tuple[VehicleType, ...]) -> tuple[Assumed, ...]:
    """Return that tanks are full at the start of each shift, where some vehicle sprays off one."""
    if not any(sprays(vehicle) for vehicle in vehicles):
        return ()
    full = Text("水箱在停车场加满后出车", "tanks are filled at the depot before vehicles leave it")
    return (Assumed(Text("出车水量", "water at the start"), 1, full),)
