"""Colours, light and dark, and fonts that window and map share; each adds its own. No Qt: the map's process loads it."""

from __future__ import annotations

# Families that hold Chinese; the first that is there is taken.
FONTS = ("Noto Sans CJK SC", "Noto Sans SC", "WenQuanYi Micro Hei", "Microsoft YaHei", "PingFang SC")
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
