"""How a running plan reports, and how it is asked to stop."""

from __future__ import annotations

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
