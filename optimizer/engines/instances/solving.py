"""Solve an instance file and say what was found, in the words of the command ``solve``."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict

from layers.errors import ParameterError
from layers.text import Text
from optimizer.engines.arc_routing import Engine, Limits, faults, solve
from optimizer.engines.instances.carp import read_carp
from optimizer.engines.instances.families import Family, family_of, read_text, refuse_family
from optimizer.monitor import Monitor


class Solved(TypedDict):
    """One JSON document of ``solve --json``."""

    family: str
    instance: str
    objective: int | None
    bound: int | None
    gap: float | None
    seconds: float
    threads: int
    seed: int
    engine: str
    feasible: bool
    solution: dict[str, list[list[list[int]]]]


def solve_file(  # noqa: PLR0913 - one argument an option of the command
    path: Path,
    *,
    time_limit_s: float | None = None,
    work_limit: int | None = None,
    seed: int = 0,
    threads: int = 1,
    engine: str = Engine.JINGCHENG.value,
    capacity: int | None = None,
    monitor: Monitor | None = None,
) -> Solved:
    """Recognise an instance file by its content, solve it, check the answer without the solver.

    Parameters
    ----------
    path
        The file.
    time_limit_s, work_limit
        Seconds, and steps, of search; a run limited by work alone can be repeated.
    seed
        For the dice.
    threads
        What the caller allows; the engine uses one, and the answer says so.
    engine
        "jingcheng" or "ortools".
    capacity
        Stands in for the file's capacity.
    monitor
        Told of progress; may stop the search.

    Returns
    -------
    Solved
        Ids as written in the file. Where no solution serves all, `feasible` is false and `objective` is None.

    Raises
    ------
    InputError
        The file cannot be used; a damaged one is named with its line.
    ParameterError
        A parameter is out of its bounds.
    """
    chosen = engine_named(engine)
    if threads < 1:
        raise ParameterError(
            Text(
                zh=f"线程数为 {threads}，应不小于 1", en=f"threads is {threads}, at least 1 is expected; give another number"
            )
        )
    if capacity is not None and capacity < 1:
        raise ParameterError(
            Text(
                zh=f"容量为 {capacity}，应不小于 1",
                en=f"capacity is {capacity}, at least 1 is expected; give another number",
            )
        )
    text = read_text(path)
    family = family_of(path, text)
    if family is not Family.CARP:
        raise refuse_family(path, family)
    instance = read_carp(path, text, capacity)
    limits = Limits(time_limit_s, work_limit)
    result = solve(instance.problem, limits=limits, seed=seed, monitor=monitor, engine=chosen)
    found = faults(instance.problem, result.plan, claimed_cost=result.cost)
    objective = None if found else result.cost
    return Solved(
        family=family.value,
        instance=instance.name,
        objective=objective,
        bound=result.bound,
        gap=gap_of(objective, result.bound),
        seconds=result.seconds,
        threads=1,
        seed=seed,
        engine=chosen.value,
        feasible=not found,
        solution=instance.solution(result.plan),
    )


def engine_named(name: str) -> Engine:
    """Return the engine of that name."""
    names = [engine.value for engine in Engine]
    if name not in names:
        listed = ", ".join(names)
        raise ParameterError(
            Text(
                zh=f"没有名为“{name}”的求解引擎，可选：{listed}",
                en=f"there is no engine {name!r}, one of {listed} is expected; give another name",
            )
        )
    return Engine(name)


def gap_of(objective: int | None, bound: int | None) -> float | None:
    """Return (objective - bound) / |objective|, the share that may still be saved; None where either is unknown."""
    if objective is None or bound is None:
        return None
    return (objective - bound) / abs(objective) if objective else 0.0
