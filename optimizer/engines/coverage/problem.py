"""The abstract coverage problem: sites that may be opened, customers within reach of them, rules on which may open."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

import numpy as np
import numpy.typing as npt

from layers.errors import InputError
from optimizer.engines.coverage.lists import BoolArray, CoverLists, IntArray

# A distance that is above a limit by no more than this is within it: 300 m includes 300 m, however it was computed.
TOLERANCE_M = 1e-6
# Sums of weights and costs stay exact below this.
MOST_SUM = 2**52


class Aim(Enum):
    """What is sought."""

    SET_COVER = "least cost of sites that cover all"
    MAXIMAL = "most weight covered"
    P_CENTRE = "least distance of the customer who has furthest to go"


@dataclass(frozen=True)
class Step:
    """What a customer's weight is multiplied by who has a site within a distance.

    Parameters
    ----------
    limit_m
        The distance, which is included.
    points
        The factor, a whole number of 1 or more.
    """

    limit_m: float
    points: int = 1


@dataclass(frozen=True)
class Quota:
    """How many sites of a district are open, existing ones among them.

    Parameters
    ----------
    at_least
        0 or more.
    at_most
        None for no limit.
    """

    at_least: int = 0
    at_most: int | None = None


@dataclass(frozen=True)
class CoverageProblem:
    """Choose sites: all covered at least cost, or most weight covered, or the longest way as short as can be.

    Set covering (Toregas et al. 1971, doi 10.1287/opre.19.6.1363), maximal covering (Church & ReVelle 1974,
    doi 10.1007/BF01942293), p-centre (Hakimi 1964, doi 10.1287/opre.12.3.450), gradual cover (Berman, Krass & Drezner 2003,
    doi 10.1016/S0377-2217(02)00721-X) and backup cover (Hogan & ReVelle 1986, doi 10.1287/mnsc.32.11.1434).

    Of plans that are equally good the one of least cost is preferred, then the one whose sites stand first in the list:
    no open site can be exchanged for an earlier one of the same cost without loss. A customer goes to the nearest open
    site, of equally near ones to the first.

    Parameters
    ----------
    aim
        What is sought.
    reach
        For each customer, sites and their distances in metres.
    steps
        Covered is who has a site within a step's distance. Several steps, each with fewer points than the nearer one
        before, are gradual cover; for a p-centre there are none.
    cost
        What opening each site costs, 0 or more, shape (n_sites,); existing sites cost nothing more.
    weight
        Of each customer, 0 or more, shape (n_customers,). Those of weight 0 need no cover.
    backup_weight
        What a second site within the one step adds, shape (n_customers,); None where it adds nothing.
    need
        How many sites are to cover each customer, 1 or 2, shape (n_customers,), for set covering; None for 1.
    most_open
        Most sites that may be opened beside existing ones; None for no limit.
    budget
        Most that they may cost together; None for no limit.
    existing
        Sites that are open, stay so and count for cover and quotas, shape (n_sites,).
    must, must_not
        Sites that must be opened, and that must not, shape (n_sites,).
    district
        Of each site, its place in `quotas`, -1 for none, shape (n_sites,).
    quotas
        One a district.
    too_near
        Pairs of sites of which only one may be open, shape (n, 2); pairs that both exist are let be.
    """

    aim: Aim
    reach: CoverLists
    steps: tuple[Step, ...]
    cost: IntArray
    weight: IntArray
    backup_weight: IntArray | None = None
    need: IntArray | None = None
    most_open: int | None = None
    budget: int | None = None
    existing: BoolArray | None = None
    must: BoolArray | None = None
    must_not: BoolArray | None = None
    district: IntArray | None = None
    quotas: tuple[Quota, ...] = ()
    too_near: IntArray | None = None
    name: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        """Refuse a problem that cannot be meant, with all its faults at once."""
        found = self.reach.faults()
        found = found or [*self._array_faults(), *self._aim_faults()]
        found = found or [*self._rule_faults()]
        if found:
            raise InputError("coverage problem: " + "; ".join(found))

    @property
    def n_sites(self) -> int:
        """Number of sites."""
        return self.reach.n_sites

    @property
    def n_customers(self) -> int:
        """Number of customers."""
        return self.reach.n_customers

    @cached_property
    def exists(self) -> BoolArray:
        """Sites that are open already, shape (n_sites,)."""
        return self._mask(self.existing)

    @cached_property
    def forced(self) -> BoolArray:
        """Sites that are open in every plan, shape (n_sites,)."""
        return self.exists | self._mask(self.must)

    @cached_property
    def barred(self) -> BoolArray:
        """Sites that are open in no plan, shape (n_sites,)."""
        return self._mask(self.must_not)

    @cached_property
    def price(self) -> IntArray:
        """What opening costs, nothing for existing sites, shape (n_sites,)."""
        return np.where(self.exists, 0, self.cost).astype(np.int64)

    @cached_property
    def districts(self) -> IntArray:
        """District of each site, -1 for none, shape (n_sites,)."""
        return np.full(self.n_sites, -1, dtype=np.int64) if self.district is None else self.district

    @cached_property
    def pairs(self) -> IntArray:
        """Pairs that may not both be open, those that exist left out, shape (n, 2)."""
        pairs = np.zeros((0, 2), dtype=np.int64) if self.too_near is None else self.too_near
        return pairs[~(self.exists[pairs[:, 0]] & self.exists[pairs[:, 1]])]

    @cached_property
    def needs(self) -> IntArray:
        """How many sites are to cover each customer, shape (n_customers,): 0 for those of weight 0."""
        need = np.ones(self.n_customers, dtype=np.int64) if self.need is None else self.need
        return np.where(self.weight > 0, need, 0).astype(np.int64)

    def _mask(self, mask: BoolArray | None) -> BoolArray:
        return np.zeros(self.n_sites, dtype=np.bool_) if mask is None else mask

    def _array_faults(self) -> list[str]:
        n_sites, n_customers = self.n_sites, self.n_customers
        arrays: dict[str, tuple[npt.NDArray[np.generic] | None, int]] = {
            "cost": (self.cost, n_sites),
            "weight": (self.weight, n_customers),
            "backup_weight": (self.backup_weight, n_customers),
            "need": (self.need, n_customers),
            "existing": (self.existing, n_sites),
            "must": (self.must, n_sites),
            "must_not": (self.must_not, n_sites),
            "district": (self.district, n_sites),
        }
        found = [
            f"{name}: shape {array.shape}, expected ({n},)"
            for name, (array, n) in arrays.items()
            if array is not None and array.shape != (n,)
        ]
        if found:
            return found
        for name, array in (("cost", self.cost), ("weight", self.weight), ("backup_weight", self.backup_weight)):
            if array is not None and len(array) and array.min() < 0:
                k = int(array.argmin())
                found.append(f"{name}[{k}]: {array[k]}, expected 0 or more")
            if array is not None and float(array.sum(dtype=np.float64)) > MOST_SUM:
                found.append(f"{name}: the sum {array.sum(dtype=np.float64):.3g} is above {MOST_SUM}; use a larger unit")
        if self.need is not None and not np.isin(self.need, (1, 2)).all():
            found.append(f"need: values {self.need.min()} to {self.need.max()}, expected 1 or 2")
        return found

    def _aim_faults(self) -> list[str]:
        found = []
        for k, step in enumerate(self.steps):
            if not step.limit_m >= 0 or step.points < 1:
                found.append(f"steps[{k}]: {step.limit_m} m for {step.points} points, expected 0 m and 1 point or more")
            if k and not (step.limit_m > self.steps[k - 1].limit_m and step.points < self.steps[k - 1].points):
                found.append(f"steps[{k}]: expected a longer distance and fewer points than the step before")
        expected = {Aim.P_CENTRE: "no", Aim.SET_COVER: "one", Aim.MAXIMAL: "at least one"}[self.aim]
        n = len(self.steps)
        if {Aim.P_CENTRE: n > 0, Aim.SET_COVER: n != 1, Aim.MAXIMAL: n == 0}[self.aim]:
            found.append(f"steps: {n}, {expected} step is expected for {self.aim.name}")
        if self.backup_weight is not None and (self.aim is not Aim.MAXIMAL or n != 1):
            found.append("backup_weight: expected for MAXIMAL with one step only")
        if self.need is not None and self.aim is not Aim.SET_COVER:
            found.append("need: expected for SET_COVER only")
        if self.aim is Aim.P_CENTRE and self.most_open is None:
            found.append("most_open: None, a P_CENTRE expects a number of sites")
        return found

    def _rule_faults(self) -> list[str]:
        found = []
        for name, value in (("most_open", self.most_open), ("budget", self.budget)):
            if value is not None and value < 0:
                found.append(f"{name}: {value}, expected 0 or more")
        both = np.flatnonzero(self.forced & self.barred)
        if len(both):
            found.append(f"sites {both[:5].tolist()}: are to be open and not to be open; leave out one of the two")
        return [*found, *self._quota_faults(), *self._near_faults()]

    def _quota_faults(self) -> list[str]:
        found, n = [], len(self.quotas)
        if n != 0 and self.district is None:
            found.append(f"quotas: {n} are given without district")
        if self.n_sites and (self.districts.min() < -1 or self.districts.max() >= n):
            found.append(f"district: {self.districts.min()} to {self.districts.max()}, expected -1 to {n - 1}")
        for k, quota in enumerate(self.quotas):
            if quota.at_least < 0 or (quota.at_most is not None and quota.at_most < quota.at_least):
                found.append(f"quotas[{k}]: at least {quota.at_least}, at most {quota.at_most}, expected 0 <= least <= most")
        return found

    def _near_faults(self) -> list[str]:
        near = self.too_near
        if near is None:
            return []
        if near.ndim != 2 or near.shape[1] != 2:
            return [f"too_near: shape {near.shape}, expected (n, 2)"]
        if len(near) and (near.min() < 0 or near.max() >= self.n_sites):
            return [f"too_near: sites {near.min()} to {near.max()}, expected 0 to {self.n_sites - 1}"]
        return ["too_near: a site is paired with itself"] if (near[:, 0] == near[:, 1]).any() else []
