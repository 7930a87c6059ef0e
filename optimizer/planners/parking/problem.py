"""Turn the city into a question for the engine."""

from __future__ import annotations

from dataclasses import dataclass

from layers.layer import Rows
from optimizer.engines.allocation.options import left_out_today
from optimizer.engines.circulation.warm import warm_up
from optimizer.monitor import Monitor
from optimizer.plan import Assumed
from optimizer.planners.parking.reading.assumed import assumed_of
from optimizer.planners.parking.reading.ground import Ground, ground_of
from optimizer.planners.parking.reading.places import Places, places_of
from optimizer.planners.parking.reading.refuse import refuse_question
from optimizer.planners.parking.search.question import Question, question_of
from optimizer.scenario import Scenario


@dataclass(frozen=True, eq=False)
class ParkingProblem:
    """Hold what is to be solved.

    Parameters
    ----------
    ground
        What is asked and what there is.
    places
        Where berths are or could be.
    question
        What the engine is asked.
    assumed
        What nobody gave.
    left_out_today
        Cars without a berth where nothing new is marked, shape (n_periods, n_zones).
    """

    ground: Ground
    places: Places
    question: Question
    assumed: tuple[Assumed, ...]
    left_out_today: Rows


def prepare(scenario: Scenario, monitor: Monitor) -> ParkingProblem:
    """Read the scenario and return the problem.

    Raises
    ------
    InputError
        Where a lock cannot be kept.
    NetworkError
        Where no street can be driven or walked.
    """
    monitor.report(0.0, "prepare")
    ground = ground_of(scenario)
    refuse_question(ground)
    _ = ground.standing
    monitor.report(0.2, "prepare")
    _ = ground.supply
    monitor.report(0.5, "prepare")
    _ = ground.lots
    monitor.report(0.7, "network")
    _ = ground.driving, ground.demand_at
    monitor.report(0.9, "network")
    places = places_of(ground)
    warm_up()
    question = question_of(ground, places)
    monitor.report(1.0, "prepare")
    return ParkingProblem(ground, places, question, assumed_of(ground), left_out_today(question.problem))
