"""List what a plan of toilets rests on and nobody gave."""

from __future__ import annotations

from collections import Counter

import numpy as np

from layers.kinds.places import CrowdPlaces
from layers.kinds.streets import Streets
from layers.text import Text
from optimizer.ground.assumed import assumed_streets
from optimizer.plan import Assumed
from optimizer.planners.toilets.reading.candidates import DRAWN, STREET
from optimizer.planners.toilets.reading.ground import Ground
from optimizer.planners.toilets.reading.standing import UNKNOWN


def assumed_of(ground: Ground) -> tuple[Assumed, ...]:
    """Return what was assumed, with the rule and how often."""
    params, standing, found = ground.params, ground.standing, []
    told = Counter(ground.candidates.sources)

    def say(zh: str, en: str, n: int, rule: Text) -> None:
        if n:
            found.append(Assumed(Text(zh, en), n, rule))

    if ground.people.spread:
        n = int((~ground.people.is_crowd).sum())
        even = f"{params.people_km2:,.0f}"
        say("人口（没有人口图层）", "people (no population layer)", n, Text(
            f"按面积均匀分布：网格 {params.spread_step_m:.0f} m，社区无人数处每平方公里 {even} 人",
            f"spread evenly by area: a grid of {params.spread_step_m:.0f} m, {even} a km2 where no community tells its own",
        ))  # fmt: skip
    say("建成区面积", "built-up land", int(ground.areas.assumed.sum()), Text(
        f"未给出：取道路两侧 {params.built_reach_m:.0f} m 以内，只计其中的公厕",
        f"not given: within {params.built_reach_m:.0f} m of streets, and toilets on it alone count",
    ))  # fmt: skip
    say("备选地点", "candidate places", told[STREET], Text(
        f"城市没有备选用地：沿街每 {params.street_step_m:.0f} m 取一处，用地待查",
        f"the city has none: along streets every {params.street_step_m:.0f} m, their land to be looked at",
    ))  # fmt: skip
    n_land = int(np.isnan(ground.candidates.land_m2).sum())
    say("备选地点用地", "land of candidates", n_land if told[DRAWN] or told[STREET] else 0, Text(
        "未知：按该类公厕用地的三倍", "not known: three times that of the class"
    ))  # fmt: skip
    say("公厕男女厕位", "stalls by sex", int((~standing.by_sex).sum()), Text(
        "未知：不判断厕位比与等候", "not known: neither ratio nor waits are judged"
    ))  # fmt: skip
    say("无障碍厕位", "barrier-free stalls", int((standing.n_accessible == UNKNOWN).sum()), Text(
        "未知：不作为改造理由", "not known: no reason to rebuild"
    ))  # fmt: skip
    say("公厕用地", "land of toilets", int(np.isnan(standing.land_m2).sum()), Text(
        f"未知：扩建至多增加 {params.extension_share:.0f}% 厕位",
        f"not known: an extension adds {params.extension_share:.0f} % of the stalls at the most",
    ))  # fmt: skip
    say("公厕开放时间", "opening hours", sum(not hours for hours in standing.hours), Text(
        "未知：按全天开放", "not known: taken as open day and night"
    ))  # fmt: skip
    say("日客流", "visitors a day", int(np.isnan(ground.city[CrowdPlaces].n_visitors_day).sum()), Text(
        "未知：只计距离，不计人数", "not known: the place counts for its distance, without people"
    ))  # fmt: skip
    say("不在步行路网上的公厕", "toilets off the network", int((~ground.on_network[: len(standing)]).sum()), Text(
        f"距道路超过 {params.snap_m:.0f} m：计入密度，不计步行", f"farther than {params.snap_m:.0f} m from a street:"
        " they count for density, nobody walks there"
    ))  # fmt: skip
    return (*found, *assumed_streets(ground.city[Streets], ("road_class", "length_m")))
