"""The results panel: targets with their verdicts, figures, what is not served and why, faults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGraphicsOpacityEffect, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop import theme, words
from desktop.digest import Digest, KpiRow, UnservedRow, VerdictRow
from desktop.i18n import mark, say, tr
from desktop.panels.parts import LinkLine, Panel, button, clear, heading, rule, secondary
from optimizer.kpi import Better
from optimizer.plan import Outcome, Plan
from optimizer.site_rows import KINDS, QUOTAS

_SIGNS = {"met": "✓", "nearly": "!", "missed": "✕", "not_measured": "–"}
_WORDS = {"met": mark("达标"), "nearly": mark("差 {0}"), "missed": mark("差 {0}"), "not_measured": mark("未测")}
OUTCOMES = {
    Outcome.OPTIMAL: mark("最优"),
    Outcome.FEASIBLE: mark("可行"),
    Outcome.STOPPED: mark("已停止，采用当前最优"),
    Outcome.INFEASIBLE: mark("无可行方案"),
}
_N_UNSERVED = 8
# So many targets that are not measured are named; more are counted.
_N_UNMEASURED = 3
_CITY = "city"


class ResultsPanel(Panel):
    """Show what a plan reaches."""

    item_chosen = Signal(str)
    all_unserved_wanted = Signal()
    sites_wanted = Signal()
    run_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._inner = self.add_column()
        self._shown: tuple[Plan | None, Digest, str] = (None, Digest(), "")
        self._scope = _CITY
        self._running = False
        self.show_plan(None, Digest())

    def show_plan(self, plan: Plan | None, digest: Digest, stale: str = "") -> None:
        """Show a plan; `stale` says why it no longer answers the scenario, and fades it."""
        if plan is not None and plan is self._shown[0] and digest is self._shown[1] and stale == self._shown[2]:
            return
        self._build(plan, digest, stale)

    def _build(self, plan: Plan | None, digest: Digest, stale: str) -> None:
        self._shown = (plan, digest, stale)
        clear(self._inner)
        if plan is None and self._running:
            self._inner.addWidget(secondary(tr("正在计算。算完后，指标与未作业路段会列在这里；当前最优方案已画在地图上。")))
            self._inner.addStretch()
            return
        if plan is None:
            self._inner.addWidget(secondary(tr("还没有方案。设好参数后计算，指标与未作业路段会列在这里。")))
            row = QHBoxLayout()
            row.addWidget(button(tr("计算"), self.run_wanted.emit, "primary"))
            row.addStretch()
            self._inner.addLayout(row)
            self._inner.addStretch()
            return
        if stale:
            self._add_stale(stale)
        self._begin_body(faded=bool(stale))
        self._add_outcome(plan)
        self._add_faults(plan)
        self._add_verdicts(digest)
        self._add_kpis(digest)
        self._add_sites()
        if plan.routes or plan.unserved or not plan.changes:
            self._add_unserved(digest.unserved)
        self._add_assumed(plan)
        self._body.addStretch()

    def follow_run(self, running: bool) -> None:
        """Say that a first plan is on its way, or offer to make one."""
        if running != self._running:
            self._running = running
            if self._shown[0] is None:
                self._build(*self._shown)

    def retranslate(self) -> None:
        """Say it in the present language."""
        self._build(*self._shown)

    # --- parts ---------------------------------------------------------------------------------------------------

    def _add_stale(self, why: str) -> None:
        label = QLabel(tr("过期 · {0}").format(why))
        label.setObjectName("nearly")
        label.setWordWrap(True)
        self._inner.addWidget(label)
        row = QHBoxLayout()
        row.addWidget(button(tr("重新计算"), self.run_wanted.emit))
        row.addStretch()
        self._inner.addLayout(row)

    def _begin_body(self, *, faded: bool) -> None:
        body = QWidget()
        self._body = QVBoxLayout(body)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(theme.GRID_PX)
        if faded:
            effect = QGraphicsOpacityEffect(body)
            effect.setOpacity(0.55)
            body.setGraphicsEffect(effect)
        self._inner.addWidget(body, 1)

    def _add_outcome(self, plan: Plan) -> None:
        parts = [tr(OUTCOMES[plan.outcome])]
        if plan.gap is not None:
            parts.append(tr("证明差距 {0}").format(words.figure(round(plan.gap * 100, 1), "%")))
        parts.append(tr("校核通过") if not plan.faults else tr("校核发现 {0} 处错误").format(len(plan.faults)))
        label = secondary(" · ".join(parts))
        made = plan.provenance
        label.setToolTip(
            tr("引擎 {0}，种子 {1}，{2} 线程，搜索 {3}").format(
                made.engine or "–", made.seed, made.n_threads, words.figure(made.search_s, "s")
            )
        )
        self._body.addWidget(label)
        if plan.answer is not None:
            told = QLabel(words.sentence(say(plan.answer)))
            told.setWordWrap(True)
            told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._body.addWidget(told)

    def _add_faults(self, plan: Plan) -> None:
        if not plan.faults:
            return
        self._body.addWidget(heading(tr("校核错误 {0}").format(len(plan.faults))))
        for fault in plan.faults[:20]:
            label = QLabel(f"✕ {say(fault.text)}")
            label.setObjectName("missed")
            label.setWordWrap(True)
            self._body.addWidget(label)

    def _add_verdicts(self, digest: Digest) -> None:
        scopes = digest.scopes()
        if self._scope not in scopes:
            self._scope = _CITY
        head = QHBoxLayout()
        head.addWidget(heading(tr("文件指标")), 1)
        if len(scopes) > 1:
            head.addWidget(self._scope_choice(scopes))
        self._body.addLayout(head)
        rows = [r for r in digest.verdicts if r.scope == self._scope]
        if not rows:
            self._body.addWidget(secondary(tr("此方案没有可对照的文件指标。")))
            return
        grid = _grid()
        measured = [r for r in rows if r.verdict != "not_measured"]
        shown = rows if len(rows) - len(measured) <= _N_UNMEASURED else measured
        for i, row in enumerate(shown):
            _verdict_line(grid, i, row)
        self._body.addLayout(grid)
        rest = len(rows) - len(shown)
        if rest:
            self._body.addWidget(secondary(tr("– 另有 {0} 项此方案未测").format(rest)))

    def _scope_choice(self, scopes: Sequence[str]) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(tr("范围"))
        for scope in scopes:
            combo.addItem(self._scope_name(scope), scope)
        combo.setCurrentIndex(combo.findData(self._scope))
        combo.activated.connect(lambda _row: self._choose_scope(combo.currentData()))
        return combo

    def _scope_name(self, scope: str) -> str:
        name = self._shown[1].scope_names.get(scope)
        return say(name) if name else scope.partition(" ")[2] or scope

    def _choose_scope(self, scope: str) -> None:
        self._scope = scope
        self._build(*self._shown)

    def _add_kpis(self, digest: Digest) -> None:
        rows = [r for r in digest.kpis if r.scope == self._scope]
        if not rows:
            return
        self._body.addWidget(rule())
        plan = self._shown[0]
        self._body.addWidget(heading(tr("选址") if plan is not None and plan.changes and not plan.routes else tr("作业")))
        grid = _grid()
        for i, row in enumerate(rows):
            _kpi_line(grid, i, row)
        self._body.addLayout(grid)

    def _add_sites(self) -> None:
        """Say how many objects are changed in which way, and which rules are broken of those that do not just weigh."""
        plan = self._shown[0]
        if plan is None or not (plan.changes or plan.verdicts):
            return
        self._body.addWidget(rule())
        self._body.addWidget(heading(tr("变更 {0}").format(words.number(len(plan.changes)))))
        kinds = Counter(c.kind for c in plan.changes)
        parts = [f"{words.sentence(say(label))} {words.number(kinds[kind])}" for kind, label in KINDS.items() if kinds[kind]]
        if parts:
            summary = QLabel(" · ".join(parts))
            summary.setWordWrap(True)
            self._body.addWidget(summary)
        broken = [v for v in plan.verdicts if not v.kept and v.rule in QUOTAS]
        for verdict in broken[:_N_UNSERVED]:
            label = QLabel(f"✕ {say(verdict.text)}")
            label.setObjectName("missed")
            label.setWordWrap(True)
            self._body.addWidget(label)
        self._body.addWidget(button(tr("查看选址表"), self.sites_wanted.emit, "link"))

    def _add_unserved(self, rows: Sequence[UnservedRow]) -> None:
        self._body.addWidget(rule())
        plan = self._shown[0]
        is_sites = plan is not None and bool(plan.changes) and not plan.routes
        told = tr("未满足 {0}") if is_sites else tr("未作业 {0}")
        self._body.addWidget(heading(told.format(words.number(len(rows)))))
        if not rows:
            self._body.addWidget(secondary(tr("没有未满足的对象。") if is_sites else tr("所有应作业的路段都已安排。")))
        for row in rows[:_N_UNSERVED]:
            self._body.addWidget(self._unserved_line(row))
        if len(rows) > _N_UNSERVED:
            self._body.addWidget(
                button(tr("查看全部 {0} 项").format(words.number(len(rows))), self.all_unserved_wanted.emit, "link")
            )

    def _unserved_line(self, row: UnservedRow) -> QWidget:
        line = LinkLine(f"▪ {say(row.name)}", lambda: self.item_chosen.emit(row.item))
        line.setToolTip("\n".join(part for part in (say(row.name), say(row.change) or say(row.reason)) if part))
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 2)
        box.setSpacing(0)
        box.addWidget(line)
        reason = secondary(say(row.reason))
        reason.setIndent(12)
        box.addWidget(reason)
        return holder

    def _add_assumed(self, plan: Plan) -> None:
        if not plan.assumed:
            return
        self._body.addWidget(rule())
        self._body.addWidget(heading(tr("推定 {0}").format(len(plan.assumed))))
        for a in plan.assumed:
            self._body.addWidget(secondary(f"{say(a.what)} ×{words.number(a.n_items)}：{say(a.rule)}"))


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 1)
    return grid


def _cell(text: str, name: str = "", right: bool = False) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setMinimumHeight(theme.ROW_PX - 4)
    if right:
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    else:
        label.setWordWrap(True)
    return label


def _verdict_line(grid: QGridLayout, at: int, row: VerdictRow) -> None:
    label = _cell(f"{words.sentence(say(row.label))} {say(row.wanted).replace(' ', words.THIN)}")
    label.setToolTip(say(row.source))
    value = "–" if row.value is None else words.figure(row.value, row.unit if row.unit == "%" else "")
    gap = "" if row.missing is None else words.figure(round(abs(row.missing), 2), row.unit)
    name = "unmeasured" if row.verdict == "not_measured" else row.verdict
    grid.addWidget(label, at, 0)
    grid.addWidget(_cell(value, "value", right=True), at, 1)
    word = tr("超 {0}") if (row.missing or 0.0) < 0 else tr(_WORDS[row.verdict])
    grid.addWidget(_cell(f"{_SIGNS[row.verdict]} {word.format(gap)}", name), at, 2)


def _kpi_line(grid: QGridLayout, at: int, row: KpiRow) -> None:
    better = {Better.UP: tr("越高越好"), Better.DOWN: tr("越低越好"), Better.NEITHER: ""}[row.better]
    label = _cell(words.sentence(say(row.label)))
    label.setToolTip(better)
    grid.addWidget(label, at, 0)
    grid.addWidget(_cell(words.figure(row.value, row.unit), "value", right=True), at, 1)
