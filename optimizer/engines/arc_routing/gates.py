"""Where a window's stretches begin and end, and the ways between all places that matter for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from optimizer.engines.arc_routing.deadhead import PathFinder, Stopped, Ways
from optimizer.engines.arc_routing.problem import UNREACHABLE, IntArray
from optimizer.engines.arc_routing.solution import Stop, StopKind
from optimizer.engines.arc_routing.views import View

# Facilities that a window chooses from, beside those in use.
N_FACILITIES = 6


@dataclass(frozen=True)
class Gate:
    """Hold where a stretch begins and ends.

    Parameters
    ----------
    start, end
        Nodes of the network.
    empties
        Whether the way to the end leads through a facility that resets the first resource.
    """

    start: int
    end: int
    empties: bool


@dataclass(frozen=True)
class Asked:
    """Hold what a window's ways are wanted for.

    Parameters
    ----------
    tasks
        Shape (n,).
    gates
        One a stretch.
    used
        Facilities that the stretches visit now.
    resources
        Those of the problem that count.
    """

    tasks: IntArray
    gates: Sequence[Gate]
    used: set[int]
    resources: tuple[int, ...]


@dataclass(frozen=True)
class Spots:
    """Hold a window's terminals: nodes of tasks first, then the gates' starts and ends, then facilities.

    Parameters
    ----------
    view
        Of the vehicles.
    tasks
        Shape (n,).
    nodes
        Nodes where tasks begin or end, ascending.
    gates
        One a stretch.
    facilities
        Their indices in the whole problem.
    entry, exit
        Terminals of the tasks' ends, shape (n, 2).
    ways
        Between terminals, shape (n_terminals, n_terminals).
    """

    view: View
    tasks: IntArray
    nodes: IntArray
    gates: Sequence[Gate]
    facilities: tuple[int, ...]
    entry: IntArray
    exit: IntArray
    ways: Ways

    @property
    def n_terminals(self) -> int:
        """Number of terminals."""
        return len(self.ways.cost)

    def start_at(self, i: int) -> int:
        """Return the terminal of a gate's start."""
        return len(self.nodes) + i

    def end_at(self, i: int) -> int:
        """Return the terminal of a gate's end."""
        return len(self.nodes) + len(self.gates) + i

    def facility_at(self, j: int) -> int:
        """Return the terminal of a facility."""
        return len(self.nodes) + 2 * len(self.gates) + j

    @property
    def emptying(self) -> tuple[int, ...]:
        """The facilities that reset the first resource."""
        return tuple(k for k in self.facilities if self.view.problem.facilities[k].reset_of(0))

    def inward(self, stop: Stop) -> Stop:
        """Return a stop as the small problem counts it."""
        if stop.kind is StopKind.FACILITY:
            return Stop(StopKind.FACILITY, self.facilities.index(stop.index))
        return Stop(StopKind.SERVE, 2 * int(np.searchsorted(self.tasks, stop.task)) + (stop.index & 1))

    def outward(self, stop: Stop) -> Stop:
        """Return a stop of the small problem as the whole counts it."""
        if stop.kind is StopKind.FACILITY:
            return Stop(StopKind.FACILITY, self.facilities[stop.index])
        return Stop(StopKind.SERVE, 2 * int(self.tasks[stop.task]) + (stop.index & 1))

    def across(self, i: int) -> tuple[int, int]:
        """Return cost and seconds of the way from a gate's start to its end."""
        start, end = self.start_at(i), self.end_at(i)
        return int(self.ways.cost[start, end]), int(self.ways.time_s[start, end])

    def emptied(self, stops: tuple[Stop, ...], gate: Gate) -> tuple[Stop, ...]:
        """Return stops with the facility behind them that lies on the way to a gate's end."""
        node = gate.start if not stops else int(self.view.exit[stops[-1].task, stops[-1].index & 1])
        _, _, best = through(self.view, self.emptying, np.array([node]), gate.end)
        return (*stops, Stop(StopKind.FACILITY, self.emptying[int(best[0])]))

    def measure(self, stops: Sequence[Stop], gate: Gate) -> tuple[int, int]:
        """Return what driving and serving a stretch cost and take, its gate's ends included."""
        i = self.gates.index(gate)
        here, cost, time_s = self.start_at(i), 0, 0
        for stop in stops:
            there = leave = 0
            if stop.kind is StopKind.FACILITY:
                facility = self.view.problem.facilities[stop.index]
                there = leave = self.facility_at(self.facilities.index(stop.index))
                cost, time_s = cost + facility.visit_cost, time_s + facility.visit_s
            else:
                k, mode = int(np.searchsorted(self.tasks, stop.task)), stop.index & 1
                there, leave = int(self.entry[k, mode]), int(self.exit[k, mode])
                cost += int(self.view.cost[stop.task, mode])
                time_s += int(self.view.time_s[stop.task, mode])
            cost += int(self.ways.cost[here, there])
            time_s += int(self.ways.time_s[here, there])
            here = leave
        if gate.empties and stops and stops[-1].kind is StopKind.FACILITY:
            home = self._home(stops[-1].index, gate)
            return cost + home[0], time_s + home[1]
        end = self.end_at(i)
        return cost + int(self.ways.cost[here, end]), time_s + int(self.ways.time_s[here, end])

    def _home(self, facility: int, gate: Gate) -> tuple[int, int]:
        out, row = self.view.hubs.out, self.view.hub(self.view.problem.facilities[facility].node)
        return int(out.cost[row, gate.end]), int(out.time_s[row, gate.end])


def spots_of(view: View, asked: Asked, stopped: Callable[[], bool]) -> Spots:
    """Return the terminals of a window, with the ways between them.

    Only ways that some route can take are looked for: from where tasks end to where tasks begin, not the other way round.

    Raises
    ------
    Stopped
        When asked to.
    """
    tasks, gates = asked.tasks, asked.gates
    entries, exits = np.unique(view.entry[tasks]), np.unique(view.exit[tasks])
    nodes = np.union1d(entries, exits)
    facilities = facilities_near(view, asked)
    n = len(nodes) + 2 * len(gates) + len(facilities)
    ways = Ways(*(np.full((n, n), UNREACHABLE, dtype=np.int32) for _ in range(2)))
    entry, leave = (np.searchsorted(nodes, a[tasks]).astype(np.int64) for a in (view.entry, view.exit))
    spots = Spots(view, tasks, nodes, gates, facilities, entry, leave, ways)
    rows, columns = np.searchsorted(nodes, exits), np.searchsorted(nodes, entries)
    with view.finder() as finder:
        set_block(ways, rows, columns, finder.table(exits, entries, stopped))
        for i in range(len(gates)):
            if stopped():
                raise Stopped
            _open_gate(spots, finder, i, (entries, exits))
    _open_facilities(spots, (entries, exits))
    if len(asked.resources) > 1:
        _open_chains(spots)
    return spots


def set_block(ways: Ways, rows: IntArray, columns: IntArray, block: Ways) -> None:
    """Write a block of ways."""
    for whole, part in zip(ways, block, strict=True):
        whole[np.ix_(rows, columns)] = part


def _open_gate(spots: Spots, finder: PathFinder, i: int, ends: tuple[IntArray, IntArray]) -> None:
    """Find the ways from a gate's start and to its end."""
    view, gate, (entries, exits) = spots.view, spots.gates[i], ends
    start, end = np.array([spots.start_at(i)]), np.array([spots.end_at(i)])
    rows, columns = np.searchsorted(spots.nodes, exits), np.searchsorted(spots.nodes, entries)
    set_block(spots.ways, start, columns, onward(view, finder, gate.start, entries))
    sources = np.append(exits, gate.start)
    if gate.empties:
        cost, time_s, _ = through(view, spots.emptying, sources, gate.end)
        home = Ways(cost.astype(np.int32), time_s.astype(np.int32))
    else:
        home = inward(view, finder, sources, gate.end)
    set_block(spots.ways, np.append(rows, start), end, Ways(home.cost[:, None], home.time_s[:, None]))


def onward(view: View, finder: PathFinder, start: int, targets: IntArray) -> Ways:
    """Return the ways from one node to some, shape (1, n)."""
    hub = view.hub(start)
    if hub >= 0:
        return Ways(view.hubs.out.cost[[hub]][:, targets], view.hubs.out.time_s[[hub]][:, targets])
    return finder.table(np.array([start]), targets, lambda: False)


def inward(view: View, finder: PathFinder, sources: IntArray, end: int) -> Ways:
    """Return the ways from some nodes to one, shape (n,)."""
    hub = view.hub(end)
    if hub >= 0:
        return Ways(view.hubs.into.cost[hub][sources], view.hubs.into.time_s[hub][sources])
    found = finder.table_into(np.array([end]), sources, lambda: False)
    return Ways(found.cost[0], found.time_s[0])


def through(view: View, facilities: Sequence[int], sources: IntArray, end: int) -> tuple[IntArray, IntArray, IntArray]:
    """Return cost and seconds of the ways from some nodes to a hub through the best facility, and which it is."""
    best_cost = np.full(len(sources), 2 * UNREACHABLE, dtype=np.int64)
    best_s, chosen = best_cost.copy(), np.zeros(len(sources), dtype=np.int64)
    for j, k in enumerate(facilities):
        facility = view.problem.facilities[k]
        hub = view.hub(facility.node)
        out_cost, out_s = int(view.hubs.out.cost[hub, end]), int(view.hubs.out.time_s[hub, end])
        cost = view.hubs.into.cost[hub][sources].astype(np.int64) + out_cost + facility.visit_cost
        time_s = view.hubs.into.time_s[hub][sources].astype(np.int64) + out_s + facility.visit_s
        better = (cost < best_cost) | ((cost == best_cost) & (time_s < best_s))
        best_cost, best_s = np.where(better, cost, best_cost), np.where(better, time_s, best_s)
        chosen[better] = j
    return np.minimum(best_cost, UNREACHABLE), np.minimum(best_s, UNREACHABLE), chosen


def _open_facilities(spots: Spots, ends: tuple[IntArray, IntArray]) -> None:
    """Write the ways from and to facilities."""
    view, (entries, exits) = spots.view, ends
    into, out = view.hubs.into, view.hubs.out
    rows, columns = np.searchsorted(spots.nodes, exits), np.searchsorted(spots.nodes, entries)
    n_gates = len(spots.gates)
    starts = np.array([gate.start for gate in spots.gates], dtype=np.int64)
    goals = np.array([gate.end for gate in spots.gates], dtype=np.int64)
    starts_at, goals_at = (len(spots.nodes) + first + np.arange(n_gates) for first in (0, n_gates))
    for j, k in enumerate(spots.facilities):
        at, hub = np.array([spots.facility_at(j)]), view.hub(view.problem.facilities[k].node)
        set_block(spots.ways, rows, at, Ways(into.cost[hub, exits][:, None], into.time_s[hub, exits][:, None]))
        set_block(spots.ways, starts_at, at, Ways(into.cost[hub, starts][:, None], into.time_s[hub, starts][:, None]))
        set_block(spots.ways, at, columns, Ways(out.cost[hub, entries][None], out.time_s[hub, entries][None]))
        set_block(spots.ways, at, goals_at, Ways(out.cost[hub, goals][None], out.time_s[hub, goals][None]))


def _open_chains(spots: Spots) -> None:
    """Write the ways from facilities to facilities: a vehicle may be emptied at one and filled at the next."""
    view = spots.view
    nodes = np.array([view.problem.facilities[k].node for k in spots.facilities], dtype=np.int64)
    at = np.array([spots.facility_at(j) for j in range(len(nodes))], dtype=np.int64)
    hubs = np.array([view.hub(node) for node in nodes.tolist()], dtype=np.int64)
    out, pairs = view.hubs.out, np.ix_(hubs, nodes)
    set_block(spots.ways, at, at, Ways(out.cost[pairs], out.time_s[pairs]))


def facilities_near(view: View, asked: Asked) -> tuple[int, ...]:
    """Return the facilities of each sort nearest to some tasks, the best on the way home from there, and those in use.

    Facilities are of one sort where they reset the same of the resources that count.
    """
    problem, sorts = view.problem, dict[tuple[bool, ...], list[int]]()
    for k in view.facilities.tolist():
        resets = tuple(problem.facilities[k].reset_of(r) for r in asked.resources)
        if any(resets):
            sorts.setdefault(resets, []).append(k)
    chosen: set[int] = set()
    for resets, some in sorts.items():
        hubs = np.array([view.hub(problem.facilities[k].node) for k in some])
        into = view.hubs.into.cost[np.ix_(hubs, view.exit[asked.tasks, 0])].astype(np.int64).mean(axis=1)
        out = view.hubs.out.cost[np.ix_(hubs, view.entry[asked.tasks, 0])].astype(np.int64).mean(axis=1)
        best = {int(k) for k in np.argsort(into + out, kind="stable")[:N_FACILITIES]}
        for end in {gate.end for gate in asked.gates if resets[0] and view.hub(gate.end) >= 0}:
            best.add(int(np.argmin(into + view.hubs.out.cost[hubs, end])))
        chosen |= {some[k] for k in best}
    return tuple(sorted(chosen | asked.used))
