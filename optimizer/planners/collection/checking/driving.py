"""Check how routes drive: from stop to stop along streets that join, at no more than their speed, on the stop's own side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.layer import F64, Bool, Rows
from layers.units import clock
from optimizer.ground.street_walk import Found, streets_used
from optimizer.plan import LegKind
from optimizer.planners.collection.checking.walk import Walk
from optimizer.planners.collection.night.views import View

# Ways are found in tenths of a second and rounded metres an arc: what that may hide, seconds and metres.
_WAY_S, _WAY_M = 1.0, 1.0
_SPOT_M = 0.5  # places this near to one another on a street are one


def driving_faults(walk: Walk) -> Found:
    """Yield what is wrong with the streets that routes drive and the time that they take for them."""
    yield from streets_used(walk)
    route = walk.gap_route
    for key in {id(v): v for v in walk.views if v is not None}.values():
        mine = np.array([v is key for v in walk.views], dtype=bool)
        yield from _driven(_Drives.of(walk, key, mine[route]))
    for k, view in enumerate(walk.views):
        if view is None:
            yield walk.fault(k, "path_broken", "该车型没有可通行道路", "its type can drive no street")


@dataclass(frozen=True, eq=False)
class _Drives:
    """Hold the gaps that vehicles of one view drive.

    Parameters
    ----------
    gaps
        Numbers of the gaps whose ends are known, ascending.
    begin, end
        Places of the view, shape (n_gaps,).
    step_gap, arc
        Place in `gaps` and arc of each street driven, in order, shape (n_steps,); -1 where it may not be driven so.
    """

    walk: Walk
    view: View
    gaps: Rows
    begin: Rows
    end: Rows
    step_gap: Rows
    arc: Rows

    @classmethod
    def of(cls, walk: Walk, view: View, mine: Bool) -> _Drives:
        """Lay out the gaps of some routes."""
        begin, end = walk.gap_places
        gaps = np.flatnonzero(mine & (begin >= 0) & (end >= 0))
        row = np.full(walk.n_gaps + 1, -1, dtype=np.int64)
        row[gaps] = np.arange(len(gaps))
        steps = np.flatnonzero((row[walk.gap[walk.leg]] >= 0) & (walk.is_stop[walk.leg] == 0))
        arc = view.reach[walk.street[steps], walk.forward[steps].astype(np.int64)]
        return cls(walk, view, gaps, begin[gaps], end[gaps], row[walk.gap[walk.leg[steps]]], arc)

    def entered(self, place: Rows, arc: Rows) -> F64:
        """Return which share of an arc lies before a place on it."""
        along = self.view.places.along[place]
        return np.where(self.view.network.arc_forward[arc], along, 1 - along)


def _driven(drives: _Drives) -> Found:
    """Check the gaps of one view."""
    wrong = _badly_joined(drives)
    yield from _told(drives, wrong, "path_broken", "行驶路径与停靠点不相接", "its streets do not lead from stop to stop")
    aside = ~wrong & _on_wrong_side(drives)
    yield from _told(drives, aside, "wrong_side", "从道路另一侧停靠", "it stops from the other side of a divided road")
    turns_s, banned = _turns(drives)
    yield from _told(drives, banned & ~wrong, "banned_turn", "含禁止的转向", "it makes a turn that is forbidden")
    yield from _measured(drives, wrong | banned, turns_s)


def _told(drives: _Drives, hit: Bool, code: str, zh: str, en: str) -> Found:
    walk = drives.walk
    for k in np.flatnonzero(hit).tolist():
        route = int(walk.gap_route[drives.gaps[k]])
        when = clock(_begin_s(drives, k))
        yield walk.fault(route, code, f"{when} 起：{zh}", f"from {when}: {en}")


def _begin_s(drives: _Drives, k: int) -> float:
    legs = np.flatnonzero(drives.walk.gap == drives.gaps[k])
    return float(drives.walk.legs.start_s[legs[0]]) if len(legs) else 0.0


def _first_last(drives: _Drives) -> tuple[Rows, Rows, Rows]:
    """Return steps of each gap, and its first and its last one; meaningless where it has none, shape (n_gaps,) each."""
    n = np.bincount(drives.step_gap, minlength=len(drives.gaps))
    last = np.cumsum(n) - 1
    return n, np.minimum(last - n + 1, max(0, len(drives.arc) - 1)), np.maximum(last, 0)


def _badly_joined(drives: _Drives) -> Bool:
    """Return which gaps do not lead from their begin to their end street by street."""
    places, network = drives.view.places, drives.view.network
    n, first, last = _first_last(drives)
    stays = n == 0
    apart_m = np.abs(places.along[drives.begin] - places.along[drives.end]) * _length(drives)
    wrong = stays & ((places.street[drives.begin] != places.street[drives.end]) | (apart_m > _SPOT_M))
    lost = np.bincount(drives.step_gap, weights=drives.arc < 0, minlength=len(drives.gaps)) > 0
    if not len(drives.arc):
        return np.asarray(wrong)
    street = network.arc_street[drives.arc]
    wrong |= ~stays & (street[first] != places.street[drives.begin])
    wrong |= ~stays & (street[last] != places.street[drives.end])
    alone = n == 1
    ahead = drives.entered(drives.end, drives.arc[last]) - drives.entered(drives.begin, drives.arc[first])
    wrong |= alone & (ahead < -1e-6)
    same = drives.step_gap[1:] == drives.step_gap[:-1]
    apart = same & (network.arc_head[drives.arc[:-1]] != network.arc_tail[drives.arc[1:]])
    wrong[drives.step_gap[1:][apart]] = True
    there = drives.view.there
    return np.asarray(wrong | lost | ~there[drives.begin] | ~there[drives.end])


def _length(drives: _Drives) -> F64:
    street = np.maximum(drives.view.places.street[drives.begin], 0)
    return drives.walk.rules.lengths_m[street]


def _on_wrong_side(drives: _Drives) -> Bool:
    """Return which gaps leave or reach a place that lies on one side by the other one."""
    places = drives.view.places
    n, first, last = _first_last(drives)
    if places.one_side is None or not len(drives.arc):
        return np.zeros(len(n), dtype=bool)
    left = places.one_side[drives.begin] & (places.arc[drives.begin] != drives.arc[first])
    come = places.one_side[drives.end] & (places.arc[drives.end] != drives.arc[last])
    return np.asarray((n > 0) & (left | come))


def _turns(drives: _Drives) -> tuple[F64, Bool]:
    """Return the seconds of each gap's turns, and which gaps have one that is not allowed, shape (n_gaps,) each."""
    network, n = drives.view.network, len(drives.gaps)
    known = network.turn_from * network.n_arcs + network.turn_to
    order = np.argsort(known)
    same = drives.step_gap[1:] == drives.step_gap[:-1]
    made = (drives.arc[:-1] * network.n_arcs + drives.arc[1:])[same]
    at = np.minimum(np.searchsorted(known, made, sorter=order), max(0, len(known) - 1))
    hit = order[at] if len(known) else at
    allowed = known[hit] == made if len(known) else np.zeros(len(made), dtype=bool)
    gap = drives.step_gap[1:][same]
    seconds = np.bincount(gap, weights=np.where(allowed, network.turn_time_s[hit], 0.0), minlength=n)
    return seconds.astype(np.float64), np.bincount(gap, weights=~allowed, minlength=n) > 0


def _measured(drives: _Drives, skip: Bool, turns_s: F64) -> Found:
    """Check length and time of each gap against its streets and turns."""
    walk, network = drives.walk, drives.view.network
    n, first, last = _first_last(drives)
    parts = np.ones(len(drives.arc))
    some = n > 0
    parts[last[some]] = drives.entered(drives.end[some], drives.arc[last[some]])
    parts[first[some]] -= drives.entered(drives.begin[some], drives.arc[first[some]])
    due_m = np.bincount(drives.step_gap, weights=parts * network.arc_length_m[drives.arc], minlength=len(n))
    arcs_s = np.bincount(drives.step_gap, weights=parts * network.arc_time_s[drives.arc], minlength=len(n))
    params = walk.rules.params
    moved = drives.begin != drives.end
    due_s = np.where(moved, (arcs_s + turns_s) * params.drive_time_factor + params.approach_s, 0.0)
    drives_leg = walk.legs.doing(LegKind.DRIVE)
    took_s = np.bincount(
        walk.gap[drives_leg], weights=(walk.legs.end_s - walk.legs.start_s)[drives_leg], minlength=walk.n_gaps
    )
    told_m = np.bincount(walk.gap, weights=walk.legs.length_m, minlength=walk.n_gaps)  # a stop's count with the way there
    for k in np.flatnonzero(~skip & (took_s[drives.gaps] < due_s - _WAY_S)).tolist():
        route, took = int(walk.gap_route[drives.gaps[k]]), float(took_s[drives.gaps[k]])
        when = clock(_begin_s(drives, k))
        zh, en = (
            f"{when} 起的行驶 {took:.0f} s，至少 {due_s[k]:.0f} s",
            f"the drive from {when} takes {took:.0f} s, at least {due_s[k]:.0f} s",
        )
        yield walk.fault(route, "too_fast", zh, en)
    for k in np.flatnonzero(~skip & (np.abs(told_m[drives.gaps] - due_m) > _WAY_M)).tolist():
        route, told = int(walk.gap_route[drives.gaps[k]]), float(told_m[drives.gaps[k]])
        when = clock(_begin_s(drives, k))
        zh, en = (
            f"{when} 起的行驶记 {told:.0f} m，道路共 {due_m[k]:.0f} m",
            f"the drive from {when} has {told:.0f} m, its streets {due_m[k]:.0f} m",
        )
        yield walk.fault(route, "wrong_length", zh, en)
