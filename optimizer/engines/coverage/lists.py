"""Which sites are how far from which customers, as sparse lists."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class CoverLists:
    """For each customer, the sites that may matter and their distances (compressed sparse rows).

    Parameters
    ----------
    n_sites
        Number of sites.
    offsets
        Where each customer's list begins, and where the last one ends, shape (n_customers + 1,).
    sites
        Sites of all lists, no site twice in a list, shape (n,).
    distance_m
        From the customer to each, in metres, shape (n,).
    """

    n_sites: int
    offsets: IntArray
    sites: IntArray
    distance_m: FloatArray

    @property
    def n_customers(self) -> int:
        """Number of customers."""
        return len(self.offsets) - 1

    @property
    def customers(self) -> IntArray:
        """The customer of each entry, shape (n,)."""
        return np.repeat(np.arange(self.n_customers, dtype=np.int64), np.diff(self.offsets))

    def faults(self) -> list[str]:
        """Return what cannot be meant."""
        n = len(self.sites)
        ends = (int(self.offsets[0]), int(self.offsets[-1])) if len(self.offsets) else (0, 0)
        if not len(self.offsets) or ends != (0, n) or (np.diff(self.offsets) < 0).any():
            return [f"reach.offsets: from {ends[0]} to {ends[1]}, expected to rise from 0 to {n}"]
        if self.distance_m.shape != (n,):
            return [f"reach.distance_m: shape {self.distance_m.shape}, expected ({n},)"]
        if n and (self.sites.min() < 0 or self.sites.max() >= self.n_sites):
            return [f"reach.sites: {self.sites.min()} to {self.sites.max()}, expected 0 to {self.n_sites - 1}"]
        if not (np.isfinite(self.distance_m) & (self.distance_m >= 0)).all():
            return ["reach.distance_m: not a number, negative or endless; expected 0 m or more; leave such entries out"]
        keys = self.customers * max(1, self.n_sites) + self.sites
        if len(np.unique(keys)) != n:
            return [f"reach: {n - len(np.unique(keys))} entries name a site twice for one customer"]
        return []


def lists_of(customers: IntArray, sites: IntArray, distance_m: FloatArray, shape: tuple[int, int]) -> CoverLists:
    """Return the lists of loose entries, in any order.

    Parameters
    ----------
    customers, sites, distance_m
        One entry each, shape (n,).
    shape
        Numbers of customers and of sites.
    """
    n_customers, n_sites = shape
    order = np.lexsort((sites, customers))
    counts = np.bincount(customers, minlength=n_customers)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    return CoverLists(n_sites, offsets, sites[order].astype(np.int64), distance_m[order].astype(np.float64))


def lists_within(customer_xy_m: FloatArray, site_xy_m: FloatArray, limit_m: float) -> CoverLists:
    """Return straight-line lists of the sites within a limit, which is included; shapes (n, 2), metres."""
    shape = (len(customer_xy_m), len(site_xy_m))
    near = cKDTree(customer_xy_m).sparse_distance_matrix(
        cKDTree(site_xy_m), limit_m * (1 + 1e-9) + 1e-6, output_type="ndarray"
    )
    customers, sites = near["i"].astype(np.int64), near["j"].astype(np.int64)
    distance_m = np.hypot(*(customer_xy_m[customers] - site_xy_m[sites]).T)
    return lists_of(customers, sites, distance_m, shape)


def too_near(site_xy_m: FloatArray, separation_m: float) -> IntArray:
    """Return the pairs of sites nearer than a least separation, shape (n, 2); exactly that far apart is far enough."""
    pairs = np.asarray(cKDTree(site_xy_m).query_pairs(separation_m, output_type="ndarray"), dtype=np.int64).reshape(-1, 2)
    apart_m = np.hypot(*(site_xy_m[pairs[:, 0]] - site_xy_m[pairs[:, 1]]).T)
    pairs = pairs[apart_m < separation_m - 1e-6]
    kept: IntArray = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    return kept
