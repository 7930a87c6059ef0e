"""How long the ways to and from one more pass are, from each place of the routes and back, with or without a refill."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.layer import F64
from optimizer.planners.sweeping.day.fleet import sprays, tank_m
from optimizer.planners.sweeping.explaining.gaps import Gaps
from optimizer.planners.sweeping.explaining.outings import Outings

# Water points near a pass that are looked at where it needs a refill.
N_WATER = 4


@dataclass(frozen=True, eq=False)
class Ways:
    """Hold the ways to and from one pass, served along one arc.

    Parameters
    ----------
    arc
        That it is served along.
    to_s, from_s
        Seconds from all states to where it begins, and to all states from where it ends.
    """

    view: Outings
    arc: int
    to_s: F64
    from_s: F64

    def direct_s(self, gaps: Gaps) -> F64:
        """Return the seconds from each gap's begin to the pass, and on to the gap's end, shape (n,)."""
        return np.asarray(self.to_s[gaps.before] + self.from_s[gaps.after])

    def refilled_s(self, gaps: Gaps, length_m: float) -> F64:
        """Return the same with a refill before or behind the pass, infinite where the tank does not last even so."""
        view, least_s = self.view, np.full(len(gaps.route), np.inf)
        if not sprays(view.vehicle):
            return least_s
        holds_m = tank_m(view.vehicle)
        here = 2 * view.water_arc
        apart_s = self.to_s[here] + self.from_s[here] + view.fill_s
        for point in np.argsort(apart_s, kind="stable")[:N_WATER].tolist():
            into_s, out_s = view.around_water(point)
            before_s = into_s[gaps.before] + view.fill_s[point] + out_s[2 * self.arc] + self.from_s[gaps.after]
            behind_s = self.to_s[gaps.before] + self.from_s[here[point]] + view.fill_s[point] + out_s[gaps.after]
            least_s = np.minimum(least_s, np.where(gaps.rest_m + length_m <= holds_m, before_s, np.inf))
            least_s = np.minimum(least_s, np.where(gaps.ahead_m + length_m <= holds_m, behind_s, np.inf))
        return least_s


def outing_s(view: Outings, to_s: F64, from_s: F64) -> float:
    """Return the seconds of the way to and from a pass, over the best depot and dump, unloading told in.

    Parameters
    ----------
    to_s, from_s
        Seconds from all states to the pass, and from the pass to all states.
    """
    dump_s = from_s[2 * view.dump_arc] + view.part_s(view.dump_arc, view.dump_share) + view.vehicle.unload_s
    out_s = to_s[2 * view.depot_arc] - view.part_s(view.depot_arc, view.depot_share)
    return min(float(out + (dump_s + view.from_dumps_s(d)).min()) for d, out in enumerate(out_s.tolist()))
