"""Stations after a plan's changes: which are open, by what work."""

from __future__ import annotations

from collections.abc import Sequence

from optimizer.changes import Change, ChangeKind
from optimizer.planners.transfer.reading.question import Question
from optimizer.planners.transfer.reading.works import Work, WorkKind, work_at

_WORKS = {ChangeKind.BUILD: WorkKind.BUILD, ChangeKind.REBUILD: WorkKind.REBUILD, ChangeKind.EXTEND: WorkKind.EXTEND}


def opened(question: Question, changes: Sequence[Change]) -> dict[int, Work]:
    """Return the work of each site that is open, by its row: stations that no change names are kept as they are."""
    sites, params = question.sites, question.params
    found: dict[int, Work] = {}
    changed = {c.item for c in changes}
    for site in range(sites.n_standing):
        if str(sites.land.ids[site]) not in changed:
            found[site] = work_at(sites, params, (site, WorkKind.KEEP, float(sites.capacity_t_day[site])))
    for change in changes:
        site, kind = sites.row_of.get(change.item, -1), _WORKS.get(change.kind)
        if site >= 0 and kind is not None and change.size > 0:
            found[site] = work_at(sites, params, (site, kind, change.size))
    return dict(sorted(found.items()))


def closed(question: Question, changes: Sequence[Change]) -> list[int]:
    """Return the rows of stations that are closed."""
    sites = question.sites
    return sorted({sites.row_of[c.item] for c in changes if c.kind is ChangeKind.CLOSE and c.item in sites.row_of})
