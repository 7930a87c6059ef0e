"""Write an inventory as the TOML that people edit by hand."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from layers.errors import StorageError
from layers.text import Text
from layers.units import DAY_S, clock
from resources.inventory import Inventory
from resources.inventory_form import BUREAU, CLOCK, CREW, PRICES, SHIFT, VEHICLE, Figure, Section
from resources.source import Certainty, Source

_UNKNOWN = Source("entered by hand", Certainty.GIVEN)


def inventory_text(inventory: Inventory) -> str:
    """Return an inventory as TOML; equal inventories give equal text."""
    parts = [*_table(BUREAU, inventory)]
    for section, entries in ((VEHICLE, inventory.vehicle_types), (SHIFT, inventory.shifts), (CREW, inventory.crews)):
        for entry in entries:
            parts += ["", f"[[{section.key}]]", *_table(section, entry)]
    parts += ["", f"[{PRICES.key}]", *_table(PRICES, inventory.prices)]
    return "\n".join(parts) + "\n"


def write_text(path: Path, text: str) -> None:
    """Write a text file whole or not at all.

    Raises
    ------
    StorageError
        Where it cannot be written.
    """
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as error:
        Path(temporary).unlink(missing_ok=True) if temporary else None
        reason = error.strerror or str(error)
        raise StorageError(Text(f"无法写入 {path}：{reason}", f"{path} cannot be written: {reason}")) from error


def _table(section: Section, entry: Any) -> Iterator[str]:
    for word in section.words:
        value = getattr(entry.label, word) if word in {"zh", "en"} else getattr(entry, word)
        yield f"{word} = {_quoted(str(value))}"
    for flag in section.flags:
        yield f"{flag} = {str(getattr(entry, flag)).lower()}"
    for figure in section.figures:
        value = getattr(entry, figure.field)
        source = entry.sources.get(figure.field, _UNKNOWN)
        if value or figure.required or figure.field in entry.sources:
            yield f"{figure.key} = {{ {_figure(figure, value)}, {_source(source)} }}"


def _figure(figure: Figure, value: float) -> str:
    if figure.unit == CLOCK:
        return f'value = "{clock(value % DAY_S)}", unit = "{CLOCK}"'
    if figure.is_count:
        return f'value = {value}, unit = "{figure.unit}"'
    # the preferred unit, unless rounding would not give the very same figure back
    for unit, factor in figure.units.items():
        shown = round(value / factor, 9)
        if shown * factor == value:
            return f'value = {shown:.15g}, unit = "{unit}"'
    exact = next(unit for unit, factor in figure.units.items() if factor == 1.0)
    return f'value = {value!r}, unit = "{exact}"'


def _source(source: Source) -> str:
    local = ", local = true" if source.local else ""
    return f'source = {_quoted(source.text)}, certainty = "{source.certainty}"{local}'


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
