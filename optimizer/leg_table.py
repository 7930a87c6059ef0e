"""All legs of some routes side by side, as arrays: whoever measures or checks a plan of 20,000 legs is quick with these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

import numpy as np

from layers.layer import F64, Bool, Rows
from optimizer.plan import Leg, LegKind, Route

_KINDS = tuple(LegKind)
_NUMBER = {kind: k for k, kind in enumerate(_KINDS)}


@dataclass(frozen=True, eq=False)
class LegTable:
    """Hold the legs of some routes, route by route, in their order.

    Parameters
    ----------
    routes
        Those whose legs these are.
    legs
        All of them, n.
    """

    routes: tuple[Route, ...]
    legs: tuple[Leg, ...]

    @classmethod
    def of(cls, routes: tuple[Route, ...]) -> LegTable:
        """Lay the legs of some routes side by side."""
        return cls(routes, tuple(leg for route in routes for leg in route.legs))

    @cached_property
    def first(self) -> Rows:
        """First leg of each route, and behind them the number of all legs, shape (n_routes + 1,)."""
        return np.cumsum([0, *(len(route.legs) for route in self.routes)], dtype=np.int64)

    @cached_property
    def route(self) -> Rows:
        """Number of each leg's route, shape (n,)."""
        return np.repeat(np.arange(len(self.routes)), np.diff(self.first))

    def _figure(self, name: str) -> F64:
        return np.fromiter(map(attrgetter(name), self.legs), np.float64, len(self.legs))

    @cached_property
    def _kind(self) -> Rows:
        return np.fromiter((_NUMBER[leg.kind] for leg in self.legs), np.int64, len(self.legs))

    def doing(self, *kinds: LegKind) -> Bool:
        """Return which legs are of some kinds, shape (n,)."""
        wanted = np.zeros(len(_KINDS), dtype=bool)
        wanted[[_NUMBER[kind] for kind in kinds]] = True
        return wanted[self._kind]

    def served(self, row_of: Mapping[str, int]) -> tuple[Rows, Rows]:
        """Return the legs that serve something, and the row of what each serves; -1 where it is not known."""
        which = np.flatnonzero(self.doing(LegKind.SERVE))
        items = map(attrgetter("item"), (self.legs[k] for k in which.tolist()))
        return which, np.fromiter((row_of.get(item, -1) for item in items), np.int64, len(which))

    @cached_property
    def start_s(self) -> F64:
        """Begin of each leg, shape (n,)."""
        return self._figure("start_s")

    @cached_property
    def end_s(self) -> F64:
        """End of each leg, shape (n,)."""
        return self._figure("end_s")

    @cached_property
    def length_m(self) -> F64:
        """Metres of each leg, shape (n,)."""
        return self._figure("length_m")

    @cached_property
    def load_kg(self) -> F64:
        """What each leg takes aboard or gives off, shape (n,)."""
        return self._figure("load_kg")

    @cached_property
    def water_l(self) -> F64:
        """Water that each leg takes aboard or gives off, shape (n,)."""
        return self._figure("water_l")

    @cached_property
    def step_leg(self) -> Rows:
        """Leg of each street driven, streets in the order in which they are driven, shape (n_steps,)."""
        return np.repeat(np.arange(len(self.legs)), self.n_steps)

    @cached_property
    def step_names(self) -> list[str]:
        """Each street driven, as `Leg.path` writes it."""
        return [name for leg in self.legs for name in leg.path]

    @cached_property
    def n_steps(self) -> Rows:
        """Streets of each leg, shape (n,)."""
        return np.fromiter((len(leg.path) for leg in self.legs), np.int64, len(self.legs))
