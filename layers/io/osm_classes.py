"""What OSM's highway values mean to a Chinese street ledger, as data.

A ledger knows five classes: 快速路, 主干道, 次干道, 支路 (CJJ 37-2012, 3.1.1) and 背街小巷, the small streets
outside the four. In China motorways and trunks inside a city are its expressways and ring roads, primary its main
roads, secondary its secondary roads; tertiary, unclassified and residential are branch roads. What is called 巷, 弄,
胡同, 里 or the like is a back street, as long as its highway value is no higher than tertiary. Links take the class of
the road that they serve.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from layers.kinds.streets import RoadClass
from layers.text import Text

# Of values that mean no street.
NO_STREET = Text("未读入的道路类别", "highway values that are not streets to drive on")


@dataclass(frozen=True, slots=True)
class Highway:
    """Say what one highway value is to us.

    Parameters
    ----------
    road_class
        Class in the ledger.
    when
        ``drive``: always read; ``service``: read when service roads are asked for; ``walk``: read when footways are
        asked for, and closed to vehicles all day.
    renamed
        Whether a name such as 巷 makes it a back street.
    """

    road_class: RoadClass
    when: str = "drive"
    renamed: bool = False


HIGHWAYS: Mapping[str, Highway] = {
    "motorway": Highway(RoadClass.EXPRESSWAY),
    "motorway_link": Highway(RoadClass.EXPRESSWAY),
    "trunk": Highway(RoadClass.EXPRESSWAY),
    "trunk_link": Highway(RoadClass.EXPRESSWAY),
    "primary": Highway(RoadClass.MAIN),
    "primary_link": Highway(RoadClass.MAIN),
    "secondary": Highway(RoadClass.SECONDARY),
    "secondary_link": Highway(RoadClass.SECONDARY),
    "tertiary": Highway(RoadClass.BRANCH, renamed=True),
    "tertiary_link": Highway(RoadClass.BRANCH),
    "unclassified": Highway(RoadClass.BRANCH, renamed=True),
    "residential": Highway(RoadClass.BRANCH, renamed=True),
    "road": Highway(RoadClass.BRANCH, renamed=True),
    "living_street": Highway(RoadClass.BACK_STREET),
    "service": Highway(RoadClass.BACK_STREET, "service"),
    "track": Highway(RoadClass.BACK_STREET, "service"),
    "busway": Highway(RoadClass.BRANCH, "service"),
    "pedestrian": Highway(RoadClass.BACK_STREET, "walk"),
    "footway": Highway(RoadClass.BACK_STREET, "walk"),
    "path": Highway(RoadClass.BACK_STREET, "walk"),
    "steps": Highway(RoadClass.BACK_STREET, "walk"),
    "cycleway": Highway(RoadClass.BACK_STREET, "walk"),
}
# Service roads that are public back streets (后巷), read even when other service roads are not.
ALLEYS = frozenset({"alley"})

BACK_STREET_ENDINGS = ("巷", "弄", "胡同", "里", "坊", "夹道", "里弄", "后街")

# Ways in a crossing's own circle go one way by OSM's definition, and so do motorways.
ONEWAY_JUNCTIONS = frozenset({"roundabout", "circular"})
ONEWAY_HIGHWAYS = frozenset({"motorway"})


def wanted(tags: Mapping[str, str], service: bool, walk: bool) -> bool:
    """Return whether a way is to be read as a street."""
    highway = HIGHWAYS.get(tags.get("highway", ""))
    if highway is None or tags.get("area") == "yes":
        return False
    if highway.when == "service":
        return service or tags.get("service") in ALLEYS
    return walk or highway.when == "drive"


def class_of(tags: Mapping[str, str]) -> RoadClass:
    """Return the ledger's class of a way with a known highway value."""
    highway = HIGHWAYS[tags["highway"]]
    if highway.renamed and any(tags.get(key, "").endswith(BACK_STREET_ENDINGS) for key in ("name", "name:zh")):
        return RoadClass.BACK_STREET
    return highway.road_class
