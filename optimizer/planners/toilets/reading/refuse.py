"""Refuse a question that cannot be meant, in one line that says what to mend."""

from __future__ import annotations

import numpy as np

from layers.errors import InputError, ParameterError
from layers.text import Text
from optimizer.planners.toilets.reading.ground import Ground
from optimizer.planners.toilets.sizing.visits import hour_shares


def refuse_question(ground: Ground) -> None:
    """Refuse limits that contradict one another, prices below nothing, and a city without anybody.

    Raises
    ------
    ParameterError
        Where limits contradict one another.
    InputError
        Where the city's figures cannot be used.
    """
    params = ground.params
    hour_shares(params)
    for low, high in (
        ("near_m", "far_m"), ("crowd_m", "far_m"), ("density_least_ratio", "density_most_ratio"),
        ("n_new_least", "n_new_most"), ("n_upgraded_least", "n_upgraded_most"),
    ):  # fmt: skip
        if getattr(params, low) > getattr(params, high):
            values = f"{getattr(params, low):g} > {getattr(params, high):g}"
            zh = f"参数 {low} 大于 {high}：{values}；请改小前者或改大后者"
            raise ParameterError(
                Text(zh, f"parameter {low!r} is above {high!r}: {values}; lower the one or raise the other")
            )
    price = ground.candidates.price_yuan_m2
    bad = np.flatnonzero(price < 0)
    if len(bad):
        item, value = ground.candidates.ids[bad[0]], price[bad[0]]
        zh = f"备选地点“{item}”的地价为 {value:g} 元/m²，应不小于 0（共 {len(bad)} 处）；请更正"
        en = f"candidate {item!r}: land price {value:g} yuan/m2, expected 0 or more ({len(bad)} in all); mend it"
        raise InputError(Text(zh, en))
    if not len(ground.people) or not ground.people.n_counted(params).sum():
        zh = "城市没有任何人口：人口、社区与行政区图层都没有面积或人数；请先导入人口或行政区"
        raise InputError(Text(zh, "the city has nobody: no population, and districts without area; add people or districts"))
