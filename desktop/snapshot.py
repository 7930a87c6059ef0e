"""What is on the desk as files, so that a killed window loses nothing; each layer and plan is written once. No Qt.

``desk.bin`` names the files of all others and is replaced whole, last: what it names is there. The files are read by the
version that wrote them alone; they live between a crash and the next start, a project file is for keeping.
"""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version
from itertools import count
from pathlib import Path
from typing import Any

from desktop import handover
from desktop.desk import Desk, Entry, Opened, Result
from layers.city import City
from layers.errors import InputError
from layers.kinds import BY_NAME
from layers.text import Text
from optimizer.plan import Plan
from optimizer.scenario import Scenario
from optimizer.wire import pack, unpack
from resources.inventory import Inventory

DESK = "desk.bin"


@dataclass(frozen=True)
class Shot:
    """Hold what is on the desk at one moment.

    Parameters
    ----------
    path
        Of the project file that saving would write; None where there is none.
    """

    city: City
    desk: Desk
    results: Mapping[str, Result]
    path: Path | None = None


@dataclass
class SnapshotFolder:
    """Hold the folder of one window.

    Parameters
    ----------
    folder
        Made when it is first written.
    """

    folder: Path
    _number: Any = field(default_factory=count)
    # What was written, kept so that no other object takes its identity, and the file that has it.
    _written: dict[int, tuple[object, str]] = field(default_factory=dict)

    def write(self, shot: Shot) -> None:
        """Write what has changed since the last time, then the desk.

        Raises
        ------
        OSError
            Where the disk is full or the folder cannot be written.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        kept: dict[int, tuple[object, str]] = {}

        def file_of(value: object, write: Callable[[Path, Any], None]) -> str:
            if id(value) not in kept:
                kept[id(value)] = self._written.get(id(value)) or (value, self._write_one(value, write))
            return kept[id(value)][1]

        document = {
            "version": _version(),
            "at_s": time.time(),
            "path": None if shot.path is None else str(shot.path),
            "city": file_of(shot.city.references, handover.write),
            "name": shot.city.name,
            "epsg": shot.city.epsg,
            "notes": shot.city.notes,
            "layers": [file_of(layer, handover.write) for layer in shot.city.layers.values()],
            "entries": [(e.key, e.parent, _bare(e.scenario)) for e in shot.desk.entries],
            "current": shot.desk.current,
            "entered": shot.desk.entered,
            "results": {k: (file_of(r.plan, _write_plan), _bare(r.scenario)) for k, r in shot.results.items()},
        }
        _replace(self.folder / DESK, pickle.dumps(document, pickle.HIGHEST_PROTOCOL))
        for key in self._written.keys() - kept.keys():
            (self.folder / self._written[key][1]).unlink(missing_ok=True)
        self._written = kept

    def _write_one(self, value: object, write: Callable[[Path, Any], None]) -> str:
        name = f"{next(self._number)}.bin"
        write(self.folder / name, value)
        return name

    def clear(self) -> None:
        """Remove what was written: nothing of it is wanted any more."""
        (self.folder / DESK).unlink(missing_ok=True)
        for _, name in self._written.values():
            (self.folder / name).unlink(missing_ok=True)
        self._written = {}


def written_at_s(folder: Path) -> float | None:
    """Return when a folder was written last, seconds since 1970; None where there is nothing to recover in it."""
    try:
        return (folder / DESK).stat().st_mtime
    except OSError:
        return None


def recover(folder: Path, inventory: Inventory) -> Opened:
    """Return what a folder holds.

    Raises
    ------
    InputError
        Where another version wrote it, or it is damaged.
    """
    try:
        document = pickle.loads((folder / DESK).read_bytes())
        if document["version"] != _version():
            wrote, reads = document["version"], _version()
            zh = f"{folder} 由净城 {wrote} 写成，本版 {reads} 不能恢复；请用原版本打开一次"
            raise InputError(
                Text(zh, f"{folder} was written by version {wrote}, this is {reads}; open that version once to recover it")
            )
        layers = [handover.read(folder / name) for name in document["layers"]]
        references = handover.read(folder / document["city"])
        city = City(
            document["name"], document["epsg"], {layer.KIND: layer for layer in layers}, references, document["notes"]
        )
        entries = tuple(Entry(key, replace(s, city=city), parent) for key, parent, s in document["entries"])
        results = {
            key: _result(_read_plan(folder / name), replace(s, city=city)) for key, (name, s) in document["results"].items()
        }
    except InputError:
        raise
    except Exception as error:  # whatever a damaged pickle raises
        zh = f"{folder} 中的恢复文件已损坏：{error}；请打开上次保存的项目"
        raise InputError(Text(zh, f"what is in {folder} is damaged: {error}; open the project as it was saved")) from error
    path = Path(document["path"]) if document["path"] else None
    return Opened(city, Desk(entries, document["current"], document["entered"]), results, inventory, path)


def _bare(scenario: Scenario) -> Scenario:
    return replace(scenario, city=City(scenario.city.name, scenario.city.epsg))


def _result(plan: Plan, scenario: Scenario) -> Result:
    made_from = plan.provenance.layer_hashes
    return Result(plan, scenario, any(k not in BY_NAME or scenario.city[BY_NAME[k]].hash != h for k, h in made_from.items()))


def _write_plan(path: Path, plan: Plan) -> None:
    # in slices, so that the window's thread gets its turn between them
    path.write_bytes(pickle.dumps(pack(plan), pickle.HIGHEST_PROTOCOL))


def _read_plan(path: Path) -> Plan:
    plan: Plan = unpack(pickle.loads(path.read_bytes()))
    return plan


def _replace(path: Path, content: bytes) -> None:
    beside = path.with_suffix(".new")
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(beside, path)


def _version() -> str:
    try:
        return version("jingcheng")
    except PackageNotFoundError:
        return "0"
