"""List rows that stand where an earlier row of the same file does: they are kept, and a person decides."""

from __future__ import annotations

import numpy as np
import shapely

from layers.city import Note
from layers.io.located import MAX_LISTED
from layers.layer import AnyArray
from layers.text import Text

SAME_PLACE_M = 1.0


def repeated(points: AnyArray, rows: AnyArray, where: str) -> tuple[Note, ...]:
    """Return a note of each row that lies within `SAME_PLACE_M` of an earlier one; beyond `MAX_LISTED` only how many.

    Parameters
    ----------
    points
        Shapely points, metres.
    rows
        Row numbers in the file, shape (n,).
    """
    one, two = shapely.STRtree(points).query(points, predicate="dwithin", distance=SAME_PLACE_M)
    earliest = np.full(len(points), len(points), dtype=np.int64)
    np.minimum.at(earliest, one, two)
    later = np.flatnonzero(earliest < np.arange(len(points)))
    notes = [_note(where, int(rows[i]), int(rows[earliest[i]])) for i in later[:MAX_LISTED]]
    if len(later) > MAX_LISTED:
        text = Text("其余与前面某行位置相同的行，均保留", "further rows in the place of an earlier one: kept")
        notes.append(Note("doubtful", where, text, len(later) - MAX_LISTED))
    return tuple(notes)


def _note(where: str, row: int, before: int) -> Note:
    text = Text(f"与第 {before} 行位置相同，可能重复，仍保留", f"in the same place as row {before}, perhaps twice: kept")
    return Note("doubtful", f"{where} row {row}", text)
