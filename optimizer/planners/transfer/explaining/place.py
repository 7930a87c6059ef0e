"""What any place of the city would be good for: the rules that a small station there breaks, and what it costs and saves."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from layers.kinds.places import DistrictRing, Districts
from layers.kinds.streets import Streets
from layers.text import Text
from layers.units import KM_M
from optimizer.plan import Plan
from optimizer.planners.transfer.measuring.goal import DAYS_A_YEAR
from optimizer.planners.transfer.reading.classes import classes, land_taken_m2
from optimizer.planners.transfer.reading.haul import ends_of
from optimizer.planners.transfer.reading.money import Tariff, built, works_yuan_year
from optimizer.planners.transfer.reading.nearby import beside
from optimizer.planners.transfer.reading.question import Question, sizes_of
from optimizer.siting.candidates import beside as street_beside


def explain_place(question: Question, plan: Plan, at: tuple[float, float]) -> Text:
    """Return the rules that the smallest station at a place would break, what it would cost, and what it could save.

    The saving is of hauls, with all waste that is nearer to it brought there as far as it has room: no more can be saved.

    Parameters
    ----------
    at
        Metres, in the city's projection.
    """
    import shapely

    size_t_day = sizes_of(question.params)[0]
    side_m = float(np.sqrt(land_taken_m2(size_t_day)))
    shape = shapely.box(at[0] - side_m / 2, at[1] - side_m / 2, at[0] + side_m / 2, at[1] + side_m / 2)
    shapes = np.array([shape], dtype=object)
    near = beside(question.neighbours, shapes, question.params)
    broken = list(_broken(question, shapes, (float(near.away_m[0]), float(near.school_m[0]))))
    nuisance = float(near.n_weighted[0]) * question.params.nuisance_yuan
    bill = built(Tariff.of(question.params), size_t_day, side_m**2 * _land_yuan_m2(question, at))
    costs = works_yuan_year(bill, question.params) + bill.running_yuan_year + nuisance
    saves = _saving(question, plan, at, size_t_day)
    zh = f"此处建 {size_t_day:g} t/d（{side_m**2:.0f} m²）每年 {costs:,.0f} 元，运费最多省 {saves:,.0f} 元"
    what = f"a station of {size_t_day:g} t/d ({side_m**2:.0f} m²) here"
    en = f"{what} costs {costs:,.0f} yuan a year, hauls fall by at most {saves:,.0f}"
    told = [*broken, Text(zh, en)] if broken else [Text("不违反选址规则", "no rule on sites is broken"), Text(zh, en)]
    return Text("；".join(t.zh for t in told), "; ".join(t.en for t in told))


def _broken(
    question: Question, shapes: np.ndarray[tuple[int, ...], np.dtype[np.object_]], away_m: tuple[float, float]
) -> Iterator[Text]:
    params, own = question.params, classes()[0]
    width_m, far_m = street_beside(question.city[Streets], question.to_stations.drivable, shapes)
    if far_m[0] > params.snap_m:
        zh = f"距货车可通行道路 {far_m[0]:.0f} m，超过 {params.snap_m:g} m"
        yield Text(zh, f"it is {far_m[0]:.0f} m from the nearest street for trucks, beyond {params.snap_m:g} m")
    if width_m[0] < params.least_access_m:
        zh = f"道路宽 {width_m[0]:g} m，应不小于 {params.least_access_m:g} m（T6）"
        yield Text(zh, f"its street is {width_m[0]:g} m wide, {params.least_access_m:g} m are wanted (T6)")
    if away_m[0] < own.away.value:
        zh = f"距最近建筑 {away_m[0]:.0f} m，应不小于 {own.away.value:g} m（{own.away.id}）"
        yield Text(zh, f"the nearest building is {away_m[0]:.0f} m away, {own.away.value:g} m are wanted ({own.away.id})")
    if away_m[1] < params.school_m:
        zh = f"距学校或医院 {away_m[1]:.0f} m，应不小于 {params.school_m:g} m"
        yield Text(zh, f"a school or hospital is {away_m[1]:.0f} m away, {params.school_m:g} m are wanted")


def _land_yuan_m2(question: Question, at: tuple[float, float]) -> float:
    import shapely

    districts = question.city[Districts]
    inside = np.array([bool(shapely.contains_xy(shape, *at)) for shape in districts.geometry.shapely], dtype=bool)
    central = bool((districts.ring[inside] == DistrictRing.CENTRAL).any()) if len(inside) else False
    return question.params.land_central_yuan_m2 if central else question.params.land_outer_yuan_m2


def _saving(question: Question, plan: Plan, at: tuple[float, float], size_t_day: float) -> float:
    """Return what hauls can fall by at the most, yuan a year."""
    from layers.kinds.facilities import Plants

    params, waste, place = question.params, question.waste, np.array([at])
    known = [a for a in plan.assignments if a.item in waste.row_of and a.server in question.sites.row_of]
    if not known:
        return 0.0
    item = np.array([waste.row_of[a.item] for a in known], dtype=np.int64)
    site = np.array([question.sites.row_of[a.server] for a in known], dtype=np.int64)
    t_day = np.array([a.amount for a in known])
    km = question.to_stations.km(waste.xy_m[item], place)
    assert km is not None
    here = ends_of(question.city[Plants], question.to_plants, place, question.streams).km[0, waste.stream[item]]
    now = question.haul_yuan_t_km * np.array([a.distance_m for a in known]) / KM_M
    now = now + params.onward_yuan_t_km * question.ends.km[site, waste.stream[item]]
    gain = now - question.haul_yuan_t_km * km[:, 0] - params.onward_yuan_t_km * here
    order = np.argsort(-gain, kind="stable")
    order = order[gain[order] > 0]
    room = np.clip(size_t_day / params.peak_factor - (np.cumsum(t_day[order]) - t_day[order]), 0.0, t_day[order])
    return float(DAYS_A_YEAR * (room * gain[order]).sum())
