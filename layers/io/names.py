"""Names that files give to what they hold."""

from __future__ import annotations

from pathlib import Path


def city_name(path: Path) -> str:
    """Return a file's name without its endings."""
    return path.name.split(".")[0] or path.name
