"""How a running plan reports, and how it is asked to stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class Monitor(Protocol):
    """Follow a run; planners and engines poll `stopped` and report, and know nothing of who listens."""

    @property
    def stopped(self) -> bool:
        """Whether the best so far should be returned at once."""
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
        """Tell how far the work is.

        Parameters
        ----------
        fraction
            Share of the work or time that is done, 0 to 1.
        message
            Phase, as a short key such as ``construct``.
        incumbent
            Best so far, in the caller's terms; None where it has not changed.
        objective, bound
            Of the incumbent; None where unknown.
        """
        ...


class Silent:
    """Monitor that nobody listens to."""

    stopped = False

    def report(
        self,
        fraction: float,
        message: str,
        incumbent: object | None = None,
        *,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        """Do nothing."""


class Hushed(Silent):
    """Pass on the wish to stop, and no report."""

    def __init__(self, whole: Monitor) -> None:
        self._whole = whole

    @property
    def stopped(self) -> bool:  # type: ignore[override]
        """Whether the best so far is wanted."""
        return self._whole.stopped


@dataclass(frozen=True, slots=True)
class Part:
    """Report a part of the work to the monitor of the whole.

    Parameters
    ----------
    whole
        Who is told.
    low, high
        Share of the whole at the part's beginning and end.
    """

    whole: Monitor
    low: float
    high: float

    @property
    def stopped(self) -> bool:
        """Whether the whole was stopped."""
        return self.whole.stopped

    def report(
        self,
        fraction: float,
        message: str,
        incumbent: object | None = None,
        *,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        """Tell how far the part is."""
        share = self.low + (self.high - self.low) * min(max(fraction, 0.0), 1.0)
        self.whole.report(share, message, incumbent, objective=objective, bound=bound)
