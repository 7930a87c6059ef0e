"""A location problem in two stages: customers -> stations -> centres -> plants, or from a station to a plant at once."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from layers.errors import ParameterError
from layers.layer import Bool
from optimizer.engines.facility_location.problem import Floats, Options, Quota
from optimizer.engines.figures import figure_faults


@dataclass(frozen=True)
class Stage:
    """The sites of one stage.

    Parameters
    ----------
    n_sites
        How many there are.
    options
        Their size classes; capacities are of all products together.
    product_capacity
        Shape (n_options, n_products): of each product by itself; None for no such limits.
    must_open, must_not_open
        Sites.
    quotas
        Numbers open by group.
    """

    n_sites: int
    options: Options
    product_capacity: Floats | None = None
    must_open: tuple[int, ...] = ()
    must_not_open: tuple[int, ...] = ()
    quotas: tuple[Quota, ...] = ()

    @property
    def n_options(self) -> int:
        """Number of size classes of all sites."""
        return len(self.options.site)

    @property
    def allowed(self) -> Bool:
        """Whether each option may be chosen, shape (n_options,)."""
        return ~np.isin(self.options.site, self.must_not_open)


@dataclass(frozen=True)
class Onward:
    """What a unit of each product costs beyond the stations; `inf` where it may not go that way.

    Parameters
    ----------
    to_centre
        Shape (n_products, n_stations, n_centres).
    to_plant
        Shape (n_products, n_stations, n_plants): past the centres.
    centre_to_plant
        Shape (n_products, n_centres, n_plants).
    """

    to_centre: Floats
    to_plant: Floats
    centre_to_plant: Floats


@dataclass(frozen=True)
class StagedProblem:
    """Serve all customers through stations, and carry what these take on to plants, at the least fixed and haul cost.

    Two-echelon, multi-product location (Pirkul & Jayaraman 1998, doi 10.1016/S0305-0548(97)00096-8). Costs are of one unit,
    demands and capacities of another.

    Parameters
    ----------
    demand
        Shape (n_products, n_customers): at least 0.
    serve_cost
        Shape (n_products, n_customers, n_stations): of a unit from a customer to a station, at least 0; `inf` where it may
        not go.
    stations, centres
        The two stages.
    onward
        Hauls beyond the stations.
    plant_capacity
        Shape (n_products, n_plants): `inf` for no limit.
    single_source
        Whether one station takes all of a product from a customer; another may take another product.
    name
        Told with errors.
    """

    demand: Floats
    serve_cost: Floats
    stations: Stage
    centres: Stage
    onward: Onward
    plant_capacity: Floats
    single_source: bool = False
    name: str = field(default="problem", compare=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be meant.

        Raises
        ------
        ParameterError
            With every figure that is wrong.
        """
        found = [*self._shape_faults()] or [*self._figure_faults(), *self._site_faults()]
        if found:
            raise ParameterError(f"{self.name}: " + "; ".join(found))

    @property
    def n_products(self) -> int:
        """Number of products."""
        return int(self.demand.shape[0])

    @property
    def n_customers(self) -> int:
        """Number of customers."""
        return int(self.demand.shape[1])

    @property
    def n_plants(self) -> int:
        """Number of plants."""
        return int(self.plant_capacity.shape[1])

    @property
    def total(self) -> float:
        """Demand of all products."""
        return float(self.demand.sum())

    def _shape_faults(self) -> list[str]:
        n, i, m = self.n_products, self.n_customers, self.n_plants
        j, k = self.stations.n_sites, self.centres.n_sites
        wanted = (
            ("serve_cost", self.serve_cost.shape, (n, i, j)),
            ("onward.to_centre", self.onward.to_centre.shape, (n, j, k)),
            ("onward.to_plant", self.onward.to_plant.shape, (n, j, m)),
            ("onward.centre_to_plant", self.onward.centre_to_plant.shape, (n, k, m)),
            ("plant_capacity", self.plant_capacity.shape, (n, m)),
            *(
                (f"{name}.product_capacity", stage.product_capacity.shape, (stage.n_options, n))
                for name, stage in (("stations", self.stations), ("centres", self.centres))
                if stage.product_capacity is not None
            ),
        )
        return [f"{name} has the shape {shape}, {want} is expected" for name, shape, want in wanted if shape != want]

    def _figure_faults(self) -> list[str]:
        rows = [("demand", self.demand, 0, False), ("serve_cost", self.serve_cost, 0, True)]
        rows += [(f"onward.{name}", getattr(self.onward, name), 0, True) for name in vars(self.onward)]
        rows += [("plant_capacity", self.plant_capacity, 0, True)]
        for name, stage in (("stations", self.stations), ("centres", self.centres)):
            rows += [(f"{name}.fixed_cost", stage.options.fixed_cost, 0, False)]
            rows += [(f"{name}.capacity", stage.options.capacity, 0, True)]
            if stage.product_capacity is not None:
                rows.append((f"{name}.product_capacity", stage.product_capacity, 0, True))
        return figure_faults(rows)

    def _site_faults(self) -> list[str]:
        found = []
        for name, stage in (("stations", self.stations), ("centres", self.centres)):
            named = [*stage.options.site.tolist(), *stage.must_open, *stage.must_not_open]
            named += [site for quota in stage.quotas for site in quota.sites]
            found += [f"{name}: site {s}, there are {stage.n_sites}" for s in named if not 0 <= s < stage.n_sites]
            rows = [row for quota in stage.quotas for row in quota.options]
            found += [f"{name}: option {row}, there are {stage.n_options}" for row in rows if not 0 <= row < stage.n_options]
        return found


def counted(stage: Stage, quota: Quota) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the options of a stage that count for a quota, in rising order."""
    counts = np.isin(stage.options.site, quota.sites) | np.isin(np.arange(stage.n_options), quota.options)
    return np.flatnonzero(counts)
