"""Turn the city into a question for the engine."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.engines.coverage.warm import warm_up
from optimizer.monitor import Monitor
from optimizer.plan import Assumed
from optimizer.planners.toilets.reading.assumed import assumed_of
from optimizer.planners.toilets.reading.ground import Ground, ground_of
from optimizer.planners.toilets.reading.refuse import refuse_question
from optimizer.planners.toilets.search.sites import Siting, siting_of
from optimizer.planners.toilets.search.sizes import Size, largest_sizes
from optimizer.scenario import Scenario


@dataclass(frozen=True, eq=False)
class ToiletsProblem:
    """Hold what is to be solved.

    Parameters
    ----------
    ground
        What is asked and what there is.
    sizes
        The largest that each candidate can come to.
    siting
        What the engine is asked.
    assumed
        What nobody gave.
    """

    ground: Ground
    sizes: tuple[Size, ...]
    siting: Siting
    assumed: tuple[Assumed, ...]


def prepare(scenario: Scenario, monitor: Monitor) -> ToiletsProblem:
    """Read the scenario and return the problem.

    Raises
    ------
    InputError
        Where a lock cannot be kept, hours cannot be read, or figures contradict one another.
    ParameterError
        Where a parameter cannot be read.
    NetworkError
        Where no street can be walked.
    """
    monitor.report(0.0, "prepare")
    ground = ground_of(scenario)
    refuse_question(ground)
    monitor.report(0.2, "network")
    _ = ground.people_at, ground.sites_at
    monitor.report(0.4, "network")
    _ = ground.walks
    monitor.report(0.7, "prepare")
    sizes = largest_sizes(ground)
    siting = siting_of(ground, sizes)
    warm_up()
    monitor.report(1.0, "prepare")
    return ToiletsProblem(ground, sizes, siting, assumed_of(ground))
