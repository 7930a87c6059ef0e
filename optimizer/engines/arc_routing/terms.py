"""What people want of a plan beside low cost."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.engines.arc_routing.solution import RoutePlan


@dataclass(frozen=True)
class Terms:
    """What a plan is to be beside cheap; each weight is a price, 0 leaves its term out.

    The search makes cost plus terms least. A result tells the pure cost and the terms apart.

    Parameters
    ----------
    balance
        For each second by which the time of a used vehicle differs from the mean of all used ones.
    compactness
        For each pair of neighbouring tasks that two vehicles share; neighbours are tasks of which one can be begun where the
        other ends.
    change
        For each task that the earlier plan has on a vehicle and that is served by another one.
    earlier
        The earlier plan. Its routes without a number stand for the vehicles 0, 1, ... of their group, in their order.
    """

    balance: float = 0.0
    compactness: float = 0.0
    change: float = 0.0
    earlier: RoutePlan | None = None

    @property
    def are_wanted(self) -> bool:
        """Whether any term counts."""
        return self.balance > 0 or self.compactness > 0 or self.change > 0

    def faults(self, n_tasks: int, n_groups: int) -> list[str]:
        """Return what is wrong with the terms, one line each."""
        weights = {"balance": self.balance, "compactness": self.compactness, "change": self.change}
        found = [f"terms: {name} is {weight}, at least 0 is expected" for name, weight in weights.items() if not weight >= 0]
        if self.change > 0 and self.earlier is None:
            found.append(f"terms: change is {self.change}, but no earlier plan is given")
        for k, route in enumerate(self.earlier.routes if self.earlier else ()):
            if not 0 <= route.group < n_groups:
                found.append(f"terms: route {k} of the earlier plan names group {route.group}, there are {n_groups}")
            strange = [task for task in route.tasks if not 0 <= task < n_tasks]
            if strange:
                found.append(f"terms: route {k} of the earlier plan names task {strange[0]}, there are {n_tasks}")
        return found
