"""The report of ``jingcheng demo``: one plain HTML file that any browser opens and prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from jingcheng.console import figure
from jingcheng.plan_text import VERDICTS, figure_cells
from jingcheng.planning import outcome
from layers.city import City
from layers.text import Lang, Text
from optimizer.plan import Plan
from optimizer.planner import planner
from optimizer.scenario import Scenario
from resources.judge import State, Verdict

_STYLE = """
body { font: 14px/1.5 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #1d2733; }
table { border-collapse: collapse; margin: 0.5em 0 1.5em; }
th, td { border-bottom: 1px solid #d5dbe2; padding: 0.2em 0.8em; text-align: left; }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
.met { color: #1a7f4b; } .missed { color: #b3261e; } .nearly { color: #8a5a00; }
.not_measured, .reference { color: #66707c; }
@media print { body { margin: 0; } }
"""
_HEAD = (("指标", "figure"), ("值", "value"), ("单位", "unit"))
_TARGET_HEAD = (
    ("要求", "target"), ("内容", "about"), ("范围", "scope"), ("结论", "verdict"), ("值", "value"), ("应为", "wanted"),
    ("差", "missing"),
)  # fmt: skip


def report_html(city: City, made: Sequence[tuple[Scenario, Plan]], verdicts: Sequence[Verdict], lang: Lang) -> str:
    """Return the report as one HTML document.

    Parameters
    ----------
    made
        Each scenario with its plan.
    verdicts
        Of every target that there is.
    """
    title = Text(f"{city.name}：规划报告", f"{city.name}: report of the plans").get(lang)
    body = [f"<h1>{escape(title)}</h1>"]
    for scenario, plan in made:
        body += plan_part(scenario, plan, lang)
    body.append(f"<h2>{Text('文件要求的达标情况', 'the documents’ targets').get(lang)}</h2>")
    body += table([Text(*t).get(lang) for t in _TARGET_HEAD], [target_row(v, lang) for v in verdicts])
    html_lang = {"zh": "zh-CN", "en": "en"}[lang]
    return (
        f'<!DOCTYPE html>\n<html lang="{html_lang}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body>\n" + "\n".join(body) + "\n</body></html>\n"
    )


def plan_part(scenario: Scenario, plan: Plan, lang: Lang) -> Iterator[str]:
    """Yield the part of one plan: outcome, figures, what is not served, what was assumed, faults."""
    labels = {k.id: k.label.get(lang) for k in planner(plan.planner).kpi_kinds}
    yield f"<h2>{escape(scenario.name)}</h2>"
    checked = Text("检查无错误", "checked, no faults") if not plan.faults else Text("检查有错误", "checked, with faults")
    yield f"<p>{escape(outcome(plan, lang))}; {checked.get(lang)} ({len(plan.faults)})</p>"
    whole = [k for k in plan.kpis if k.scope == "city" and not k.where]
    rows = [tuple(map(escape, (labels[k.id], *figure_cells(k, lang)))) for k in whole]
    yield from table([Text(*t).get(lang) for t in _HEAD], rows)
    examples = {u.binding: u.reason.get(lang) for u in reversed(plan.unserved)}
    if examples:
        counts = Counter(u.binding for u in plan.unserved).most_common()
        head = [Text(*t).get(lang) for t in (("未作业的原因", "why not served"), ("项", "items"), ("例", "example"))]
        yield from table(head, [(escape(b), figure(n), escape(examples[b])) for b, n in counts])
    if plan.assumed:
        head = [Text(*t).get(lang) for t in (("假定", "assumed"), ("项", "items"), ("规则", "rule"))]
        rows = [(escape(a.what.get(lang)), figure(a.n_items), escape(a.rule.get(lang))) for a in plan.assumed]
        yield from table(head, rows)


def target_row(verdict: Verdict, lang: Lang) -> tuple[str, ...]:
    """Return one verdict as cells."""
    words = Text("参考", "reference") if verdict.state is State.REFERENCE else VERDICTS[str(verdict.state)]
    told = f'<span class="{verdict.state}">{escape(words.get(lang))}</span>'
    value = "–" if verdict.value is None else figure(verdict.value, 2)
    missing = "–" if not verdict.missing else f"{verdict.missing:+,.2f}"
    target = verdict.target
    names = (escape(target.id), escape(target.label.get(lang)), escape(verdict.scope))
    return (*names, told, value, escape(target.wanted_text.get(lang)), missing)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return a table; cells are HTML, figures are set right."""

    def cell(text: str) -> str:
        plain = text.replace(",", "").lstrip("+-").replace(".", "", 1)
        return f'<td class="n">{text}</td>' if plain.isdigit() else f"<td>{text}</td>"

    lines = ["<table><tr>" + "".join(f"<th>{escape(h)}</th>" for h in head) + "</tr>"]
    lines += ["<tr>" + "".join(map(cell, row)) + "</tr>" for row in rows]
    return [*lines, "</table>"]
