"""``jingcheng city info``: layers, counts and the data-quality sheet."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from jingcheng.city_common import counted, counts, note_lines, notes_json, open_city
from jingcheng.console import emit, figure, table
from jingcheng.parser import Parser
from layers.city import City, Quality
from layers.text import Lang, Text

EXAMPLE = "jingcheng city info city.gpkg"


def register(parser: Parser, lang: Lang) -> None:
    """Add the arguments."""
    parser.add_argument("city", metavar="CITY.gpkg", help=Text("城市", "the city").get(lang))


def run(args: Namespace) -> int:
    """Show what a city holds and how well it is known."""
    from layers.assume import explain
    from layers.projection import label

    city = open_city(args.city)
    sheet = city.quality()
    rules = {rule: explain(rule) for q in sheet for rule, _ in q.n_assumed_by_rule}
    x0, y0, x1, y1 = city.bounds
    document = {
        "city": city.name,
        "epsg": city.epsg,
        "projection": label(city.epsg),
        "bounds_m": [x0, y0, x1, y1],
        "hash": city.hash,
        **counted(city),
        "quality": [_quality_json(q) for q in sheet],
        "rules": {rule: text.get(args.lang) for rule, text in rules.items()},
        "notes": notes_json(city.notes, args.lang),
    }
    head = f"{city.name}  EPSG:{city.epsg} {label(city.epsg)}  {(x1 - x0):,.0f} × {(y1 - y0):,.0f} m"
    lines = [head, "", *counts(city, args.lang), "", *_sheet(city, sheet, args.lang), ""]
    lines += [f"{rule}: {text.get(args.lang)}" for rule, text in rules.items()]
    emit(args, document, [*lines, *note_lines(city.notes, args.lang)])
    return 0


def _quality_json(quality: Quality) -> dict[str, Any]:
    return {
        "layer": quality.kind,
        "column": quality.column,
        "unit": quality.unit,
        "given": quality.n_given,
        "refused": quality.n_refused,
        "missing": quality.n_missing,
        "assumed": dict(quality.n_assumed_by_rule),
    }


def _sheet(city: City, sheet: tuple[Quality, ...], lang: Lang) -> list[str]:
    """Return the data-quality sheet as a table, without the columns that nothing is known of."""
    head = [
        Text("图层", "layer"), Text("属性", "attribute"), Text("单位", "unit"), Text("已给", "given"),
        Text("拒绝", "refused"), Text("缺失", "missing"), Text("假定（规则）", "assumed (rule)"),
    ]  # fmt: skip
    rows = []
    for q in sheet:
        if not (q.n_given or q.n_refused or q.n_assumed_by_rule):
            continue
        label = city.layers[q.kind].column(q.column).label.get(lang)
        assumed = ", ".join(f"{figure(n)} {rule}" for rule, n in q.n_assumed_by_rule)
        rows.append((q.kind, label, q.unit, figure(q.n_given), figure(q.n_refused), figure(q.n_missing), assumed))
    return table([text.get(lang) for text in head], rows)
