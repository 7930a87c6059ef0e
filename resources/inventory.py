"""What the bureau owns: vehicles, crews, shifts. Depots and stations are layers of the city."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from layers.text import Text
from resources.source import Source


class VehicleKind(StrEnum):
    """What a vehicle is for."""

    SWEEPER = "sweeper"
    SMALL_SWEEPER = "small_sweeper"
    WASHER = "washer"
    WATER_CART = "water_cart"
    COLLECTION = "collection"
    BIN_LIFTER = "bin_lifter"


@dataclass(frozen=True, kw_only=True)
class VehicleType:
    """Describe vehicles of one model.

    Parameters
    ----------
    key
        Stable name in files.
    kind
        What it is for.
    n_owned
        Vehicles on the books, spare ones among them.
    width_m, height_m, weight_kg
        Of the vehicle, laden; decide which streets let it pass.
    least_street_width_m
        Narrowest carriageway that it can work in.
    sweep_width_m
        Effective width of one pass.
    working_speed_mps, driving_speed_mps
        While it works, and the most it drives between works.
    hopper_kg, tank_l
        Capacity for sweepings or waste, and for water.
    water_lpm
        Water sprayed, litres for each metre of a working pass.
    unload_s, refill_s
        Time at the dump and at the water point.
    energy_kwh_km, fuel_l_km
        Of driving and working together; one of them is 0.
    range_m
        On one charge or tank.
    charge_s
        Time of a full charge at a depot that has chargers.
    second_compartment_ratio
        Share of the hopper that is a compartment of its own, for a second stream; 0 where the hopper is undivided.
    fixed_yuan_day, running_yuan_km
        Cost of using it for a day, and for each kilometre.
    sealed, electric
        The documents ask for both in collection.
    suction
        Whether a sweeper picks up by suction alone.
    sources
        Source of each figure, by field name.
    """

    key: str
    label: Text
    kind: VehicleKind
    n_owned: int
    width_m: float
    height_m: float
    weight_kg: float
    least_street_width_m: float
    working_speed_mps: float
    driving_speed_mps: float
    sweep_width_m: float = 0.0
    hopper_kg: float = 0.0
    tank_l: float = 0.0
    water_lpm: float = 0.0
    unload_s: float = 0.0
    refill_s: float = 0.0
    energy_kwh_km: float = 0.0
    fuel_l_km: float = 0.0
    range_m: float = 0.0
    charge_s: float = 0.0
    second_compartment_ratio: float = 0.0
    fixed_yuan_day: float = 0.0
    running_yuan_km: float = 0.0
    sealed: bool = False
    electric: bool = False
    suction: bool = False
    sources: Mapping[str, Source] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Shift:
    """Describe a working shift.

    Parameters
    ----------
    start_s, end_s
        Seconds after midnight; the end may pass 86,400.
    before_s, after_s
        Work at the depot before driving out and after coming back.
    break_s
        Rest within the shift, counted in it.
    """

    key: str
    label: Text
    start_s: float
    end_s: float
    before_s: float = 0.0
    after_s: float = 0.0
    break_s: float = 0.0
    sources: Mapping[str, Source] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Crew:
    """Describe the people of one kind of work; posts are not heads.

    Parameters
    ----------
    n_posts
        Posts to be filled each day.
    n_per_vehicle
        People on one vehicle.
    relief_factor
        Heads for each post, since people rest and fall ill.
    wage_yuan_month
        For each head.
    """

    key: str
    label: Text
    n_posts: int
    n_per_vehicle: int
    relief_factor: float
    wage_yuan_month: float
    sources: Mapping[str, Source] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Prices:
    """Hold what things cost and emit.

    Parameters
    ----------
    electricity_yuan_kwh, diesel_yuan_l, water_yuan_m3
        Prices.
    grid_kg_co2_kwh, diesel_kg_co2_l
        Emission factors.
    hand_m2_day
        Area that one sweeper with a broom keeps clean in a day.
    """

    electricity_yuan_kwh: float
    diesel_yuan_l: float
    water_yuan_m3: float
    grid_kg_co2_kwh: float
    diesel_kg_co2_l: float
    hand_m2_day: float
    sources: Mapping[str, Source] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Inventory:
    """Hold what the bureau owns and pays.

    Parameters
    ----------
    spare_ratio
        Share of the vehicles that are in repair or in reserve and cannot be planned with.
    """

    name: str
    vehicle_types: tuple[VehicleType, ...]
    shifts: tuple[Shift, ...]
    crews: tuple[Crew, ...]
    prices: Prices
    spare_ratio: float
    sources: Mapping[str, Source] = field(default_factory=dict)

    @property
    def type_of(self) -> dict[str, VehicleType]:
        """Vehicle types by key."""
        return {v.key: v for v in self.vehicle_types}

    @property
    def shift_of(self) -> dict[str, Shift]:
        """Shifts by key."""
        return {s.key: s for s in self.shifts}

    def crew(self, key: str) -> Crew | None:
        """Return a crew by its key; None where there is no such crew."""
        return next((c for c in self.crews if c.key == key), None)

    def vehicle_type(self, key: str) -> VehicleType:
        """Return the vehicle type of that key.

        Raises
        ------
        KeyError
            Where there is none.
        """
        return self.type_of[key]

    def shift(self, key: str) -> Shift:
        """Return the shift of that key.

        Raises
        ------
        KeyError
            Where there is none.
        """
        return self.shift_of[key]

    def n_in_service(self, vehicle_type: VehicleType) -> int:
        """Return how many vehicles of a type can be planned with: those owned less the spare ones, rounded down."""
        return int(vehicle_type.n_owned * (1 - self.spare_ratio) + 1e-9)
