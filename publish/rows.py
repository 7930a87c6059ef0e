"""Rows of a table, as they are read on the screen, in a file that any spreadsheet opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from publish.whole_file import write_whole

_BOM = "\ufeff"  # spreadsheets take a file without it for one in the system's own code page


def write_rows(heads: Sequence[str], rows: Iterable[Sequence[str]], path: Path) -> None:
    """Write headings and rows as CSV in UTF-8.

    Raises
    ------
    StorageError
        Where the file cannot be written; a file that was there stays whole.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows(rows)
    write_whole(path, _BOM + text.getvalue())
