"""The question as planner, checks and figures read it: one object, made once for a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from layers.assume import assume_streets
from layers.city import City
from layers.errors import InputError
from layers.kinds.facilities import Plants, WastePoints
from layers.kinds.streets import Streets
from layers.layer import F64
from layers.network.snap import nearest_on
from layers.text import Text
from optimizer.ground.assumed import assumed_streets
from optimizer.ground.streams import collected, numbers
from optimizer.plan import Assumed
from optimizer.planners.transfer.params import TransferParams
from optimizer.planners.transfer.reading.haul import (
    Ends,
    Ways,
    ends_of,
    haul_yuan_t_km,
    onward_ways,
    station_ways,
    without_plants,
)
from optimizer.planners.transfer.reading.locks import Locked, locked_by
from optimizer.planners.transfer.reading.nearby import Neighbours, neighbours_of
from optimizer.planners.transfer.reading.nights import Nights, nights_of
from optimizer.planners.transfer.reading.sites import Sites, sites_of
from optimizer.planners.transfer.reading.wanted import Ask, asks_of
from optimizer.planners.transfer.reading.waste import Waste, waste_of
from optimizer.planners.transfer.reading.works import Offers, offers_of
from optimizer.scenario import Scenario
from resources.standards import standard

_READ = ("length_m", "width_m", "speed_mps", "oneway")
_MOST_SIZES = 40


@dataclass(frozen=True, eq=False)
class Question:
    """Hold what is asked; its parts are read when they are first wanted.

    Parameters
    ----------
    scenario
        As it was given.
    city
        With streets whose blanks are filled.
    params
        Of this planner.
    """

    scenario: Scenario
    city: City
    params: TransferParams

    @cached_property
    def to_stations(self) -> Ways:
        """Ways of the trucks that bring waste."""
        return station_ways(self.city, self.scenario.inventory, self.params)

    @cached_property
    def to_plants(self) -> Ways:
        """Ways of the trucks that haul on."""
        return onward_ways(self.city, self.params)

    @cached_property
    def waste(self) -> Waste:
        """What is thrown away where."""
        xy_m, drivable = self.city[WastePoints].geometry.coords, self.to_stations.drivable
        away_m = np.full(len(xy_m), np.inf)
        there = np.flatnonzero(np.isfinite(xy_m).all(axis=1))
        if len(there):
            away_m[there] = nearest_on(self.city[Streets], np.flatnonzero(drivable), xy_m[there])[3]
        return waste_of(self.city, self.params, away_m)

    @cached_property
    def neighbours(self) -> Neighbours:
        """Who needs to be kept from smell and noise."""
        return neighbours_of(self.city)

    @cached_property
    def sites(self) -> Sites:
        """Where stations are, or could be."""
        return sites_of(self.city, self.params, (self.to_stations.drivable, self.to_plants.drivable), self.neighbours)

    @cached_property
    def locked(self) -> Locked:
        """What locks say of them."""
        return locked_by(self.scenario.locks, self.sites)

    @cached_property
    def offers(self) -> Offers:
        """What may be done at each."""
        return offers_of(self.sites, self.params, sizes_of(self.params), self.locked)

    @cached_property
    def asks(self) -> tuple[Ask, ...]:
        """Which numbers are wanted."""
        return asks_of(self.city, self.params, self.sites, self.offers)

    @cached_property
    def streams(self) -> tuple[int, ...]:
        """Numbers of the streams that go through stations."""
        return collected(self.params.streams)

    @cached_property
    def ends(self) -> Ends:
        """The plant of each site and stream."""
        return ends_of(self.city[Plants], self.to_plants, self.sites.land.xy_m, self.streams)

    @cached_property
    def nights(self) -> Nights:
        """When trucks unload."""
        return nights_of(self.scenario.inputs, self.params)

    @cached_property
    def haul_yuan_t_km(self) -> float:
        """Price of bringing waste, the way back included."""
        return haul_yuan_t_km(self.scenario.inventory, self.params)

    @cached_property
    def nuisance_yuan_year(self) -> F64:
        """What smell and noise of a station at each site count, shape (n_sites,)."""
        return self.sites.beside.n_weighted * self.params.nuisance_yuan

    @cached_property
    def assumed(self) -> tuple[Assumed, ...]:
        """What nobody gave."""
        return (
            *assumed_streets(self.city[Streets], _READ),
            *self.waste.assumed,
            *self.sites.assumed,
            *self.neighbours.assumed,
            *without_plants(self.city[Plants], self.streams),
        )


def question_of(scenario: Scenario) -> Question:
    """Return the question of a scenario."""
    params = scenario.params
    assert isinstance(params, TransferParams)
    streets = assume_streets(scenario.city[Streets])
    return Question(scenario, scenario.city.with_layers(streets), params)


def sizes_of(params: TransferParams) -> tuple[float, ...]:
    """Return the sizes on offer, t/d, the smallest first.

    Raises
    ------
    ParameterError
        Where the text does not hold numbers.
    InputError
        Where one is below the least size of a transfer station.
    """
    n = len([part for part in params.sizes.replace("，", ",").split(",") if part.strip()])
    found = tuple(sorted(set(numbers(params.sizes, "sizes", min(n, _MOST_SIZES)))))
    least = standard("T3")
    if found[0] < least.value:
        zh = f"参数 sizes 的 {found[0]:g} t/d 小于转运站最小规模 {least.value:g} t/d（{least.clause}）；更小的按收集站建设"
        en = f"parameter 'sizes': {found[0]:g} t/d is below {least.value:g} t/d ({least.clause}): a collection station"
        raise InputError(Text(zh, en))
    return found
