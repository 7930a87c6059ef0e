"""A run that is stopped hands over a checked plan at once, whenever that is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from optimizer.job import Finished, Job, Progress
from optimizer.plan import Outcome, Plan
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.scenario import Scenario
from optimizer.worker import WarmWorker
from resources.io import default_inventory
from sample_city.cache import load_or_make

# Generous: it takes 0.1 to 0.2 s on an idle machine.
MOST_S = 2.0


@pytest.fixture(scope="module")
def asked() -> Scenario:
    """Return a scenario on the small sample city."""
    params = SweepingParams(time_limit_s=60.0, n_threads=1)
    return Scenario("小城", load_or_make("small", 1), default_inventory(), "sweeping", params)


@pytest.fixture(scope="module")
def worker(asked: Scenario) -> Iterator[WarmWorker]:
    """Return a worker that has its problem ready."""
    warm = WarmWorker(grace_s=30.0)
    assert warm.prepare(asked).wait(90)
    yield warm
    warm.close()


def stopped_plan(job: Job) -> tuple[float, Plan]:
    """Stop a job and return the seconds until its plan was there, and the plan."""
    job.stop()
    began_s = time.monotonic()
    assert job.wait(60)
    took_s = time.monotonic() - began_s
    (finished,) = [event for event in job.poll() if not isinstance(event, Progress)]
    assert isinstance(finished, Finished)
    assert not finished.killed
    return took_s, finished.plan


@pytest.mark.alone
@pytest.mark.parametrize("after_s", [0.1, 1.0, 3.0])
def test_a_checked_plan_comes_soon_after_stop(asked: Scenario, worker: WarmWorker, after_s: float) -> None:
    job = worker.run(asked)
    time.sleep(after_s)
    took_s, plan = stopped_plan(job)
    assert took_s < MOST_S
    assert plan.outcome is Outcome.STOPPED
    assert plan.faults == ()
    assert plan.kpis
    assert plan.routes or plan.unserved


@pytest.mark.alone
def test_a_run_stopped_while_it_prepares_leaves_nothing_half_done_behind(asked: Scenario, worker: WarmWorker) -> None:
    other = replace(asked, params=SweepingParams(time_limit_s=60.0, n_threads=1, snap_m=151.0))
    took_s, plan = stopped_plan(worker.run(other))
    assert took_s < MOST_S
    assert plan.faults == ()
    job = worker.run(other)
    time.sleep(3.0)
    _, whole = stopped_plan(job)
    assert whole.routes
    assert whole.faults == ()
