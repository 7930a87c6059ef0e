"""The kinds of layer that a city can have, in the order that panels and files show them."""

from __future__ import annotations

from layers.kinds.facilities import CandidateSites, Depots, Plants, Toilets, TransferStations, WastePoints, WaterPoints
from layers.kinds.junctions import Junctions, Turns
from layers.kinds.parking import KerbBerths, KerbFacts, Lots, ParkingDemand
from layers.kinds.places import Communities, CrowdPlaces, Districts, Population, SensitivePlaces
from layers.kinds.streets import Streets
from layers.layer import Layer

KINDS: tuple[type[Layer], ...] = (
    Districts,
    Communities,
    Streets,
    Junctions,
    Turns,
    Population,
    Depots,
    WaterPoints,
    Plants,
    TransferStations,
    CandidateSites,
    WastePoints,
    Toilets,
    CrowdPlaces,
    SensitivePlaces,
    Lots,
    KerbFacts,
    KerbBerths,
    ParkingDemand,
)
AT_STREETS: tuple[type[KerbFacts | KerbBerths | WastePoints], ...] = (
    KerbFacts,
    KerbBerths,
    WastePoints,
)  # their column `street` names one
BY_NAME = {kind.KIND: kind for kind in KINDS}
