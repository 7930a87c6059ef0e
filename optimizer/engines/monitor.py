"""How an engine tells its caller where it is, and is told to stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Monitor(Protocol):
    """Watch a search from outside; any object with these two members will do."""

    @property
    def stopped(self) -> bool:
        """Whether the caller wants the best found so far, now."""
        ...

    def report(
        self,
        fraction: float,
        message: str,
        incumbent: object | None = None,
        *,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        """Take note of progress.

        Parameters
        ----------
        fraction
            Share of the search that is done, 0 to 1.
        message
            What is being done.
        incumbent
            The best solution so far, where it is new.
        objective, bound
            Its objective, and what is proven that none can go below.
        """
        ...


@dataclass(frozen=True)
class Silent:
    """A monitor that never stops a search and keeps nothing."""

    stopped: bool = False

    def report(
        self,
        fraction: float,
        message: str,
        incumbent: object | None = None,
        *,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        """Take no note."""
