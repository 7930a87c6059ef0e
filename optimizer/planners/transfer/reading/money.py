"""What a station costs: investment by part, its annuity, and running."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.ground.streams import numbers
from optimizer.planners.transfer.params import TransferParams
from optimizer.planners.transfer.reading.classes import MARKS, class_of
from resources.costs import annuity


@dataclass(frozen=True, slots=True)
class Bill:
    """Hold the investment of one work by part, and running, yuan and yuan a year."""

    land_yuan: float = 0.0
    building_yuan: float = 0.0
    equipment_yuan: float = 0.0
    running_yuan_year: float = 0.0

    @property
    def invested_yuan(self) -> float:
        """All that is paid once."""
        return self.land_yuan + self.building_yuan + self.equipment_yuan


@dataclass(frozen=True)
class Tariff:
    """Hold what the classes cost, each a figure for each class in the order of `MARKS`, for each t/d."""

    building_yuan: tuple[float, ...]
    equipment_yuan: tuple[float, ...]
    running_yuan: tuple[float, ...]

    @staticmethod
    def of(params: TransferParams) -> Tariff:
        """Return the tariff of the parameters.

        Raises
        ------
        ParameterError
            Where a text does not hold five numbers of 0 or more.
        """
        names = ("building_yuan_t", "equipment_yuan_t", "running_yuan_t")
        return Tariff(*(numbers(getattr(params, name), name, len(MARKS)) for name in names))

    def station(self, size_t_day: float) -> Bill:
        """Return a station of a size without its land."""
        k = MARKS.index(class_of(size_t_day).mark)
        return Bill(
            0.0, self.building_yuan[k] * size_t_day, self.equipment_yuan[k] * size_t_day, self.running_yuan[k] * size_t_day
        )


def built(tariff: Tariff, size_t_day: float, land_yuan: float) -> Bill:
    """Return a new station."""
    new = tariff.station(size_t_day)
    return Bill(land_yuan, new.building_yuan, new.equipment_yuan, new.running_yuan_year)


def rebuilt(tariff: Tariff, size_t_day: float, params: TransferParams) -> Bill:
    """Return a station that is built anew on its own land: a share of the buildings, and all equipment."""
    new = tariff.station(size_t_day)
    return Bill(0.0, new.building_yuan * params.rebuild_pct / 100, new.equipment_yuan, new.running_yuan_year)


def extended(tariff: Tariff, from_t_day: float, size_t_day: float) -> Bill:
    """Return a station that gets as much more as it lacks, at the price of its new class."""
    new, more = tariff.station(size_t_day), (size_t_day - from_t_day) / size_t_day
    return Bill(0.0, new.building_yuan * more, new.equipment_yuan * more, new.running_yuan_year)


def kept(tariff: Tariff, size_t_day: float) -> Bill:
    """Return a station that stays as it is."""
    return Bill(running_yuan_year=tariff.station(size_t_day).running_yuan_year)


def works_yuan_year(bill: Bill, params: TransferParams) -> float:
    """Return the annuity of what is paid once."""
    rate = params.interest_pct / 100
    return (
        bill.land_yuan * annuity(rate, params.land_life_year)
        + bill.building_yuan * annuity(rate, params.building_life_year)
        + bill.equipment_yuan * annuity(rate, params.equipment_life_year)
    )


def closing_yuan_year(params: TransferParams) -> float:
    """Return the annuity of closing a station."""
    return params.close_yuan * annuity(params.interest_pct / 100, params.building_life_year)
