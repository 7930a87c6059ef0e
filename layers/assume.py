"""Fill what a street ledger or an extract leaves blank, by named rules; a given value is never touched.

Each rule says in words what it assumes and where that comes from; a value keeps the key of the rule that made it, so that
the data-quality sheet, the plan and the report can say how much of a result rests on assumptions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np

from layers.city import City
from layers.districts import with_districts
from layers.kinds.parking import KerbBerths, KerbFacts
from layers.kinds.places import Districts
from layers.kinds.streets import Oneway, RoadClass, Streets
from layers.layer import F64, FIRST_RULE, MISSING, AnyArray, Bool
from layers.text import Text
from layers.units import mps

CLASSES = (RoadClass.EXPRESSWAY, RoadClass.MAIN, RoadClass.SECONDARY, RoadClass.BRANCH, RoadClass.BACK_STREET)

KERB_REACH_M = 30.0
K = TypeVar("K", KerbFacts, KerbBerths)

# By class, in the order of CLASSES.
N_LANES_TWO_WAY = (6, 4, 4, 2, 1)
N_LANES_ONE_WAY = (3, 3, 2, 2, 1)
LANE_M = (3.75, 3.5, 3.5, 3.25, 4.0)
SPEED_KMH = (60.0, 40.0, 30.0, 20.0, 15.0)
GRADE = (3, 1, 2, 3, 3)
LIT = (True, True, True, True, False)
FOOTWAY = (False, True, True, True, False)


@dataclass(frozen=True, slots=True)
class Rule:
    """Say what a rule assumes.

    Parameters
    ----------
    key
        Kept with each value.
    column
        Column that it fills.
    text
        What it assumes, in words.
    source
        Code and clause, data, or ``judgement``.
    certainty
        A (wording of the code) to C, M: from memory, to be confirmed.
    """

    key: str
    column: str
    text: Text
    source: str
    certainty: str


RULES: tuple[Rule, ...] = (
    Rule(
        "class.branch",
        "road_class",
        Text("等级未知的道路按支路", "a road of unknown class is a branch road"),
        "judgement: most streets of a ledger are branch roads",
        "M",
    ),
    Rule(
        "oneway.untagged",
        "oneway",
        Text("未注明单行的道路按双向", "a street not said to be one-way is open both ways"),
        "OpenStreetMap wiki, Key:oneway: default no",
        "B",
    ),
    Rule(
        "length.geometry",
        "length_m",
        Text("长度按线形量取", "length measured along the drawn line"),
        "geometry",
        "A",
    ),
    Rule(
        "lanes.link",
        "n_lanes",
        Text("匝道按 1 条车道", "a ramp has 1 lane"),
        "judgement, after tagged ramps of OpenStreetMap",
        "M",
    ),
    Rule(
        "lanes.class",
        "n_lanes",
        Text(
            "车道数按等级：双向 快速路 6、主干道 4、次干道 4、支路 2、背街小巷 1；单行 3、3、2、2、1",
            "lanes by class: two-way expressway 6, main 4, secondary 4, branch 2, back street 1; one-way 3, 3, 2, 2, 1",
        ),
        "medians of tagged streets in OpenStreetMap, Taipei, Shanghai and Porto Alegre",
        "C",
    ),
    Rule(
        "width.lanes",
        "width_m",
        Text(
            "车行道宽度 = 车道数 × 车道宽：快速路 3.75、主次干道 3.5、支路 3.25、背街小巷 4.0 m",
            "carriageway width = lanes x lane width: expressway 3.75, main, secondary 3.5, branch 3.25, back street 4.0 m",
        ),
        "CJJ 37-2012 table 5.3.2; 4 m: fire lane, GB 55037",
        "M",
    ),
    Rule(
        "speed.class",
        "speed_mps",
        Text(
            "行驶速度按等级设计速度的下限：60、40、30、20 km/h，背街小巷 15 km/h",
            "driving speed by class, the lower design speed: 60, 40, 30, 20 km/h, back street 15 km/h",
        ),
        "CJJ 37-2012 table 3.2.1; back street by judgement",
        "M",
    ),
    Rule(
        "lit.class",
        "lit",
        Text("背街小巷以外的道路有路灯", "all streets but back streets are lit"),
        "CJJ 45-2015: lighting of urban roads",
        "M",
    ),
    Rule(
        "grade.class",
        "cleaning_grade",
        Text("保洁等级：主干道 1、次干道 2、其余 3", "cleaning grade: main roads 1, secondary roads 2, others 3"),
        "CJJ/T 126-2022: grades of roads",
        "B",
    ),
    Rule(
        "footway.class",
        "footway",
        Text(
            "主干道、次干道和支路有人行道，快速路和背街小巷没有",
            "main, secondary and branch roads have a footway, expressways and back streets none",
        ),
        "CJJ 37-2012 section 5.3",
        "M",
    ),
    Rule(
        "area.length_width",
        "swept_area_m2",
        Text("清扫面积 = 长度 × 车行道宽度", "area to be swept = length x carriageway width"),
        "definition used where a ledger gives none",
        "A",
    ),
    Rule(
        "level.ground",
        "level",
        Text("未注明桥隧的道路在地面", "a street not said to be bridge or tunnel lies on the ground"),
        "OpenStreetMap wiki, Key:layer: default 0",
        "B",
    ),
    Rule(
        "district.polygon",
        "district",
        Text("所在区按对象中点所在的行政区", "district: the one that holds the middle of the object"),
        "geometry",
        "A",
    ),
    Rule(
        "district.nearest",
        "district",
        Text("中点不在任何区内的道路归最近的区", "a street whose middle lies in no district belongs to the nearest"),
        "geometry",
        "C",
    ),
    Rule(
        "district.hull",
        "name",
        Text("没有行政区界，按一个区包含全部道路", "no district boundaries: one district around all streets"),
        "judgement",
        "M",
    ),
    Rule(
        "kerb.nearest",
        "street",
        Text("路侧设施属于 30 m 内最近的路段", "a kerb fact belongs to the nearest street within 30 m"),
        "geometry; 30 m by judgement",
        "M",
    ),
    Rule(
        "kerb.side",
        "left",
        Text("未注明侧别的泊位按其画线位置", "berths of unknown side lie on the side where they are drawn"),
        "geometry",
        "A",
    ),
    Rule(
        "land.geometry",
        "land_m2",
        Text("面积按轮廓量取", "area measured from the outline"),
        "geometry",
        "A",
    ),
    Rule(
        "area.point",
        "land_m2",
        Text("只有点位的场地按 25 m 见方", "a place known as a point only counts as a square of 25 m"),
        "judgement",
        "M",
    ),
)
BY_KEY: Mapping[str, Rule] = {rule.key: rule for rule in RULES}


def explain(rule: str) -> Text:
    """Return what a rule assumes and its source, in words; the key itself for a rule of a newer program."""
    known = BY_KEY.get(rule)
    if known is None:
        return Text(rule, rule)
    return Text(f"{known.text.zh}（{known.source}）", f"{known.text.en} ({known.source})")


def assume_city(city: City) -> City:
    """Return the city with the blanks of its streets filled, and every object in the district that holds it."""
    streets, districts = city[Streets], city[Districts]
    filled = [assume_streets(streets)] if len(streets) else []
    city = city.with_layers(*filled)
    if len(streets) and KerbFacts in city:
        city = city.with_layers(on_streets(city[KerbFacts], city[Streets]))
    if len(streets) and KerbBerths in city:
        city = city.with_layers(on_sides(on_streets(city[KerbBerths], city[Streets]), city[Streets]))
    return city.with_layers(*(with_districts(layer, districts) for layer in city.layers.values()))


def assume_streets(streets: Streets, districts: Districts | None = None) -> Streets:
    """Return the streets with blanks filled by `RULES`.

    Parameters
    ----------
    streets
        Given values stay as they are.
    districts
        Where they are passed, a street without a district gets the one that holds its middle.
    """
    for fill in _FILLS:
        streets = fill(streets)
    return streets if districts is None else with_districts(streets, districts)


def on_streets(kerbs: K, streets: Streets) -> K:
    """Return kerb facts, or berths, that say no street with the nearest one within `KERB_REACH_M`."""
    import shapely

    tree = shapely.STRtree(streets.geometry.shapely)
    rows, hits = tree.query_nearest(kerbs.geometry.shapely, max_distance=KERB_REACH_M, all_matches=False)
    names = np.full(len(kerbs), "", dtype=streets.ids.dtype)
    names[rows] = streets.ids[hits]
    return kerbs.assume("street", names, "kerb.nearest")


def on_sides(berths: KerbBerths, streets: Streets) -> KerbBerths:
    """Return rows of berths that say no side on that of their street's line where their middle lies."""
    import shapely

    rows = np.array([streets.row_of.get(str(street), -1) for street in berths.street.tolist()], dtype=np.int64)
    known = np.flatnonzero(rows >= 0)
    lines, middle = streets.geometry.shapely[rows[known]], shapely.centroid(berths.geometry.shapely[known])
    at_m = shapely.line_locate_point(lines, middle)
    behind, ahead = (
        shapely.get_coordinates(shapely.line_interpolate_point(lines, np.clip(at_m + d, 0.0, shapely.length(lines))))
        for d in (-0.5, 0.5)
    )
    heading, aside = ahead - behind, shapely.get_coordinates(middle) - behind
    left = np.zeros(len(berths), dtype=bool)
    left[known] = heading[:, 0] * aside[:, 1] - heading[:, 1] * aside[:, 0] > 0
    return berths.assume("left", left, "kerb.side", rows >= 0)


def forget(streets: Streets, rules: frozenset[str] = frozenset(BY_KEY)) -> Streets:
    """Return the streets with the values of some rules blanked again, so that they can be assumed anew."""
    codes = [FIRST_RULE + i for i, rule in enumerate(streets.rules) if rule in rules]
    values: dict[str, Any] = streets.arrays()
    origin = dict(streets.origin)
    for column in streets.columns():
        hit = np.isin(streets.origins(column.name), codes)
        if hit.any():
            values[column.name] = np.where(hit, column.blank(len(streets)), values[column.name])
            origin[column.name] = np.where(hit, MISSING, streets.origins(column.name)).astype(np.uint8)
    return replace(streets, origin=origin, **values)


def _by_class(streets: Streets, table: tuple[float, ...]) -> F64:
    """Return a figure of each street by its class, NaN where the class is unknown, shape (n,)."""
    figures = np.full(max(RoadClass) + 1, np.nan)
    figures[list(CLASSES)] = table
    return figures[streets.road_class]


def _class(streets: Streets) -> Streets:
    return streets.assume("road_class", int(RoadClass.BRANCH), "class.branch")


def _oneway(streets: Streets) -> Streets:
    return streets.assume("oneway", int(Oneway.BOTH), "oneway.untagged")


def _length(streets: Streets) -> Streets:
    least_m = streets.column("length_m").low or 0.0
    return streets.assume("length_m", np.maximum(streets.geometry.lengths_m(), least_m), "length.geometry")


def _lanes(streets: Streets) -> Streets:
    one_way = np.isin(streets.oneway, (Oneway.FORWARD, Oneway.BACKWARD))
    lanes = np.where(one_way, _by_class(streets, N_LANES_ONE_WAY), _by_class(streets, N_LANES_TWO_WAY))
    link = is_link(streets)
    # a street said to have 0 lanes is no better known than one without
    return streets.assume("n_lanes", 1, "lanes.link", link).assume("n_lanes", lanes.astype(np.int32), "lanes.class")


def is_link(streets: Streets) -> Bool:
    """Return which streets are ramps, as far as their OSM tag tells, shape (n,)."""
    tags: AnyArray = streets.extra.get("osm_highway", np.zeros(len(streets), dtype="U1"))
    return np.asarray(np.char.endswith(tags.astype(str), "_link"))


def _width(streets: Streets) -> Streets:
    widths = np.maximum(streets.n_lanes, 1) * _by_class(streets, LANE_M)
    return streets.assume("width_m", widths, "width.lanes")


def _speed(streets: Streets) -> Streets:
    return streets.assume("speed_mps", mps(1.0) * _by_class(streets, SPEED_KMH), "speed.class")


def _flag(column: str, table: tuple[bool, ...], rule: str) -> Callable[[Streets], Streets]:
    def fill(streets: Streets) -> Streets:
        return streets.assume(column, _by_class(streets, table) > 0, rule)

    return fill


def _grade(streets: Streets) -> Streets:
    return streets.assume("cleaning_grade", _by_class(streets, GRADE).astype(np.int32), "grade.class")


def _area(streets: Streets) -> Streets:
    return streets.assume("swept_area_m2", streets.length_m * streets.width_m, "area.length_width")


def _level(streets: Streets) -> Streets:
    return streets.assume("level", 0, "level.ground")


_FILLS: tuple[Callable[[Streets], Streets], ...] = (
    _class, _oneway, _length, _lanes, _width, _speed, _flag("lit", LIT, "lit.class"), _grade,
    _flag("footway", FOOTWAY, "footway.class"), _area, _level,
)  # fmt: skip
