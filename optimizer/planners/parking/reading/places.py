"""Places of berths: streets with what fits at their kerbs, and lots; each a row of the engine's question."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from layers.layer import F64, Bool, Rows
from optimizer.planners.parking.reading.decisions import CLOSED, KEEP, OPEN
from optimizer.planners.parking.reading.ground import Ground


@dataclass(frozen=True, eq=False)
class Places:
    """Hold places, arrays of shape (n,); streets first.

    Parameters
    ----------
    items
        Ids of streets and lots.
    street
        Row of the street, -1 for a lot.
    lot
        Row among the ground's lots, -1 for a street.
    xy_m
        To where people walk, shape (n, 2).
    there
        Berths that stand and stay.
    room, more
        New berths as it is; and beyond these when the street is made one-way, or the lot is built.
    pair
        Of the circulation, -1 for none.
    least
        New berths that there must be, by decision.
    district
        Row of the district, -1 for none.
    old
        Whether it lies in an old quarter.
    """

    items: tuple[str, ...]
    street: Rows
    lot: Rows
    xy_m: F64
    there: Rows
    room: Rows
    more: Rows
    pair: Rows
    least: Rows
    district: Rows
    old: Bool

    def __len__(self) -> int:
        return len(self.items)


def places_of(ground: Ground) -> Places:
    """Return all places that have berths or could have some."""
    stays = Counter[int]()
    for row in ground.standing:
        stays[row.street] += row.n_stay
    stays.pop(-1, None)
    streets = np.array(sorted({*ground.supply, *(s for s, n in stays.items() if n)}), dtype=np.int64)
    pair_of = {int(street): k for k, street in enumerate(ground.driving.streets.tolist())}
    room = np.array([_offer(ground, s)[0] for s in streets.tolist()], dtype=np.int64)
    most = np.array([_offer(ground, s)[1] for s in streets.tolist()], dtype=np.int64)
    pair = np.array([pair_of.get(s, -1) for s in streets.tolist()], dtype=np.int64)
    ids = ground.streets.ids[streets].tolist()
    lots = [lot for lot in ground.lots if lot.n_there or lot.n_berths]
    shut = np.array([ground.decisions.get(lot.item, "") in (CLOSED, KEEP) for lot in lots], dtype=bool)
    build = np.where(shut, 0, np.array([lot.n_berths for lot in lots], dtype=np.int64))
    n, m = len(streets), len(lots)
    xy_m = np.vstack([ground.middle_m(streets).reshape(-1, 2), np.array([lot.at_m for lot in lots]).reshape(-1, 2)])
    wanted = [ground.decisions.get(item, "") == OPEN for item in (*ids, *(lot.item for lot in lots))]
    lot_district = ground.areas.rows_of(np.full(m, ""), xy_m[n:])
    none = np.zeros(m, dtype=np.int64)
    room = np.concatenate([room, none])
    more = np.concatenate([np.where(pair >= 0, most - room[:n], 0), build])
    # a street that must have berths gets what fits as it is; a lot that must be is built
    least = np.where(wanted, np.where(np.arange(n + m) < n, room, more), 0)
    return Places(
        (*ids, *(lot.item for lot in lots)),
        np.concatenate([streets, none - 1]),
        np.concatenate([np.full(n, -1), np.array([ground.lots.index(lot) for lot in lots], dtype=np.int64)]),
        xy_m,
        np.concatenate([[stays[s] for s in streets.tolist()], [lot.n_there for lot in lots]]).astype(np.int64),
        room,
        more,
        np.concatenate([pair, none - 1]),
        least,
        np.concatenate([ground.street_district[streets], lot_district]),
        ground.in_old_quarter(xy_m),
    )


def _offer(ground: Ground, street: int) -> tuple[int, int]:
    supply = ground.supply.get(street)
    return (0, 0) if supply is None else (supply.as_it_is.n_berths, supply.one_way.n_berths)
