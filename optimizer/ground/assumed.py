"""List what a plan rests on: values of streets that nobody gave."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from layers.assume import explain
from layers.kinds.streets import Streets
from layers.layer import FIRST_RULE
from optimizer.plan import Assumed


def assumed_streets(streets: Streets, columns: Sequence[str]) -> tuple[Assumed, ...]:
    """Return, for each of some columns that a planner reads and each rule, how many values the rule made."""
    found = []
    for name in columns:
        counts = np.bincount(streets.origins(name), minlength=FIRST_RULE + len(streets.rules))[FIRST_RULE:]
        label = streets.column(name).label
        found += [Assumed(label, int(n), explain(streets.rules[k])) for k, n in enumerate(counts) if n]
    return tuple(found)
