"""What is said of numbers asked for, of decisions against the code, and of streets that were not made one-way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from layers.text import Text
from optimizer.changes import Verdict
from optimizer.planners.parking.problem import ParkingProblem
from optimizer.planners.parking.reading.asked import n_done
from optimizer.planners.parking.reading.decisions import OPEN
from optimizer.planners.parking.reading.rules import LABELS, ClearRule
from optimizer.planners.parking.reading.standing import REMOVE, StandingRow
from optimizer.planners.parking.search.draft import Decided

_WHOLE = {
    "footway": Text("占用人行道", "on the pavement"),
    "no_street": Text("不在任何道路旁", "at no street"),
    "street": Text("该道路不得设泊位", "the street may have no berths"),
    "width": Text("路宽不足", "the street is too narrow"),
}
# Rows of the standards that the rules rest on.
RESTS_ON = {
    "junction": "P3.junction", "bend": "P3.junction", "bridge": "P3.junction", "narrow": "P3.junction",
    "bus_stop": "P3.bus", "hydrant": "P3.hydrant", "width": "P1.two.one",
}  # fmt: skip


def verdicts(problem: ParkingProblem, decided: Decided) -> Iterator[Verdict]:
    """Yield verdicts on numbers, on rows that stand, and on decisions."""
    yield from _numbers(problem, decided)
    rules = {rule.key: rule for rule in problem.ground.rules}
    for row in problem.ground.standing:
        yield from _row(row, rules)
    yield from _decisions(problem)


def _numbers(problem: ParkingProblem, decided: Decided) -> Iterator[Verdict]:
    for asked in problem.question.asked:
        n = n_done(asked, decided.plan.berths, problem.places)
        where_zh, where_en = (f"{asked.district}：", f"{asked.district}: ") if asked.district else ("", "")
        zh = f"{where_zh}{asked.what.zh} {n}，要求 {asked.n_wanted}"
        en = f"{where_en}{asked.what.en} {n}, wanted {asked.n_wanted}"
        if n < asked.n_wanted:
            zh += f"；按现行路宽与净距最多可达 {asked.n_possible}"
            en += f"; widths and clear distances allow {asked.n_possible} at the most"
        yield Verdict(asked.district, "quota", n >= asked.n_wanted, Text(zh, en))


def _row(row: StandingRow, rules: dict[str, ClearRule]) -> Iterator[Verdict]:
    broken = Counter(key for keys in row.broken for key in keys)
    at = row.corners_m.mean(axis=(0, 1)).tolist() if len(row.corners_m) else [None, None]
    for key, n in sorted(broken.items()):
        rule = rules.get(key)
        if rule is not None:
            label = LABELS[key]
            zh, en = (
                f"{n} 个泊位距{label.zh}不足 {rule.distance_m:g} m",
                f"{n} berths within {rule.distance_m:g} m of {label.en}",
            )
            clause, certainty = rule.clause, rule.certainty
        else:
            label, clause, certainty = _WHOLE[key], "GA/T 850", "B"
            zh, en = f"{n} 个泊位{label.zh}", f"{n} berths: {label.en}"
        if row.decision and row.decision != REMOVE:
            zh, en = f"{zh}；议事会决定保留，仍属违规", f"{en}; kept by the residents' council, against the rules"
        else:
            zh, en = f"{zh}，予以清除", f"{en}, removed"
        yield Verdict(row.item, RESTS_ON.get(key, key), False, Text(zh, en), clause, certainty, x_m=at[0], y_m=at[1])


def _decisions(problem: ParkingProblem) -> Iterator[Verdict]:
    """Yield decisions for berths on streets and lots that take none: kept as far as can be, and told."""
    places = problem.places
    row_of = {item: k for k, item in enumerate(places.items)}
    known = {row.item for row in problem.ground.standing}
    for item, state in problem.ground.decisions.items():
        if state == OPEN and item not in known and not (item in row_of and places.least[row_of[item]]):
            text = Text("议事会要求设泊位，但规则不容一个", "the residents' council wants berths, the rules allow none")
            yield Verdict(item, "must", False, text)
