"""Costs and times of driving between tasks, depots and facilities without serving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from layers.errors import InputError
from optimizer.engines.arc_routing.kernels import paths
from optimizer.engines.arc_routing.problem import UNREACHABLE, ArcRoutingProblem, IntArray, Network

Int32Array = npt.NDArray[np.int32]

# Rows between two looks at the stop flag: in a large city as many searches take 10 ms, or 100 ms where all nodes are wanted.
ROWS_A_SLICE = 16


class Ways(NamedTuple):
    """Cost and seconds of shortest paths, both of one shape; UNREACHABLE where there is none."""

    cost: Int32Array
    time_s: Int32Array


class Stopped(Exception):  # noqa: N818 - a signal between two functions of this engine, not an error
    """The caller wants the best so far, and there is none yet from here."""


@dataclass(frozen=True)
class PathFinder:
    """A network made ready for many searches.

    Parameters
    ----------
    n_nodes
        Of the network.
    time_base
        Weights are cost * time_base + time.
    onward, backward
        The network and its reverse.
    work
        Scratch memory; a finder must not be used by two threads at once.
    """

    n_nodes: int
    time_base: int
    onward: paths.Graph
    backward: paths.Graph
    work: paths.Workspace

    def twin(self) -> PathFinder:
        """Return a finder on the same network with scratch memory of its own, for another thread."""
        return replace(self, work=workspace(self.n_nodes, len(self.onward.head)))

    def table(self, sources: IntArray, targets: IntArray, stopped: Callable[[], bool]) -> Ways:
        """Return the ways from each source to each target, shape (n_sources, n_targets)."""
        return self._table(self.onward, sources, targets, stopped)

    def table_into(self, sources: IntArray, targets: IntArray, stopped: Callable[[], bool]) -> Ways:
        """Return the ways from each target to each source, shape (n_sources, n_targets): few sources, many targets."""
        return self._table(self.backward, sources, targets, stopped)

    def _table(self, graph: paths.Graph, sources: IntArray, targets: IntArray, stopped: Callable[[], bool]) -> Ways:
        ways = Ways(*(np.empty((len(sources), len(targets)), dtype=np.int32) for _ in range(2)))
        for begin in range(0, len(sources), ROWS_A_SLICE):
            if stopped():
                raise Stopped
            part = slice(begin, begin + ROWS_A_SLICE)
            weight = np.empty((len(sources[part]), len(targets)), dtype=np.int64)
            paths.rows(graph, self.work, sources[part], targets, weight)
            self._part_weights(weight, Ways(ways.cost[part], ways.time_s[part]))
        return ways

    def _part_weights(self, weight: IntArray, ways: Ways) -> None:
        """Write the costs and times that weights are made of."""
        cost, time_s = np.divmod(weight, self.time_base)
        cost[weight < 0] = UNREACHABLE
        time_s[weight < 0] = UNREACHABLE
        far = max(int(cost.max(initial=0)), int(time_s.max(initial=0)))
        if far > UNREACHABLE or (far == UNREACHABLE and bool((cost[weight >= 0] >= UNREACHABLE).any())):
            raise InputError(
                f"arc-routing problem: a shortest path costs or takes more than {UNREACHABLE - 1}; "
                "give costs in a larger unit"
            )
        ways.cost[...] = cost
        ways.time_s[...] = time_s


def graph_of(network: Network, weight: IntArray, *, reverse: bool) -> paths.Graph:
    """Sort the network's arcs by tail, or by head for the reverse."""
    tail, head = (network.arc_head, network.arc_tail) if reverse else (network.arc_tail, network.arc_head)
    order = np.argsort(tail, kind="stable")
    first = np.zeros(network.n_nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(tail, minlength=network.n_nodes), out=first[1:])
    return paths.Graph(first, head[order].astype(np.int32), weight[order])


def path_finder(network: Network) -> PathFinder:
    """Make `network` ready for many searches."""
    time_base = int(network.arc_time_s.sum()) + 1
    weight = network.arc_cost * np.int64(time_base) + network.arc_time_s
    onward, backward = (graph_of(network, weight, reverse=reverse) for reverse in (False, True))
    return PathFinder(network.n_nodes, time_base, onward, backward, workspace(network.n_nodes, len(weight)))


def workspace(n_nodes: int, n_arcs: int) -> paths.Workspace:
    """Return scratch memory for searches."""
    return paths.Workspace(
        distance=np.zeros(n_nodes, dtype=np.int64),
        seen=np.zeros(n_nodes + 1, dtype=np.int64),
        heap_key=np.zeros(n_arcs + 2, dtype=np.int64),
        heap_node=np.zeros(n_arcs + 2, dtype=np.int64),
        wanted=np.zeros(n_nodes, dtype=np.int64),
    )


@dataclass(frozen=True)
class Hubs:
    """Ways between the few places that every route uses and all nodes of the network.

    Parameters
    ----------
    nodes
        Shape (n_hubs,): the distinct nodes of depots, ends and facilities.
    out, into
        Shape (n_hubs, n_nodes): from each hub to each node, and from each node to each hub.
    others
        The same as each further profile sees it, with what finds its ways.
    """

    nodes: IntArray
    out: Ways
    into: Ways
    others: tuple[tuple[Hubs, PathFinder], ...] = ()

    def of_profile(self, profile: int) -> Hubs:
        """Return the ways as a profile sees them."""
        return self if profile == 0 else self.others[profile - 1][0]


def hubs_of(problem: ArcRoutingProblem, finder: PathFinder, stopped: Callable[[], bool]) -> Hubs:
    """Compute the ways between hubs and all nodes, as every profile sees them; `finder` is that of the problem's network."""
    ends = [node for group in problem.groups for node in (group.start_node, group.end_node)]
    nodes = np.unique(np.array(ends + [facility.node for facility in problem.facilities], dtype=np.int64))
    finders = [path_finder(profile.network) for profile in problem.profiles]
    own = hubs_side_by_side((finder,), nodes, stopped)
    return replace(own, others=tuple((hubs_side_by_side((finds,), nodes, stopped), finds) for finds in finders))


def hubs_side_by_side(finders: Sequence[PathFinder], nodes: IntArray, stopped: Callable[[], bool]) -> Hubs:
    """Return the ways between some nodes and all others, each finder looking for its share of them.

    Raises
    ------
    Stopped
        When asked to.
    """
    everywhere = np.arange(finders[0].n_nodes, dtype=np.int64)

    def found(finder: PathFinder, share: IntArray) -> tuple[Ways, Ways]:
        return finder.table(share, everywhere, stopped), finder.table_into(share, everywhere, stopped)

    if len(finders) == 1:
        return Hubs(nodes, *found(finders[0], nodes))
    with ThreadPoolExecutor(max_workers=len(finders)) as pool:
        both = list(pool.map(found, finders, np.array_split(nodes, len(finders))))
    out, into = (Ways(*(np.concatenate(part) for part in zip(*ways, strict=True))) for ways in zip(*both, strict=True))
    return Hubs(nodes, out, into)


@dataclass(frozen=True)
class Terminals:
    """Ways between all places that matter for a set of tasks.

    Parameters
    ----------
    nodes
        Shape (n,): hubs first, then the other nodes where a task begins or ends.
    ways
        Shape (n, n).
    """

    nodes: IntArray
    ways: Ways

    def index_of(self, nodes: IntArray) -> IntArray:
        """Return each node's place in `nodes`."""
        order = np.argsort(self.nodes)
        return order[np.searchsorted(self.nodes, nodes, sorter=order)].astype(np.int64)


def terminals_of(task_nodes: IntArray, hubs: Hubs, finder: PathFinder, stopped: Callable[[], bool]) -> Terminals:
    """Compute the ways between hubs and `task_nodes`.

    Hubs' rows and columns are taken from their tables, so that the searches from tasks stay within the tasks' own region.
    """
    others = np.setdiff1d(task_nodes, hubs.nodes)
    nodes = np.concatenate([hubs.nodes, others])
    n_hubs = len(hubs.nodes)
    among = finder.table(others, others, stopped)
    both = []
    for out, into, inner in zip(hubs.out, hubs.into, among, strict=True):
        full = np.empty((len(nodes), len(nodes)), dtype=np.int32)
        full[:n_hubs] = out[:, nodes]
        full[n_hubs:, :n_hubs] = into[:, others].T
        full[n_hubs:, n_hubs:] = inner
        both.append(full)
    return Terminals(nodes, Ways(both[0], both[1]))
