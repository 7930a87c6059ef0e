"""What is selected or under the cursor, drawn by the window itself so that it answers at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from PySide6.QtGui import QPainter

from desktop.map.camera import Camera
from desktop.map.pick import Hit
from desktop.map.prepare import Cache
from desktop.map.render import paint
from desktop.map.scene import Fill, MapLayer, Mark, Scene, Stroke, Style
from desktop.map.tokens import MapTokens
from layers.geometry import Shape

_HOVER: dict[Shape, Style] = {
    Shape.LINE: Stroke("selection", 4.0, halo_px=1.5),
    Shape.AREA: Fill(outline="selection", outline_px=1.5),
    Shape.POINT: Mark("selection", "ring", 18.0, 14.0),
}
_SELECTED: dict[Shape, Style] = {
    Shape.LINE: Stroke("selection", 5.5, halo_px=2.0),
    Shape.AREA: Fill("selection", "selection", 2.5, opacity=0.14),
    Shape.POINT: Mark("selection", "ring", 20.0, 16.0),
}


class Glow:
    """Hold what stands out."""

    def __init__(self) -> None:
        self._layers: dict[str, MapLayer] = {}
        self._selected: tuple[MapLayer, ...] = ()
        self._hovered: tuple[MapLayer, ...] = ()
        self._cache = Cache()

    def set_layers(self, layers: Iterable[MapLayer]) -> None:
        """Take the layers that items are rows of; nothing stands out any more."""
        self._layers = {layer.key: layer for layer in layers}
        self._selected = self._hovered = ()

    def select(self, items: Iterable[Hit]) -> None:
        """Let these stand out."""
        self._selected = self._picked(items, _SELECTED)

    def hover(self, item: Hit | None) -> None:
        """Let this one stand out a little."""
        self._hovered = self._picked([] if item is None else [item], _HOVER)

    def paint(self, painter: QPainter, camera: Camera, tokens: MapTokens) -> None:
        """Paint what stands out; `painter` counts logical pixels."""
        if not (self._selected or self._hovered):
            return
        self._cache.keep((*self._selected, *self._hovered))
        scene = Scene(layers=(*self._hovered, *self._selected), tokens=tokens)
        painter.save()
        paint(painter, scene, replace(camera, ratio=1.0), self._cache)
        painter.restore()

    def _picked(self, items: Iterable[Hit], styles: dict[Shape, Style]) -> tuple[MapLayer, ...]:
        by_key: dict[str, list[int]] = {}
        for key, row in items:
            by_key.setdefault(key, []).append(row)
        found = [(self._layers[key], rows) for key, rows in by_key.items() if key in self._layers]
        return tuple(
            MapLayer(layer.key, layer.geometry.take(np.array(rows)), (styles[layer.geometry.shape],), order=layer.order)
            for layer, rows in found
            if layer.geometry.shape in styles
        )
