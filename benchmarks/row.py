"""What a row of the quality table says: what is run, for how long, beside whom, and what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum


class Kind(Enum):
    """How a row is measured."""

    FILES = "public instance files, solved"
    BOUND = "public instance files, bounded"
    MIXED = "a generated network with one-ways, depots, dumps and shifts"
    GROWTH = "generated networks of growing size"
    WASTE = "public files of waste collection, vehicles before distance"
    NIGHT = "a generated night: two loads, three types of vehicles, stations with opening hours and bays"
    CITY = "the sample city, from the command line"
    SITES = "generated customers and sites"
    SITING = "a planner of sites on the sample city, from the command line"
    SCRIPT = "a script of this folder that prints what it finds"


# Seeds of a row that is run three times.
THREE = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Row:
    """One run of one engine over one family.

    Parameters
    ----------
    name
        As given to ``./dev bench``.
    kind
        How it is measured.
    goal
        What is asked of it; empty for peers.
    files
        Folders below the shared ``benchmarks``, each a family of instance files.
    time_limit_s
        Seconds for each instance and seed, with ways, bound and search.
    seeds
        Each is a run of its own.
    threads
        That the engine may use.
    engine
        Of `solve`; for the city, the commit whose program plans it.
    peer
        Distribution, or commit, that is measured in our place; empty where it is ourselves.
    words
        For scripts: module and arguments; for the city: more of the command line; for sites: what is asked, numbers of
        sites and customers; for planners of sites: the planner, then more of the command line.
    sizes
        For generated networks: about how many tasks; for sites: how many are to be open, 0 for any number.
    pattern, every
        Which files of the folders, by name, and of those every so many.
    most_gap
        Most that the mean gap to the best known values may be, in percent, where that is the goal.
    most_proven
        Most that the gap to our own bound may be on any, in percent, where that is the goal.
    capacity
        Stands in for that of the files, where they leave it open.
    """

    name: str
    kind: Kind
    goal: str = ""
    files: tuple[str, ...] = ()
    time_limit_s: float = 60.0
    seeds: tuple[int, ...] = (1,)
    threads: int = 1
    engine: str = "jingcheng"
    peer: str = ""
    words: tuple[str, ...] = ()
    sizes: tuple[int, ...] = ()
    pattern: str = "*"
    every: int = 1
    most_gap: float | None = None
    most_proven: float | None = None
    capacity: int | None = None


def beside(row: Row, *peers: str, limit_s: float | None = None) -> tuple[Row, ...]:
    """Return a row and the same with other engines, for so many seconds where they get others; OR-Tools knows no seeds."""
    found = [row]
    for peer in peers:
        seeds = (1,) if peer == "ortools" else row.seeds
        name = f"{row.name}-{peer}"
        one = replace(row, name=name, goal="", seeds=seeds, engine=peer, peer=peer, most_gap=None, most_proven=None)
        found.append(one if limit_s is None else replace(one, time_limit_s=limit_s))
    return tuple(found)
