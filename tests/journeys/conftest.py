"""Journeys use the window's fixtures."""

from __future__ import annotations

from tests.desktop.conftest import (
    _toy_site,
    empty_window,
    opened,
    settings,
    sited,
    toy,
    window,
    worker,
)

__all__ = ["_toy_site", "empty_window", "opened", "settings", "sited", "toy", "window", "worker"]
