"""Draw the berths of a plan: rectangles at the kerb and on lots, each with its number, side, angle and colour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from layers.layer import F64
from optimizer.planners.parking.reading.apart import Layout
from optimizer.planners.parking.reading.ground import Ground

NEW, KEPT, REMOVED = "new", "kept", "removed"
WHITE = "white"
LOT_SIDE = "LOT"


@dataclass(frozen=True, eq=False)
class Berth:
    """Hold one berth.

    Parameters
    ----------
    item
        ``street:R#n``, ``street:L#n``, ``lot#n``, or of a row that stands ``row#n``.
    place
        Street or lot.
    side
        ``L``, ``R`` or ``LOT``.
    state
        ``new``, ``kept`` or ``removed``.
    corners_m
        Shape (4, 2), metres; the first two at the kerb, or at the back of a stall.
    """

    item: str
    place: str
    side: str
    state: str
    corners_m: F64
    angle_deg: float
    year: int = 0


def street_berths(ground: Ground, street: int, layout: Layout, n: int, backwards: dict[str, bool]) -> Iterator[Berth]:
    """Yield the first `n` berths of a street's layout, whole rows from the longest on, so that few pieces are left.

    Parameters
    ----------
    backwards
        By side, whether traffic beside it runs against the drawn line.
    """
    item = str(ground.streets.ids[street])
    rows = sorted(((side, row) for side, rows in layout.rows for row in rows), key=lambda r: -r[1].n_berths)
    number = dict.fromkeys(("L", "R"), 0)
    for side, row in rows:
        for corners in row.corners(backwards[side])[: max(0, n)]:
            number[side] += 1
            yield Berth(f"{item}:{side}#{number[side]}", item, side, NEW, corners, float(row.stall.angle_deg))
        n -= row.n_berths
        if n <= 0:
            return


def lot_berths(ground: Ground, lot: int) -> Iterator[Berth]:
    """Yield the stalls of idle land that is built."""
    one = ground.lots[lot]
    assert one.layout is not None
    for k, corners in enumerate(one.layout.stalls, start=1):
        yield Berth(f"{one.item}#{k}", one.item, LOT_SIDE, NEW, np.asarray(corners), float(one.layout.stall_angle_deg))


def standing_berths(ground: Ground) -> Iterator[Berth]:
    """Yield the berths that stand, kept or removed, and those that the council wants, as new ones."""
    for row in ground.standing:
        place = str(ground.streets.ids[row.street]) if row.street >= 0 else ""
        for k, (corners, stays) in enumerate(zip(row.corners_m, row.stays, strict=True), start=1):
            state = (NEW if row.decision == "add" else KEPT) if stays else REMOVED
            yield Berth(f"{row.item}#{k}", place, row.side, state, corners, row.angle_deg)
