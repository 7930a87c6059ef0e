"""What the engines have in common that pass a problem on to another solver."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from layers.errors import ParameterError
from layers.text import Text
from optimizer.engines.arc_routing.problem import ArcRoutingProblem
from optimizer.engines.arc_routing.solution import RoutePlan

# Told of the share of the budget that is spent, (value lost, cost), and the maker of the plan; True ends the search.
Told = Callable[[float, tuple[int, int], Callable[[], RoutePlan]], bool]


def vehicles_for(problem: ArcRoutingProblem, group: int) -> int:
    """Return how many vehicles of a group to offer: half as many again as the load needs where there is no limit."""
    vehicle = problem.groups[group]
    if vehicle.n_vehicles is not None:
        return min(vehicle.n_vehicles, problem.n_tasks)
    if vehicle.shift_s is not None or problem.facilities:
        return problem.n_tasks
    needed = [-(-int(used) // max(1, c)) for used, c in zip(problem.tasks.demand.sum(axis=0), vehicle.capacity, strict=True)]
    return min(problem.n_tasks, max(needed) + max(needed) // 2 + 2)


def refuse_more(engine: str, n_tasks: int, most: int) -> None:
    """Refuse a problem that is too large for an engine.

    Raises
    ------
    ParameterError
        With both numbers.
    """
    if n_tasks > most:
        zh = f"求解引擎 {engine}：任务数为 {n_tasks}，应不超过 {most}；请改用 jingcheng 引擎"
        en = f"engine {engine}: the problem has {n_tasks} tasks, at most {most} are expected; use the engine jingcheng"
        raise ParameterError(Text(zh, en))


def refuse_asked(engine: str, asked: Sequence[tuple[Text, bool]]) -> None:
    """Refuse what an engine cannot say.

    Parameters
    ----------
    asked
        What it does not know, and whether the problem has it.

    Raises
    ------
    ParameterError
        With the name of each that the problem has.
    """
    found = [name for name, is_asked in asked if is_asked]
    if found:
        names_zh, names_en = "、".join(name.zh for name in found), ", ".join(name.en for name in found)
        zh = f"求解引擎 {engine}：问题含有{names_zh}，该引擎无法表达；请改用 jingcheng 引擎"
        en = f"engine {engine}: the problem has {names_en}, which this engine cannot say; use the engine jingcheng"
        raise ParameterError(Text(zh, en))
