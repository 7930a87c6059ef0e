"""The inventory as a file: TOML in and out, every figure with unit, source and certainty."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

from layers.errors import InputError
from layers.text import Text
from layers.units import DAY_S
from resources.inventory import Crew, Inventory, Prices, Shift, VehicleKind, VehicleType
from resources.inventory_form import BUREAU, CREW, PRICES, SECTIONS, SHIFT, VEHICLE
from resources.inventory_reader import Entry, Reader
from resources.toml_lines import Lines
from resources.toml_writer import inventory_text, write_text

DEFAULT = "default_inventory.toml"


def default_inventory() -> Inventory:
    """Return the inventory that the program comes with: that of the sample city's bureau."""
    return parse_inventory(files("resources").joinpath(DEFAULT).read_text(encoding="utf-8"), DEFAULT)


def read_inventory(path: Path | str) -> Inventory:
    """Return the inventory in a file.

    Raises
    ------
    InputError
        Where the file cannot be read, or with all that is wrong in it, each with its line.
    """
    path = Path(path)
    try:
        content = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(Text(f"无法读取资源清单 {path}：{reason}", f"inventory {path} cannot be read: {reason}")) from error
    except UnicodeDecodeError as error:
        zh = f"资源清单 {path} 不是 UTF-8 文本（第 {error.start} 字节）；请另存为 UTF-8"
        en = f"inventory {path} is no UTF-8 text (byte {error.start}); save it as UTF-8"
        raise InputError(Text(zh, en)) from error
    return parse_inventory(content, path.name)


def write_inventory(inventory: Inventory, path: Path | str) -> None:
    """Write an inventory, so that `read_inventory` returns an equal one.

    Raises
    ------
    StorageError
        Where the file cannot be written; a file that was there stays whole.
    """
    write_text(Path(path), inventory_text(inventory))


def parse_inventory(text: str, name: str) -> Inventory:
    """Return the inventory that a TOML text holds.

    Parameters
    ----------
    name
        Of the file, for messages.

    Raises
    ------
    InputError
        With all that is wrong in it, each with its line.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            Text(f"资源清单 {name} 不是有效的 TOML：{error}", f"inventory {name} is no TOML: {error}")
        ) from error
    reader = Reader(name, Lines.of(text))
    inventory = _inventory(document, reader)
    if reader.faults or inventory is None:
        zh, en = ("；".join(f.zh for f in reader.faults), "; ".join(f.en for f in reader.faults))
        raise InputError(Text(f"资源清单 {name}：{zh}", f"inventory {name}: {en}"))
    return inventory


def _inventory(document: dict[str, Any], reader: Reader) -> Inventory | None:
    head = {k: v for k, v in document.items() if k not in {s.key for s in SECTIONS}}
    bureau = reader.entry(BUREAU, head, Entry("", 0))
    prices = reader.single(PRICES, document)
    vehicles = reader.entries(VEHICLE, document)
    shifts = reader.entries(SHIFT, document)
    crews = reader.entries(CREW, document)
    for row, values in enumerate(vehicles):
        if values and values["kind"] not in set(VehicleKind):
            reader.wrong(Entry("vehicle", row), "kind", f"{values['kind']!r}", " | ".join(VehicleKind))
    if reader.faults or bureau is None or prices is None:
        return None
    return Inventory(
        name=bureau["name"],
        vehicle_types=tuple(VehicleType(**{**v, "kind": VehicleKind(v["kind"])}) for v in vehicles if v),
        shifts=tuple(_shift(v) for v in shifts if v),
        crews=tuple(Crew(**v) for v in crews if v),
        prices=Prices(**prices),
        spare_ratio=bureau["spare_ratio"],
        sources=bureau["sources"],
    )


def _shift(values: dict[str, Any]) -> Shift:
    # a shift that ends before it starts runs over midnight
    over = DAY_S if values["end_s"] <= values["start_s"] else 0
    return Shift(**{**values, "end_s": values["end_s"] + over})
