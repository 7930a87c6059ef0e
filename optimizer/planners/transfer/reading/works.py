"""What may be done at each site: keep, build, rebuild or extend, in which sizes; and the rule that forbids the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from layers.kinds.facilities import StationState
from layers.text import Text
from optimizer.planners.transfer.params import TransferParams
from optimizer.planners.transfer.reading.classes import MARKS, StationClass, class_of, land_taken_m2
from optimizer.planners.transfer.reading.locks import Locked
from optimizer.planners.transfer.reading.money import Bill, Tariff, built, extended, kept, rebuilt
from optimizer.planners.transfer.reading.sites import Sites
from resources.standards import Standard, standard


class WorkKind(StrEnum):
    """What is done at a site that is open."""

    KEEP = "keep"
    BUILD = "build"
    REBUILD = "rebuild"
    EXTEND = "extend"


@dataclass(frozen=True, slots=True)
class Work:
    """Hold one way for a site to be open.

    Parameters
    ----------
    place
        Row of the site.
    kind, size_t_day
        What is done, and how much the station takes then.
    bill
        What that costs.
    compacts
        Whether the station gets compacting equipment that it had not.
    """

    place: int
    kind: WorkKind
    size_t_day: float
    bill: Bill
    compacts: bool = False

    @property
    def counts(self) -> bool:
        """Whether it counts as built or rebuilt."""
        return self.kind in (WorkKind.BUILD, WorkKind.REBUILD)


@dataclass(frozen=True, slots=True)
class Broken:
    """Name a rule that a work would break.

    Parameters
    ----------
    rule
        Id of a standard, or a stable key.
    text
        With figures.
    word
        A few words for counts of such sites.
    """

    rule: str
    text: Text
    word: Text
    clause: str = ""
    certainty: str = ""


@dataclass(frozen=True, eq=False)
class Offers:
    """Hold all works that are allowed, and why sites have none or no larger ones.

    Parameters
    ----------
    works
        By site, the smallest first.
    of_site
        Rows of the works of each site, by its row.
    refused
        For a site without works, what stands in the way of its smallest.
    overruled
        Rules that are broken at sites which a lock opens all the same.
    """

    works: tuple[Work, ...]
    of_site: dict[int, tuple[int, ...]]
    refused: dict[int, tuple[Broken, ...]]
    overruled: dict[int, tuple[Broken, ...]]


def offers_of(sites: Sites, params: TransferParams, sizes_t_day: tuple[float, ...], locked: Locked) -> Offers:
    """Return what may be done at each site."""
    tariff = Tariff.of(params)
    works: list[Work] = []
    of_site, refused, overruled = {}, {}, {}
    for site in range(len(sites)):
        begin, first_broken = len(works), None
        must = sites.land.ids[site] in locked.must
        for kind, size_t_day in _asked(sites, params, sizes_t_day, (site, locked)):
            broken = tuple(broken_by(sites, params, (site, kind, size_t_day)))
            fatal = tuple(b for b in broken if b.rule in FATAL) if must else broken
            if fatal:
                first_broken = first_broken or fatal
            else:
                overruled.update({site: broken} if broken and site not in overruled else {})
                works.append(_work(sites, tariff, params, (site, kind, size_t_day)))
        if len(works) > begin:
            of_site[site] = tuple(range(begin, len(works)))
        else:
            refused[site] = first_broken or (_by_state(sites, params, site),)
    return Offers(tuple(works), of_site, refused, overruled)


def _asked(
    sites: Sites, params: TransferParams, sizes_t_day: tuple[float, ...], at: tuple[int, Locked]
) -> Iterator[tuple[WorkKind, float]]:
    """Yield what is thought of at a site, by its state and locks."""
    site, locked = at
    item = str(sites.land.ids[site])
    if item in locked.must_not or (item in locked.keep and not sites.stands(site)):
        return
    if not sites.stands(site):
        yield from ((WorkKind.BUILD, t) for t in sizes_t_day)
        return
    state, capacity_t_day = int(sites.state[site]), float(sites.capacity_t_day[site])
    lacks = params.all_compacting and not sites.compacting[site]
    if item in locked.keep:
        yield WorkKind.KEEP, capacity_t_day
        return
    if state == StationState.TO_CLOSE and item not in locked.must:
        return
    if (state in (StationState.SOUND, StationState.UNKNOWN) and not lacks) or (
        item in locked.must and state == StationState.TO_CLOSE
    ):
        yield WorkKind.KEEP, capacity_t_day
    if state != StationState.SOUND or params.rebuild_sound or lacks:
        yield from ((WorkKind.REBUILD, t) for t in sizes_t_day)
    if state in (StationState.SOUND, StationState.UNKNOWN):
        yield from ((WorkKind.EXTEND, t) for t in sizes_t_day if t > capacity_t_day)


def work_at(sites: Sites, params: TransferParams, work: tuple[int, WorkKind, float]) -> Work:
    """Return a work at a site, whether it is allowed or not.

    Parameters
    ----------
    work
        Row of the site, what is done, and the size, t/d.
    """
    return _work(sites, Tariff.of(params), params, work)


def _work(sites: Sites, tariff: Tariff, params: TransferParams, work: tuple[int, WorkKind, float]) -> Work:
    site, kind, size_t_day = work
    compacts = kind is not WorkKind.KEEP and not bool(sites.compacting[site])
    return Work(site, kind, size_t_day, _bill(sites, tariff, params, work), compacts)


def _bill(sites: Sites, tariff: Tariff, params: TransferParams, work: tuple[int, WorkKind, float]) -> Bill:
    site, kind, size_t_day = work
    if kind is WorkKind.KEEP:
        return kept(tariff, size_t_day)
    if kind is WorkKind.REBUILD:
        return rebuilt(tariff, size_t_day, params)
    if kind is WorkKind.EXTEND:
        return extended(tariff, float(sites.capacity_t_day[site]), size_t_day)
    taken_m2 = min(float(sites.land.land_m2[site]), land_taken_m2(size_t_day))
    return built(tariff, size_t_day, taken_m2 * float(sites.land.land_yuan_m2[site]))


# What no lock can overrule: there is no such place, or no truck comes to it.
FATAL = ("coordinates", "amount", "duplicate", "unreachable")


def broken_by(sites: Sites, params: TransferParams, work: tuple[int, WorkKind, float]) -> Iterator[Broken]:
    """Yield the rules that a work would break; those of the place first, then those of the code for its class."""
    site, kind, size_t_day = work
    yield from _of_place(sites, params, site)
    if kind is WorkKind.KEEP:
        return
    own = class_of(size_t_day)
    if kind is WorkKind.BUILD:
        yield from _access(sites, params, site)
    yield from _land(sites, site, own)
    yield from _buildings(sites, site, own)
    yield from _belt(sites, params, site, own)
    if sites.beside.school_m[site] < params.school_m:
        far = f"{sites.beside.school_m[site]:.0f} m"
        zh, en = (
            f"距学校或医院 {far}，应不小于 {params.school_m:g} m",
            f"{far} from a school or hospital, {params.school_m:g} m are wanted",
        )
        yield Broken("school", Text(zh, en), Text("离学校医院太近", "too near to a school or hospital"))


def _of_place(sites: Sites, params: TransferParams, site: int) -> Iterator[Broken]:
    land = sites.land
    x_m, y_m = land.xy_m[site]
    if not np.isfinite([x_m, y_m]).all():
        yield Broken("coordinates", Text("没有位置", "it has no place"), Text("没有位置", "without a place"))
        return
    if not (land.land_m2[site] > 0 and land.land_yuan_m2[site] >= 0 and sites.capacity_t_day[site] >= 0):
        told = f"{land.land_m2[site]:g} m², {land.land_yuan_m2[site]:g} yuan/m², {sites.capacity_t_day[site]:g} t/d"
        zh, en = f"用地、地价或能力不成立：{told}", f"its land, price or capacity cannot be: {told}; 0 or more is expected"
        yield Broken("amount", Text(zh, en), Text("数据有误", "with figures that cannot be"))
    if site in sites.twin_of:
        other = str(land.ids[sites.twin_of[site]])
        yield Broken(
            "duplicate", Text(f"与“{other}”是同一处", f"it is the same place as {other!r}"), Text("重复", "listed twice")
        )
    away_m = max(float(land.access_m[site]), float(sites.onward_m[site]))
    if away_m > params.snap_m and not sites.stands(site):
        zh = f"({x_m:.0f}, {y_m:.0f}) 距货车可通行的道路 {away_m:.0f} m，超过 {params.snap_m:g} m"
        en = f"({x_m:.0f}, {y_m:.0f}) is {away_m:.0f} m from the nearest street for its trucks, beyond {params.snap_m:g} m"
        yield Broken("unreachable", Text(zh, en), Text("不通道路", "off the streets"))


def _access(sites: Sites, params: TransferParams, site: int) -> Iterator[Broken]:
    width_m = float(sites.land.access_width_m[site])
    if width_m < params.least_access_m:
        rule = standard("T6")
        zh, en = (
            f"进出道路宽 {width_m:g} m，应不小于 {params.least_access_m:g} m",
            f"its street is {width_m:g} m wide, {params.least_access_m:g} m are wanted",
        )
        yield _of_code(rule, (zh, en), Text("道路过窄", "on too narrow a street"))


def _land(sites: Sites, site: int, own: StationClass) -> Iterator[Broken]:
    land_m2 = float(sites.land.land_m2[site])
    if land_m2 < own.land.value:
        zh = f"用地 {land_m2:.0f} m²，{own.label.zh}需 {own.land.value:g} m²"
        en = f"its land is {land_m2:.0f} m², {own.label.en} takes {own.land.value:g} m²"
        yield _of_code(own.land, (zh, en), Text("用地不足", "too small"))


def _buildings(sites: Sites, site: int, own: StationClass) -> Iterator[Broken]:
    away_m = float(sites.beside.away_m[site])
    if away_m < own.away.value:
        zh = f"距最近建筑 {away_m:.1f} m，{own.label.zh}应不小于 {own.away.value:g} m"
        en = f"the nearest building is {away_m:.1f} m away, {own.label.en} wants {own.away.value:g} m"
        yield _of_code(own.away, (zh, en), Text("离建筑太近", "too near to buildings"))


def _belt(sites: Sites, params: TransferParams, site: int, own: StationClass) -> Iterator[Broken]:
    left_m2 = float(sites.belt_left_m2[site, MARKS.index(own.mark)])
    wanted_m2 = own.land.value * params.belt_core_pct / 100
    if left_m2 < wanted_m2:
        zh = f"{own.belt.value:g} m 绿化带以内剩 {left_m2:.0f} m²，{own.label.zh}需 {wanted_m2:.0f} m²"
        en = f"behind a green belt of {own.belt.value:g} m it has {left_m2:.0f} m², {own.label.en} needs {wanted_m2:.0f} m²"
        yield _of_code(own.belt, (zh, en), Text("容不下绿化带", "without room for the green belt"))


def _of_code(rule: Standard, told: tuple[str, str], word: Text) -> Broken:
    return Broken(rule.id, Text(*told), word, rule.clause, str(rule.source.certainty))


def _by_state(sites: Sites, params: TransferParams, site: int) -> Broken:
    """Return why nothing was thought of at a site."""
    if sites.stands(site) and sites.state[site] == StationState.TO_CLOSE:
        return Broken("state", Text("现状为待关闭", "it is to be closed"), Text("待关闭", "to be closed"))
    return Broken("must_not", Text("锁定为不开设", "a lock keeps it closed"), Text("被锁定关闭", "locked closed"))
