"""Today's practice as a plan: a timetable that is driven is measured and checked by the code that measures our own plans."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TypedDict

from layers.errors import InputError
from layers.text import Text
from optimizer.monitor import Silent
from optimizer.plan import Draft, Plan
from optimizer.planner import Planner, planner, planners
from optimizer.run import finish, provenance, require_layers, seen_by
from optimizer.scenario import Scenario

ENGINE = "imported"


class ImportedRow(TypedDict):
    """Hold one stop of a timetable, sound in itself.

    Rows are sorted by vehicle, then in the order driven. Times are on one clock for each vehicle: seconds after midnight of
    the day on which its work begins.

    Parameters
    ----------
    row
        Number of the row in the file, for messages.
    vehicle, trip, name, stream
        As written; all but the vehicle may be empty.
    order
        Place in the order of its vehicle, from 0.
    arrive_s, leave_s
        When the vehicle is there.
    point
        Id of a waste point of the scenario's city.
    kg
        What is collected; None where the file does not say.
    """

    row: int
    vehicle: str
    trip: str
    order: int
    arrive_s: float
    leave_s: float
    point: str
    name: str
    stream: str
    kg: float | None


def importer(key: str) -> Planner:
    """Return a planner that can take over a timetable.

    Raises
    ------
    InputError
        Where there is none of that key, or it cannot.
    """
    chosen = planner(key)
    if not chosen.import_plan:
        able = [p.key for p in planners().values() if p.import_plan]
        zh = f"规划器“{key}”不能导入现行方案；可导入的有：{'、'.join(able) or '无'}"
        raise InputError(Text(zh, f"planner {key!r} cannot import a plan; those that can: {', '.join(able) or 'none'}"))
    return chosen


def import_plan(scenario: Scenario, rows: Sequence[ImportedRow], *, load_s: float = 0.0) -> Plan:
    """Return a timetable as a plan, measured and checked.

    Parameters
    ----------
    scenario
        Its city has every point of the rows.
    load_s
        Time that reading took, for the record.

    Raises
    ------
    InputError
        Where the planner cannot import plans, or the city lacks layers that it needs.
    """
    chosen = importer(scenario.planner)
    scenario = seen_by(chosen, scenario)
    require_layers(scenario.city, chosen)
    started_s = time.monotonic()
    draft: Draft = chosen.function("import_plan")(scenario, rows)
    stamp = provenance(scenario, replace(draft, engine=ENGINE))
    # nothing was searched for: the same file gives the same plan
    stamp = replace(stamp, limited_by="work", load_s=load_s, prepare_s=time.monotonic() - started_s)
    return finish(scenario, draft, stamp, Silent())
