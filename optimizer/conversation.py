"""What passes between a job and its worker, on a thread of its own: progress, stop and grace, death, and what is kept."""

from __future__ import annotations

import signal
import time
import traceback
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

from layers.city import City
from layers.errors import JingchengError, WorkerError
from layers.store import store_city
from layers.text import Text
from optimizer.job import Answered, Event, Failed, Finished, Job, Progress
from optimizer.plan import Draft, Plan
from optimizer.planner import planner
from optimizer.run import CHECK, MEASURE, seen_by
from optimizer.scenario import Scenario
from optimizer.wire import unpack, with_lists_of
from optimizer.worker_process import Note, Request, Result

if TYPE_CHECKING:
    from optimizer.worker import Channel, WarmWorker

_TICK_S = 0.02
_SETTLE_S = 120.0
_CLOSING = {MEASURE, CHECK}  # phases after the search: the plan is there and only needs its figures


@dataclass(slots=True)
class _Talk:
    """Hold what is known of a request while it is served."""

    worker: WarmWorker
    job: Job
    request: Request
    last: list[bytes] | None = None
    draft: Draft | None = None
    stopped_s: float | None = None
    closing: bool = False


class _DiedError(Exception):
    """The worker process is gone."""


def converse(worker: WarmWorker, job: Job, what: str, scenario: Scenario, given: tuple[Any, ...], load_s: float) -> None:
    """Send one request to a worker and pass on what comes back, until the job is done."""
    try:
        with worker.turn:
            job.events.put(_converse(worker, job, what, scenario, given, load_s))
    except JingchengError as error:
        job.events.put(Failed(error, traceback.format_exc()))
    except Exception as error:  # a thread has nobody above it to tell
        line = f"{type(error).__name__}: {error}"
        text = Text(f"无法与计算进程通信：{line}", f"cannot talk to the worker: {line}")
        job.events.put(Failed(WorkerError(text), traceback.format_exc(), bug=True))
    finally:
        job.ended.set()


def _converse(worker: WarmWorker, job: Job, what: str, scenario: Scenario, given: tuple[Any, ...], load_s: float) -> Event:
    seen = seen_by(planner(scenario.planner), scenario)
    handle = store_city(seen.city, worker.folder)
    bare = replace(scenario, city=City(scenario.city.name, scenario.city.epsg))
    talk = _Talk(worker, job, Request(what, bare, handle, given, load_s))
    if job.dropped.is_set():
        return _nothing_kept()
    try:
        result = _exchange(talk, worker.channel())
    except _DiedError as death:
        worker.drop()
        error = WorkerError(_death(str(death), kept=talk.last is not None))
        return Failed(error, kept=_settle(talk))
    if result is None:  # it was stopped and did not answer within its grace
        worker.drop()
        plan = _settle(talk)
        return _nothing_kept() if plan is None else Finished(plan, killed=True)
    if result.error is not None:
        ours = isinstance(result.error, WorkerError)  # what the planner itself refuses has no plan worth keeping
        return Failed(result.error, result.trace, _settle(talk) if ours else None, result.bug)
    if result.head is not None and talk.draft is not None:
        return Finished(with_lists_of(result.head, talk.draft))
    return Answered(result.value) if result.plan is None else Finished(unpack(result.plan))


def _exchange(talk: _Talk, channel: Channel) -> Result | None:
    """Return a request's result, None where the worker did not stop when it was told to.

    Raises
    ------
    _DiedError
        Where the process has ended; carries its exit code.
    """
    channel.flag.value = 0
    try:
        channel.connection.send(talk.request)
        while not _out_of_grace(talk, channel):
            ready = wait([channel.connection, channel.process.sentinel], _TICK_S)
            if channel.connection in ready or channel.connection.poll():
                message = channel.connection.recv()
                if isinstance(message, Result):
                    return message
                _pass_on(talk, message)
            elif ready:
                raise EOFError
    except (EOFError, OSError) as error:
        channel.process.join(_SETTLE_S)
        raise _DiedError(str(channel.process.exitcode)) from error
    return None


def _out_of_grace(talk: _Talk, channel: Channel) -> bool:
    if not talk.job.stopping.is_set():
        return False
    channel.flag.value = 1
    now_s = time.monotonic()
    talk.stopped_s = now_s if talk.stopped_s is None else talk.stopped_s
    allowed_s = _SETTLE_S if talk.closing and not talk.job.dropped.is_set() else talk.worker.grace_s
    return now_s - talk.stopped_s > allowed_s


def _pass_on(talk: _Talk, note: Note) -> None:
    talk.last = note.incumbent or talk.last  # left packed: it is wanted only where the worker dies
    talk.closing = note.message in _CLOSING
    if note.message == MEASURE and note.incumbent is not None:
        talk.draft = unpack(note.incumbent)  # while the worker takes its figures
    talk.job.events.put(Progress(note.fraction, note.message, note.objective, note.bound, note.sketch))


def _settle(talk: _Talk) -> Plan | None:
    """Return the last incumbent, checked and measured by a fresh process; None where there is none."""
    if talk.last is None or talk.job.dropped.is_set():
        return None
    job = Job()
    request = replace(talk.request, what="settle", given=(unpack(talk.last),))
    try:
        result = _exchange(_Talk(talk.worker, job, request), talk.worker.channel())
    except _DiedError:
        talk.worker.drop()
        return None
    return unpack(result.plan) if result is not None and result.plan is not None else None


def _nothing_kept() -> Failed:
    zh, en = "已停止，此时还没有可用的方案", "stopped before there was a plan to keep"
    return Failed(WorkerError(Text(zh, en)))


def _death(exit_code: str, *, kept: bool) -> Text:
    """Return what to say of a dead worker: by which signal, and whether its best is kept."""
    code = int(exit_code) if exit_code.lstrip("-").isdigit() else 0
    if code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else ""
        zh, en = f"信号 {-code} {name}".strip(), f"signal {-code} {name}".strip()
    else:
        zh, en = f"退出码 {code}", f"exit code {code}"
    kept_zh = "已保留此前的最优方案" if kept else "此前还没有方案"
    kept_en = "the best so far is kept" if kept else "there was no plan yet"
    return Text(
        f"计算进程意外终止（{zh}）；{kept_zh}，可重新运行，内存不足时请缩小范围",
        f"the worker died ({en}); {kept_en}, run again, or plan a smaller area if memory is short",
    )
