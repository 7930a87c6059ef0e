"""What a file holds before the program knows what it means: columns as they stand, and where each row lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from layers.city import Note
from layers.layer import AnyArray


@dataclass(frozen=True, eq=False)
class Frame:
    """Hold the rows of one file.

    Parameters
    ----------
    name
        File name, for notes.
    columns
        Cells by heading, each of n rows, in the file's order.
    rows
        What a user calls each row: line of a table, number of a feature; shape (n,).
    shapes
        Shapely geometry of each row in the file's coordinates, None where a row has none; None where the file keeps
        coordinates in its columns, or has none.
    epsg
        What the file itself says of its coordinates.
    notes
        What reading already skipped.
    """

    name: str
    columns: Mapping[str, Sequence[Any]]
    rows: AnyArray
    shapes: AnyArray | None = None
    epsg: int | None = None
    notes: tuple[Note, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)
