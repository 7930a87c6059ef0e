"""The routable view of the streets for one mover (a vehicle, a walker) at one hour."""

from __future__ import annotations

from layers.network.build import build
from layers.network.graph import LeftOut, Network
from layers.network.matrix import Matrix, matrix
from layers.network.mover import Mover, TurnCosts
from layers.network.router import Router
from layers.network.snap import Snaps, kept_to_side, snap
from layers.network.states import States
from layers.network.walks import Walks, nearest_walks, walks_within
from layers.network.ways import Way, ways

__all__ = [
    "LeftOut",
    "Matrix",
    "Mover",
    "Network",
    "Router",
    "Snaps",
    "States",
    "TurnCosts",
    "Walks",
    "Way",
    "build",
    "kept_to_side",
    "matrix",
    "nearest_walks",
    "snap",
    "walks_within",
    "ways",
]
