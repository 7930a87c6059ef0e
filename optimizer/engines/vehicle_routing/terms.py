"""What people want of a plan beside low cost."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.engines.vehicle_routing.solution import RoutePlan


@dataclass(frozen=True)
class Terms:
    """What a plan is to be beside cheap; each weight is a price, 0 leaves its term out.

    The search makes cost plus terms least. A result tells the pure cost and the terms apart.

    Parameters
    ----------
    balance
        For each second by which the time of a used vehicle, from leaving to the end, is longer than `balance_above_s`.
    balance_above_s
        See `balance`; such as the mean of the plan before.
    change
        For each stop that the earlier plan has on a vehicle and that is served by another one.
    move_s
        For each second by which a stop begins earlier or later than in the earlier plan, beyond `tolerance_s`.
    tolerance_s
        See `move_s`.
    earlier
        The earlier plan. Its routes without a number stand for the vehicles 0, 1, ... of their group, in their order.
    """

    balance: int = 0
    balance_above_s: int = 0
    change: int = 0
    move_s: int = 0
    tolerance_s: int = 0
    earlier: RoutePlan | None = None

    @property
    def are_wanted(self) -> bool:
        """Whether any term counts."""
        return self.balance > 0 or self.change > 0 or self.move_s > 0
