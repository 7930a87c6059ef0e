"""Which part of the city is seen, and how map and screen coordinates go into one another."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from layers.geometry import F64

# A CSS pixel is 1/96 inch; the scale 1:N that the status bar shows rests on it, whatever the screen really measures.
PIXEL_M = 0.0254 / 96

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Camera:
    """Look at the city from above.

    Parameters
    ----------
    x_m, y_m
        Centre of the view in the city's projection.
    mpp
        Metres on the ground that one logical pixel shows.
    width_px, height_px
        Size of the view in logical pixels.
    ratio
        Device pixels in a logical pixel.
    """

    x_m: float
    y_m: float
    mpp: float
    width_px: int
    height_px: int
    ratio: float = 1.0

    @classmethod
    def fit(cls, box: Box, width_px: int, height_px: int, ratio: float = 1.0) -> Camera:
        """Return the view that shows a box (min x, min y, max x, max y; metres) with a margin of 4 %."""
        width_m, height_m = max(box[2] - box[0], 1.0), max(box[3] - box[1], 1.0)
        mpp = 1.08 * max(width_m / max(width_px, 1), height_m / max(height_px, 1))
        return cls((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, mpp, width_px, height_px, ratio)

    @property
    def scale(self) -> float:
        """Denominator of the scale: 8000 for 1:8000."""
        return self.mpp / PIXEL_M

    @property
    def box(self) -> Box:
        """What is seen: min x, min y, max x, max y; metres."""
        half_x, half_y = self.width_px * self.mpp / 2, self.height_px * self.mpp / 2
        return (self.x_m - half_x, self.y_m - half_y, self.x_m + half_x, self.y_m + half_y)

    @property
    def size_device_px(self) -> tuple[int, int]:
        """Width and height of the image of this view."""
        return round(self.width_px * self.ratio), round(self.height_px * self.ratio)

    def to_device(self, xy: F64) -> F64:
        """Return map coordinates of shape (n, 2) as pixels of the image of this view, shape (n, 2), y down."""
        k = self.ratio / self.mpp
        out = np.empty((len(xy), 2))
        np.multiply(xy[:, 0], k, out=out[:, 0])
        np.multiply(xy[:, 1], -k, out=out[:, 1])
        out += (self.width_px * self.ratio / 2 - self.x_m * k, self.height_px * self.ratio / 2 + self.y_m * k)
        return out

    def to_px(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Return a place as logical pixels of this view."""
        return (x_m - self.x_m) / self.mpp + self.width_px / 2, (self.y_m - y_m) / self.mpp + self.height_px / 2

    def to_map(self, x_px: float, y_px: float) -> tuple[float, float]:
        """Return the place on the map under a logical pixel."""
        return self.x_m + (x_px - self.width_px / 2) * self.mpp, self.y_m - (y_px - self.height_px / 2) * self.mpp

    def panned(self, dx_px: float, dy_px: float) -> Camera:
        """Return the view after the map was dragged by so many pixels."""
        return replace(self, x_m=self.x_m - dx_px * self.mpp, y_m=self.y_m + dy_px * self.mpp)

    def zoomed(self, factor: float, x_px: float, y_px: float) -> Camera:
        """Return the view magnified by `factor`, with the place under a pixel kept where it is."""
        x_m, y_m = self.to_map(x_px, y_px)
        moved = replace(self, mpp=self.mpp / factor)
        new_x_m, new_y_m = moved.to_map(x_px, y_px)
        return replace(moved, x_m=self.x_m + x_m - new_x_m, y_m=self.y_m + y_m - new_y_m)

    def grown(self, factor: float) -> Camera:
        """Return the same view with `factor` times its width and height, for an image that can be panned."""
        # the same parity keeps the pixels of both views on one another, so that a panned image stays sharp
        width_px = self.width_px + 2 * round(self.width_px * (factor - 1) / 2)
        height_px = self.height_px + 2 * round(self.height_px * (factor - 1) / 2)
        return replace(self, width_px=width_px, height_px=height_px)

    def covers(self, other: Camera, margin: float = 0.0) -> bool:
        """Tell whether an image of this view shows all of `other` at its scale, and a margin of its size around it."""
        if abs(self.mpp / other.mpp - 1) > 1e-9 or self.ratio != other.ratio:
            return False
        mine, box = self.box, other.box
        dx, dy = margin * (box[2] - box[0]), margin * (box[3] - box[1])
        return mine[0] <= box[0] - dx and mine[1] <= box[1] - dy and mine[2] >= box[2] + dx and mine[3] >= box[3] + dy
