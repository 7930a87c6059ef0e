"""Numbers that districts and the city want: counted anew from the plan, against what the sites allow."""

from __future__ import annotations

from collections.abc import Iterator

from layers.districts import names_of
from layers.kinds.facilities import StationState
from layers.kinds.places import DistrictRing, Districts
from layers.text import Text
from optimizer.changes import ChangeKind
from optimizer.plan import Plan, PlanFault
from optimizer.planners.transfer.checking.ground import Ground, Site, class_mark
from optimizer.planners.transfer.checking.loads import sizes
from optimizer.planners.transfer.checking.works import OPENS, broken_code

_NEW = (ChangeKind.BUILD, ChangeKind.REBUILD)


def counted(ground: Ground, plan: Plan, district: str) -> tuple[int, int]:
    """Return the stations of a district that are built or rebuilt, and those that compact and did not."""
    here = [(c, ground.sites[c.item]) for c in plan.changes if c.item in ground.sites]
    mine = [(c, s) for c, s in here if s.district == district and c.kind in OPENS]
    return sum(c.kind in _NEW for c, _ in mine), sum(not s.compacting for _, s in mine)


def number_faults(ground: Ground, plan: Plan) -> Iterator[PlanFault]:
    """Name districts that have fewer stations than they want although their sites allow more."""
    params, districts = ground.params, ground.city[Districts]
    if params.targets != "must" or (not plan.changes and not plan.assignments):
        return
    for name, ring in zip(names_of(districts).tolist(), districts.ring.tolist(), strict=True):
        wanted = params.n_central if ring == DistrictRing.CENTRAL else params.n_outer
        built, compacting = counted(ground, plan, name)
        if built < wanted and built < (
            most := sum(may_be_new(ground, s) for s in ground.sites.values() if s.district == name)
        ):
            en = f"{name} has {built} stations built or rebuilt of {wanted}, {most} sites allow it"
            yield PlanFault("quota_missed", name, Text(f"{name}新建改建 {built} 座，要求 {wanted}，有 {most} 处可做", en))
        if compacting < params.n_compacting:
            most = sum(may_be_new(ground, s) and not s.compacting for s in ground.sites.values() if s.district == name)
            if compacting < min(most, params.n_compacting):
                en = f"{name} adds {compacting} compacting stations of {params.n_compacting}, {most} sites allow it"
                yield PlanFault(
                    "quota_missed", name, Text(f"{name}新增压缩站 {compacting} 座，要求 {params.n_compacting}", en)
                )
    yield from _centre(ground, plan)


def _centre(ground: Ground, plan: Plan) -> Iterator[PlanFault]:
    wanted, largest = ground.params.centre_t_day, max(sizes(ground, plan).values(), default=0.0)
    offered = [t for t in _sizes_on_offer(ground) if t >= wanted > 0]
    if not offered or largest >= wanted:
        return
    mark = class_mark(min(offered))
    if any(may_be_new(ground, s, mark) for s in ground.sites.values()):
        en = f"no station takes {wanted:g} t/d, the largest is of {largest:g}, though a site allows one"
        yield PlanFault("quota_missed", "", Text(f"没有 {wanted:g} t/d 的转运中心，最大 {largest:g}", en))


def _sizes_on_offer(ground: Ground) -> list[float]:
    return sorted(float(t) for t in ground.params.sizes.replace("，", ",").split(",") if t.strip())


def may_be_new(ground: Ground, site: Site, mark: str = "v") -> bool:
    """Return whether a station of a class could be built, or rebuilt, at a site: by its state, place, codes and locks."""
    locked, params = ground.locked(site.id), ground.params
    if locked & {"closed", "keep"} or site.shape.is_empty or site.land_m2 <= 0 or site.land_yuan_m2 < 0:
        return False
    if site.stands:
        lacks = params.all_compacting and not site.compacting
        fits = site.state != StationState.SOUND or params.rebuild_sound or lacks
        if not fits or (site.state == StationState.TO_CLOSE and "open" not in locked):
            return False
    elif site.id in ground.repeated or not ground.reachable(site):
        return False
    return "open" in locked or not any(broken_code(ground, site, mark, new=not site.stands))
