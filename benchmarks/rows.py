"""The rows of the quality table."""

from __future__ import annotations

from benchmarks.row import THREE, Kind, Row, beside
from benchmarks.siting_rows import SITING

# The commit at which the foundation stood: what the sample city's deadhead share is held against.
FOUNDATION = "745e747"

ROWS: tuple[Row, ...] = (
    *beside(Row("gdb", Kind.FILES, "best known on all 23", ("carp/gdb",), 10.0, most_gap=0.0), "ortools", "pyvrp"),
    *beside(Row("bmcv-c", Kind.FILES, "mean gap at most 0.1 %", ("carp/bmcv",), 30.0, most_gap=0.1), "ortools", "pyvrp"),
    *beside(Row("egl-e", Kind.FILES, "mean gap at most 0.5 %, worst 1.0 %", ("carp/egl",), 60.0, THREE), "ortools", "pyvrp"),
    *beside(
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
    *beside(
        Row("mixed-2500", Kind.MIXED, "no worse than PyVRP; never infeasible", (), 300.0, (1,), 1, sizes=(2500,)), "pyvrp"
    ),
    *beside(
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
    *beside(
        Row("gh200", Kind.FILES, "mean gap at most 0.7 %", ("vrptw/gh200",), 60.0, pattern="*.txt", most_gap=0.7),
        "ortools",
        "pyvrp",
    ),
    *beside(
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
    *beside(
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
    *SITING,
    Row("stages", Kind.SCRIPT, words=("stages",)),
    Row("attributes", Kind.SCRIPT, words=("attributes",), goal="400,000 rows: open 0.3 s, sort 0.5 s, filter 0.3 s"),
    Row("beats", Kind.SCRIPT, words=("beats",), goal="as few beats short as CP-SAT, where that proves its own"),
    Row("lots", Kind.SCRIPT, words=("lots",), goal="at least 90 % of a brute force in 50 ms a lot"),
    Row("parking", Kind.SCRIPT, words=("parking",), goal="2 % proven without faults in 2 min (sample city), 3 min (others)"),
    Row("allocation", Kind.SCRIPT, words=("allocation",), goal="exact in 5 s, 20 points of fairness in 60 s"),
    Row("matrix", Kind.SCRIPT, words=("network_matrix",)),
    Row("matrix-turns", Kind.SCRIPT, words=("network_matrix", "--turns")),
    Row("map-pan", Kind.SCRIPT, words=("map_pan",)),
)
