"""The routes of a plan laid out street by street, for the checks: every rule is looked at for all streets at once."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.ground.street_walk import StreetWalk
from optimizer.planners.sweeping.checking.rules import Rules


@dataclass(frozen=True, eq=False)
class Walk(StreetWalk):
    """Hold routes of sweepers or washers; see `StreetWalk`."""

    rules: Rules
