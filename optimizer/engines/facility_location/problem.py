"""A facility-location problem: which sites to open, in which size, and who is served from where."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from layers.errors import ParameterError
from layers.layer import Bool
from optimizer.engines.figures import figure_faults

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Quota:
    """How many sites of a group are to be open, such as those of a district; groups may overlap.

    Parameters
    ----------
    sites
        Each counts that is open, in whichever size.
    at_least, at_most
        Number that counts; None for no upper limit.
    options
        Rows of the options, each of which counts where it is chosen: say those by which a station is built or rebuilt. None
        is of a site in `sites`.
    """

    sites: tuple[int, ...] = ()
    at_least: int = 0
    at_most: int | None = None
    options: tuple[int, ...] = ()


@dataclass(frozen=True)
class Options:
    """The ways in which sites can be open: one row a size class of a site, of which at most one is chosen.

    Parameters
    ----------
    site
        Shape (n_options,): the site that a row is of.
    fixed_cost
        Shape (n_options,): in the unit of the objective, at least 0.
    capacity
        Shape (n_options,): in the unit of demand; `inf` for no limit.
    """

    site: Ints
    fixed_cost: Floats
    capacity: Floats


@dataclass(frozen=True)
class FacilityLocationProblem:
    """Serve all customers from open sites at the least fixed and serving cost.

    Capacitated and uncapacitated location and p-median in one (Daskin 2013, doi 10.1002/9781118537015). Costs are of any one
    unit, demands and capacities of another.

    Parameters
    ----------
    demand
        Shape (n_customers,): at least 0.
    serve_cost
        Shape (n_customers, n_sites): of serving all of a customer from a site, at least 0; `inf` where it may not be: say
        beyond the farthest distance.
    options
        Size classes of the sites; an existing site that can be kept or extended has a row for each.
    single_source
        Whether one site serves all of a customer; else its demand may be split.
    n_open
        Sites to be open: exactly so many, or at most; None for any number.
    n_open_exactly
        Whether `n_open` is met exactly.
    must_open, must_not_open
        Sites.
    quotas
        Numbers open by group.
    closing_cost
        Shape (n_sites,): paid where an existing site is not open, at least 0; None for nothing.
    apart
        Pairs of sites that are too near to one another to be open both.
    name
        Told with errors.
    """

    demand: Floats
    serve_cost: Floats
    options: Options
    single_source: bool = False
    n_open: int | None = None
    n_open_exactly: bool = True
    must_open: tuple[int, ...] = ()
    must_not_open: tuple[int, ...] = ()
    quotas: tuple[Quota, ...] = ()
    apart: tuple[tuple[int, int], ...] = ()
    closing_cost: Floats | None = None
    name: str = field(default="problem", compare=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be meant."""
        found = [*self._figure_faults(), *self._site_faults()]
        if found:
            raise ParameterError(f"{self.name}: " + "; ".join(found))

    @property
    def n_customers(self) -> int:
        """Number of customers."""
        return len(self.demand)

    @property
    def n_sites(self) -> int:
        """Number of sites."""
        return int(self.serve_cost.shape[1])

    @property
    def n_options(self) -> int:
        """Number of size classes of all sites."""
        return len(self.options.site)

    @cached_property
    def allowed(self) -> Bool:
        """Whether each option may be chosen, shape (n_options,)."""
        return ~np.isin(self.options.site, self.must_not_open)

    @cached_property
    def is_capacitated(self) -> bool:
        """Whether any capacity could bind."""
        return bool((self.options.capacity < self.demand.sum()).any())

    @cached_property
    def net_cost(self) -> Floats:
        """What choosing each option adds to `base_cost`, shape (n_options,); below 0 where closing its site costs more."""
        if self.closing_cost is None:
            return self.options.fixed_cost
        return self.options.fixed_cost - self.closing_cost[self.options.site]

    @cached_property
    def base_cost(self) -> float:
        """Cost with every site closed and nobody served."""
        return 0.0 if self.closing_cost is None else float(self.closing_cost.sum())

    def counted(self, quota: Quota) -> Ints:
        """Return the options that count for a quota, in rising order."""
        counts = np.isin(self.options.site, quota.sites) | np.isin(np.arange(self.n_options), quota.options)
        return np.flatnonzero(counts)

    def _figure_faults(self) -> list[str]:
        """Return what is wrong with the figures, one line each."""
        rows = self.options
        shape = (self.n_customers, self.n_sites)
        if self.serve_cost.shape != shape or not len(rows.site) == len(rows.fixed_cost) == len(rows.capacity):
            return [f"serve_cost has the shape {self.serve_cost.shape}, {shape} is expected; options must be of one length"]
        closing = np.zeros(self.n_sites) if self.closing_cost is None else self.closing_cost
        if closing.shape != (self.n_sites,):
            return [f"closing_cost has the shape {closing.shape}, ({self.n_sites},) is expected"]
        named = (
            ("demand", self.demand, 0, False),
            ("serve_cost", self.serve_cost, 0, True),
            ("fixed_cost", rows.fixed_cost, 0, False),
            ("capacity", rows.capacity, 0, True),
            ("closing_cost", closing, 0, False),
        )
        return figure_faults(named)

    def _site_faults(self) -> list[str]:
        """Return which sites and options are named that do not exist or count twice, one line each."""
        named = {
            "options.site": self.options.site.tolist(),
            "must_open": self.must_open,
            "must_not_open": self.must_not_open,
            "quotas": [site for quota in self.quotas for site in quota.sites],
            "apart": [site for pair in self.apart for site in pair],
        }
        found = [
            f"{name}: site {site}, there are {self.n_sites}"
            for name, sites in named.items()
            for site in sites
            if not 0 <= site < self.n_sites
        ]
        for k, quota in enumerate(self.quotas):
            for row in quota.options:
                if not 0 <= row < self.n_options:
                    found.append(f"quotas[{k}]: option {row}, there are {self.n_options}")
                elif int(self.options.site[row]) in quota.sites:
                    found.append(f"quotas[{k}]: option {row} is of site {int(self.options.site[row])}, which counts already")
        return found
