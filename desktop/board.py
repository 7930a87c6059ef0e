"""All targets of the documents with their verdicts: by the plans of the project, and by figures entered by hand; no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from layers.text import Text
from optimizer.plan import Plan
from optimizer.planner import Planner
from resources.entered import Entered, judge_entered
from resources.judge import State, Verdict, judge_all
from resources.targets import Target, load_documents, load_targets

STATES = (State.MISSED, State.NEARLY, State.MET, State.NOT_MEASURED)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """Hold one target, for the city or one part of it.

    Parameters
    ----------
    verdict
        ``met``, ``nearly``, ``missed`` or ``not_measured``.
    scope
        ``city``, ``district NAME``, or one object.
    item
        What is selected with the row: the district's name; empty for the city.
    figure_from
        Scenario whose plan gave the figure, or the source of one that was entered with its day; empty where there is none.
    measured_by
        Planner that would measure it; empty where a person has to enter it.
    is_entered
        Whether it was.
    """

    target: str
    document: Text
    title: Text
    verdict: str
    scope: str
    item: str
    value: float | None
    wanted: Text
    missing: float | None
    unit: str
    figure_from: str
    measured_by: Text
    is_entered: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Hold a plan with the name of its scenario, and whether it still answers it."""

    name: str
    plan: Plan
    is_stale: bool


def board_rows(
    sources: Iterable[Source], figures: Iterable[Entered], planners: Mapping[str, Planner]
) -> tuple[BoardRow, ...]:
    """Return the rows of every target of every document.

    Parameters
    ----------
    sources
        Plans, those first that count first: of each planner the first one measures.
    figures
        Entered by hand; they stand in place of what a plan says of the same target and scope.
    """
    targets = [t for t in load_targets() if str(t.kind) != "reference"]
    first: dict[str, Source] = {}
    for source in sources:
        first.setdefault(source.plan.planner, source)
    by_hand = judge_entered(targets, figures)
    said = {(v.target.id, v.scope) for v, _ in by_hand}
    rows = [_row(v, planners, f"{f.source} · {f.on}", is_entered=True) for v, f in by_hand]
    for planner, source in first.items():
        mine = [t for t in targets if t.planner == planner]
        name = f"{source.name} ⟲" if source.is_stale else source.name
        fresh = [v for v in judge_all(mine, source.plan.kpis) if (v.target.id, v.scope) not in said]
        rows += [_row(v, planners, "" if v.state is State.NOT_MEASURED else name) for v in fresh]
    left = [t for t in targets if t.planner not in first]
    rows += [_row(v, planners, "") for v in judge_all(left, ()) if not any(v.target.id == key for key, _ in said)]
    order = {target.id: k for k, target in enumerate(targets)}
    return tuple(sorted(rows, key=lambda row: (order[row.target], row.scope != "city", row.scope)))


def _row(verdict: Verdict, planners: Mapping[str, Planner], figure_from: str, *, is_entered: bool = False) -> BoardRow:
    target: Target = verdict.target
    document = next(d.label for d in load_documents() if d.key == target.document)
    planner = planners.get(target.planner)
    by = planner.label if planner else Text("", "")
    item = verdict.scope.partition(" ")[2]
    return BoardRow(
        target.id, document, target.label, verdict.state.value, verdict.scope, item, verdict.value, target.wanted_text,
        verdict.missing, verdict.unit, figure_from, by, is_entered,
    )  # fmt: skip
