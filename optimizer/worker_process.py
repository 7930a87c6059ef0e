"""The worker's side of a job: one process that serves one request after the other and keeps its prepared problem."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from typing import Any

from layers.errors import JingchengError, WorkerError
from layers.kinds.streets import Streets
from layers.store import CityHandle, load_city
from layers.text import Text
from optimizer import run as runs
from optimizer.limits import cap_memory
from optimizer.monitor import Monitor, Silent
from optimizer.plan import Draft, Outcome
from optimizer.planner import planner
from optimizer.run import MEASURE
from optimizer.scenario import Scenario
from optimizer.sketch import Sketch, sketch
from optimizer.wire import pack, pack_head

_INCUMBENT_EVERY_S = 0.5
_NICE = 10
_SENDING_SHARE = 0.1  # of the worker's time, at most, goes into showing incumbents


@dataclass(frozen=True, slots=True)
class Request:
    """Ask a worker for something.

    Parameters
    ----------
    what
        ``prepare``, ``run``, ``settle`` (check and measure a draft), ``evaluate`` or ``explain``.
    scenario
        Without its city, which `city` names.
    given
        What the request is about: a draft, or the plan and the edit or item.
    """

    what: str
    scenario: Scenario
    city: CityHandle
    given: tuple[Any, ...] = ()
    load_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Note:
    """Tell progress on the wire, with slices and sketch of an incumbent where there is one."""

    fraction: float
    message: str
    objective: float | None
    bound: float | None
    incumbent: list[bytes] | None = None
    sketch: Sketch | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """End a request: a plan in slices, another value, or what went wrong.

    Parameters
    ----------
    head
        A plan without its long lists, which went ahead as the last incumbent.
    """

    plan: list[bytes] | None = None
    head: bytes | None = None
    value: Any = None
    error: JingchengError | None = None
    trace: str = ""
    bug: bool = False


@dataclass(slots=True)
class _Kept:
    """Hold what the worker keeps from request to request."""

    city_keys: tuple[str, ...] = ()
    city: Any = None
    prepared: runs.Prepared | None = None


class PipeMonitor:
    """Report into a pipe and poll the shared stop flag.

    Parameters
    ----------
    connection
        To the parent.
    flag
        Shared byte, not 0 once the job is to stop; reading it costs nothing, unlike an event's lock.
    streets
        Of the city that is planned; None where incumbents are not to be drawn.
    """

    def __init__(self, connection: Connection, flag: Any, streets: Streets | None = None) -> None:
        self._connection = connection
        self.streets = streets
        self._flag = flag
        self._next_s = 0.0
        self._next_note_s = 0.0
        self._phase = ""
        self._waiting: Draft | None = None

    @property
    def stopped(self) -> bool:
        """Whether the parent wants the best so far."""
        return bool(self._flag.value)

    def report(
        self,
        fraction: float,
        message: str,
        incumbent: object | None = None,
        *,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        """Tell the parent, incumbents at most five times a second and in a tenth of the time, until it stops the run."""
        if message == MEASURE and isinstance(incumbent, Draft):
            # the plan is on its way while its figures are taken: who waits for it has it sooner
            self._connection.send(Note(fraction, message, objective, bound, pack(incumbent)))
            return
        if isinstance(incumbent, Draft):
            self._waiting = incumbent
        now_s = time.monotonic()
        # who has stopped gets the finished plan itself, and at once
        due = self._waiting is not None and now_s >= self._next_s and not self.stopped
        if not due and message == self._phase and now_s < self._next_note_s:
            return
        note = Note(fraction, message, objective, bound)
        if due and self._waiting is not None:
            best = self._waiting
            drawn = None if self.streets is None else sketch(best.routes, self.streets, best.changes)
            note = replace(note, incumbent=pack(best), sketch=drawn)
        self._connection.send(note)
        self._phase = message
        self._next_note_s = now_s + _INCUMBENT_EVERY_S / 4
        if due:
            self._waiting = None
            spent_s = time.monotonic() - now_s
            self._next_s = now_s + max(_INCUMBENT_EVERY_S, spent_s / _SENDING_SHARE)


def serve(connection: Connection, flag: Any, cap_bytes: int) -> None:
    """Answer requests until the parent hangs up; runs in a spawned process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle: the best so far is kept
    sys.stdout = sys.stderr  # whatever a library prints, standard output belongs to the parent
    cap_memory(cap_bytes)
    if hasattr(os, "nice"):
        os.nice(_NICE)  # where all cores search, whoever waits for the user's hand goes first
    kept = _Kept()
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            request = connection.recv()
            if request is None:
                return
            connection.send(_answer(request, kept, PipeMonitor(connection, flag), cap_bytes))
    os._exit(0)  # the parent is gone; nobody waits for threads of the engines


def _answer(request: Request, kept: _Kept, monitor: PipeMonitor, cap_bytes: int) -> Result:
    try:
        scenario = _scenario(request, kept)
        return _REQUESTS[request.what](scenario, request, kept, monitor)
    except JingchengError as error:
        return Result(error=error, trace=traceback.format_exc())
    except MemoryError:
        kept.prepared = kept.city = None
        kept.city_keys = ()
        return Result(error=_out_of_memory(cap_bytes), trace=traceback.format_exc())
    except (BrokenPipeError, ConnectionResetError):
        raise
    except Exception as error:
        line = f"{type(error).__name__}: {error}"
        text = Text(f"计算进程出现内部错误：{line}", f"a bug in the worker: {line}")
        return Result(error=WorkerError(text), trace=traceback.format_exc(), bug=True)


def _out_of_memory(cap_bytes: int) -> WorkerError:
    gigabytes = cap_bytes / 1024**3
    return WorkerError(
        Text(
            f"计算进程内存不足（上限 {gigabytes:.1f} GB）；请缩小范围或提高上限",
            f"the worker ran out of memory (cap {gigabytes:.1f} GB); plan a smaller area or raise the cap",
        )
    )


def _scenario(request: Request, kept: _Kept) -> Scenario:
    if kept.city is None or kept.city_keys != request.city.keys:
        kept.city, kept.city_keys = load_city(request.city), request.city.keys
    return replace(request.scenario, city=replace(kept.city, name=request.city.name))


def _prepared(scenario: Scenario, kept: _Kept, monitor: Monitor) -> runs.Prepared:
    key = runs.problem_key(runs.seen_by(planner(scenario.planner), scenario))
    if kept.prepared is None or kept.prepared.key != key:
        kept.prepared = None  # two problems of a whole city need not fit side by side
        prepared = runs.prepare(scenario, monitor)
        kept.prepared = None if monitor.stopped else prepared  # a stopped one may lack what the next run needs
        return prepared
    return replace(kept.prepared, prepare_s=0.0)


def _prepare(scenario: Scenario, request: Request, kept: _Kept, monitor: PipeMonitor) -> Result:
    return Result(value=_prepared(scenario, kept, monitor).prepare_s)


def _run(scenario: Scenario, request: Request, kept: _Kept, monitor: PipeMonitor) -> Result:
    monitor.streets = scenario.city[Streets] if Streets.KIND in scenario.city.layers else None
    prepared = _prepared(scenario, kept, monitor)
    return Result(head=pack_head(runs.run(scenario, monitor, prepared=prepared, load_s=request.load_s)))


def _settle(scenario: Scenario, request: Request, kept: _Kept, monitor: PipeMonitor) -> Result:
    (draft,) = request.given
    kept_draft = replace(draft, outcome=Outcome.STOPPED)
    stamp = replace(runs.provenance(scenario, kept_draft), limited_by="stop", load_s=request.load_s)
    return Result(plan=pack(runs.finish(scenario, kept_draft, stamp, Silent())))


def _evaluate(scenario: Scenario, request: Request, kept: _Kept, monitor: PipeMonitor) -> Result:
    plan, edit = request.given
    prepared = _prepared(scenario, kept, monitor)
    return Result(plan=pack(planner(scenario.planner).function("evaluate")(prepared.problem, plan, edit)))


def _explain(scenario: Scenario, request: Request, kept: _Kept, monitor: PipeMonitor) -> Result:
    plan, item = request.given
    prepared = _prepared(scenario, kept, monitor)
    return Result(value=planner(scenario.planner).function("explain")(prepared.problem, plan, item))


_REQUESTS: dict[str, Callable[[Scenario, Request, _Kept, PipeMonitor], Result]] = {
    "prepare": _prepare,
    "run": _run,
    "settle": _settle,
    "evaluate": _evaluate,
    "explain": _explain,
}
