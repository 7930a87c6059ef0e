"""Figures that the codes are held against: of works that the plan does, the one that comes off worst."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from optimizer.kpi import Kpi
from optimizer.planners.transfer.measuring.figures import kpi
from optimizer.planners.transfer.measuring.measured import Measured
from optimizer.planners.transfer.reading.classes import MARKS, class_of, classes, land_taken_m2
from optimizer.planners.transfer.reading.works import Work, WorkKind


def code_figures(measured: Measured) -> Iterator[Kpi]:
    """Yield the figures that rows T1 to T6 of the standards judge; of classes that no work has, none."""
    works = [w for w in measured.stations.values() if w.kind is not WorkKind.KEEP]
    for own in classes():
        mine = [w for w in works if class_of(w.size_t_day) is own]
        if mine:
            yield from _of_class(measured, own.mark, mine)
    if works:
        yield kpi("T3", min(w.size_t_day for w in works))
    built = [w.place for w in works if w.kind is WorkKind.BUILD]
    if built:
        yield kpi("T6", float(measured.question.sites.land.access_width_m[built].min()))
    yield kpi("T5", measured.question.params.peak_factor)
    straight = straight_km(measured)
    if straight is not None:
        yield kpi("T4", straight)


def _of_class(measured: Measured, mark: str, works: list[Work]) -> Iterator[Kpi]:
    sites = measured.question.sites
    rows = [w.place for w in works]
    yield kpi(f"T1.{mark}", max(w.size_t_day for w in works))
    yield kpi(f"T1.land.{mark}", min(used_m2(measured, w) for w in works))
    away_m = sites.beside.away_m[rows]
    if np.isfinite(away_m).any():
        yield kpi(f"T2.{mark}", float(away_m.min()))
    yield kpi(f"T2.belt.{mark}", min(belt_m(measured, w) for w in works))


def used_m2(measured: Measured, work: Work) -> float:
    """Return the land that a station uses: what its size takes, as far as the site has it."""
    return min(float(measured.question.sites.land.land_m2[work.place]), land_taken_m2(work.size_t_day))


def belt_m(measured: Measured, work: Work) -> float:
    """Return the green belt that a site has room for: its class's where enough is left behind it, else none."""
    question, own = measured.question, class_of(work.size_t_day)
    left_m2 = float(question.sites.belt_left_m2[work.place, MARKS.index(own.mark)])
    return own.belt.value if left_m2 >= own.land.value * question.params.belt_core_pct / 100 else 0.0


def straight_km(measured: Measured) -> float | None:
    """Return the mean haul of all waste straight to its plants, by the trucks that bring it; None without a plant."""
    from layers.kinds.facilities import Plants
    from optimizer.planners.transfer.reading.haul import ends_of

    question = measured.question
    waste, plants = question.waste, question.city[Plants]
    ends = ends_of(plants, question.to_stations, waste.xy_m, question.streams)
    rows = np.arange(len(waste))
    there = ends.plant[rows, waste.stream] >= 0
    t_day = waste.t_day[there]
    return float((t_day * ends.km[rows, waste.stream][there]).sum() / t_day.sum()) if there.any() else None
