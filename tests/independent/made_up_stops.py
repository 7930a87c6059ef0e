"""Small random instances of the families of vehicle routing: stops side by side, tight windows, loads of 0."""

from __future__ import annotations

import random


def made_up(family: str, seed: int) -> str:
    """Return a file of a family."""
    return {"vrptw": _table, "multitrip-vrptw": _sections, "waste-vrptw": _waste}[family](random.Random(seed))


def _stops(rng: random.Random) -> list[tuple[int, int, int, int, int]]:
    """Return x, y, demand and window of a few stops."""
    found = []
    for _ in range(rng.randint(1, 6)):
        earliest = rng.randint(0, 60)
        found.append(
            (rng.randint(0, 20), rng.randint(0, 20), rng.randint(0, 5), earliest, earliest + rng.choice([10, 40, 200]))
        )
    return found


def _table(rng: random.Random) -> str:
    rows = [(10, 10, 0, 0, rng.choice([90, 400]), 0)]
    rows += [(*stop, rng.randint(0, 9)) for stop in _stops(rng)]
    lines = [" ".join(str(x).rjust(6) for x in (k, *row)) for k, row in enumerate(rows)]
    head = ["MADE UP", "", "VEHICLE", "NUMBER  CAPACITY", f"  {rng.randint(1, 4)}  8", "", "CUSTOMER"]
    return "\n".join([*head, "CUST NO.  XCOORD.  YCOORD.  DEMAND  READY TIME  DUE DATE  SERVICE TIME", "", *lines])


def _sections(rng: random.Random) -> str:
    stops = [(10, 10, 0, 0, rng.choice([120, 500])), *_stops(rng)]
    release = [0, *(rng.choice([0, 0, 15, 60]) for _ in stops[1:])]
    n_vehicles = rng.randint(1, 3)

    def section(name: str, rows: list[tuple[int, ...]]) -> list[str]:
        return [f"{name}_SECTION", *("\t".join(map(str, (k, *row))) for k, row in enumerate(rows, start=1))]

    head = ["NAME: made up", "TYPE: MTVRPTWR", "EDGE_WEIGHT_TYPE: EUC_2D", f"DIMENSION: {len(stops)}"]
    return "\n".join(
        [
            *head,
            f"VEHICLES: {n_vehicles}",
            "CAPACITY: 8",
            f"SERVICE_TIME: {rng.randint(0, 9)}",
            *section("NODE_COORD", [stop[:2] for stop in stops]),
            *section("DEMAND", [stop[2:3] for stop in stops]),
            *section("TIME_WINDOW", [stop[3:] for stop in stops]),
            *section("RELEASE_TIME", [(at,) for at in release]),
            *section("VEHICLES_RELOAD_DEPOT", [(1,)] * n_vehicles),
            "DEPOT_SECTION",
            "1",
            "EOF",
        ]
    )


def _waste(rng: random.Random) -> str:
    figures = (8.0, rng.choice([9.5, 99.0]), rng.choice([2, 500]), 3600, rng.choice([40, 33.5]))
    lines = [f"5 0 0 0600 {rng.choice([1300, 1500])} 0 9999.0 0"]
    for k in range(rng.randint(1, 2)):
        lines += [f"{90 + k} {rng.randint(0, 50_000)} {rng.randint(0, 50_000)} 0700 1400 900 9999.0 2"]
    for k, (x, y, load, _, _) in enumerate(_stops(rng)):
        window = f"{rng.choice(['0000', '0700', '1000', '1145'])} {rng.choice([1230, 2400])}"
        lines += [f"{1001 + k} {2500 * x} {2499.5 * y} {window} {rng.choice([0, 600, 3000])} {load} 1"]
    rng.shuffle(lines)
    return "\n".join([*(f"{x}\t// comment" for x in figures), "Stop_ID X Y", *lines])
