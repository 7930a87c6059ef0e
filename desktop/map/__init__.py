"""The map: a canvas that draws hundreds of thousands of streets, in a process of its own."""

from __future__ import annotations

from desktop.map.camera import Camera
from desktop.map.pointer import Tool
from desktop.map.scene import Fill, LegendEntry, MapLayer, Mark, OverlayLayer, Scene, Stroke, legend
from desktop.map.tokens import DARK, LIGHT, MapTokens
from desktop.map.view import MapView

__all__ = [
    "DARK",
    "LIGHT",
    "Camera",
    "Fill",
    "LegendEntry",
    "MapLayer",
    "MapTokens",
    "MapView",
    "Mark",
    "OverlayLayer",
    "Scene",
    "Stroke",
    "Tool",
    "legend",
]
