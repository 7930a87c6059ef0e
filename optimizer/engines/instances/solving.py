"""Solve an instance file and say what was found, in the words of the command ``solve``."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypedDict

from layers.errors import ParameterError
from layers.text import Text
from optimizer.engines.instances.instance import Asked, Solution
from optimizer.engines.instances.reading import read_instance
from optimizer.engines.limits import Engine, Limits
from optimizer.monitor import Monitor, Silent


class Solved(TypedDict):
    """One document of ``solve --json``; texts are to be put in one language."""

    family: str
    instance: str
    objective: int | float | None
    bound: int | float | None
    gap: float | None
    seconds: float
    threads: int
    seed: int
    engine: str
    feasible: bool
    unserved: list[dict[str, Any]]
    notes: list[Text]
    solution: Solution


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
        What the caller allows; the answer says how many were used.
    engine
        Name of an `Engine`.
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
    _check_least("线程数", "threads", threads)
    _check_least("容量", "capacity", capacity)
    family, instance = read_instance(path, capacity)
    limits = Limits(time_limit_s, work_limit)
    found = instance.answer(Asked(limits, seed, monitor or Silent(), chosen, threads))
    return Solved(
        family=family.value,
        instance=instance.name,
        objective=found.objective,
        bound=found.bound,
        gap=gap_of(found.objective, found.bound),
        seconds=found.seconds,
        threads=found.threads,
        seed=seed,
        engine=chosen.value,
        feasible=found.objective is not None,
        unserved=[{**left.step, "reason": left.reason} for left in found.unserved],
        notes=list(instance.notes),
        solution=found.solution,
    )


def _check_least(zh: str, en: str, value: int | None) -> None:
    """Refuse an option below 1."""
    if value is not None and value < 1:
        raise ParameterError(
            Text(zh=f"{zh}为 {value}，应不小于 1", en=f"{en} is {value}, at least 1 is expected; give another number")
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


def gap_of(objective: float | None, bound: float | None) -> float | None:
    """Return (objective - bound) / |objective|, the share that may still be saved; None where either is unknown."""
    if objective is None or bound is None:
        return None
    return (objective - bound) / abs(objective) if objective else 0.0
