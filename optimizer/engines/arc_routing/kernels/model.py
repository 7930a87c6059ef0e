"""The arrays that kernels work on.

A route is a row of modes with a number before each of them, and after the last, that says what kind of visit is paid on that
stretch: 0 none, else one that resets a certain set of resources, at one facility or at several. Which facilities these are
follows from the two ends of the stretch: the best are looked up in a table made once.
"""

from __future__ import annotations

from typing import NamedTuple, cast

import numpy as np
import numpy.typing as npt

Int64 = npt.NDArray[np.int64]
Int32 = npt.NDArray[np.int32]
Int8 = npt.NDArray[np.int8]
Float64 = npt.NDArray[np.float64]

# No way. Twice this still fits into 32 bits, and half of it is more than any real way costs.
FAR = 1 << 29

# More than any cost or time, and twice it still fits; 64 bits also where nothing is compiled.
NEVER = cast(int, np.int64(1 << 60))


class Clock(NamedTuple):
    """What the time of day forbids; all empty where it forbids nothing.

    `stop_at` (n_profiles, n_kinds - 1, n_terminals, n_terminals, n_visits) are the facilities of a visit, -1 where there is
    none left; `place` and `stay` (n_facilities,) their terminals and seconds, `hours` (n_facilities, n_spans, 2) when they
    are open. `windows` (n_tasks, n_windows, 2) are the tasks', `rests` (n_groups, n_breaks, 3) earliest, latest begin and
    seconds of breaks, the earliest NEVER where there is none left. `begin` (n_groups,) is when the shift begins.
    """

    stop_at: Int8
    place: Int64
    stay: Int64
    hours: Int64
    windows: Int64
    rests: Int64
    begin: Int64


class Bonds(NamedTuple):
    """What binds tasks to vehicles and to one another.

    `slot` (n_tasks,) is the only slot that may serve a task, -1 any. `order` (n_tasks,) is the order a task stands in, -1
    none; the tasks of order k are `row[first[k]]` .. `row[first[k + 1] - 1]`.
    """

    slot: Int64
    order: Int64
    first: Int64
    row: Int64


class Aims(NamedTuple):
    """What is wanted beside low cost.

    `weights` are those of balance, compactness and change. `home` (n_tasks,) is the slot that serves a task in an earlier
    plan, -1 where none does, -2 where it is not at hand. The neighbours of task t are `row[first[t]]` ..
    `row[first[t + 1] - 1]`.
    """

    weights: Float64
    home: Int64
    first: Int64
    row: Int64


class Model(NamedTuple):
    """A problem over few enough terminals for full matrices; modes are 2 task + direction.

    `cost` and `time` (n_profiles, n_kinds, n_terminals, n_terminals) are ways with each kind of visit, kind 0 being none;
    `entry` .. `serve_time` (n_profiles, n_modes) belong to modes. `least_time` (n_profiles, n_tasks) is the least that
    serving one more task adds to any route's time. `demand` (n_resources, n_tasks), `capacity` (n_groups, n_resources);
    `resets` (n_kinds, n_resources) is 1 where a kind of visit resets a resource, `joined` (n_kinds, n_kinds) the kind that
    resets what either of two kinds does. `slot_*` and `group_*` describe vehicles; slots of one group lie side by side.
    """

    cost: Int32
    time: Int32
    entry: Int64
    exit: Int64
    serve_cost: Int64
    serve_time: Int64
    least_time: Int64
    reversible: Int8
    demand: Int64
    value: Int64
    penalty: Int64
    near: Int32
    allowed: Int8
    slot_group: Int64
    group_first: Int64
    start: Int64
    end: Int64
    profile: Int64
    capacity: Int64
    shift: Int64
    setup: Int64
    fixed: Int64
    resets: Int8
    joined: Int8
    rank: Float64
    rules: Int64
    clock: Clock
    bonds: Bonds
    aims: Aims


# Places in Model.rules: whether routes end by a visit that resets resource 0, whether the time of day matters, whether some
# task is bound, whether all visits are of one kind that resets all there is, and whether anything is wanted beside low cost.
ENDS_RESET = 0
TIMED = 1
BOUND = 2
ONE_KIND = 3
AIMED = 4


class Routes(NamedTuple):
    """A plan under work: one row a slot.

    `busy` is the time of driving, serving and visiting alone, `time` that with waiting and breaks, NEVER where a rule of
    time is broken. `before` and `trip` (n_resources, n_slots, n_places) hold, for each place in a row, what its trip uses
    up to and with it, and as a whole; `load` (n_resources, n_slots) what the route uses. `done` and `rested` (n_slots,
    n_places) hold when a task is served and how many breaks are taken by then, where the time of day matters, `latest`
    when a place must be reached at the latest so that nothing after it is too late, breaks not counted.
    """

    mode: Int32
    via: Int8
    length: Int64
    cost: Int64
    busy: Int64
    time: Int64
    load: Int64
    before: Int64
    trip: Int64
    done: Int64
    rested: Int64
    latest: Int64
    route_of: Int64
    place_of: Int64
