from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import pytest

from layers.kinds.streets import Streets
from optimizer.plan import Outcome
from optimizer.scenario import Scenario
from optimizer.worker import Answered, Failed, Finished, Progress, WarmWorker
from tests.optimizer.conftest import follow

Toy = Callable[..., Scenario]


def test_a_run_ends_with_a_checked_plan(toy: Toy, worker: WarmWorker) -> None:
    events = follow(worker.run(toy()))
    last = events[-1]
    assert isinstance(last, Finished)
    assert last.plan.outcome is Outcome.FEASIBLE
    assert last.plan.faults == ()
    assert [k.value for k in last.plan.kpis] == [5.0]
    assert last.plan.provenance.layer_hashes == {"streets": toy().city[Streets].hash}


def test_incumbents_arrive_while_it_runs(toy: Toy, worker: WarmWorker) -> None:
    events = follow(worker.run(toy(n_steps=12, step_s=0.1)))
    seen = [e.sketch for e in events if isinstance(e, Progress) and e.sketch is not None]
    assert 3 <= len(seen) <= 8  # about 1.2 s of search at five a second
    assert [len(s) for s in seen] == sorted(len(s) for s in seen)
    assert len(seen[-1]) > len(seen[0])
    fractions = [e.fraction for e in events if isinstance(e, Progress)]
    assert fractions == sorted(fractions)
    assert all(0 <= f <= 1 for f in fractions)


def test_starting_does_not_wait_for_the_process(toy: Toy, worker: WarmWorker) -> None:
    scenario = toy()
    before_s = time.monotonic()
    job = worker.run(scenario)
    assert time.monotonic() - before_s < 0.05
    follow(job)


def test_stop_returns_the_best_within_a_second(toy: Toy, worker: WarmWorker) -> None:
    job = worker.run(toy(n_steps=10**6, step_s=0.01))
    follow(job, lambda e: isinstance(e, Progress) and e.sketch is not None)
    asked_s = time.monotonic()
    job.stop()
    last = follow(job)[-1]
    assert time.monotonic() - asked_s < 1.0
    assert isinstance(last, Finished)
    assert last.plan.outcome is Outcome.STOPPED
    assert last.plan.provenance.limited_by == "stop"
    assert last.plan.faults == ()
    assert not last.killed


def test_a_stop_before_the_search_begins_is_not_lost(toy: Toy, worker: WarmWorker) -> None:
    job = worker.run(toy(n_steps=10**6, step_s=0.01, prepare_s=0.3))
    job.stop()
    last = follow(job)[-1]
    assert isinstance(last, Finished)
    assert last.plan.outcome is Outcome.STOPPED


def test_a_deaf_worker_is_killed_and_its_best_is_kept(toy: Toy) -> None:
    worker = WarmWorker(grace_s=0.3)
    job = worker.run(toy(mode="deaf", n_steps=10**6, step_s=0.01))
    follow(job, lambda e: isinstance(e, Progress) and e.sketch is not None)
    job.stop()
    last = follow(job)[-1]
    assert isinstance(last, Finished)
    assert last.killed
    assert last.plan.outcome is Outcome.STOPPED
    assert last.plan.faults == ()
    assert last.plan.kpis
    worker.close()


def test_a_deaf_worker_without_an_incumbent_leaves_nothing_and_says_so(toy: Toy) -> None:
    worker = WarmWorker(grace_s=0.1)
    job = worker.run(toy(prepare_s=5.0))
    job.stop()
    last = follow(job)[-1]
    assert isinstance(last, Failed)
    assert last.kept is None
    assert "before there was a plan" in str(last.error)
    worker.close()


@pytest.mark.parametrize(("mode", "signal_"), [("kill", "signal 9"), ("crash", "signal 11")])
def test_a_dead_worker_is_reported_and_its_best_is_kept(toy: Toy, worker: WarmWorker, mode: str, signal_: str) -> None:
    last = follow(worker.run(toy(mode=mode, n_steps=6, step_s=0.15)))[-1]
    assert isinstance(last, Failed)
    assert signal_ in str(last.error)
    assert "the best so far is kept" in str(last.error)
    assert last.kept is not None
    assert last.kept.faults == ()
    assert last.kept.routes[0].legs


def test_killed_from_outside_it_serves_the_next_job(toy: Toy, worker: WarmWorker) -> None:
    job = worker.run(toy(n_steps=10**6, step_s=0.01))
    follow(job, lambda e: isinstance(e, Progress) and e.sketch is not None)
    assert worker.process_id
    os.kill(worker.process_id, signal.SIGKILL)
    assert isinstance(follow(job)[-1], Failed)
    assert isinstance(follow(worker.run(toy()))[-1], Finished)


def test_out_of_memory_is_a_message(toy: Toy) -> None:
    worker = WarmWorker(cap_bytes=1 << 30)
    last = follow(worker.run(toy(mode="memory", step_s=0.25)))[-1]
    assert isinstance(last, Failed)
    assert "out of memory (cap 1.0 GB)" in str(last.error)
    assert last.kept is not None
    worker.close()


def test_a_users_error_passes_through(toy: Toy, worker: WarmWorker) -> None:
    last = follow(worker.run(toy(mode="error")))[-1]
    assert isinstance(last, Failed)
    assert str(last.error) == "no street to drive"
    assert last.error.message("zh") == "没有可走的街道"


def test_a_bug_is_named_with_its_traceback(toy: Toy, worker: WarmWorker) -> None:
    last = follow(worker.run(toy(mode="bug")))[-1]
    assert isinstance(last, Failed)
    assert "ZeroDivisionError: a slip" in str(last.error)
    assert "_behave" in last.trace


def test_an_unknown_planner_is_a_message(toy: Toy, worker: WarmWorker) -> None:
    from dataclasses import replace

    last = follow(worker.run(replace(toy(), planner="nobody")))[-1]
    assert isinstance(last, Failed)
    assert "no planner 'nobody'" in str(last.error)


def test_the_second_run_uses_the_prepared_problem(toy: Toy, worker: WarmWorker) -> None:
    first = follow(worker.run(toy(prepare_s=0.4)))[-1]
    second = follow(worker.run(toy(prepare_s=0.4, seed=7)))[-1]
    other = follow(worker.run(toy(prepare_s=0.2)))[-1]
    assert isinstance(first, Finished)
    assert isinstance(second, Finished)
    assert isinstance(other, Finished)
    assert first.plan.provenance.prepare_s > 0.3
    assert second.plan.provenance.prepare_s == 0.0
    assert other.plan.provenance.prepare_s > 0.1


def test_a_problem_can_be_prepared_ahead(toy: Toy, worker: WarmWorker) -> None:
    prepared = follow(worker.prepare(toy(prepare_s=0.35)))[-1]
    assert isinstance(prepared, Answered)
    assert prepared.value > 0.3
    finished = follow(worker.run(toy(prepare_s=0.35)))[-1]
    assert isinstance(finished, Finished)
    assert finished.plan.provenance.prepare_s == 0.0


def test_a_replaced_job_is_dropped(toy: Toy, worker: WarmWorker) -> None:
    first = worker.run(toy(n_steps=10**6, step_s=0.01))
    follow(first, lambda e: isinstance(e, Progress))
    second = worker.run(toy())
    assert isinstance(follow(second)[-1], Finished)
    assert first.done
    assert first.poll() == []


def test_questions_are_answered_by_the_warm_problem(toy: Toy, worker: WarmWorker) -> None:
    finished = follow(worker.run(toy()))[-1]
    assert isinstance(finished, Finished)
    answer = follow(worker.explain(toy(), finished.plan, "s3"))[-1]
    assert isinstance(answer, Answered)
    assert str(answer.value) == "s3 is one of 12 streets"
    priced = follow(worker.evaluate(toy(), finished.plan, 2.5))[-1]
    assert isinstance(priced, Finished)
    assert priced.plan.objective == finished.plan.objective + 2.5


def test_what_a_planner_prints_stays_off_standard_output(toy: Toy, capfd: pytest.CaptureFixture[str]) -> None:
    worker = WarmWorker()
    follow(worker.run(toy(mode="prints")))
    worker.close()
    captured = capfd.readouterr()
    assert "noise" not in captured.out
    assert "noise" in captured.err
