"""List what of the streets nobody gave: the plan rests on it."""

from __future__ import annotations

import numpy as np

from layers.assume import explain
from layers.kinds.streets import Streets
from layers.layer import FIRST_RULE
from optimizer.plan import Assumed

READ = ("road_class", "width_m", "length_m", "oneway", "speed_mps", "cleaning_grade", "swept_area_m2")


def assumed_streets(streets: Streets) -> tuple[Assumed, ...]:
    """Return, for each column that the planner reads and each rule, how many values the rule made."""
    found = []
    for name in READ:
        counts = np.bincount(streets.origins(name), minlength=FIRST_RULE + len(streets.rules))[FIRST_RULE:]
        label = streets.column(name).label
        found += [Assumed(label, int(n), explain(streets.rules[k])) for k, n in enumerate(counts) if n]
    return tuple(found)
