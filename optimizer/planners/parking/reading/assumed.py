"""List what a plan of parking rests on and nobody gave, and what was left aside."""

from __future__ import annotations

from collections import Counter

import numpy as np
import shapely

from layers.kinds.parking import KerbFacts, Lots, ParkingDemand
from layers.text import Text
from optimizer.ground.assumed import assumed_streets
from optimizer.plan import Assumed
from optimizer.planners.parking.reading.ground import Ground

_FAR_M = 30.0


def assumed_of(ground: Ground) -> tuple[Assumed, ...]:
    """Return what was assumed or left aside, with the rule and how often."""
    found, params, demand = list[Assumed](), ground.params, ground.demand

    def say(zh: str, en: str, n: int, rule: Text) -> None:
        if n:
            found.append(Assumed(Text(zh, en), n, rule))

    if demand.guessed:
        say("停车需求（没有图层）", "parking demand (no layer)", len(demand), Text(
            f"每百位居民 {params.cars_share:g} 辆；没有人口时每公里支路街巷 {params.street_cars_ratio:g} 辆；均须另找泊位",
            f"{params.cars_share:g} cars for a hundred residents, without these {params.street_cars_ratio:g} a km"
            " of side street; none with a berth of its own",
        ))  # fmt: skip
    elif len(set(demand.zone.tolist())) < len(demand):
        say("需求分到街坊", "demand spread over blocks", len(demand), Text(
            f"{len(ground.city[ParkingDemand])} 个小区的车辆按人口点的居民与岗位分配",
            f"cars of {len(ground.city[ParkingDemand])} zones by residents and jobs of the population layer",
        ))  # fmt: skip
    say("不在步行路网上的需求点", "demand off the network", int((ground.demand_at.distance_m > params.snap_m).sum()), Text(
        f"距道路超过 {params.snap_m:.0f} m：列为无处停放",
        f"farther than {params.snap_m:.0f} m from a street: told as without a berth",
    ))  # fmt: skip
    facts, streets = ground.city[KerbFacts], ground.streets
    if len(facts) and len(streets):
        tree = shapely.STRtree(streets.geometry.shapely)
        near = np.unique(tree.query(facts.geometry.shapely, "dwithin", _FAR_M)[0])
        say("远离道路的路侧设施", "kerb facts far from streets", len(facts) - len(near), Text(
            f"距任何道路超过 {_FAR_M:.0f} m：不影响泊位",
            f"farther than {_FAR_M:.0f} m from every street: no berth minds them",
        ))  # fmt: skip
    n_wide = int(np.isnan(streets.width_m).sum())
    say("路宽未知", "streets without width", n_wide, Text("不设泊位", "no berths on them"))
    say("路内泊位无路段", "berths at no street", sum(r.street < 0 for r in ground.standing), Text(
        "按违规清除，议事会另有决定者除外", "removed as against the rules, but for what the council decided"
    ))  # fmt: skip
    lots = ground.city[Lots]
    invalid = int((~shapely.is_valid(lots.geometry.shapely)).sum()) if len(lots) else 0
    say(
        "自相交的场地",
        "lots whose outline crosses itself",
        invalid,
        Text("修复后取最大部分", "mended; the largest part is used"),
    )
    refused = Counter(lot.refused for lot in ground.lots if lot.refused)
    words = {
        "access": Text("30 m 内没有道路", "no street within 30 m"),
        "too_small": Text("放不下泊位", "no berth fits"),
    }
    for key, n in sorted(refused.items()):
        say("未用闲置地", "idle land left aside", n, words.get(key, Text(f"出入口不符合 {key}", f"no entrance keeps {key}")))
    return (*found, *assumed_streets(streets, ("road_class", "width_m", "oneway", "length_m")))
