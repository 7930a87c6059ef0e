"""The rows of the quality table: what is run, for how long, beside whom, and what is asked of it."""

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
    SCRIPT = "a script of this folder that prints what it finds"


# The commit at which the foundation stood: what the sample city's deadhead share is held against.
FOUNDATION = "745e747"
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
        For scripts: module and arguments; for the city: more of the command line.
    sizes
        For generated networks: about how many tasks.
    pattern, every
        Which files of the folders, by name, and of those every so many.
    most_gap
        Most that the mean gap to the best known values may be, in percent, where that is the goal.
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
    capacity: int | None = None


def _beside(row: Row, *peers: str) -> tuple[Row, ...]:
    """Return a row and the same with other engines; OR-Tools knows no seeds."""
    found = [row]
    for peer in peers:
        seeds = (1,) if peer == "ortools" else row.seeds
        found.append(replace(row, name=f"{row.name}-{peer}", goal="", seeds=seeds, engine=peer, peer=peer, most_gap=None))
    return tuple(found)


ROWS: tuple[Row, ...] = (
    *_beside(Row("gdb", Kind.FILES, "best known on all 23", ("carp/gdb",), 10.0, most_gap=0.0), "ortools", "pyvrp"),
    *_beside(Row("bmcv-c", Kind.FILES, "mean gap at most 0.1 %", ("carp/bmcv",), 30.0, most_gap=0.1), "ortools", "pyvrp"),
    *_beside(
        Row("egl-e", Kind.FILES, "mean gap at most 0.5 %, worst 1.0 %", ("carp/egl",), 60.0, THREE), "ortools", "pyvrp"
    ),
    *_beside(
        Row("egl-g1", Kind.FILES, "no worse than PyVRP in the same run", ("carp/egl-large",), 60.0, THREE),
        "ortools",
        "pyvrp",
    ),
    Row("egl-g1-long", Kind.FILES, "mean gap at most 0.5 %", ("carp/egl-large",), 600.0, (1,), 2, most_gap=0.5),
    Row("mcarp", Kind.FILES, "feasible on all, with bound; the figures are stated", ("mcarp/Lpr",), 30.0),
    Row(
        "mcarptif",
        Kind.FILES,
        "feasible on all, with bound; the figures are stated",
        ("mcarptif/Lpr_IF", "mcarptif/Act-IF"),
        30.0,
    ),
    Row("mcarptif-tp", Kind.FILES, "feasible on all; the gap to the published values is stated", ("mcarptif-tp",), 120.0),
    Row("egl-e-bound", Kind.BOUND, "mean gap of the bound to best known at most 1.0 %", ("carp/egl",), 60.0),
    *_beside(
        Row("mixed-2500", Kind.MIXED, "no worse than PyVRP; never infeasible", (), 300.0, (1,), 1, sizes=(2500,)), "pyvrp"
    ),
    *_beside(
        Row(
            "solomon",
            Kind.FILES,
            "mean gap at most 0.1 %",
            ("vrptw/solomon",),
            30.0,
            pattern="[cr]1??.txt",
            most_gap=0.1,
        ),
        "ortools",
        "pyvrp",
    ),
    *_beside(
        Row(
            "cap",
            Kind.FILES,
            "proven optimal, each under 2 s",
            ("facility/cap",),
            2.0,
            pattern="cap[0-9]*.txt",
            most_gap=0.0,
        ),
        "highs",
        "ortools",
    ),
    *(
        row
        for capacity in (8000, 10000, 12000, 14000)
        for row in _beside(
            Row(
                f"capa-{capacity}",
                Kind.FILES,
                "0.5 % proven",
                ("facility/cap",),
                60.0,
                pattern="capa.txt",
                capacity=capacity,
            ),
            "highs",
            "ortools",
        )
    ),
    *_beside(
        Row(
            "sscflp-holmberg",
            Kind.FILES,
            "optimal on all, proven on three quarters",
            ("facility/sscflp/holmberg",),
            20.0,
            pattern="p*",
            most_gap=0.0,
        ),
        "highs",
        "ortools",
    ),
    *_beside(
        Row(
            "pmed",
            Kind.FILES,
            "best known on all, 0.5 % proven",
            ("facility/pmed",),
            10.0,
            pattern="pmed*.txt",
            most_gap=0.0,
        ),
        "highs",
        "ortools",
    ),
    *_beside(
        Row("gh200", Kind.FILES, "mean gap at most 0.7 %", ("vrptw/gh200",), 60.0, pattern="*.txt", most_gap=0.7),
        "ortools",
        "pyvrp",
    ),
    *_beside(
        Row(
            "multitrip",
            Kind.FILES,
            "mean gap at most 0.5 %",
            ("multitrip-vrptw",),
            60.0,
            pattern="*.vrp",
            every=6,
            most_gap=0.5,
        ),
        "pyvrp",
    ),
    Row(
        "waste",
        Kind.WASTE,
        "feasible with lunch and landfills on all; vehicles at most, distance below, those of the heuristics of 2006",
        ("waste-vrptw",),
        120.0,
        pattern="*.txt",
    ),
    *_beside(
        Row(
            "night-2000",
            Kind.NIGHT,
            "no faults; 3 % cheaper than PyVRP, for which stations are always open and have room for all",
            (),
            120.0,
            sizes=(2000,),
        ),
        "pyvrp",
    ),
    Row("city", Kind.CITY, "no faults; deadhead share 15 % below the foundation's; with refills", (), 300.0, (1,), 2),
    # The foundation's engine planned no refills of sweepers' tanks: below 4 degrees nothing is wet, so that none are needed.
    Row(
        "city-dry",
        Kind.CITY,
        "no faults; deadhead share 15 % below the foundation's, which knew no refills either",
        (),
        300.0,
        (1,),
        2,
        words=("--set", "temperature_celsius=2"),
    ),
    Row("city-foundation", Kind.CITY, "", (), 300.0, (1,), 2, FOUNDATION, FOUNDATION),
    Row(
        "growth",
        Kind.GROWTH,
        "time to within 5 % of the bound grows at most with n^1.2",
        (),
        3600.0,
        (1,),
        2,
        sizes=(1000, 2000, 4000, 8000, 16000, 32000, 64000),
    ),
    Row("matrix", Kind.SCRIPT, words=("network_matrix",)),
    Row("matrix-turns", Kind.SCRIPT, words=("network_matrix", "--turns")),
    Row("map-pan", Kind.SCRIPT, words=("map_pan",)),
)
