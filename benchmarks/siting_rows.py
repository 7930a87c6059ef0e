"""The rows of siting: public files, generated towns, and the planners of sites on the sample city."""

from __future__ import annotations

from benchmarks.row import THREE, Kind, Row, beside

CAPACITIES = (8000, 10000, 12000, 14000)
# Seconds for a peer to find what we find in few: it shows how much longer it takes.
PEER_S = 300.0


def _capa(capacity: int) -> tuple[Row, ...]:
    row = Row(
        f"capa-{capacity}",
        Kind.FILES,
        "0.5 % proven",
        ("facility/cap",),
        60.0,
        pattern="capa.txt",
        capacity=capacity,
        most_proven=0.5,
    )
    return beside(row, "highs", "ortools")


SITING: tuple[Row, ...] = (
    *beside(
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
    *(row for capacity in CAPACITIES for row in _capa(capacity)),
    *beside(
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
    *beside(
        Row(
            "pmed",
            Kind.FILES,
            "best known on all, 0.5 % proven",
            ("facility/pmed",),
            10.0,
            pattern="pmed*.txt",
            most_gap=0.0,
            most_proven=0.5,
        ),
        "highs",
        "ortools",
        "spopt",
    ),
    *beside(
        Row("capacitated-200", Kind.SITES, "1.5 % proven", (), 60.0, words=("capacitated", "200", "5000"), sizes=(0,)),
        "highs",
    ),
    *beside(
        Row("single-200", Kind.SITES, "the figures are stated", (), 60.0, words=("single", "200", "5000"), sizes=(0,)),
        "highs",
    ),
    *beside(
        Row(
            "covering-500",
            Kind.SITES,
            "the optimum, or above what spopt with CBC finds, 20 times faster at least",
            (),
            15.0,
            THREE,
            words=("covering", "500", "5000"),
            sizes=(10, 25, 40),
        ),
        "spopt",
        "highs",
        "ortools",
        limit_s=PEER_S,
    ),
    *beside(
        Row(
            "covering-2000",
            Kind.SITES,
            "1.5 % proven in 10 s",
            (),
            10.0,
            words=("covering", "2000", "20000"),
            sizes=(100,),
            most_proven=1.5,
        ),
        "spopt",
        "highs",
        limit_s=PEER_S,
    ),
    *beside(
        Row(
            "median-2000",
            Kind.SITES,
            "2 % proven in 10 s",
            (),
            10.0,
            words=("median", "2000", "20000"),
            sizes=(100,),
            most_proven=2.0,
        ),
        "highs",
        limit_s=PEER_S,
    ),
    Row("transfer", Kind.SITING, "no faults; 2 % proven in 60 s", (), 50.0, (1,), 2, words=("transfer",), most_proven=2.0),
    Row("toilets", Kind.SITING, "no faults; 2 % proven in 60 s", (), 50.0, (1,), 2, words=("toilets",), most_proven=2.0),
)
