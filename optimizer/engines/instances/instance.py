"""What instances of both engines have in common: they are asked, and answer in their file's own ids and units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from layers.text import Text
from optimizer.engines.limits import Engine, Limits
from optimizer.monitor import Monitor

Solution = dict[str, list[Any]]


@dataclass(frozen=True)
class Asked:
    """How an instance is to be solved; as in ``solve`` of the engines."""

    limits: Limits
    seed: int
    monitor: Monitor
    engine: Engine
    threads: int


@dataclass(frozen=True)
class LeftOut:
    """What is not served.

    Parameters
    ----------
    step
        The step of a solution that would serve it.
    reason
        Why there is none.
    """

    step: dict[str, Any]
    reason: Text


@dataclass(frozen=True)
class Answer:
    """What was found, in the file's ids and units.

    Parameters
    ----------
    objective
        None where the plan has faults.
    bound
        Proven; None where none is.
    solution
        In the form of the file's family.
    unserved
        What is left out.
    seconds
        Wall-clock time.
    threads
        How many searched.
    """

    objective: int | float | None
    bound: int | float | None
    solution: Solution
    unserved: tuple[LeftOut, ...]
    seconds: float
    threads: int


class Instance(Protocol):
    """A public instance as a problem of one of the engines."""

    @property
    def name(self) -> str:
        """The file's name without its ending."""

    @property
    def notes(self) -> tuple[Text, ...]:
        """What was found odd in the file, and how it was read."""

    def in_file(self, cost: int) -> int | float:
        """Return an amount of cost in the file's units."""

    def proven(self, bound: int | None) -> int | float | None:
        """Return a bound in the file's units; None where it does not hold there."""

    def answer(self, asked: Asked) -> Answer:
        """Solve, and check the plan without the solver."""


@dataclass(frozen=True)
class InFile:
    """Monitor that tells another one what is found in the file's units.

    Parameters
    ----------
    listener
        Who is told.
    instance
        What is solved.
    """

    listener: Monitor
    instance: Instance

    @property
    def stopped(self) -> bool:
        """Whether the listener wants the best so far."""
        return self.listener.stopped

    def report(
        self,
        fraction: float,
        message: str,
        incumbent: object | None = None,
        *,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        """Tell how far the work is."""
        told = None if objective is None else self.instance.in_file(round(objective))
        proven = None if bound is None else self.instance.proven(round(bound))
        self.listener.report(fraction, message, incumbent, objective=told, bound=proven)
