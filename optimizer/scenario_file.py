"""A scenario as a TOML file, for the command line.

::

    name = "夜班试排"                 # shown
    planner = "sweeping"             # must be the planner that is called
    inventory = "fleet.toml"         # beside this file; the default inventory where it is absent
    documents = ["nanjing"]          # whose targets bind; all where it is absent

    [params]
    time_limit_s = 60

    [[lock]]
    item = "w12-3:R"
    vehicle = "扫路车 03"
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from layers.errors import InputError
from layers.meant import meant
from layers.text import Text
from optimizer.codec import decode
from optimizer.params import Value
from optimizer.scenario import Lock
from resources.inventory import Inventory
from resources.io import default_inventory, read_inventory

_KEYS = ("name", "planner", "inventory", "documents", "params", "lock")


@dataclass(frozen=True)
class ScenarioFile:
    """Hold what a scenario file says; the city comes from elsewhere."""

    name: str = ""
    planner: str = ""
    inventory: Inventory = field(default_factory=default_inventory)
    documents: tuple[str, ...] = ()
    params: Mapping[str, Value] = field(default_factory=dict)
    locks: tuple[Lock, ...] = ()


def read_scenario(path: Path) -> ScenarioFile:
    """Read a scenario file.

    Raises
    ------
    InputError
        Where it is missing, no TOML, or says something unknown.
    """
    document = _toml(path)
    _refuse_unknown(path, document, _KEYS, "")
    where = path.name
    inventory = document.get("inventory")
    locks = decode(list_of_tables, document.get("lock", []), f"{where}: lock")
    return ScenarioFile(
        name=decode(str, document.get("name", ""), f"{where}: name"),
        planner=decode(str, document.get("planner", ""), f"{where}: planner"),
        inventory=default_inventory()
        if inventory is None
        else read_inventory(path.parent / decode(str, inventory, f"{where}: inventory")),
        documents=decode(tuple[str, ...], document.get("documents", []), f"{where}: documents"),
        params=decode(dict[str, Any], document.get("params", {}), f"{where}: params"),
        locks=tuple(_lock(path, entry) for entry in locks),
    )


list_of_tables = tuple[dict[str, Any], ...]


def _lock(path: Path, entry: dict[str, Any]) -> Lock:
    _refuse_unknown(path, entry, sorted(f.name for f in fields(Lock)), "[[lock]]")
    return decode(Lock, entry, f"{path.name}: lock")


def _refuse_unknown(path: Path, entry: Iterable[str], known: Sequence[str], where: str) -> None:
    unknown = [k for k in entry if k not in known]
    if unknown:
        zh = f"{where} 中没有“{unknown[0]}”这一项" if where else f"“{unknown[0]}”不是方案文件的项"
        en = f"unknown key {unknown[0]!r}" + (f" in {where}" if where else "")
        hint = meant(unknown[0], known)
        raise _wrong(path, f"{zh}{hint.zh}", f"{en}{hint.en}")


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise _wrong(path, f"无法读取：{reason}", f"cannot be read: {reason}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _wrong(path, f"不是完好的 TOML：{error}", f"no sound TOML: {error}") from error


def _wrong(path: Path, zh: str, en: str) -> InputError:
    return InputError(Text(f"方案文件 {path}：{zh}", f"scenario file {path}: {en}"))
