"""Make a plan from the command line: in a worker, with a bar, and with the best kept at Ctrl-C."""

from __future__ import annotations

import time
from argparse import Namespace
from dataclasses import dataclass

from jingcheng.console import say
from jingcheng.interrupt import on_interrupt
from jingcheng.progress import Progress
from layers.text import Lang, Text
from optimizer.job import Failed, Finished, Job
from optimizer.job import Progress as Told
from optimizer.plan import Plan
from optimizer.scenario import Scenario
from optimizer.worker import WarmWorker

_POLL_S = 0.05


@dataclass(frozen=True, slots=True)
class Made:
    """Hold a plan that was made.

    Parameters
    ----------
    interrupted
        Whether Ctrl-C ended the search.
    failure
        What went wrong where the plan is only the best that was kept.
    """

    plan: Plan
    interrupted: bool
    failure: Failed | None = None


def make_plan(scenario: Scenario, args: Namespace, *, load_s: float = 0.0) -> Made:
    """Plan in a worker process and show progress on standard error.

    Raises
    ------
    JingchengError
        Where there is no plan, not even one that was kept.
    RuntimeError
        Where a bug of ours ended the worker; carries its traceback.
    """
    worker = WarmWorker()
    job = worker.run(scenario, load_s=load_s)
    try:
        with Progress(args.lang) as progress, on_interrupt(job.stop) as asked:
            last = _follow(job, progress)
        if isinstance(last, Finished):
            return Made(last.plan, asked.is_set())
        if last.bug:
            raise RuntimeError(last.trace)
        if last.kept is None:
            if asked.is_set():
                raise KeyboardInterrupt
            raise last.error
        say(args, last.error.text)
        return Made(last.kept, asked.is_set(), last)
    finally:
        worker.close()


def _follow(job: Job, progress: Progress) -> Finished | Failed:
    while True:
        for event in job.poll():
            if isinstance(event, Told):
                progress.report(event.fraction, event.message, objective=event.objective, bound=event.bound)
            elif isinstance(event, (Finished, Failed)):
                return event
        time.sleep(_POLL_S)


OUTCOMES = {
    "optimal": Text("最优", "optimal"),
    "feasible": Text("可行", "feasible"),
    "stopped": Text("已停止，采用当时最优", "stopped, the best so far"),
    "infeasible": Text("不可行", "infeasible"),
}


def outcome(plan: Plan, lang: Lang) -> str:
    """Return a plan's outcome in words."""
    return OUTCOMES[str(plan.outcome)].get(lang)
