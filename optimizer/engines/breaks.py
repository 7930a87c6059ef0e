"""Rests of a crew."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Break:
    """A rest that each vehicle's crew takes once, wherever the vehicle stands.

    A vehicle that is back by `latest_s` need not take it.

    Parameters
    ----------
    duration_s
        Seconds of rest.
    earliest_s, latest_s
        Times on the clock within which it begins.
    """

    duration_s: int
    earliest_s: int
    latest_s: int
