"""Who moves through the streets, and what turning costs them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mover:
    """Describe a vehicle or a walker.

    Parameters
    ----------
    key
        Name in messages.
    speed_mps
        Fastest it goes on any street.
    width_m, height_m, weight_kg
        Of the vehicle; 0 where it does not matter.
    least_street_width_m
        Narrowest carriageway that it enters; a street of unknown width lets it pass.
    walker
        Walkers ignore one-ways, bans and turn restrictions, and keep off expressways.
    """

    key: str
    speed_mps: float
    width_m: float = 0.0
    height_m: float = 0.0
    weight_kg: float = 0.0
    least_street_width_m: float = 0.0
    walker: bool = False


WALKER = Mover("walker", 1.2, walker=True)  # 1.2 m/s from memory (certainty M): planners make it a parameter


@dataclass(frozen=True, slots=True)
class TurnCosts:
    """Price turns, in seconds, for right-hand traffic.

    Parameters
    ----------
    right_s, straight_s, left_s, u_turn_s
        Time that a turn takes beyond driving the streets.
    u_turns_anywhere
        Whether a vehicle may turn back at any junction; at dead ends it always may.
    straight_deg
        A change of heading up to this is straight on.
    """

    right_s: float = 3.0
    straight_s: float = 0.0
    left_s: float = 8.0
    u_turn_s: float = 30.0
    u_turns_anywhere: bool = True
    straight_deg: float = 35.0


FREE_TURNS = TurnCosts(0.0, 0.0, 0.0, 0.0)
