"""Fixtures of the optimizer's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from optimizer.scenario import Scenario
from optimizer.worker import Event, Job, Progress, WarmWorker
from tests.optimizer.toys import installed, toy_scenario


@pytest.fixture(scope="module")
def _toy_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with installed(tmp_path_factory):
        yield


@pytest.fixture
def toy(_toy_site: None) -> Callable[..., Scenario]:
    """Return a maker of toy scenarios; the toy planner is installed meanwhile."""
    return toy_scenario


@pytest.fixture(scope="module")
def worker(_toy_site: None) -> Iterator[WarmWorker]:
    """Return a worker that serves all tests of a module; where one kills its process, the next starts another."""
    made = WarmWorker()
    yield made
    made.close()


def follow(job: Job, until: Callable[[Event], bool] | None = None, timeout_s: float = 30.0) -> list[Event]:
    """Return a job's events up to its end, or up to one that `until` accepts."""
    import time

    events: list[Event] = []
    limit_s = time.monotonic() + timeout_s
    while time.monotonic() < limit_s:
        new = job.poll()
        events += new
        if any(not isinstance(e, Progress) or (until is not None and until(e)) for e in new):
            return events
        job.wait(0.01)
    raise AssertionError(f"no end after {timeout_s} s: {events[-3:]}")
