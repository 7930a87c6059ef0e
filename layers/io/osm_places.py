"""The facilities that OSM knows, as data: which tags make which object of which layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from layers.kinds.facilities import PlantKind, Plants, Toilets, TransferStations, WastePoints, WaterPoints
from layers.kinds.parking import KerbFacts, KerbKind, LotKind, Lots
from layers.kinds.places import CrowdKind, CrowdPlaces, SensitiveKind, SensitivePlaces
from layers.layer import Layer


@dataclass(frozen=True, slots=True)
class Facility:
    """Say that one tag makes an object of one layer.

    Parameters
    ----------
    key, value
        The tag.
    kind
        The layer.
    fixed
        Values that follow from the tag itself, by column.
    """

    key: str
    value: str
    kind: type[Layer]
    fixed: Mapping[str, int] = field(default_factory=dict)


def _crowd(kind: CrowdKind) -> Mapping[str, int]:
    return {"crowd": int(kind)}


def _sensitive(kind: SensitiveKind) -> Mapping[str, int]:
    return {"sensitive": int(kind)}


def _kerb(kind: KerbKind) -> Mapping[str, int]:
    return {"kerb": int(kind)}


# The first that fits wins.
FACILITIES: tuple[Facility, ...] = (
    Facility("amenity", "toilets", Toilets),
    Facility("amenity", "parking", Lots, {"lot": int(LotKind.CAR_PARK)}),
    Facility("amenity", "waste_basket", WastePoints),
    Facility("amenity", "waste_disposal", WastePoints),
    Facility("amenity", "recycling", WastePoints),
    Facility("amenity", "waste_transfer_station", TransferStations),
    Facility("plant:source", "waste", Plants, {"plant": int(PlantKind.INCINERATOR)}),
    Facility("landuse", "landfill", Plants, {"plant": int(PlantKind.LANDFILL)}),
    Facility("amenity", "water_point", WaterPoints),
    Facility("emergency", "fire_hydrant", KerbFacts, _kerb(KerbKind.HYDRANT)),
    Facility("highway", "bus_stop", KerbFacts, _kerb(KerbKind.BUS_STOP)),
    Facility("highway", "crossing", KerbFacts, _kerb(KerbKind.CROSSING)),
    Facility("amenity", "school", SensitivePlaces, _sensitive(SensitiveKind.SCHOOL)),
    Facility("amenity", "kindergarten", SensitivePlaces, _sensitive(SensitiveKind.SCHOOL)),
    Facility("amenity", "university", SensitivePlaces, _sensitive(SensitiveKind.SCHOOL)),
    Facility("amenity", "college", SensitivePlaces, _sensitive(SensitiveKind.SCHOOL)),
    Facility("amenity", "hospital", SensitivePlaces, _sensitive(SensitiveKind.HOSPITAL)),
    Facility("amenity", "marketplace", CrowdPlaces, _crowd(CrowdKind.MARKET)),
    Facility("amenity", "bus_station", CrowdPlaces, _crowd(CrowdKind.STATION)),
    Facility("railway", "station", CrowdPlaces, _crowd(CrowdKind.STATION)),
    Facility("shop", "mall", CrowdPlaces, _crowd(CrowdKind.MALL)),
    Facility("leisure", "stadium", CrowdPlaces, _crowd(CrowdKind.STADIUM)),
    Facility("leisure", "park", CrowdPlaces, _crowd(CrowdKind.PARK)),
    Facility("place", "square", CrowdPlaces, _crowd(CrowdKind.SQUARE)),
    Facility("tourism", "attraction", CrowdPlaces, _crowd(CrowdKind.SIGHT)),
)
POINT_KEYS = tuple(sorted({f.key for f in FACILITIES} - {"highway"}))
_BY_TAG = {(f.key, f.value): f for f in reversed(FACILITIES)}


def facility(tags: Mapping[str, str]) -> Facility | None:
    """Return what the tags make, or None."""
    hits = (_BY_TAG.get((key, value)) for key, value in tags.items())
    found = [hit for hit in hits if hit is not None]
    return min(found, key=FACILITIES.index) if found else None


def is_place(tags: Mapping[str, str]) -> bool:
    """Return whether the tags make a facility."""
    return facility(tags) is not None
