"""The worker's side of a conversation, without a process around it."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing import Pipe
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from layers.city import City
from layers.errors import NetworkError
from layers.store import store_city
from optimizer.monitor import Silent
from optimizer.plan import Draft, Outcome
from optimizer.run import run
from optimizer.scenario import Scenario
from optimizer.wire import unpack, with_lists_of
from optimizer.worker_process import Note, PipeMonitor, Request, Result, serve

Toy = Callable[..., Scenario]


@pytest.fixture
def ask(toy: Toy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., list[Any]]]:
    """Return a function that has `serve` answer one request after the other and returns all that it sent."""
    monkeypatch.setattr(sys, "stdout", sys.stdout)  # put back afterwards
    before = signal.getsignal(signal.SIGINT)

    def request(what: str, scenario: Scenario, *given: Any) -> Request:
        handle = store_city(scenario.city, tmp_path)
        return Request(what, replace(scenario, city=City(scenario.city.name, scenario.city.epsg)), handle, given)

    def serve_all(*wanted: tuple[Any, ...]) -> list[Any]:
        ours, theirs = Pipe()
        said: list[Any] = []

        def parent() -> None:
            for what in wanted:
                ours.send(request(*what))
                while not isinstance(message := ours.recv(), Result):
                    said.append(message)
                said.append(message)
            ours.send(None)

        thread = threading.Thread(target=parent)
        thread.start()
        serve(theirs, SimpleNamespace(value=0), 0)
        thread.join()
        return said

    yield serve_all
    signal.signal(signal.SIGINT, before)


def test_a_run_is_told_step_by_step(ask: Callable[..., list[Any]], toy: Toy) -> None:
    *notes, result = ask(("run", toy()))
    assert all(isinstance(n, Note) for n in notes)
    assert notes[0].message == "prepare"
    assert [n.message for n in notes][-2:] == ["measure", "check"]
    assert any(n.incumbent for n in notes)
    # the plan itself went ahead, with the note that its figures are being taken
    plan = with_lists_of(result.head, unpack(notes[-2].incumbent))
    assert plan.faults == ()
    assert plan == replace(run(toy(), Silent()), provenance=plan.provenance)


def test_the_problem_is_prepared_once(ask: Callable[..., list[Any]], toy: Toy) -> None:
    prepared, *_, result = ask(("prepare", toy()), ("run", toy(seed=4)))
    assert isinstance(prepared, Note)
    assert with_lists_of(result.head, Draft(Outcome.FEASIBLE, 0.0)).provenance.prepare_s == 0.0


def test_questions_are_answered(ask: Callable[..., list[Any]], toy: Toy) -> None:
    plan = run(toy(), Silent())
    results = [m for m in ask(("explain", toy(), plan, "s2"), ("evaluate", toy(), plan, 3.0)) if isinstance(m, Result)]
    assert results[0].value.en == "s2 is one of 12 streets"
    assert unpack(results[1].plan or []).objective == plan.objective + 3.0


def test_a_kept_draft_is_checked_and_measured(ask: Callable[..., list[Any]], toy: Toy) -> None:
    draft = Draft(Outcome.FEASIBLE, 3.0, routes=run(toy(), Silent()).routes)
    (result,) = ask(("settle", toy(), draft))
    plan = unpack(result.plan)
    assert (plan.outcome, plan.provenance.limited_by, plan.faults) == (Outcome.STOPPED, "stop", ())
    assert plan.kpis


def test_errors_and_bugs_are_told_apart(ask: Callable[..., list[Any]], toy: Toy) -> None:
    error, bug = (m for m in ask(("run", toy(mode="error")), ("run", toy(mode="bug"))) if isinstance(m, Result))
    assert isinstance(error.error, NetworkError)
    assert not error.bug
    assert bug.bug
    assert "ZeroDivisionError: a slip" in str(bug.error)
    assert "_behave" in bug.trace


def test_out_of_memory_forgets_what_was_kept(
    ask: Callable[..., list[Any]], toy: Toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("optimizer.run.run", fail)
    *_, result = ask(("run", toy()))
    assert "ran out of memory" in str(result.error)


def test_a_parent_that_is_gone_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = Pipe()
    ours.close()
    left: list[int] = []
    monkeypatch.setattr("os._exit", left.append)
    monkeypatch.setattr(sys, "stdout", sys.stdout)
    before = signal.getsignal(signal.SIGINT)
    serve(theirs, SimpleNamespace(value=0), 0)
    signal.signal(signal.SIGINT, before)
    assert left == [0]


def test_incumbents_are_throttled_and_the_last_is_not_lost_until_the_run_is_stopped() -> None:
    ours, theirs = Pipe()
    flag = SimpleNamespace(value=0)
    monitor = PipeMonitor(theirs, flag)
    assert not monitor.stopped
    for i in range(100):
        monitor.report(i / 100, "search", Draft(Outcome.FEASIBLE, float(100 - i)))
    monitor._next_s = monitor._next_note_s = 0.0  # as after a fifth of a second
    monitor.report(1.0, "search")
    flag.value = 1
    assert monitor.stopped
    monitor._next_s = monitor._next_note_s = 0.0
    monitor.report(1.0, "search", Draft(Outcome.FEASIBLE, 0.5))  # the plan itself comes now
    theirs.close()
    told = []
    while ours.poll():
        try:
            told.append(ours.recv())
        except EOFError:
            break
    seen = [unpack(n.incumbent).objective for n in told if n.incumbent]
    assert seen[0] == 100.0
    assert seen[-1] == 1.0
    assert len(seen) == 2
