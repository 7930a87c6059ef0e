"""When a station is open with a bay free."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from optimizer.engines.vehicle_routing.fleet import Station

# Stands for "from the first day to the last" where a station has no opening hours.
ALWAYS = (-(1 << 40), 1 << 40)

Span = tuple[int, int]


@dataclass(frozen=True)
class Slot:
    """The earliest possible begin of a visit, and the latest one before the bay is taken or the station shuts."""

    start_s: int
    latest_s: int


def free_slot(station: Station, taken: Sequence[Span], from_s: int) -> Slot | None:
    """Return when a vehicle that is there at `from_s` can be served; None where it never can.

    Parameters
    ----------
    station
        With its hours, bays, and time of a visit.
    taken
        Visits of others, each (begin, end).
    from_s
        Time on the clock.
    """
    for open_s, shut_s in sorted(station.open_s or (ALWAYS,)):
        for begin_s, end_s in _gaps(station, taken, (open_s, shut_s)):
            start_s = max(begin_s, from_s)
            if start_s + station.visit_s <= end_s:
                return Slot(start_s, end_s - station.visit_s)
    return None


def _gaps(station: Station, taken: Sequence[Span], span: Span) -> Iterator[Span]:
    """Yield the times within `span` at which a bay is free."""
    if station.bays is None or station.visit_s == 0 or len(taken) < station.bays:
        yield span
        return
    begin_s, last_s = span
    for from_s, to_s in full_spans(taken, station.bays):
        if begin_s < min(from_s, last_s):
            yield begin_s, min(from_s, last_s)
        begin_s = max(begin_s, to_s)
    if begin_s <= last_s:
        yield begin_s, last_s


def full_spans(taken: Sequence[Span], bays: int) -> Iterator[Span]:
    """Yield the times, in their order, at which at least so many visits go on at once."""
    changes = sorted([(to_s, -1) for from_s, to_s in taken if to_s > from_s] + [(a, 1) for a, b in taken if b > a])
    n, full_from_s = 0, 0
    for at_s, change in changes:
        n += change
        if n == bays and change > 0:
            full_from_s = at_s
        elif n == bays - 1 and change < 0:
            yield full_from_s, at_s
