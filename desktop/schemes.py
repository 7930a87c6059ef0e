"""Colours that the window and its map share, light and dark; each adds its own. No Qt in it: the map's process loads it."""

from __future__ import annotations

LIGHT = {
    "name": "light",
    "ground": "#fbfaf7",
    "panel": "#ffffff",
    "hairline": "#dfe3e6",
    "text": "#1d2429",
    "secondary": "#66727a",
    "accent": "#0b6e63",
    "missed": "#c2410c",
}
DARK = {
    "name": "dark",
    "ground": "#1f2426",
    "panel": "#23282c",
    "hairline": "#363d42",
    "text": "#e6eaec",
    "secondary": "#9aa5ab",
    "accent": "#4cc2b0",
    "missed": "#f08a5d",
}
