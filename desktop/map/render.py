"""Draw a scene into an image: one plain function that window, render process, printing and tests share."""

from __future__ import annotations

from PySide6.QtGui import QColor, QImage, QPainter

from desktop.map.areas import draw_areas
from desktop.map.borders import borders
from desktop.map.camera import Camera
from desktop.map.labels import draw_labels
from desktop.map.lines import draw_lines, starts
from desktop.map.points import draw_points
from desktop.map.prepare import Cache
from desktop.map.scene import Fill, MapLayer, Scene, Stroke
from layers.geometry import Shape


def render(scene: Scene, camera: Camera, image: QImage, cache: Cache | None = None) -> None:
    """Draw `scene` as `camera` sees it into `image`.

    Parameters
    ----------
    image
        Of `camera.size_device_px`, any format that QPainter takes; painted all over.
    cache
        What earlier images of the same layers left; pass the same one again to be quick.
    """
    cache = Cache() if cache is None else cache
    image.fill(QColor(scene.tokens.ground))
    painter = QPainter(image)
    try:
        paint(painter, scene, camera, cache)
    finally:
        painter.end()


def paint(painter: QPainter, scene: Scene, camera: Camera, cache: Cache) -> None:
    """Draw `scene` without its ground by a painter that has no transform."""
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    for layer in scene.drawn():
        draw_layer(painter, layer, camera, scene, cache)
    draw_labels(painter, scene, camera, cache)


def draw_layer(painter: QPainter, layer: MapLayer, camera: Camera, scene: Scene, cache: Cache) -> None:
    """Draw one layer by its shape; a layer without geometry draws nothing."""
    if not len(layer.geometry):
        return
    shape, prepared, colour = layer.geometry.shape, cache.prepared(layer), scene.tokens.colour
    if shape is Shape.AREA:
        broken = any(isinstance(style, Fill) and style.dash_px for style in layer.styles)
        draw_areas(painter, prepared, camera, colour, cache.made(layer, "borders", borders) if broken else ())
    elif shape is Shape.POINT:
        draw_points(painter, prepared, camera, colour)
    elif shape is Shape.LINE:
        patterned = any(isinstance(style, Stroke) and (style.arrow_px or style.dash_px) for style in layer.styles)
        draw_lines(painter, prepared, camera, colour, cache.made(layer, "starts", starts) if patterned else None)
