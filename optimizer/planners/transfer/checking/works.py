"""What is done where: known sites, the right work for their state, and the codes for its class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from layers.kinds.facilities import StationState
from layers.kinds.streets import Streets
from layers.text import Text
from optimizer.changes import Change, ChangeKind
from optimizer.plan import Plan, PlanFault
from optimizer.planners.transfer.checking.ground import Ground, Site, class_mark, wants
from resources.standards import standard

OPENS = (ChangeKind.BUILD, ChangeKind.REBUILD, ChangeKind.EXTEND)
_SLACK = 1e-6


def work_faults(ground: Ground, plan: Plan) -> Iterator[PlanFault]:
    """Name works that cannot be, and stations left as they are that must not be."""
    for item, n in Counter(c.item for c in plan.changes).items():
        if n > 1:
            yield _fault("changed_twice", item, f"{item} 有 {n} 项变更", f"{item} is changed {n} times")
    for change in plan.changes:
        site = ground.sites.get(change.item)
        if site is None or site.layer != change.layer:
            yield _fault(
                "unknown_site", change.item, f"没有场地 {change.item}", f"there is no site {change.item} in {change.layer}"
            )
            continue
        yield from _kind_faults(ground, change, site)
        if change.kind in OPENS:
            yield from _code_faults(ground, change, site)
    if not _is_empty(plan):
        yield from _left_faults(ground, plan)


def _is_empty(plan: Plan) -> bool:
    """Return whether a run was stopped before there was any plan."""
    return not plan.changes and not plan.assignments


def _fault(code: str, where: str, zh: str, en: str) -> PlanFault:
    return PlanFault(code, where, Text(zh, en))


def _kind_faults(ground: Ground, change: Change, site: Site) -> Iterator[PlanFault]:
    locked, item = ground.locked(site.id), change.item
    closes = change.kind is ChangeKind.CLOSE
    fits = (change.kind is ChangeKind.BUILD) != site.stands and change.kind in (*OPENS, ChangeKind.CLOSE)
    if not fits:
        yield _fault("wrong_kind", item, f"{item} 不能{change.kind}", f"{item} cannot be changed by {change.kind.value!r}")
    if ("closed" in locked and not closes) or ("open" in locked and closes) or "keep" in locked:
        yield _fault("lock_broken", item, f"未遵守对 {item} 的锁定", f"the lock on {item} is not kept")
    if change.kind is ChangeKind.EXTEND and (site.state in (StationState.TO_CLOSE, StationState.TO_REBUILD)):
        yield _fault("wrong_state", item, f"{item} 的状态不能扩建", f"{item} is in a state in which it cannot be extended")
    if change.kind is ChangeKind.EXTEND and change.size <= site.capacity_t_day:
        en = f"{item} is extended to {change.size:g} t/d from {site.capacity_t_day:g}"
        yield _fault("no_extension", item, f"{item} 扩建后 {change.size:g} t/d 不大于现状 {site.capacity_t_day:g}", en)
    if site.state == StationState.TO_CLOSE and not closes and "open" not in locked:
        yield _fault("wrong_state", item, f"{item} 为待关闭", f"{item} is to be closed")


def _code_faults(ground: Ground, change: Change, site: Site) -> Iterator[PlanFault]:
    """Hold a work against the codes, anew: size, land, buildings, belt, street, schools."""
    item, mark = change.item, class_mark(change.size)
    least = standard("T3").value
    if change.size < least:
        yield _fault(
            "too_small",
            item,
            f"{item} 规模 {change.size:g} t/d，应不小于 {least:g}",
            f"{item} is of {change.size:g} t/d, {least:g} are wanted",
        )
    if "open" in ground.locked(item):
        return  # a lock overrules the rest; the plan's verdicts tell of it
    yield from broken_code(ground, site, mark, new=change.kind is ChangeKind.BUILD)


def broken_code(ground: Ground, site: Site, mark: str, *, new: bool) -> Iterator[PlanFault]:
    """Yield the rules of the codes that a station of a class would break at a site."""
    import shapely

    away_m, protected = ground.away_m(site), ground.places[2]
    rows = [(f"T1.land.{mark}", site.land_m2), (f"T2.{mark}", float(away_m.min(initial=np.inf)))]
    if new:
        rows.append(("T6", width_m(ground, site)))
    for key, value in rows:
        wanted = ground.params.least_access_m if key == "T6" else standard(key).values[0]
        if value < wanted - _SLACK:
            unit = standard(key).unit
            text = f"{value:.1f} {unit} < {wanted:g} {unit} ({key})"
            yield _fault("code_broken", site.id, f"{site.id}：{text}", f"{site.id}: {text}")
    inner_m2 = shapely.area(shapely.buffer(site.shape, -standard(f"T2.belt.{mark}").value, join_style="mitre"))
    if inner_m2 < standard(f"T1.land.{mark}").values[0] * ground.params.belt_core_pct / 100 - _SLACK:
        yield _fault(
            "code_broken",
            site.id,
            f"{site.id} 容不下绿化带（T2.belt.{mark}）",
            f"{site.id} has no room for its green belt (T2.belt.{mark})",
        )
    if away_m[protected].min(initial=np.inf) < ground.params.school_m - _SLACK:
        yield _fault("near_school", site.id, f"{site.id} 离学校或医院太近", f"{site.id} is too near to a school or hospital")


def width_m(ground: Ground, site: Site) -> float:
    """Return the width of a site's street: its own figure, else of the nearest street that its trucks may use."""
    import shapely

    if not np.isnan(site.width_m):
        return site.width_m
    streets = ground.city[Streets]
    rows = ground.driven_streets
    far_m = shapely.distance(streets.geometry.shapely[rows], site.shape)
    return float(streets.width_m[rows[int(np.argmin(far_m))]])


def _left_faults(ground: Ground, plan: Plan) -> Iterator[PlanFault]:
    """Name stations that stay as they are although they must not, and locks to open that are not kept."""
    changed, opened = {c.item for c in plan.changes}, {c.item for c in plan.changes if c.kind in OPENS}
    for site in ground.sites.values():
        locked = ground.locked(site.id)
        stays = site.stands and site.id not in changed
        if stays and wants(site.state) and not locked & {"open", "keep"}:
            yield _fault(
                "left_as_it_is", site.id, f"{site.id} 不能按现状保留", f"{site.id} cannot stay as it is: see its state"
            )
        if stays and ground.params.all_compacting and not site.compacting and not locked & {"open", "keep"}:
            yield _fault(
                "not_compacting", site.id, f"{site.id} 没有压缩设备却保留", f"{site.id} is kept without compacting equipment"
            )
        if "open" in locked and not stays and site.id not in opened:
            yield _fault("lock_broken", site.id, f"未遵守对 {site.id} 的锁定", f"the lock on {site.id} is not kept")
        if "closed" in locked and stays:
            yield _fault("lock_broken", site.id, f"未遵守对 {site.id} 的锁定", f"the lock on {site.id} is not kept")
