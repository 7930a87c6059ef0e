"""By how much a shift must be longer for one more pass: it is tried at every place of every route."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from optimizer.ground.networks import shift_groups
from optimizer.plan import Route
from optimizer.planners.sweeping.day import fleet
from optimizer.planners.sweeping.day.fleet import tank_m
from optimizer.planners.sweeping.explaining.gaps import Gaps, gaps_of
from optimizer.planners.sweeping.explaining.outings import Outings
from optimizer.planners.sweeping.explaining.spare_time import Question, able
from optimizer.planners.sweeping.explaining.ways import Ways, outing_s
from optimizer.planners.sweeping.search.proven import net_s
from optimizer.planners.sweeping.search.weights import margin_s
from resources.inventory import Shift, VehicleType


@dataclass(frozen=True)
class Extension:
    """Say what would serve a pass.

    Parameters
    ----------
    vehicle
        Name of the vehicle whose shift must be longer; empty where none can take the pass.
    shift
        Which of its shifts.
    extra_s
        Seconds by which; 0 or less where there is room.
    one_more
        Types of which one more vehicle would serve it within a shift.
    short_s
        Seconds by which the best whole shift is too short for it; infinite where no vehicle can come there.
    dry_s
        Seconds by which that shift must be longer at the same place of the same route if its tank lasted; less than
        `extra_s` where a refill is told in.
    """

    vehicle: str
    shift: Shift | None
    extra_s: float
    one_more: tuple[VehicleType, ...]
    short_s: float = np.inf
    dry_s: float = np.inf


class Insertion:
    """Try passes in the routes of one plan.

    Parameters
    ----------
    question
        Streets, fleet and ways.
    routes
        The plan's.
    """

    def __init__(self, question: Question, routes: Sequence[Route]) -> None:
        self.question = question
        self.routes = tuple(routes)
        passes, params = question.passes, question.params
        self.shifts = fleet.shifts_of(question.inventory, params)
        self.groups = shift_groups(passes.streets, self.shifts)
        self.choices = fleet.shift_choices(passes, self.groups, self.shifts)
        self._gaps: dict[tuple[str, str], Gaps] = {}

    def extension(self, row: int) -> Extension:
        """Return the least change that serves a pass: time in some route's shift, or one more vehicle."""
        found, one_more, short_s = Extension("", None, np.inf, ()), list[VehicleType](), np.inf
        column = 0
        for g, group in enumerate(self.groups):
            for shift in group.shifts:
                column += 1
                if not self.choices[row, column - 1]:
                    continue
                for k, vehicle in enumerate(fleet.sweepers(self.question.inventory)):
                    view = self.question.outings[k][g]
                    if view is None or not able(self.question.passes, np.array([row]), vehicle, self.question.params)[0]:
                        continue
                    least = self._least(view, shift, row)
                    if least.extra_s < found.extra_s:
                        name = self.routes[least.route].vehicle
                        found = Extension(name, shift, least.extra_s, (), dry_s=least.dry_s)
                    missing_s = least.alone_s + margin_s(self.question.params) - net_s(shift)
                    short_s = min(short_s, missing_s)
                    one_more += [vehicle] if missing_s <= 0 else []
        types = {v.key: v for v in one_more}
        return replace(found, one_more=tuple(types.values()), short_s=short_s)

    def _least(self, view: Outings, shift: Shift, row: int) -> Least:
        """Return the best route for a pass of those of a type in a shift."""
        key = (view.vehicle.key, shift.key)
        if key not in self._gaps:
            self._gaps[key] = gaps_of(view, self.routes, shift)
        gaps, passes = self._gaps[key], self.question.passes
        best = Least(-1, np.inf, np.inf, np.inf)
        for arc in (a for a in view.arcs_of(np.array([row]))[0].tolist() if a >= 0):
            ways = Ways(view, arc, view.to_state(2 * arc), view.from_state(2 * arc + 1))
            alone_s = min(best.alone_s, outing_s(view, ways.to_s, ways.from_s) + float(view.service_s[row]))
            best = replace(best, alone_s=alone_s)
            if len(gaps.route) == 0:
                continue
            needs_s = view.service_s[row] + margin_s(self.question.params) + gaps.offset_s - gaps.travel_s - gaps.idle_s
            needs_s = np.where(gaps.load_kg + passes.load_kg[row] <= view.vehicle.hopper_kg, needs_s, np.inf)
            direct_s = ways.direct_s(gaps)
            extra_s = np.minimum(
                np.where(gaps.ahead_m + gaps.rest_m + passes.length_m[row] <= tank_m(view.vehicle), direct_s, np.inf),
                ways.refilled_s(gaps, float(passes.length_m[row])),
            )
            k = int(np.argmin(extra_s + needs_s))
            if extra_s[k] + needs_s[k] < best.extra_s:
                with_s, dry_s = float(extra_s[k] + needs_s[k]), float(direct_s[k] + needs_s[k])
                best = replace(best, route=int(gaps.route[k]), extra_s=with_s, dry_s=dry_s)
        return best


@dataclass(frozen=True)
class Least:
    """Say which of some routes takes a pass best, and how long a shift must be that does it alone.

    Parameters
    ----------
    route
        Its number; -1 where none can take it.
    extra_s, dry_s
        As in `Extension`.
    alone_s
        Seconds of the shortest outing from any depot.
    """

    route: int
    extra_s: float
    dry_s: float
    alone_s: float
