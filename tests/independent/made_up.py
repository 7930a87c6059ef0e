"""Small random instances of the mixed families: loops, parallel streets, no length, dumps at the depot and elsewhere."""

from __future__ import annotations

import random

LISTS = ("LIST_REQ_EDGES", "LIST_NOREQ_EDGES", "LIST_REQ_ARCS", "LIST_NOREQ_ARCS")


def _streets(rng: random.Random, n_nodes: int) -> list[tuple[str, int, int, int]]:
    """Return list, ends and driving cost of a tree of edges and a few streets more."""
    tree = [(rng.randrange(v), v) for v in range(1, n_nodes)]
    more = [(rng.randrange(n_nodes), rng.randrange(n_nodes)) for _ in range(rng.randint(1, 5))]
    found = []
    for k, (u, v) in enumerate(tree + more):
        kind = "EDGES" if k < len(tree) or rng.random() < 0.5 else "ARCS"
        need = "REQ" if k == 0 or rng.random() < 0.5 else "NOREQ"
        found.append((f"LIST_{need}_{kind}", u + 1, v + 1, rng.randint(0, 12)))
    return found


def _file(header: list[tuple[str, list[object]]], rows: list[tuple[str, str]], tail: list[str], tabs: bool) -> str:
    lists = {key: [row for of, row in rows if of == key] for key in LISTS}
    counts: list[tuple[str, list[object]]] = [(key.removeprefix("LIST_"), [len(found)]) for key, found in lists.items()]
    first = [
        "\t".join([key, *map(str, values)]) if tabs else f"{key} : {','.join(map(str, values))}"
        for key, values in [*header[:2], *counts, *header[2:]]
    ]
    return "\n".join([*first, *(line for key, found in lists.items() for line in [f"{key} :", *found]), *tail])


def mixed_file(seed: int, *, dumps: bool) -> str:
    """Return a file of the family mcarptif, or of mcarp."""
    rng = random.Random(seed)
    n_nodes = rng.randint(3, 6)
    rows = []
    for key, u, v, drive in _streets(rng, n_nodes):
        costs = f"serv_cost {drive + rng.randint(0, 5)} trav_cost {drive} demand {rng.randint(0, 3)}"
        rows.append((key, f"({-u},{-v}) {costs if 'NOREQ' not in key else f'cost {drive}'}"))
    header: list[tuple[str, list[object]]] = [
        ("NAME", ["made up"]),
        ("NODES", [n_nodes]),
        ("CAPACITY", [4]),
        ("DUMPING_COST", [rng.choice([0, 3, 20])]),
        ("MAX_TRIP", [rng.choice([90, 2000])]),
    ]
    sites = rng.sample(range(1, n_nodes + 1), 2)
    tail = [f"DEPOT : {-rng.randint(1, n_nodes)}", *([f"DUMPING_SITES : {-sites[0]},{-sites[1]}"] if dumps else [])]
    return _file(header, rows, tail, tabs=False)


def turning_file(seed: int) -> str:
    """Return a file of the family mcarptif-tp; streets may bend, and places may coincide."""
    rng = random.Random(seed)
    n_nodes = rng.randint(3, 6)
    at = [(rng.randint(0, 3) * 10, rng.randint(0, 3) * 10) for _ in range(n_nodes)]
    rows = []
    for key, u, v, drive in _streets(rng, n_nodes):
        bend = [(rng.randint(0, 30), rng.randint(0, 30))] if rng.random() < 0.4 else []
        shape = ",".join(f"{x} {y}" for x, y in [at[u - 1], *bend, at[v - 1]])
        serve, volume, weight = (drive + rng.randint(0, 5), *[rng.randint(0, 3)] * 2) if "NOREQ" not in key else (0, 0, 0)
        rows.append((key, f"{u}\t{v}\t{serve}\t{drive}\t{volume}\t{weight}\t{shape}"))
    sites = rng.sample(range(1, n_nodes + 1), rng.randint(1, 2))
    header: list[tuple[str, list[object]]] = [
        ("NAME", ["made up"]),
        ("NODES", [n_nodes]),
        ("CAPACITY", [4, 4]),
        ("DUMPING_COST", [rng.choice([0, 3, 20]) for _ in sites]),
        ("MAX_DURATION", [rng.choice([100, 2000])]),
        ("DEPOT", [rng.randint(1, n_nodes)]),
        ("DUMPING_SITES", list(sites)),
        ("TURN_PENALTY", [rng.choice([0, 0.5]), rng.choice([1, 1.25]), 2.5, rng.choice([0, 8.125])]),
    ]
    return _file(header, rows, [], tabs=True)
