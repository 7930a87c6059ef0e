"""Check the plans of a file from the file alone: no solver, and nothing taken on trust."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from layers.text import Text
from optimizer.plan import Plan, PlanFault
from optimizer.project import Project, load_plans
from optimizer.run import faults_of


def verify(path: Path) -> tuple[Plan, ...]:
    """Return the plans of a project file with the faults that checking them anew finds.

    Raises
    ------
    InputError
        Where the file is damaged or holds no plan.
    """
    project = load_plans(path)
    return tuple(replace(plan, faults=_faults(project, plan)) for plan in project.plans)


def _faults(project: Project, plan: Plan) -> tuple[PlanFault, ...]:
    scenario = project.scenario_of(plan)
    if scenario is None:
        text = Text(
            f"文件中没有方案“{plan.name}”所依据的设定", f"the file lacks the scenario that plan {plan.name!r} was made from"
        )
        return (PlanFault("scenario_missing", plan.name, text),)
    return faults_of(scenario, plan, again=True)
