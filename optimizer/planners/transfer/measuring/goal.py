"""What the planner makes least: yuan a year of works, running, hauls, nuisance, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from layers.kinds.facilities import Plants
from layers.units import KM_M
from optimizer.changes import Change
from optimizer.plan import Assignment, Unserved
from optimizer.planners.transfer.measuring.stations import closed, opened
from optimizer.planners.transfer.reading.money import closing_yuan_year, works_yuan_year
from optimizer.planners.transfer.reading.question import Question
from optimizer.planners.transfer.reading.wanted import Ask
from optimizer.planners.transfer.reading.works import Work

DAYS_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class Cost:
    """Hold the parts of the objective, yuan a year.

    Parameters
    ----------
    works_yuan
        Annuity of what is built, and of closing stations.
    missing_yuan
        Stations that are missing where targets are goals, and waste that no station takes.
    """

    works_yuan: float
    running_yuan: float
    nuisance_yuan: float
    haul_yuan: float
    onward_yuan: float
    missing_yuan: float

    @property
    def total_yuan(self) -> float:
        """All of it."""
        paid = self.works_yuan + self.running_yuan + self.haul_yuan + self.onward_yuan
        return paid + self.nuisance_yuan + self.missing_yuan


def cost_of(
    question: Question, changes: Sequence[Change], assignments: Sequence[Assignment], unserved: Sequence[Unserved]
) -> Cost:
    """Return what a plan comes to. Waste that is kept out for its own data counts for nothing."""
    params, stations = question.params, opened(question, changes)
    haul_tkm, onward_tkm = hauled(question, assignments)
    left_t_day = sum(u.amount for u in unserved if u.item in question.waste.row_of)
    n_missing = sum(max(0, ask.wanted.n_wanted - n_done(ask, stations)) for ask in question.asks)
    goals = params.goal_yuan_year * n_missing if params.targets == "goal" else 0.0
    return Cost(
        works_yuan=sum(works_yuan_year(w.bill, params) for w in stations.values())
        + closing_yuan_year(params) * len(closed(question, changes)),
        running_yuan=sum(w.bill.running_yuan_year for w in stations.values()),
        nuisance_yuan=sum(float(question.nuisance_yuan_year[site]) for site in stations),
        haul_yuan=DAYS_A_YEAR * question.haul_yuan_t_km * haul_tkm,
        onward_yuan=DAYS_A_YEAR * params.onward_yuan_t_km * onward_tkm,
        missing_yuan=goals + DAYS_A_YEAR * params.unserved_yuan_t * left_t_day,
    )


def hauled(question: Question, assignments: Iterable[Assignment]) -> tuple[float, float]:
    """Return tonne-kilometres a day to stations, and on to plants."""
    waste, plants = question.waste.row_of, question.city[Plants].row_of
    to_station, to_plant = 0.0, 0.0
    for a in assignments:
        if a.item in waste:
            to_station += a.amount * a.distance_m / KM_M
        elif a.server in plants:
            to_plant += a.amount * a.distance_m / KM_M
    return to_station, to_plant


def n_done(ask: Ask, stations: dict[int, Work]) -> int:
    """Return how many open stations count for a number that is wanted."""
    return sum(ask.counts(site, work) for site, work in stations.items())
