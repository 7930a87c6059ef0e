"""Colours of the map by role, light and dark; styles name roles, so that a change of theme needs no new scene."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from desktop import schemes
from layers.style import Colour

# A role of the tokens, a colour written out, or a pair for light and dark.
Role = str | Colour

# WCAG 2.2, success criterion 1.4.11, asks for 3 to 1; lines are thin, so a little more.
LEAST_CONTRAST = 3.5


@dataclass(frozen=True, slots=True)
class MapTokens:
    """Give each role on the map its colour, as ``#rrggbb``.

    Parameters
    ----------
    ground, water, green
        What lies under everything.
    main, other
        Lines of main and of other streets.
    main_fill, other_fill
        Inside of a street that is drawn wide enough to show its edges.
    halo
        Rim around text, arrows and points.
    """

    name: str
    ground: str
    water: str
    water_edge: str
    green: str
    green_edge: str
    main: str
    main_fill: str
    other: str
    other_fill: str
    text: str
    secondary: str
    water_text: str
    green_text: str
    halo: str
    panel: str
    hairline: str
    accent: str
    selection: str
    missed: str

    def colour(self, role: Role) -> str:
        """Return the colour of a role; one that is written out, such as ``#0072b2``, is made to stand off a dark ground."""
        if isinstance(role, Colour):
            return role.dark if self.name == "dark" else role.light
        if not role.startswith("#"):
            return str(getattr(self, role))
        return lifted(role, self.ground) if self.name == "dark" else role


@lru_cache(maxsize=256)
def lifted(colour: str, ground: str) -> str:
    """Return a colour mixed with as little white as gives it the contrast to a dark ground that signs need."""
    channels = _channels(colour)
    for white_share in range(0, 100, 4):
        mixed = [c + (255 - c) * white_share / 100 for c in channels]
        if contrast(mixed, _channels(ground)) >= LEAST_CONTRAST:
            return "#" + "".join(f"{round(c):02x}" for c in mixed)
    return colour


def contrast(a: Sequence[float], b: Sequence[float]) -> float:
    """Return the contrast of two colours, channels 0 to 255, by WCAG 2.2 (relative luminance)."""
    bright, dim = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(channels: Sequence[float]) -> float:
    linear = [c / 255 / 12.92 if c <= 0.04045 * 255 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


LIGHT = MapTokens(
    **schemes.LIGHT,
    water="#cfe3ee",
    water_edge="#b9d4e3",
    green="#dcead6",
    green_edge="#cbdec3",
    main="#b9b4a8",
    main_fill="#e6e2d8",
    other="#d7d3ca",
    other_fill="#ffffff",
    water_text="#4d7f9c",
    green_text="#5b7f50",
    halo="#fbfaf7",
    selection="#0b6e63",
)
DARK = MapTokens(
    **schemes.DARK,
    water="#203642",
    water_edge="#2b4757",
    green="#24332a",
    green_edge="#2e4235",
    main="#6d7478",
    main_fill="#4a5156",
    other="#434a4e",
    other_fill="#2c3235",
    water_text="#7fb0c9",
    green_text="#8db380",
    halo="#1f2426",
    selection="#4cc2b0",
)
THEMES = {tokens.name: tokens for tokens in (LIGHT, DARK)}
