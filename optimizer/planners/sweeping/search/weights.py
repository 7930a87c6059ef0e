"""What driving, working and going out cost an engine, by what is to be least."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from layers.layer import F64, Rows
from layers.network import Network
from layers.units import KM_M
from optimizer.planners.sweeping.measuring.money import wage_yuan_shift
from optimizer.planners.sweeping.params import SweepingParams
from resources import costs
from resources.inventory import Inventory, Shift, VehicleType

# Engines count cost in whole numbers: thousandths of a yuan, tenths of a metre, tenths of a second.
_YUAN, _METRE, _SECOND = 1000.0, 10.0, 10.0
# Between ways of nearly the same cost the quicker one is taken: what a second counts then.
_TIE_YUAN, _TIE_M = 0.001, 0.5
# What each second counts by which a vehicle's time differs from the mean of all.
_BALANCE = 2.0
# What a metre driven counts beside the time where the rate is to be highest, in seconds: ways and orders that take as long
# may differ much in length, for turns take time and no way. Figures by weight stand in docs/sweeping.md.
_METRE_S = 0.5
# Kept back of every shift, seconds: of two ways of nearly the same cost another may be taken than the engine took, which may
# be slower where cost is not time alone. The engine rounds every arc up: with metres beside time, 126 routes of the sample
# city's first plan took 7 to 113 s less than it reckoned, so the narrow margin holds there.
_MARGIN_S, _WIDE_MARGIN_S = 30.0, 120.0


@dataclass(frozen=True, slots=True)
class Weights:
    """Hold what things cost an engine, in its whole units of cost.

    Parameters
    ----------
    by_s, by_m
        A second, and a metre driven.
    out_yuan
        Sending a vehicle out for a shift, beside its time at the depot.
    balance_factor
        Each unit of time by which a vehicle differs from the mean of all.
    margin_s
        Kept back of every shift.
    """

    by_s: float = _SECOND
    by_m: float = 0.0
    out_yuan: float = 0.0
    balance_factor: float = 0.0
    margin_s: float = _MARGIN_S

    @property
    def is_time(self) -> bool:
        """Whether the cheapest way is the quickest."""
        return self.by_m == 0

    def cost(self, time_s: F64, length_m: F64) -> Rows:
        """Return the cost of driving, rounded up, shape as given."""
        return np.ceil(self.by_s * time_s + self.by_m * length_m - 1e-6).astype(np.int64)

    def fixed(self, shift: Shift) -> int:
        """Return the cost of sending a vehicle out for a shift."""
        return round(self.by_s * (shift.before_s + shift.after_s) + self.out_yuan)

    def priced(self, network: Network) -> Network:
        """Return the network with costs in place of seconds, for a router that finds the cheapest ways."""
        if self.is_time:
            return network
        time_s = (self.by_s * network.arc_time_s + self.by_m * network.arc_length_m) / _SECOND
        return replace(network, arc_time_s=time_s, turn_time_s=network.turn_time_s * self.by_s / _SECOND)


def margin_s(params: SweepingParams) -> float:
    """Return what is kept back of every shift, seconds: more where time hardly counts in the choice of ways."""
    mostly_time = params.mode == "rate" or (params.mode == "all" and params.least == "balance")
    return _MARGIN_S if mostly_time else _WIDE_MARGIN_S


def weights_of(vehicle: VehicleType, inventory: Inventory, params: SweepingParams, n_shifts: int) -> Weights:
    """Return what a type's vehicles cost in the question's mode.

    A vehicle's cost for the day is shared by the shifts; wages are by the shift, energy and wear by the kilometre.
    """
    if params.mode == "rate":
        return Weights(by_m=_SECOND * _METRE_S, margin_s=margin_s(params))
    if params.mode == "all" and params.least == "balance":
        return Weights(balance_factor=_BALANCE)
    if params.mode == "all" and params.least == "km":
        return Weights(_METRE * _TIE_M, _METRE, margin_s=margin_s(params))
    out_yuan = vehicle.fixed_yuan_day / max(1, n_shifts) + wage_yuan_shift(inventory)
    by_m = _YUAN * costs.yuan_km(vehicle, inventory.prices) / KM_M
    return Weights(_YUAN * _TIE_YUAN, by_m, _YUAN * out_yuan, margin_s=margin_s(params))
