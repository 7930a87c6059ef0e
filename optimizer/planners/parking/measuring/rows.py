"""The berths and one-ways that a plan draws, as rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimizer.plan import ExtraLayer, Plan

# Places of the layers that a plan of parking draws.
BERTHS, ONE_WAYS, UNMET, AISLES, UNMET_TODAY, BEATS, SIGNS = range(7)


def layer_of(plan: Plan, which: int) -> ExtraLayer | None:
    """Return one of the layers that a plan draws; None for a plan without any, such as one that was stopped at once."""
    return plan.extra_layers[which] if which < len(plan.extra_layers) else None


def rows_of(plan: Plan, which: int) -> Iterator[dict[str, Any]]:
    """Yield the rows of one layer, by column."""
    layer = layer_of(plan, which)
    if layer is not None:
        names = list(layer.values)
        for values in zip(*layer.values.values(), strict=True):
            yield dict(zip(names, values, strict=True))
