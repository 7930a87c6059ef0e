"""Layers as memory-mapped files, named by their content, by which they reach other processes.

Handing 100 MB to a spawned process as an argument blocks its starter for 0.8 s; a file that is mapped costs nothing, and
the second worker that wants the same layer finds it there.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from layers.city import City
from layers.errors import StorageError
from layers.geometry import Geometry, Shape
from layers.kinds import BY_NAME
from layers.layer import AnyArray, Layer
from layers.text import Text
from layers.units import DAY_S

_PREFIX = "jingcheng-layers-"
_STALE_S = 7 * DAY_S


def make_store() -> Path:
    """Return a new folder for layers, which is removed when this process ends.

    Folders that a killed process left behind a week ago are removed too.
    """
    base = Path(tempfile.gettempdir())
    for old in base.glob(f"{_PREFIX}*"):
        if time.time() - _changed_s(old) > _STALE_S:
            shutil.rmtree(old, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _changed_s(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return time.time()  # another process has just removed it


def store(layer: Layer, folder: Path) -> str:
    """Write a layer, unless one of the same content is there, and return its key.

    Several processes may do so at once: a layer is made beside its place and renamed into it.

    Raises
    ------
    StorageError
        Where the disk of temporary files is full.
    """
    key = layer.hash
    try:
        if not (folder / key).is_dir():
            _write(layer, key, folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(
            Text(
                f"无法在 {folder} 存放图层“{layer.LABEL.zh}”：{reason}；请清理临时文件所在的磁盘",
                f"cannot store the layer {layer.KIND} in {folder}: {reason}; free space on the disk of temporary files",
            )
        ) from error
    return key


def _write(layer: Layer, key: str, folder: Path) -> None:
    place = folder / key
    made = Path(tempfile.mkdtemp(prefix=f"{key}-", dir=folder))
    names = []
    for i, (name, array) in enumerate(_arrays(layer)):
        # object arrays cannot be mapped; they are rare and read whole
        np.save(made / f"{i}.npy", array, allow_pickle=array.dtype.kind == "O")
        names.append(name)
    manifest = {"kind": layer.KIND, "shape": str(layer.geometry.shape), "rules": layer.rules, "arrays": names}
    (made / "layer.json").write_text(json.dumps(manifest), encoding="utf-8")
    try:
        os.rename(made, place)
    except OSError:
        if not place.is_dir():
            raise
        shutil.rmtree(made, ignore_errors=True)  # somebody was quicker


def _arrays(layer: Layer) -> Iterator[tuple[str, AnyArray]]:
    yield "ids", layer.ids
    yield "coords", layer.geometry.coords
    yield from ((f"offsets.{i}", o) for i, o in enumerate(layer.geometry.offsets))
    yield from ((f"column.{k}", v) for k, v in layer.arrays().items())
    yield from ((f"origin.{k}", v) for k, v in layer.origin.items())
    yield from ((f"extra.{k}", v) for k, v in layer.extra.items())


def load(folder: Path, key: str) -> Layer:
    """Return a stored layer; its arrays are mapped and read-only."""
    place = folder / key
    manifest = json.loads((place / "layer.json").read_text(encoding="utf-8"))
    arrays = {name: _open(place / f"{i}.npy") for i, name in enumerate(manifest["arrays"])}

    def part(prefix: str) -> dict[str, AnyArray]:
        return {k[len(prefix) :]: v for k, v in arrays.items() if k.startswith(prefix)}

    layer = BY_NAME[manifest["kind"]](
        ids=arrays["ids"],
        geometry=Geometry(Shape(manifest["shape"]), arrays["coords"], tuple(part("offsets.").values())),
        origin=part("origin."),
        rules=tuple(manifest["rules"]),
        extra=part("extra."),
        **part("column."),
    )
    layer.__dict__["hash"] = key  # known, so it need not be computed again
    return layer


def _open(path: Path) -> AnyArray:
    try:
        array = np.load(path, mmap_mode="r", allow_pickle=False)
    except ValueError:  # an array of objects, or an empty one, which cannot be mapped
        array = np.load(path, allow_pickle=True)
    return np.asarray(array)


@dataclass(frozen=True, slots=True)
class CityHandle:
    """Name a stored city; small, so that it travels quickly.

    Parameters
    ----------
    folder
        Of the store.
    keys
        Key of each layer.
    """

    folder: Path
    name: str
    epsg: int
    keys: tuple[str, ...]


def store_city(city: City, folder: Path) -> CityHandle:
    """Store all layers of a city; free layers and notes, which no planner reads, stay behind."""
    return CityHandle(folder, city.name, city.epsg, tuple(store(layer, folder) for layer in city.layers.values()))


def load_city(handle: CityHandle) -> City:
    """Return a stored city."""
    layers = [load(handle.folder, key) for key in handle.keys]
    return City(name=handle.name, epsg=handle.epsg, layers={layer.KIND: layer for layer in layers})
