"""The sample city: a seeded generator of a believable Chinese city.

All of it is made up: land, streets, names and figures come from the rules in this folder and the seed, none from a real
place or file. The figures are held against the field's codes by ``tests/sample_city/test_figures.py``. Like a real
ledger, it leaves some cells blank on purpose: height and weight limits where there is none, and bans where there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layers.city import City


def cached(size: str = "city", seed: int = 1) -> City:
    """Return a sample city, kept in the user's cache folder once it was made."""
    from sample_city.cache import load_or_make  # the generator is only needed when it is asked

    return load_or_make(size, seed)
