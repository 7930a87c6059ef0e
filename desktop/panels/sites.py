"""The sites of a plan as tables: changes, verdicts with clause and certainty, loads against capacity, alternatives."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import Signal

from desktop import theme, words
from desktop.i18n import mark, say, tr
from desktop.panels.parts import button
from desktop.panels.switched import Sheet, SwitchedTables
from desktop.site_digest import AlternativeRow, SiteDigest
from desktop.tables import Col
from optimizer.site_features import colour_of
from optimizer.site_rows import KINDS, ChangeRow, LoadRow, VerdictRow, rule_name

CHANGES, VERDICTS, LOADS, ALTERNATIVES = "changes", "verdicts", "loads", "alternatives"
# Rules that weigh: who is not chosen breaks nothing.
_WEIGHS = {"cost", "must", "must_not", "keep"}


_CERTAINTIES = {
    "A": mark("A：已核对原文"),
    "B": mark("B：转引，可信"),
    "C": mark("C：来源单一或不一致"),
    "M": mark("M：凭记忆，待确认"),
    "G": mark("G：本单位给定"),
}


def verdict_word(row: VerdictRow) -> str:
    """Return the sign and the word of a verdict; colour is never the only sign."""
    weighs = row.verdict.rule in _WEIGHS
    if row.verdict.kept:
        return tr("✓ 采用") if weighs else tr("✓ 符合")
    return tr("– 未选") if weighs else tr("✕ 不符")


def price_text(row: VerdictRow) -> str:
    """Return what forcing it costs at the least; empty where that is not known."""
    return words.figure(row.price, row.verdict.price_unit) if math.isfinite(row.price) else ""


def _certainty(letter: str) -> str:
    """Return what a letter of certainty means."""
    return tr(_CERTAINTIES[letter]) if letter in _CERTAINTIES else letter


def _size(row: ChangeRow) -> str:
    return words.figure(row.change.size, row.change.size_unit) if row.change.size else ""


def _share(row: LoadRow) -> str:
    known = math.isfinite(row.capacity) and row.capacity > 0
    return words.figure(round(100 * row.amount / row.capacity), "%") if known else "–"


def _amount(value: float, unit: str) -> str:
    return words.figure(round(value, 1), unit)


def _money(cost_yuan: float) -> str:
    return words.figure(cost_yuan, "yuan") if cost_yuan else ""


def _colour(row: ChangeRow) -> str:
    colour = colour_of(row.change.kind)
    return colour.dark if theme.current().name == "dark" else colour.light


def _more(row: AlternativeRow) -> str:
    return f"{row.more_share * 100:+.2f}{words.THIN}%".replace("-", words.MINUS) if row.number else ""


_CHANGE_COLS = (
    Col("change.kind", mark("变更"), lambda r: words.sentence(say(KINDS[r.change.kind])), width_px=96),
    Col("name", mark("名称"), lambda r: say(r.name), width_px=170),
    Col("change.label", mark("内容"), lambda r: say(r.change.label), width_px=150),
    Col("district", mark("区"), lambda r: r.district, width_px=90),
    Col("change.size", mark("规模"), _size, is_number=True, width_px=84, optional=True),
    Col("change.year", mark("年份"), lambda r: words.year(r.change.year), is_number=True, width_px=64, optional=True),
    Col("change.cost_yuan", mark("投资"), lambda r: _money(r.change.cost_yuan), is_number=True, width_px=96, optional=True),
)
_VERDICT_COLS = (
    Col("verdict.kept", mark("结论"), verdict_word, width_px=84),
    Col("name", mark("对象"), lambda r: say(r.name), width_px=130, widest_px=150),
    Col("district", mark("区"), lambda r: r.district, width_px=84),
    Col("verdict.rule", mark("规则"), lambda r: words.sentence(say(rule_name(r.verdict.rule))), width_px=110,
        widest_px=130),
    Col("text", mark("说明"), lambda r: say(r.text), stretch=True),
    Col("verdict.clause", mark("条文"), lambda r: r.verdict.clause, width_px=100, optional=True, widest_px=130),
    Col("verdict.certainty", mark("可信度"), lambda r: r.verdict.certainty, width_px=64, optional=True,
        tip=lambda r: _certainty(r.verdict.certainty)),
    Col("price", mark("强制代价"), price_text, is_number=True, width_px=96),
)  # fmt: skip
_LOAD_COLS = (
    Col("name", mark("设施"), lambda r: say(r.name), width_px=180),
    Col("district", mark("区"), lambda r: r.district, width_px=90),
    Col("amount", mark("服务量"), lambda r: _amount(r.amount, r.unit), is_number=True, width_px=96),
    Col("capacity", mark("能力"), lambda r: _amount(r.capacity, r.unit), is_number=True, width_px=96),
    Col("amount", mark("占用"), _share, is_number=True, width_px=64),
    Col("n_items", mark("服务对象"), lambda r: words.number(r.n_items), is_number=True, width_px=84),
    Col("mean_m", mark("平均距离"), lambda r: words.figure(round(r.mean_m), "m"), is_number=True, width_px=92),
    Col("most_m", mark("最远"), lambda r: words.figure(round(r.most_m), "m"), is_number=True, width_px=92),
)
_ALTERNATIVE_COLS = (
    Col("label", mark("选址方案"), lambda r: words.sentence(say(r.label)), stretch=True),
    Col("objective", mark("目标值"), lambda r: words.number(r.objective), is_number=True, width_px=110),
    Col("more_share", mark("比本方案"), _more, is_number=True, width_px=84),
    Col("n_different", mark("不同之处"), lambda r: words.number(r.n_different), is_number=True, width_px=84),
    Col("n_changes", mark("变更数"), lambda r: words.number(r.n_changes), is_number=True, width_px=84),
    Col("cost_yuan", mark("投资"), lambda r: _money(r.cost_yuan), is_number=True, width_px=96, optional=True),
)
SHEETS = {
    CHANGES: Sheet(
        mark("变更"), _CHANGE_COLS, mark("还没有变更。计算选址方案后，每处新建、改建、扩建、关闭各占一行。"), _colour
    ),
    VERDICTS: Sheet(mark("结论"), _VERDICT_COLS, mark("还没有结论。选址方案会逐一说明每处备选为何采用或不采用。")),
    LOADS: Sheet(mark("负荷"), _LOAD_COLS, mark("还没有服务关系。选址方案会列出每处设施的服务量与能力。")),
    ALTERNATIVES: Sheet(mark("相近方案"), _ALTERNATIVE_COLS, mark("没有相近方案：没有找到目标值相近而选址不同的方案。")),
}


class SitesPanel(SwitchedTables):
    """Show the sites of a plan, or of one of its alternatives."""

    alternative_chosen = Signal(int)
    adopt_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(SHEETS, mark("筛选：名称、区、规则"))
        self._other = ""
        self._digest = SiteDigest()
        self.back = button("", lambda: self.alternative_chosen.emit(0))
        self.adopt = button("", self.adopt_wanted.emit)
        at = self.head.indexOf(self.title)
        for made in (self.adopt, self.back):
            self.head.insertWidget(at, made)
            made.hide()
        self.retranslate()

    def show_sites(self, digest: SiteDigest, number: int) -> None:
        """Show a plan's sites; `number` says of which alternative the changes are, 0 is the plan itself."""
        shown = digest.alternatives[number] if digest.alternatives else None
        self._other = words.sentence(say(shown.label)) if shown is not None and number else ""
        for made in (self.adopt, self.back):
            made.setVisible(bool(self._other))
        self.set_rows(CHANGES, shown.rows if shown is not None else ())
        if digest is not self._digest:
            self._digest = digest
            self.set_rows(VERDICTS, digest.verdicts)
            self.set_rows(LOADS, digest.loads)
            self.set_rows(ALTERNATIVES, digest.alternatives if len(digest.alternatives) > 1 else ())
        self.tell()
        self.tables[ALTERNATIVES].choose(lambda row: row.number == number)

    def chose(self, key: str, row: Any) -> None:
        """Tell which item the user chose; of an alternative, that it is to be shown."""
        if key == ALTERNATIVES:
            self.alternative_chosen.emit(row.number)
        else:
            super().chose(key, row)

    def opened(self, key: str, row: Any) -> None:
        """Tell which item the user wants to go to."""
        if key != ALTERNATIVES:
            super().opened(key, row)

    def told(self, key: str) -> list[str]:
        """Return what stands beside the buttons: the alternative that is shown, and how many rows there are."""
        return [*([self._other] if self._other else []), *super().told(key)]

    def choose(self, item: str) -> None:
        """Mark the rows of what is selected elsewhere."""
        for key in (CHANGES, VERDICTS, LOADS):
            self.tables[key].choose(lambda row: row.item == item)

    def retranslate(self) -> None:
        """Say it in the present language."""
        self.back.setText(tr("回到本方案"))
        self.adopt.setText(tr("锁定为此方案"))
        self.adopt.setToolTip(tr("把与本方案不同的选址锁定为此方案的样子；再次计算即得此方案的负荷与指标"))
        super().retranslate()
