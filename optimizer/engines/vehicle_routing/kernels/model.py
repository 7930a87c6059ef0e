"""The arrays that kernels work on.

A route is a row of nodes: stops are 0 .. n_stops - 1, a visit to station s is node n_stops + s. Row 0 is the start and the
row behind the last node the end; both have a place and no node. Breaks stand in no row: the clock places them.
"""

from __future__ import annotations

from typing import NamedTuple, cast

import numpy as np
import numpy.typing as npt

from optimizer.engines.vehicle_routing.stops import UNREACHABLE

Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]
Int8 = npt.NDArray[np.int8]
Float64 = npt.NDArray[np.float64]

# Of all that enters kernels as a number only ways have 32 bits: each mixture of widths is compiled anew.

# A way that is not there.
NO_WAY = UNREACHABLE

# More than any cost or time, and twice it still fits; 64 bits also where nothing is compiled.
NEVER = cast(int, np.int64(1 << 60))

# Stands for "no limit", so that what is NEVER done exceeds every limit.
UNLIMITED = NEVER - 1

# Columns of Model.hours.
EARLY = 0
LATE = 1
STAY = 2

# Columns of Fleet.rests.
REST_EARLY = 0
REST_LATE = 1
REST_LASTS = 2


class Fleet(NamedTuple):
    """What vehicles are; arrays of shape (n_groups,) where nothing else is said.

    `capacity` and `most` (n_groups, n_loads) are those of a trip and of a route. `rests` (n_groups, n_breaks, 3) hold
    earliest, latest begin and seconds, the earliest NEVER where there is none left. `by_clock` is 1 where only the clock
    tells whether a route is feasible and what it costs; else segments do.
    """

    profile: Int64
    start: Int64
    end: Int64
    early: Int64
    late: Int64
    shift: Int64
    driving: Int64
    reach: Int64
    n_trips: Int64
    fixed: Int64
    cost_m: Int64
    cost_s: Int64
    capacity: Int64
    most: Int64
    rests: Int64
    by_clock: Int64
    first_slot: Int64


class Sites(NamedTuple):
    """Stations; arrays of shape (n_stations,) where nothing else is said.

    `takes` (n_stations, n_loads), `spans` (n_stations, n_spans, 2) opening hours, from NEVER where there is none left.
    `bays` is 0 where there is no limit.
    """

    cost: Int64
    takes: Int8
    charges: Int8
    spans: Int64
    bays: Int64
    throughput: Int64


class Bonds(NamedTuple):
    """What binds stops to vehicles and to one another.

    `slot` (n_stops,) is the only slot that may serve a stop, -1 any. `order` (n_stops,) is the order a stop stands in, -1
    none, `rank` its place in it; the stops of order k are `row[first[k]]` .. `row[first[k + 1] - 1]`. `home` (n_stops,) is
    the slot that serves a stop in the earlier plan, -1 where none does, and `begun` when.
    """

    slot: Int64
    order: Int64
    rank: Int64
    first: Int64
    row: Int64
    home: Int64
    begun: Int64


class Model(NamedTuple):
    """A problem in arrays.

    `way` (n_profiles, n_places, n_places, 2) are seconds and metres side by side, since both are wanted at one time;
    `place` (n_nodes,) the places of nodes; `hours` (n_profiles, n_nodes, 3) when service begins at the earliest and at the
    latest, and how long it lasts, for a station the span of all its opening hours. `demand` (n_stops, n_loads),
    `release`, `value` and `penalty` (n_stops,). `near` (n_stops, n) are neighbours of a stop, nearest first,
    `handy` (n_stops, n) stations; `before` and
    `behind` those that are best visited right before and right behind it; -1 where there are no more. `ranks` (n_stops, n)
    are keys for orders in which waiting stops are tried. `weights` are those of the terms, `slot_group` (n_slots,) and
    `rules` what they are named.
    """

    way: Int32
    place: Int64
    hours: Int64
    demand: Int64
    release: Int64
    value: Int64
    penalty: Int64
    near: Int64
    handy: Int64
    before: Int64
    behind: Int64
    allowed: Int8
    ranks: Float64
    slot_group: Int64
    fleet: Fleet
    sites: Sites
    bonds: Bonds
    weights: Int64
    rules: Int64


# Places in Model.rules.
END_EMPTY = 0  # routes end with empty compartments
HELD = 1  # stations have bays or throughput that routes share
BOUND = 2  # some stop is bound to a vehicle or to others
RANGED = 3  # some vehicle's range is limited
ALL_TAKE = 4  # every station takes every load
BY_VALUE = 5  # not all need be served
RELEASED = 6  # trips begin no earlier than what they collect is released
N_RULES = 7

# Places in Model.weights.
BALANCE = 0
BALANCE_ABOVE = 1
CHANGE = 2
MOVE = 3
TOLERANCE = 4
N_WEIGHTS = 5

# Columns of Routes.segment: of what is driven from the start to a node, and from a node to the end, duration, and begin at
# the earliest and at the latest without longer duration (Vidal, Crainic, Gendreau & Prins 2013, doi
# 10.1016/j.cor.2012.07.018).
AHEAD_LASTS = 0
AHEAD_EARLY = 1
AHEAD_LATE = 2
REST_OF_LASTS = 3
REST_OF_EARLY = 4
REST_OF_LATE = 5

# Columns of Routes.trip: the segment from a trip's first stop to a node, as above; where the trip begins, a visit counting
# as the begin of the next trip; the latest release of its stops up to a node, and from a node on.
TRIP_LASTS = 0
TRIP_EARLY = 1
TRIP_LATE = 2
TRIP_BEGINS = 3
RELEASE_AHEAD = 4
RELEASE_BEHIND = 5

# Columns of Routes.facts.
METRES = 0
AT_WHEEL = 1
LASTS = 2
LEAVES = 3
TRIPS = 4
VISITS_COST = 5
BAD = 6  # 1 where the row breaks a rule, as after taking stops out where ways are no metric
N_FACTS = 7


class Routes(NamedTuple):
    """A plan under work: one row a slot.

    `node` and `place` (n_slots, width), `length` (n_slots,) the number of nodes. `segment` (n_slots, width, 6) as its
    columns say, `trip` (n_slots, width, 6) too, which is kept only where trips wait for releases. `aboard` (n_slots, width,
    n_loads) is what is aboard behind a node, `total` (n_slots, width, n_loads) what is aboard at the end of the trip that a
    stop put right before a node would join. `stretch` (n_slots, width) are the metres between the chargings around the way
    to a node. `load` (n_slots, n_loads) is taken over the whole route. `begin`
    and `rested` (n_slots, width) are when a node's service begins and how many breaks are taken by then, `rest_begin`
    (n_slots, n_breaks) when those begin; all three only where the group goes by the clock. `flow` (n_slots, n_stations) is
    what a route brings where, `promised` (n_stations,) its sum; `booked` (n_stations, n) are the begins of visits, sorted,
    `n_booked` (n_stations,) their number. `cost` (n_slots,) includes what terms weigh.
    """

    node: Int64
    place: Int64
    length: Int64
    segment: Int64
    trip: Int64
    aboard: Int64
    total: Int64
    stretch: Int64
    load: Int64
    begin: Int64
    rested: Int64
    rest_begin: Int64
    facts: Int64
    cost: Int64
    flow: Int64
    promised: Int64
    booked: Int64
    n_booked: Int64
    route_of: Int64
    place_of: Int64


class Sheet(NamedTuple):
    """A row to be tried: scratch of one search.

    `length` (1,), the rest as in Routes for one row; `release` (width,) is the begin of the trip that begins at a node, at
    the earliest; `left` (n_loads,) what is still aboard.
    """

    node: Int64
    place: Int64
    length: Int64
    begin: Int64
    rested: Int64
    rest_begin: Int64
    release: Int64
    facts: Int64
    flow: Int64
    left: Int64
