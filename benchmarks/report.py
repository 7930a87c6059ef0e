"""Write what is kept into ``docs/benchmarks.md``: every row of the quality table, with the command that makes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from math import inf, log
from pathlib import Path
from statistics import fmean

from benchmarks.kept import RESULTS, Line, latest
from benchmarks.row import Kind, Row
from benchmarks.rows import ROWS

PAGE = Path("docs") / "benchmarks.md"

HEAD = """# Benchmarks

Written by `./dev bench report` from the results that are kept; do not edit by hand. `./dev bench` makes them: it takes
hours, goes on where it was stopped, and keeps our own figures by commit, those of a peer by its version. A row that was
not run says so. Gaps are to the best known values that stand beside the instance files. Times are seconds with ways,
bound and search (until commit 8398fe4 the bound came on top of the limit), on two shared cores, so that ratios within one
run tell more than seconds. Peers solve the same problem from the same file, with the settings that they come with. In arc
routing OR-Tools' routing solver has a node for each direction, PyVRP a group of two directed clients for each edge. In
vehicle routing OR-Tools cannot be told release times (multitrip), and neither of them lunch and landfills (waste). "Beside
ours" is the mean of a peer's objective over ours on the same instance. Every plan was checked by code with no solver in it.
In siting HiGHS is the one within SciPy, and spopt states its model for CBC. On the rows `covering` peers get 300 s, and the
objective is to be high; on `median-2000` none is run, since its model has 40 million variables.
"""

# What the night is to cost at most, as a share of what PyVRP's plan costs.
NIGHT_SHARE = 0.97


def page(results: Path = RESULTS) -> str:
    """Return the page."""
    ours = [row for row in ROWS if not row.peer]
    parts = [HEAD]
    for row in ours:
        family = [row, *[other for other in ROWS if other.peer and other.name.startswith(f"{row.name}-")]]
        parts.append(_section(row, [(member, *latest(member, results)) for member in family]))
    return "\n".join(parts)


def _section(row: Row, kept: Sequence[tuple[Row, str, list[Line]]]) -> str:
    goal = f"Goal: {row.goal}. " if row.goal else ""
    names = " ".join(member.name for member, _, _ in kept)
    lines = [f"## {row.name}", "", f"{goal}Command: `./dev bench {names}`", ""]
    if row.kind is Kind.SCRIPT:
        _, version, found = kept[0]
        text = str(found[0]["printed"]).strip() if found else "not run"
        return "\n".join([*lines, *([f"Commit {version}.", ""] if found else []), "```text", text, "```", ""])
    verdict = _verdict(row, kept)
    lines += [f"{_asked(row)}.", "", *([verdict, ""] if verdict else []), *_table(row, kept), ""]
    if row.kind is Kind.GROWTH and kept[0][2]:
        lines += [_exponent(kept[0][2]), ""]
    return "\n".join(lines)


def _asked(row: Row) -> str:
    seeds = f"{len(row.seeds)} seeds" if len(row.seeds) > 1 else "1 seed"
    threads = "1 thread" if row.threads == 1 else f"{row.threads} threads"
    return f"{row.kind.value[0].upper()}{row.kind.value[1:]}: {row.time_limit_s:g} s each, {threads}, {seeds}"


def _table(row: Row, kept: Sequence[tuple[Row, str, list[Line]]]) -> list[str]:
    """Return a line an engine, then a line an instance with ours."""
    columns = dict(_COLUMNS[row.kind])
    if len(kept) > 1 and row.kind in (Kind.FILES, Kind.MIXED, Kind.NIGHT, Kind.SITES):
        columns["beside ours"] = lambda lines: _beside(lines, kept[0][2], by_seed=row.kind is Kind.SITES)
    out = ["| engine | version | runs | " + " | ".join(columns) + " |", "|---" * (3 + len(columns)) + "|"]
    for member, version, lines in kept:
        name = member.peer or "jingcheng"
        if not lines:
            out.append(f"| {name} | - | not run |" + " - |" * len(columns))
        else:
            cells = [make(lines) for make in columns.values()]
            out.append(f"| {name} | {version} | {len(lines)} | " + " | ".join(cells) + " |")
    if row.kind is Kind.WASTE:
        return [*out, *_collected(kept[0][2])]
    return out if row.kind in (Kind.CITY, Kind.SITING) else [*out, *_instances(kept[0][2])]


def _verdict(row: Row, kept: Sequence[tuple[Row, str, list[Line]]]) -> str:
    """Return whether the goal is met, where it is a figure and the row was run; empty otherwise."""
    lines = kept[0][2]
    if not lines:
        return ""
    feasible = all(line.get("feasible", True) for line in lines)
    if row.most_proven is not None:
        worst, n_best = max(_unproven(lines)), sum(gap <= 0 for gap in _gaps(lines))
        told = f"the gap to our own bound is {worst:.2f} % at most, {row.most_proven:g} % is asked"
        at_best = row.most_gap is None or n_best == len(lines)
        known = "" if row.most_gap is None else f"; best known on {n_best} of {len(lines)}"
        return _said(feasible and at_best and worst <= row.most_proven, told + known)
    if row.most_gap is not None and _gaps(lines):
        gap, n_runs = fmean(_gaps(lines)), len(_gaps(lines))
        told = f"mean gap {gap:.3f} % over {n_runs} runs, at most {row.most_gap:g} % is asked"
        return _said(feasible and gap <= row.most_gap, told)
    if row.kind is Kind.WASTE:
        good = sum(_is_better(line) for line in lines)
        return _said(good == len(lines), f"better than the heuristics of 2006 on {good} of {len(lines)}")
    if row.kind is Kind.NIGHT and len(kept) > 1 and kept[1][2]:
        share = lines[0]["objective"] / kept[1][2][0]["objective"]
        whole = feasible and lines[0]["served"] == lines[0]["tasks"]
        told = f"{100 * (1 - share):.1f} % cheaper than PyVRP, {100 * (1 - NIGHT_SHARE):.0f} % is asked"
        return _said(whole and share <= NIGHT_SHARE, told)
    return ""


def _unproven(lines: Sequence[Line]) -> list[float]:
    """Return each run's gap to its own bound in percent, `inf` without one; of much and of little alike."""
    ends = [(line.get("objective"), line.get("bound")) for line in lines]
    return [inf if a is None or b is None else 100 * abs(a - b) / max(1e-9, abs(a), abs(b)) for a, b in ends]


def _said(is_met: bool, how: str) -> str:
    return f"**{'Met' if is_met else 'Missed'}**: {how}."


def _known(line: Line) -> tuple[int, float] | None:
    """Return the better heuristic's vehicles and miles, from beside the file where it is there, else as they were kept."""
    from benchmarks.measure import DATA, heuristic_of_2006

    path = DATA / "benchmarks" / "waste-vrptw" / f"{line['case']}.txt"
    if path.exists():
        return heuristic_of_2006(path)
    return None if line["known"] is None else (line["known"][0], line["known"][1])


def _is_better(line: Line) -> bool:
    """Tell whether a run takes no more vehicles and fewer miles than the better heuristic."""
    known = _known(line)
    if not line["feasible"] or known is None:
        return False
    vehicles, miles = known
    return bool(line["vehicles"] <= vehicles and line["objective"] < miles)


def _beside(lines: Sequence[Line], ours: Sequence[Line], *, by_seed: bool = False) -> str:
    """Return the mean of the objective over ours, instance by instance, where both have one; towns are others by seed."""

    def instance(line: Line) -> tuple[str, int]:
        return str(line["case"]), line["seed"] if by_seed else 0

    found = {instance(line): line["objective"] for line in ours if line.get("objective") and line["feasible"]}
    ratios = [
        line["objective"] / found[instance(line)]
        for line in lines
        if line.get("objective") and line["feasible"] and instance(line) in found
    ]
    return f"{fmean(ratios):.4f} ({len(ratios)})" if ratios else "-"


def _collected(lines: Sequence[Line]) -> list[str]:
    """Return a line an instance: vehicles and miles beside the better heuristic's."""
    if not lines:
        return []
    out = [
        "",
        "| instance | vehicles | 2006 | miles | 2006 | feasible | seconds |",
        "|---|---|---|---|---|---|---|",
    ]
    for line in lines:
        vehicles, miles = _known(line) or (None, None)
        figures = [line["vehicles"], vehicles, line["objective"], miles]
        cells = " | ".join(_number(value) for value in figures)
        out.append(f"| {line['case']} | {cells} | {'yes' if line['feasible'] else 'no'} | {line['seconds']:.1f} |")
    return out


def _instances(lines: Sequence[Line]) -> list[str]:
    if not lines:
        return []
    out = [
        "",
        "| instance | best known | bound | mean | best | gap of the mean | seconds |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, group in groupby(lines, key=lambda line: str(line["case"])):
        runs = list(group)
        costs = [line["objective"] for line in runs if line.get("objective") is not None]
        best, bounds = runs[0].get("best_known"), [line["bound"] for line in runs if line.get("bound") is not None]
        gap = f"{100 * (fmean(costs) / best - 1):+.2f} %" if best and costs else "-"
        seconds = fmean(
            line["good_seconds"] or line["seconds"] if "good_seconds" in line else line["seconds"] for line in runs
        )
        cells = [_number(best), _number(max(bounds, default=None)), _number(fmean(costs) if costs else None)]
        out.append(f"| {name} | {' | '.join(cells)} | {_number(min(costs, default=None))} | {gap} | {seconds:.1f} |")
    return out


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def _gaps(lines: Sequence[Line]) -> list[float]:
    return [
        100 * (line["objective"] / line["best_known"] - 1)
        for line in lines
        if line.get("best_known") and line.get("objective") is not None
    ]


def _mean_gap(lines: Sequence[Line]) -> str:
    gaps = _gaps(lines)
    return f"{fmean(gaps):.3f} %" if gaps else "-"


def _worst_gap(lines: Sequence[Line]) -> str:
    return f"{max(_gaps(lines)):.2f} %" if _gaps(lines) else "-"


def _at_best(lines: Sequence[Line]) -> str:
    gaps = _gaps(lines)
    return f"{sum(gap <= 0 for gap in gaps)} of {len(gaps)}" if gaps else "-"


def _feasible(lines: Sequence[Line]) -> str:
    return f"{sum(bool(line['feasible']) for line in lines)} of {len(lines)}"


def _to_bound(lines: Sequence[Line]) -> str:
    gaps = [gap for gap in _unproven(lines) if gap < inf]
    return f"{fmean(gaps):.2f} % ({len(gaps)})" if gaps else "-"


def _bound_gap(lines: Sequence[Line]) -> str:
    gaps = [100 * (1 - line["bound"] / line["best_known"]) for line in lines if line["bound"] and line["best_known"]]
    return f"{fmean(gaps):.2f} %, worst {max(gaps):.2f} %" if gaps else "-"


def _mean_of(key: str, unit: str = "") -> Callable[[Sequence[Line]], str]:
    def mean(lines: Sequence[Line]) -> str:
        values = [line[key] for line in lines if line.get(key) is not None]
        return f"{_number(round(fmean(values), 1))}{unit}" if values else "-"

    return mean


def _reached(lines: Sequence[Line]) -> str:
    return f"{sum(line['good_seconds'] is not None for line in lines)} of {len(lines)}"


def _exponent(lines: Sequence[Line]) -> str:
    """Return the exponent of a power of the number of tasks, fitted by least squares to the logarithms of the seconds."""
    points = [(log(line["tasks"]), log(line["good_seconds"])) for line in lines if line["good_seconds"]]
    if len(points) < 2:
        return "Fewer than two sizes came within 5 % of their bound: no exponent."
    mean_x, mean_y = fmean(x for x, _ in points), fmean(y for _, y in points)
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    return f"Fitted to {len(points)} sizes: seconds grow with n^{slope:.2f}."


_COLUMNS: dict[Kind, dict[str, Callable[[Sequence[Line]], str]]] = {
    Kind.FILES: {
        "feasible": _feasible,
        "mean gap": _mean_gap,
        "worst": _worst_gap,
        "at best known": _at_best,
        "mean gap to own bound (with one)": _to_bound,
    },
    Kind.BOUND: {"gap of the bound to best known": _bound_gap, "seconds": _mean_of("seconds")},
    Kind.MIXED: {"feasible": _feasible, "cost": _mean_of("objective"), "bound": _mean_of("bound")},
    Kind.WASTE: {"feasible": _feasible, "vehicles": _mean_of("vehicles"), "miles": _mean_of("objective")},
    Kind.NIGHT: {
        "feasible": _feasible,
        "cost": _mean_of("objective"),
        "served": _mean_of("served"),
        "vehicles": _mean_of("vehicles"),
        "trips": _mean_of("trips"),
        "faults of the whole problem": _mean_of("faults"),
    },
    Kind.SITES: {
        "feasible": _feasible,
        "objective": _mean_of("objective"),
        "mean gap to own bound (with one)": _to_bound,
        "seconds to the best plan": _mean_of("best_seconds"),
        "seconds": _mean_of("seconds"),
    },
    Kind.SITING: {
        "without faults": _feasible,
        "gap to own bound": _to_bound,
        "works": _mean_of("works"),
        "seconds in all": _mean_of("seconds"),
    },
    Kind.GROWTH: {"within 5 % of the bound": _reached, "feasible": _feasible},
    Kind.CITY: {
        "without faults": _feasible,
        "deadhead share": _mean_of("deadhead_share", " %"),
        "swept km": _mean_of("swept_km"),
        "mechanised": _mean_of("mechanised_sweeping_rate", " %"),
        "unserved": _mean_of("unserved"),
    },
}
