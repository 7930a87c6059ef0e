"""Colours of the map by role, light and dark; styles name roles, so that a change of theme needs no new scene."""

from __future__ import annotations

from dataclasses import dataclass

from layers.style import Colour

# A role of the tokens, a colour written out, or a pair for light and dark.
Role = str | Colour


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
        """Return the colour of a role; a colour that is written out, such as ``#0072b2``, is returned as it is."""
        if isinstance(role, Colour):
            return role.dark if self.name == "dark" else role.light
        return role if role.startswith("#") else str(getattr(self, role))


LIGHT = MapTokens(
    name="light",
    ground="#fbfaf7",
    water="#cfe3ee",
    water_edge="#b9d4e3",
    green="#dcead6",
    green_edge="#cbdec3",
    main="#b9b4a8",
    main_fill="#e6e2d8",
    other="#d7d3ca",
    other_fill="#ffffff",
    text="#1d2429",
    secondary="#66727a",
    water_text="#4d7f9c",
    green_text="#5b7f50",
    halo="#fbfaf7",
    panel="#ffffff",
    hairline="#dfe3e6",
    accent="#0b6e63",
    selection="#0b6e63",
    missed="#c2410c",
)
DARK = MapTokens(
    name="dark",
    ground="#1f2426",
    water="#203642",
    water_edge="#2b4757",
    green="#24332a",
    green_edge="#2e4235",
    main="#6d7478",
    main_fill="#4a5156",
    other="#434a4e",
    other_fill="#2c3235",
    text="#e6eaec",
    secondary="#9aa5ab",
    water_text="#7fb0c9",
    green_text="#8db380",
    halo="#1f2426",
    panel="#23282c",
    hairline="#363d42",
    accent="#4cc2b0",
    selection="#4cc2b0",
    missed="#f08a5d",
)
THEMES = {tokens.name: tokens for tokens in (LIGHT, DARK)}
