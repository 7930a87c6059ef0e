"""Small random instances of the families of facility location: customers of no demand, costs of 0, hardly any room."""

from __future__ import annotations

import random


def made_up(family: str, seed: int) -> str:
    """Return a file of a family."""
    return {"cap": _pairs, "sscflp": _rows, "pmed": _graph}[family](random.Random(seed))


def _figures(rng: random.Random, least: int) -> tuple[list[int], list[int], list[int], list[list[int]]]:
    """Return capacity and cost of a few sites, demand of a few customers, and what serving these costs."""
    m, n = rng.randint(least, 5), rng.randint(1, 5)
    limits = [rng.choice([4, 9, 9, 30]) for _ in range(m)]
    fixed = [rng.choice([0, 3, 11, 25]) for _ in range(m)]
    demand = [rng.choice([0, 1, 3, 5, 8]) for _ in range(n)]
    return limits, fixed, demand, [[rng.randint(0, 20) for _ in range(m)] for _ in range(n)]


def _pairs(rng: random.Random) -> str:
    limits, fixed, demand, cost = _figures(rng, 1)
    sites = [f" {most} {price}." for most, price in zip(limits, fixed, strict=True)]
    customers = [f" {size}\n {' '.join(f'{x}.5' for x in row)}" for size, row in zip(demand, cost, strict=True)]
    return "\n".join([f" {len(limits)} {len(demand)}", *sites, *customers])


def _rows(rng: random.Random) -> str:
    limits, fixed, demand, cost = _figures(rng, 3)
    return "\n".join(" ".join(map(str, row)) for row in ([len(limits), len(demand)], limits, fixed, demand, *cost))


def _graph(rng: random.Random) -> str:
    n = rng.randint(2, 7)
    tree = [(k, rng.randrange(1, k), rng.randint(0, 30)) for k in range(2, n + 1)]
    more = [(*rng.sample(range(1, n + 1), 2), rng.randint(0, 30)) for _ in range(rng.randint(0, 8))]
    edges = tree + more
    return "\n".join([f" {n} {len(edges)} {rng.randint(1, n)}", *(f" {u} {v} {x}" for u, v, x in edges)])
