"""Show an engine's better plans as drafts of a planner, now and then."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

from optimizer.monitor import Hushed, Monitor
from optimizer.plan import Draft

# Seconds between two drafts that are shown.
_SHOW_EVERY_S = 3.0


class Drafting(Hushed):
    """Hear of an engine's search: pass on the wish to stop, and show its bests as drafts.

    Parameters
    ----------
    whole
        Monitor of the run.
    kind
        Of the engine's plans; whatever else is reported is told without a draft.
    draft_of
        Makes a draft of a plan and the engine's bound.
    share
        Of the run that the search is, 0 to 1.
    """

    def __init__(self, whole: Monitor, kind: type, draft_of: Callable[[Any, float | None], Draft], share: float) -> None:
        super().__init__(whole)
        self._kind, self._draft_of, self._share = kind, draft_of, share
        self._next_s = 0.0

    def report(
        self,
        fraction: float,
        message: str,
        incumbent: object | None = None,
        *,
        objective: float | None = None,
        bound: float | None = None,
    ) -> None:
        """Show a better plan where it is time to."""
        share = self._share * min(1.0, max(0.0, fraction))
        if isinstance(incumbent, self._kind) and perf_counter() >= self._next_s:
            draft = self._draft_of(incumbent, bound)
            self._whole.report(share, "search", draft, objective=draft.objective, bound=draft.bound)
            self._next_s = perf_counter() + _SHOW_EVERY_S
        else:
            self._whole.report(share, "search")
