"""The one extension point: a planner is a value that names its functions.

Discovery imports labels and parameters only. The functions are dotted names (``package.module:function``) that a worker
resolves, so that no solver is ever loaded in the window.

==========  =====================================================  ==========================================================
name        signature                                              does
==========  =====================================================  ==========================================================
prepare     ``(scenario, monitor) -> problem``                     reads the city; the only place that does; integers once
solve       ``(problem, params, monitor) -> Draft``                reports incumbents as ``Draft``; returns at once on stop
faults      ``(scenario, plan) -> tuple[PlanFault, ...]``          checks the plan without any solver
kpis        ``(scenario, plan) -> tuple[Kpi, ...]``                measures it, target metrics among them
recheck     ``(scenario, plan) -> tuple[PlanFault, ...]``          optional: more faults, too slow to look for as a run ends
evaluate    ``(problem, plan, edit) -> Plan``                      optional: prices a hand edit
explain     ``(problem, plan, item) -> Text``                      optional: says why an object is as it is
import_plan ``(scenario, rows) -> Draft``                          optional: a timetable that is driven today, as a plan;
                                                                   rows are `optimizer.imported.ImportedRow`
==========  =====================================================  ==========================================================
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Any

import optimizer.planners
from layers.errors import InputError
from layers.layer import Layer
from layers.text import Text
from optimizer.kpi import KpiKind, KpiTable
from optimizer.params import Params

ENTRY_POINT_GROUP = "jingcheng.planners"


@dataclass(frozen=True, kw_only=True)
class Planner:
    """Declare a planner.

    Parameters
    ----------
    key
        Stable name in files and on the command line.
    label, about
        Name and one sentence in the interface.
    params
        Its own class of parameters.
    needs
        Layer kinds that a city must have for it.
    reads
        All layer kinds that it reads; a plan is out of date when one of these changes.
    kpi_kinds
        The figures that it measures.
    kpi_tables
        Which of them are read side by side; one that has no figures in a plan is not shown.
    prepare, solve, faults, kpis, recheck, evaluate, explain, import_plan
        Dotted names, see the module; the last four may be empty.
    engines
        Keys of the engines that it can use, the first by default.
    sites
        Layers whose objects it chooses among: these can be locked open, closed, or kept as they are.
    rank
        Where it stands in lists: the smallest first, and by key among equals. A new scenario asks the first.
    """

    key: str
    label: Text
    about: Text
    params: type[Params]
    needs: tuple[type[Layer], ...]
    reads: tuple[type[Layer], ...]
    kpi_kinds: tuple[KpiKind, ...]
    prepare: str
    solve: str
    faults: str
    kpis: str
    recheck: str = ""
    evaluate: str = ""
    explain: str = ""
    import_plan: str = ""
    engines: tuple[str, ...] = ("jingcheng",)
    kpi_tables: tuple[KpiTable, ...] = ()
    sites: tuple[type[Layer], ...] = ()
    rank: int = 100

    def function(self, name: str) -> Callable[..., Any]:
        """Return one of the planner's functions, imported now."""
        module, _, attribute = getattr(self, name).partition(":")
        function: Callable[..., Any] = getattr(importlib.import_module(module), attribute)
        return function


def planners() -> dict[str, Planner]:
    """Return all planners by key: the folders of `optimizer.planners`, then the installed packages that name one."""
    found = _folders()
    for point in entry_points(group=ENTRY_POINT_GROUP):
        planner = point.load()
        found.setdefault(planner.key, planner)
    return dict(sorted(found.items(), key=lambda entry: (entry[1].rank, entry[0])))


def _folders() -> dict[str, Planner]:
    names = [module.name for module in pkgutil.iter_modules(optimizer.planners.__path__)]
    own = [importlib.import_module(f"optimizer.planners.{name}").PLANNER for name in names]
    return {planner.key: planner for planner in own}


def planner(key: str) -> Planner:
    """Return one planner.

    Raises
    ------
    InputError
        Where there is none of that key.
    """
    known = _folders()  # quick; installed packages are looked through only where it is none of these
    if key not in known:
        known = planners()
    if key not in known:
        names_zh, names_en = "、".join(known), ", ".join(known)
        raise InputError(Text(f"没有规划器“{key}”；现有：{names_zh}", f"no planner {key!r}; there are: {names_en}"))
    return known[key]
