"""Keep the best turnouts of every unit while several threads search, and turn them into calendars for whoever watches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimizer.engines.arc_routing.solution import RoutePlan
from optimizer.engines.arc_routing.solution import Unserved as Missed
from optimizer.monitor import Monitor
from optimizer.plan import Draft, Leg, Outcome, Route, Unserved
from optimizer.planners.sweeping.explaining.unserved import not_begun
from optimizer.planners.sweeping.search.board import Known, UnitBoard
from optimizer.planners.sweeping.search.units import Unit
from optimizer.planners.sweeping.washing import reasons
from optimizer.planners.sweeping.washing.bound import least_objective
from optimizer.planners.sweeping.washing.calendar import Calendar, Turnouts, calendar_of
from optimizer.planners.sweeping.washing.legs import Turnout, one_after_another, turnouts_of
from optimizer.planners.sweeping.washing.measured import missing_of, nights_of, objective_of
from optimizer.planners.sweeping.washing.problem import WashingProblem
from optimizer.planners.sweeping.washing.reasons import Shortage
from optimizer.side_by_side.board import Answer

# Rounds in which the last calendar is improved.
_N_ROUNDS = 200


@dataclass(frozen=True)
class Found(Answer[RoutePlan, Missed]):
    """Hold the best that is known of one unit: its turnouts too, made by the thread that found it."""

    unit: Unit
    turnouts: tuple[Turnout, ...]


class WashingBoard(UnitBoard[Unit]):
    """Collect turnouts from several threads and give them nights.

    Parameters
    ----------
    problem
        What is asked.
    units
        Those under search.
    before
        What was found of other units before.
    monitor
        Told of progress and of new bests.
    """

    def __init__(
        self, problem: WashingProblem, units: tuple[Unit, ...], before: tuple[Found, ...], monitor: Monitor
    ) -> None:
        super().__init__(units, monitor)
        self.problem = problem
        self.before = before
        self._unbegun = [not_begun(problem.washings, unit.tasks) for unit in units]

    def found(self) -> tuple[Found, ...]:
        """Return all that was found."""
        return (*self.before, *(answer for answer in self.answers if isinstance(answer, Found)))

    def unbegun(self) -> tuple[Unit, ...]:
        """Return the units whose turn has not come."""
        return tuple(unit for unit, answer in zip(self.units, self.answers, strict=True) if answer is None)

    def _answer(self, k: int, plan: RoutePlan, missed: tuple[Missed, ...], old: Known | None) -> Known:
        washings, unit = self.problem.washings, self.units[k]
        if isinstance(old, Found) and old.plan == plan:
            turnouts = old.turnouts
        else:
            turnouts = turnouts_of(unit, washings, plan, self.problem.water(unit))
        return Found(plan, missed, (), reasons.missed(washings, unit, missed), unit, turnouts)

    def _draft(self, outcome: Outcome) -> Draft:
        return self._calendar(outcome, n_rounds=0)

    def last_draft(self, outcome: Outcome, seed: int) -> Draft:
        """Return the best calendar of all turnouts together, improved, with what it would take where it falls short."""
        with self._lock:
            return self._calendar(outcome, n_rounds=_N_ROUNDS, seed=seed)

    def _calendar(self, outcome: Outcome, n_rounds: int, seed: int = 0) -> Draft:
        problem, washings, room = self.problem, self.problem.washings, self.problem.room
        left: list[Unserved] = list(problem.unserved)
        for answer, unbegun in zip(self.answers, self._unbegun, strict=True):
            left += () if answer is not None else unbegun
        turnouts: list[Turnout] = []
        for found in self.found():
            left += found.left
            turnouts += found.turnouts
        sites = [problem.site_of(turnout.unit) for turnout in turnouts]
        asked = self._asked(turnouts, sites)
        calendar = calendar_of(asked, room, n_rounds, seed, lambda: self.stopped)
        shortage = self._shortage(asked, calendar) if n_rounds and not self.stopped else None
        for turnout, site, nights in zip(turnouts, sites, calendar.nights, strict=True):
            change = shortage.change(turnout.unit.vehicle, crewed=bool(room.crewed[site])) if shortage else None
            left += reasons.left_out(washings, turnout.rows, nights, room, change)
        routes = routes_of(turnouts, calendar)
        if not routes and left:
            outcome = Outcome.INFEASIBLE
        n_missing = missing_of(washings, nights_of(washings, routes, room.horizon_days), room.horizon_days)
        objective = objective_of(washings, problem.values, problem.fleet_s, n_missing, routes, left)
        return Draft(
            outcome=outcome,
            objective=objective,
            bound=None if outcome is Outcome.INFEASIBLE else least_objective(problem, left),
            routes=routes,
            unserved=tuple(left),
            assumed=problem.assumed,
        )

    def _asked(self, turnouts: list[Turnout], sites: list[int]) -> Turnouts:
        """Return what is to be given nights."""
        problem, washings = self.problem, self.problem.washings
        boxes = washings.streets.geometry.bounds
        rows = [np.array(t.rows, dtype=np.int64) for t in turnouts]
        middles = [boxes[washings.street[r]].reshape(-1, 2, 2).mean(axis=(0, 1)) for r in rows]
        return Turnouts(
            site=np.array(sites, dtype=np.int64),
            interval_days=np.array([washings.interval_days[r[0]] for r in rows], dtype=np.int64),
            work_s=np.array([t.work_s + t.unit.vehicle.refill_s for t in turnouts], dtype=np.float64),
            value=np.array([problem.values[r].sum() for r in rows], dtype=np.float64),
            xy_m=np.array(middles, dtype=np.float64).reshape(-1, 2),
        )

    def _shortage(self, asked: Turnouts, calendar: Calendar) -> Shortage | None:
        """Return what is short of a calendar in which every interval is kept; None where none is missed for want of it."""
        free = calendar_of(asked, self.problem.room.without_limit(), 0, 0)
        if calendar.lost() <= free.lost():
            return None
        return Shortage.between(free, self.problem.room, self.problem.vehicles)


def routes_of(turnouts: list[Turnout], calendar: Calendar) -> tuple[Route, ...]:
    """Return the routes of all nights; vehicles are numbered by type, each stands at one depot throughout."""
    peaks, pools = calendar.peaks(), calendar.room.pool_of_site
    known: dict[tuple[int, ...], tuple[Leg, ...]] = {}
    routes = []
    for night in range(calendar.room.horizon_days):
        n_crews = 0
        for site in range(len(pools)):
            before = int(peaks[:site][pools[:site] == pools[site]].sum())
            for number, members in enumerate(calendar.vehicles(site, night), start=before + 1):
                unit, crew, key = turnouts[members[0]].unit, "", tuple(members)
                if key not in known:
                    known[key] = one_after_another(tuple(turnouts[k] for k in members))
                if calendar.room.crewed[site]:
                    n_crews += 1
                    crew = f"洗城班组 {n_crews:02d}"
                name = f"{unit.vehicle.key}-{number:02d}-d{night + 1:02d}"
                labels = (f"{unit.vehicle.label.zh} {number:02d}", unit.vehicle.key, unit.depot.places[0].id)
                routes.append(Route(name, *labels, unit.shifts[0].key, known[key], crew, night))
    return tuple(routes)
