"""Runs: begin, show the best so far, stop and keep, cancel; what happens when the worker dies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QTimer

from desktop import tasks
from desktop.i18n import say, tr
from desktop.jobs import PlannerJob, Running
from desktop.plan_layers import plan_layers
from optimizer.job import Answered, Failed, Finished, Progress
from optimizer.plan import Plan
from optimizer.scenario import Scenario
from optimizer.sketch import Sketch

if TYPE_CHECKING:
    from desktop.main_window import MainWindow

_LIVE_MS = 1000


class Worker(Protocol):
    """What runs plans; `optimizer.worker.WarmWorker` is one."""

    def run(self, scenario: Scenario) -> Running:
        """Start planning."""
        ...

    def explain(self, scenario: Scenario, plan: Plan, item: str) -> Running:
        """Ask why an object is as it is in a plan."""
        ...

    def close(self) -> None:
        """End what runs."""
        ...


def warm_worker() -> Worker:
    """Return a worker process that keeps its prepared problem; loaded when the first plan is asked for."""
    from optimizer.worker import WarmWorker

    return WarmWorker()


class RunCommands:
    """Plan the scenario shown.

    Parameters
    ----------
    worker
        Runs the plans; a warm worker process where None.
    """

    def __init__(self, window: MainWindow, worker: Worker | None = None) -> None:
        self._window, self.worker = window, worker
        self.job: PlannerJob | None = None
        self.question: PlannerJob | None = None
        self._asked = ""
        self._waiting: Sketch | None = None
        self._drawing: tasks.Task | None = None
        self._clock = QTimer(window)
        self._clock.setInterval(250)
        self._clock.timeout.connect(self._tick)
        self._live = QTimer(window)
        self._live.setSingleShot(True)
        self._live.setInterval(_LIVE_MS)
        self._live.timeout.connect(self._draw)

    def run(self) -> None:
        """Begin a run of the scenario shown, in place of one that is under way."""
        session = self._window.session
        if session.entry is None or session.scenario is None:
            return
        self.drop()
        self.forget_question()
        self.worker = self.worker or warm_worker()
        scenario = session.scenario
        self.job = PlannerJob(self.worker.run(scenario), session.entry.key, scenario, self._window)
        self.job.progress.connect(self._progress)
        self.job.finished.connect(self._finished)
        self.job.failed.connect(self._failed)
        area = self._window.area
        area.clear_sky()
        area.banner.hide()
        area.run.begin(scenario.params.time_limit_s)
        area.place()
        self._clock.start()
        self._window.log.say(tr("开始计算 {0}").format(scenario.name))
        self._window.refresh_actions()

    def stop(self) -> None:
        """Stop the search and take the best so far."""
        if self.job is not None:
            self._window.area.run.stopping()
            self._window.bar.run.setEnabled(False)
            self.job.stop()

    def cancel(self) -> None:
        """Stop the run; the plan from before stays."""
        if self.job is not None:
            self.drop()
            self._window.plans.show_plan()
            self._window.log.say(tr("已取消计算，原来的方案不变"))

    # --- questions -----------------------------------------------------------------------------------------------

    def explain(self) -> None:
        """Ask the planner why what is selected is as it is in the plan shown; the answer goes to the object panel."""
        session = self._window.session
        result, item = session.result, session.selection.item
        asked = self._window.here.item_to_ask(item) if item else ""
        if result is None or session.entry is None or not item or self.job is not None:
            return
        self.forget_question()
        self.worker = self.worker or warm_worker()
        running = self.worker.explain(result.scenario, result.plan, asked)
        self.question = PlannerJob(running, session.entry.key, result.scenario, self._window)
        self.question.answered.connect(self._answered)
        self.question.failed.connect(self._unanswered)
        self._asked = item
        self._window.object.show_answer(tr("正在查找原因与最小改动…"))
        self._window.show_dock("object")

    def _answered(self, event: Answered) -> None:
        self.forget_question()
        if self._window.session.selection.item == self._asked:  # else the user has gone on to something else
            self._window.object.show_answer(self._window.plans.named(event.value))

    def _unanswered(self, event: Failed) -> None:
        self.forget_question()
        self._window.object.show_answer("")
        self._window.log.say(event.trace or say(event.error.text))
        self._window.complain(event.error)

    def forget_question(self) -> None:
        """End a question that nobody wants answered any more."""
        if self.question is not None:
            self.question.drop()
            self.question.deleteLater()
            self.question = None

    def drop(self) -> None:
        """End a run that nobody wants any more."""
        if self.job is not None:
            self.job.drop()
            self._over()

    def _over(self) -> None:
        if self.job is not None:
            self.job.deleteLater()
        self.job = self._waiting = None
        if self._drawing is not None:
            self._drawing.drop()
            self._drawing = None
        self._clock.stop()
        self._live.stop()
        self._window.area.run.hide()
        self._window.progress.hide()
        self._window.refresh_actions()

    # --- while it runs -------------------------------------------------------------------------------------------

    def _tick(self) -> None:
        if self.job is not None:
            self._window.area.run.tick(self.job.elapsed_s)

    def _progress(self, told: Progress) -> None:
        self._window.area.run.report(told.message, told.objective, told.bound)
        self._window.progress.setValue(int(1000 * max(0.0, min(1.0, told.fraction))))
        self._window.progress.show()
        if told.sketch is None:
            return
        self._waiting = told.sketch
        if not self._live.isActive() and self._drawing is None:
            self._draw()

    def _draw(self) -> None:
        """Draw the newest incumbent, if the scenario that it is for is the one shown.

        What is not served is left out: the search has not come to most of it yet.
        """
        drawn, job = self._waiting, self.job
        self._waiting = None
        if drawn is None or job is None or job.key != self._window.session.desk.current:
            return
        city = job.scenario.city  # what the rows of the sketch are rows of, whatever was edited since
        self._window.sites.show_running(drawn.changes)
        self._drawing = tasks.run(lambda: plan_layers(city, drawn, ()), self._drawn, self._window.complain, self._window)
        self._live.start()

    def _drawn(self, layers: Any) -> None:
        self._drawing = None
        if self.job is not None and self.job.key == self._window.session.desk.current:
            self._window.plans.show_layers(layers)
        if self._waiting is not None and not self._live.isActive():
            self._draw()

    # --- how it ends ---------------------------------------------------------------------------------------------

    def _finished(self, event: Finished) -> None:
        job, plan = self.job, event.plan
        assert job is not None
        self._over()
        self._window.session.keep_plan(job.key, plan, job.scenario)
        line = tr("{0}：{1} 条线路，{4} 处变更，未作业 {2}，校核错误 {3}")
        numbers = (len(plan.routes), len(plan.unserved), len(plan.faults), len(plan.changes))
        self._window.log.say(line.format(plan.name, *numbers))
        if plan.changes and not plan.routes:
            self._window.frame.show_sites()
        self._window.frame.show_results()

    def _failed(self, event: Failed) -> None:
        """Say what went wrong and what was kept; a plan that the run had kept is shown."""
        job = self.job
        assert job is not None
        self._over()
        if event.kept is not None:
            self._window.session.keep_plan(job.key, event.kept, job.scenario)
        else:
            self._window.plans.show_plan()
        self._window.log.say(event.trace or say(event.error.text))
        self._window.complain(event.error, tr("重新计算"), self.run)

    def close(self) -> None:
        """End everything, without waiting."""
        self.drop()
        self.forget_question()
        if self.worker is not None:
            self.worker.close()
