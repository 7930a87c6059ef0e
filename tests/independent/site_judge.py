"""Judge solutions of facility location by the wording of the interface alone."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.independent.site_files import Ground, read

# Shares of demand are written as doubles; what they sum to is exact to this part of it.
_SLACK = Decimal("1e-6")


def site_faults(path: Path, document: dict[str, Any], capacity: int | None = None) -> list[str]:
    """Return what is wrong with a solution, as `solve --json` tells it."""
    ground = read(path, capacity)
    if document["family"] != ground.family:
        return [f"family {document['family']}, it is {ground.family}"]
    is_open = document["solution"]["open"]
    strange = [site for site in is_open if not 1 <= site <= len(ground.fixed)]
    if strange or len(set(is_open)) != len(is_open):
        return [f"{site} is no site" for site in strange] or ["a site is open twice"]
    if ground.family == "pmed":
        found = [f"{len(is_open)} open, {ground.n_open} are asked for"] if len(is_open) != ground.n_open else []
        value = sum((min(row[site - 1] for site in is_open) for row in ground.cost), Decimal(0)) if is_open else Decimal(0)
    else:
        shares = document["solution"]["assign"]
        found = [*_strange(ground, shares)] or [*_served(ground, shares), *_loads(ground, shares, set(is_open))]
        value = Decimal(0) if found else _cost(ground, is_open, shares)
    return found or [*_claims(document, value)]


def _strange(ground: Ground, shares: list[list[Any]]) -> Iterator[str]:
    for site, customer, share in shares:
        if not 1 <= site <= len(ground.fixed) or not 1 <= customer <= len(ground.demand):
            yield f"{customer} from {site}: no such customer or site"
        elif not 0 < share <= 1:
            yield f"{customer} from {site}: the share {share}"


def _served(ground: Ground, shares: list[list[Any]]) -> Iterator[str]:
    for customer in range(1, len(ground.demand) + 1):
        own = [Decimal(share) for _, who, share in shares if who == customer]
        if abs(sum(own, Decimal(0)) - 1) > _SLACK:
            yield f"{customer} is served {float(sum(own, Decimal(0))):g} times"
        elif ground.family == "sscflp" and len(own) > 1:
            yield f"{customer} is served by {len(own)} sites"


def _loads(ground: Ground, shares: list[list[Any]], is_open: set[int]) -> Iterator[str]:
    load = [Decimal(0)] * len(ground.fixed)
    for site, customer, share in shares:
        load[site - 1] += Decimal(share) * ground.demand[customer - 1]
    for site, (has, most) in enumerate(zip(load, ground.capacity, strict=True), start=1):
        if has > 0 and site not in is_open:
            yield f"{site} serves and is not open"
        elif has > most * (1 + _SLACK):
            yield f"{site} serves {float(has):g}, at most {float(most):g}"


def _cost(ground: Ground, is_open: list[int], shares: list[list[Any]]) -> Decimal:
    fixed = sum((ground.fixed[site - 1] for site in is_open), Decimal(0))
    return fixed + sum((Decimal(share) * ground.cost[who - 1][site - 1] for site, who, share in shares), Decimal(0))


def _claims(document: dict[str, Any], value: Decimal) -> Iterator[str]:
    exact = float(value)
    slack = 1e-6 * max(1.0, abs(exact))
    if abs(document["objective"] - exact) > slack:
        yield f"objective is said to be {document['objective']}, the solution costs {exact:g}"
    bound = document["bound"]
    if bound is not None and bound > exact + slack:
        yield f"bound is said to be {bound}, the solution costs {exact:g}"
