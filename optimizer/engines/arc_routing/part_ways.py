"""Where parts of a plan take their ways from: one table of all, or searches of their own where that table is too large."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from queue import SimpleQueue
from typing import Protocol

import numpy as np

from optimizer.engines.arc_routing.deadhead import Hubs, PathFinder, Terminals, Ways
from optimizer.engines.arc_routing.problem import ArcRoutingProblem, IntArray
from optimizer.engines.arc_routing.sector import ends_by_profile, tables_of


class PartWays(Protocol):
    """What parts ask for; may be asked by several threads at once."""

    def far(self, tasks: IntArray, here: int, stopped: Callable[[], bool]) -> IntArray:
        """Return what driving costs from one of some tasks, the one at place `here` among them, to each of them.

        Raises
        ------
        Stopped
            When `stopped` says so.
        """
        ...

    def tables(self, tasks: IntArray, stopped: Callable[[], bool]) -> list[Terminals]:
        """Return the ways between hubs and some tasks, one table a profile.

        Raises
        ------
        Stopped
            When `stopped` says so.
        """
        ...


class LaidWays:
    """Ways out of one table of all.

    Parameters
    ----------
    problem
        The whole.
    tables
        Between all its hubs and tasks, one a profile.
    """

    def __init__(self, problem: ArcRoutingProblem, tables: Sequence[Terminals]) -> None:
        self._problem = problem
        self._tables = tables
        self._entry = tables[0].index_of(problem.tasks.entry[:, 0])
        ends = [node for group in problem.groups for node in (group.start_node, group.end_node)]
        self._hubs = np.array(ends + [facility.node for facility in problem.facilities], dtype=np.int64)

    def far(self, tasks: IntArray, here: int, stopped: Callable[[], bool]) -> IntArray:
        """Look the row up."""
        row: IntArray = self._tables[0].ways.cost[self._entry[tasks[here]], self._entry[tasks]].astype(np.int64)
        return row

    def tables(self, tasks: IntArray, stopped: Callable[[], bool]) -> list[Terminals]:
        """Look the tables up."""
        ends = [end.ravel() for both in ends_by_profile(self._problem, tasks) for end in both]
        nodes = np.union1d(np.concatenate(ends), self._hubs)
        return [self._within(table, table.index_of(nodes)) for table in self._tables]

    @staticmethod
    def _within(table: Terminals, at: IntArray) -> Terminals:
        return Terminals(table.nodes[at], Ways(*(way[np.ix_(at, at)] for way in table.ways)))


class SoughtWays:
    """Ways that are sought when they are asked for; nothing is kept, so that memory does not grow with the problem squared.

    Parameters
    ----------
    problem
        The whole.
    places
        Ways from and to its hubs, and what finds ways.
    n_threads
        That may ask at a time.
    """

    def __init__(self, problem: ArcRoutingProblem, places: tuple[Hubs, PathFinder], n_threads: int) -> None:
        self._problem = problem
        self._entry = problem.tasks.entry[:, 0]
        self._idle: SimpleQueue[tuple[Hubs, PathFinder]] = SimpleQueue()
        hubs, finder = places
        for _ in range(n_threads):
            others = tuple((its, finds.twin()) for its, finds in hubs.others)
            self._idle.put((replace(hubs, others=others), finder.twin()))

    def far(self, tasks: IntArray, here: int, stopped: Callable[[], bool]) -> IntArray:
        """Search from one node."""
        places = self._idle.get()
        try:
            nodes = self._entry[tasks]
            row: IntArray = places[1].table(nodes[here : here + 1], nodes, stopped).cost[0].astype(np.int64)
            return row
        finally:
            self._idle.put(places)

    def tables(self, tasks: IntArray, stopped: Callable[[], bool]) -> list[Terminals]:
        """Search from each node where a task begins or ends."""
        places = self._idle.get()
        try:
            return tables_of(self._problem, tasks, places, stopped)
        finally:
            self._idle.put(places)
