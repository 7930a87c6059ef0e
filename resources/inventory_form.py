"""How the inventory is written: for each figure its key, label, units and bounds, which reader, writer and forms share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from layers.text import Text
from layers.units import HOUR_S, KM_M, M3_L, MINUTE_S, TONNE_KG, mps

CLOCK = "HH:MM"

# Units that a figure may be written in, with what one of them is in SI. The first is how the writer puts it.
LENGTH: Mapping[str, float] = {"m": 1.0, "km": KM_M}
REACH: Mapping[str, float] = {"km": KM_M, "m": 1.0}
TIME: Mapping[str, float] = {"min": MINUTE_S, "s": 1.0, "h": HOUR_S}
CHARGE: Mapping[str, float] = {"h": HOUR_S, "min": MINUTE_S, "s": 1.0}
SPEED: Mapping[str, float] = {"km/h": mps(1.0), "m/s": 1.0}
MASS: Mapping[str, float] = {"kg": 1.0, "t": TONNE_KG}
VOLUME: Mapping[str, float] = {"L": 1.0, "m3": M3_L}
SPRAY: Mapping[str, float] = {"L/km": 1.0 / KM_M, "m3/km": M3_L / KM_M, "L/m": 1.0}
ENERGY: Mapping[str, float] = {"kWh/km": 1.0, "kWh/100 km": 0.01}
FUEL: Mapping[str, float] = {"L/km": 1.0, "L/100 km": 0.01}
SHARE: Mapping[str, float] = {"%": 0.01, "1": 1.0}


def only(unit: str) -> Mapping[str, float]:
    """Return the units of a figure that is written in one way."""
    return {unit: 1.0}


@dataclass(frozen=True, slots=True)
class Figure:
    """Declare one figure of the inventory.

    Parameters
    ----------
    key
        Name in the file; the unit stands beside the value there.
    field
        Field of the dataclass, in SI.
    label
        In forms.
    units
        Units it may be written in, with their value in SI; the first is preferred.
    low, high
        Bounds, inclusive, in the preferred unit.
    required
        Whether it must be there; else it is 0.
    """

    key: str
    field: str
    label: Text
    units: Mapping[str, float]
    low: float
    high: float
    required: bool = True

    @property
    def unit(self) -> str:
        """Preferred unit."""
        return next(iter(self.units))

    @property
    def is_count(self) -> bool:
        """Whether it counts whole things."""
        return self.field.startswith("n_")


@dataclass(frozen=True, slots=True)
class Section:
    """Declare one kind of entry in the file.

    Parameters
    ----------
    key
        Name of the table, written ``[[key]]`` where there are several of them.
    label
        In messages and forms.
    figures
        What it holds, each with source and certainty.
    words, flags
        Plain texts that it must have, and plain true or false that it may have.
    """

    key: str
    label: Text
    figures: tuple[Figure, ...]
    words: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    several: bool = True
    by_key: Mapping[str, Figure] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {f.key: f for f in self.figures})


def _figure(key: str, name: str, label: tuple[str, str], units: Mapping[str, float], span: tuple[float, float]) -> Figure:
    return Figure(key, name, Text(*label), units, *span)


def _optional(key: str, name: str, label: tuple[str, str], units: Mapping[str, float], span: tuple[float, float]) -> Figure:
    return Figure(key, name, Text(*label), units, *span, required=False)


VEHICLE = Section(
    "vehicle",
    Text("车型", "vehicle type"),
    (
        _figure("owned", "n_owned", ("拥有数量", "owned"), only("vehicles"), (0, 10_000)),
        _figure("width", "width_m", ("车宽", "width"), LENGTH, (0.5, 4)),
        _figure("height", "height_m", ("车高", "height"), LENGTH, (0.5, 5)),
        _figure("weight", "weight_kg", ("满载总质量", "laden weight"), MASS, (100, 60_000)),
        _figure("least_street_width", "least_street_width_m", ("最窄作业路宽", "least street width"), LENGTH, (1, 20)),
        _figure("working_speed", "working_speed_mps", ("作业速度", "working speed"), SPEED, (0.5, 60)),
        _figure("driving_speed", "driving_speed_mps", ("行驶速度", "driving speed"), SPEED, (1, 120)),
        _optional("sweep_width", "sweep_width_m", ("有效清扫宽度", "effective sweeping width"), LENGTH, (0, 20)),
        _optional("hopper", "hopper_kg", ("垃圾箱容量", "hopper"), MASS, (0, 40_000)),
        _optional("tank", "tank_l", ("水箱容量", "water tank"), VOLUME, (0, 40_000)),
        _optional("water", "water_lpm", ("用水量", "water use"), SPRAY, (0, 20_000)),
        _optional("unload", "unload_s", ("卸料时间", "time to unload"), TIME, (0, 240)),
        _optional("refill", "refill_s", ("加水时间", "time to refill"), TIME, (0, 240)),
        _optional("energy", "energy_kwh_km", ("电耗", "electricity"), ENERGY, (0, 50)),
        _optional("fuel", "fuel_l_km", ("油耗", "fuel"), FUEL, (0, 20)),
        _optional("range", "range_m", ("续航里程", "range"), REACH, (0, 2000)),
        _optional("charge", "charge_s", ("充电时间", "time of a full charge"), CHARGE, (0, 24)),
        _optional(
            "second_compartment",
            "second_compartment_ratio",
            ("第二隔仓占比", "share of a second compartment"),
            SHARE,
            (0, 90),
        ),
        _optional("fixed_cost", "fixed_yuan_day", ("日固定成本", "fixed cost"), only("yuan/day"), (0, 20_000)),
        _optional("running_cost", "running_yuan_km", ("里程成本", "running cost"), only("yuan/km"), (0, 500)),
    ),
    words=("key", "zh", "en", "kind"),
    flags=("sealed", "electric", "suction"),
)
SHIFT = Section(
    "shift",
    Text("班次", "shift"),
    (
        _figure("start", "start_s", ("开始", "start"), only(CLOCK), (0, 0)),
        _figure("end", "end_s", ("结束", "end"), only(CLOCK), (0, 0)),
        _optional("before", "before_s", ("出车前作业", "work before driving out"), TIME, (0, 180)),
        _optional("after", "after_s", ("收车后作业", "work after coming back"), TIME, (0, 180)),
        _optional("break", "break_s", ("休息", "break"), TIME, (0, 180)),
    ),
    words=("key", "zh", "en"),
)
CREW = Section(
    "crew",
    Text("班组", "crew"),
    (
        _figure("posts", "n_posts", ("岗位数", "posts"), only("posts"), (0, 100_000)),
        _figure("per_vehicle", "n_per_vehicle", ("每车人数", "people on a vehicle"), only("people"), (0, 20)),
        _figure("relief_factor", "relief_factor", ("轮休系数", "relief factor"), only("1"), (1, 3)),
        _figure("wage", "wage_yuan_month", ("月工资", "wage"), only("yuan/month"), (0, 100_000)),
    ),
    words=("key", "zh", "en"),
)
PRICES = Section(
    "prices",
    Text("价格与排放", "prices"),
    (
        _figure("electricity", "electricity_yuan_kwh", ("电价", "electricity"), only("yuan/kWh"), (0, 20)),
        _figure("diesel", "diesel_yuan_l", ("油价", "diesel"), only("yuan/L"), (0, 50)),
        _figure("water", "water_yuan_m3", ("水价", "water"), only("yuan/m3"), (0, 100)),
        _figure("grid_emission", "grid_kg_co2_kwh", ("电网排放", "emission of the grid"), only("kg CO2/kWh"), (0, 2)),
        _figure("diesel_emission", "diesel_kg_co2_l", ("柴油排放", "emission of diesel"), only("kg CO2/L"), (0, 5)),
        _figure("hand_sweeping", "hand_m2_day", ("人工清扫定额", "swept by hand"), only("m2/day"), (100, 100_000)),
    ),
    several=False,
)
BUREAU = Section(
    "",
    Text("资源清单", "inventory"),
    (_figure("spare_ratio", "spare_ratio", ("备用车比例", "spare vehicles"), SHARE, (0, 90)),),
    words=("name",),
    several=False,
)
SECTIONS = (VEHICLE, SHIFT, CREW, PRICES)
