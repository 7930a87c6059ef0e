"""One table with geometry of a plan, as project file, exports and programs that know nothing of us read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from layers.geometry import Geometry
from layers.layer import AnyArray
from layers.style import Style
from layers.text import Text


@dataclass(frozen=True, eq=False)
class FeatureTable:
    """Hold one table of a plan.

    Parameters
    ----------
    name
        Of the table in files.
    geometry
        One row an object, in the city's projection.
    columns
        By name, each of shape (n,).
    """

    name: str
    label: Text
    geometry: Geometry
    columns: dict[str, AnyArray]
    style: Style

    def __len__(self) -> int:
        return len(self.geometry)


def text_columns(values: Mapping[str, Sequence[str]]) -> dict[str, AnyArray]:
    """Return columns of text, of a type of their own even where there are no rows."""
    return {name: np.array(list(column), dtype=None if len(column) else "U1") for name, column in values.items()}
