"""Turn the city into the engine's question."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimizer.engines.facility_location.warm import warm_up
from optimizer.monitor import Monitor
from optimizer.planners.transfer.reading.question import Question, question_of
from optimizer.planners.transfer.search.asking import Asked, asked_of
from optimizer.scenario import Scenario


@dataclass(frozen=True, eq=False)
class TransferProblem:
    """Hold what is to be solved.

    Parameters
    ----------
    question
        What is asked and what there is.
    asked
        The engine's problem; None where the run was stopped before it was made.
    """

    question: Question
    asked: Asked | None


def prepare(scenario: Scenario, monitor: Monitor) -> TransferProblem:
    """Read the scenario and return the problem; where the monitor is stopped in the midst, one without the engine's part.

    Raises
    ------
    InputError
        Where no point has waste, no vehicle collects, a size is no station's, or a lock names no site.
    ParameterError
        Where a list of numbers or of streams cannot be read.
    NetworkError
        Where the trucks can drive no street.
    """
    monitor.report(0.0, "prepare")
    question = question_of(scenario)
    _ = question.waste
    monitor.report(0.2, "sites")
    _ = question.asks
    monitor.report(0.3, "network")
    sites = question.sites.land.xy_m[np.array(sorted(question.offers.of_site), dtype=np.int64)]
    km = _ways(question, sites, monitor)
    if km is None:
        return TransferProblem(question, None)
    monitor.report(0.9, "prepare")
    asked = asked_of(question, km)
    warm_up()
    return TransferProblem(question, asked)


def _ways(
    question: Question, sites: np.ndarray[tuple[int, ...], np.dtype[np.float64]], monitor: Monitor
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]] | None:
    """Return the ways from each item to each site, kilometres; points with several streams are looked for once."""
    waste = question.waste
    points, of_item = np.unique(waste.point, return_inverse=True)
    first = np.zeros(len(points), dtype=np.int64)
    first[of_item] = np.arange(len(waste))
    km = question.to_stations.km(waste.xy_m[first], sites, lambda: monitor.stopped)
    return None if km is None else km[of_item]
