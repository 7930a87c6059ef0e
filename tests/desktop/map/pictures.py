"""Shapes and images that the tests of the map share."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from desktop.map.camera import Camera
from desktop.map.render import render
from desktop.map.scene import Scene
from layers.geometry import Geometry, Shape


def square(x: float, y: float, side: float, hole: float = 0.0) -> list[list[tuple[float, float]]]:
    """Return the rings of a square about a centre, with a square hole."""

    def ring(half: float) -> list[tuple[float, float]]:
        return [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half), (x - half, y - half)]

    return [ring(side / 2)] + ([ring(hole / 2)] if hole else [])


def areas(*polygons: list[list[tuple[float, float]]]) -> Geometry:
    """Return areas of one polygon each."""
    rings = [ring for polygon in polygons for ring in polygon]
    coords = np.array([xy for ring in rings for xy in ring], dtype=np.float64)
    of_ring = np.concatenate([[0], np.cumsum([len(ring) for ring in rings])])
    of_polygon = np.concatenate([[0], np.cumsum([len(polygon) for polygon in polygons])])
    return Geometry(Shape.AREA, coords, (of_ring, of_polygon, np.arange(len(polygons) + 1)))


def drawn(scene: Scene, camera: Camera) -> QImage:
    """Return the image of a scene."""
    image = QImage(*camera.size_device_px, QImage.Format.Format_RGB32)
    render(scene, camera, image)
    return image


def colour_at(image: QImage, camera: Camera, x_m: float, y_m: float) -> str:
    """Return the colour at a place of the map."""
    x_px, y_px = camera.to_px(x_m, y_m)
    return image.pixelColor(int(x_px * camera.ratio), int(y_px * camera.ratio)).name()


def pixels(image: QImage) -> NDArray[np.uint32]:
    """Return the colours of all pixels as 0xffrrggbb, shape (height, width)."""
    flat = np.frombuffer(image.constBits(), dtype=np.uint32)
    return flat.reshape(image.height(), image.bytesPerLine() // 4)[:, : image.width()].copy()


def n_pixels(image: QImage, colour: str) -> int:
    """Count the pixels of a colour."""
    return int((pixels(image) == QColor(colour).rgb()).sum())
