"""Bring scenes to another process: arrays as memory-mapped files, each layer once."""

from __future__ import annotations

import io
import mmap
import pickle
import tempfile
import weakref
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.map.camera import Camera
from desktop.map.scene import MapLayer, Scene

# Smaller arrays travel in the message itself.
FILE_FROM_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Parcel:
    """Hold a scene on its way: the layers that the other side has not seen yet, each under its number, and the rest."""

    layers: tuple[tuple[int, bytes], ...]
    scene: bytes
    kept: frozenset[int]


class Sender:
    """Pack scenes for one receiver; a layer that was sent before is only named again."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="jingcheng-map-")
        self._arrays: dict[int, tuple[weakref.ref[NDArray[Any]], Path]] = {}
        self._numbers: weakref.WeakKeyDictionary[MapLayer, int] = weakref.WeakKeyDictionary()
        self._sent: set[int] = set()
        self._n_files = self._n_layers = 0

    def pack(self, scene: Scene) -> Parcel:
        """Return what the receiver must be sent to know `scene`."""
        fresh = []
        layers = (*scene.layers, *scene.overlays)
        for layer in layers:
            if layer not in self._numbers:
                self._n_layers += 1
                self._numbers[layer] = self._n_layers
            number = self._numbers[layer]
            if number not in self._sent:
                fresh.append((number, self._dump(layer, {})))
        kept = frozenset(self._numbers[layer] for layer in layers)
        self._sent = set(kept)
        return Parcel(tuple(fresh), self._dump(scene, {id(layer): self._numbers[layer] for layer in layers}), kept)

    def forget(self) -> None:
        """Send everything again from now on: the receiver is another one."""
        self._sent = set()

    def close(self) -> None:
        """Remove the files."""
        self._arrays.clear()
        self._folder.cleanup()

    def _dump(self, what: MapLayer | Scene, known: dict[int, int]) -> bytes:
        buffer, sender = io.BytesIO(), self

        class Pickler(pickle.Pickler):
            def persistent_id(self, obj: Any) -> Any:
                if id(obj) in known:
                    return ("layer", known[id(obj)])
                if isinstance(obj, np.ndarray) and obj.nbytes >= FILE_FROM_BYTES and obj.dtype.kind != "O":
                    return ("array", *sender.place(obj))
                return None

        Pickler(buffer, protocol=pickle.HIGHEST_PROTOCOL).dump(what)
        return buffer.getvalue()

    def place(self, array: NDArray[Any]) -> tuple[str, str, tuple[int, ...], int]:
        """Return the file that holds an array, with dtype, shape and offset; writes it where there is none yet."""
        # a view of a memory map says the offset of the whole, so only the whole itself can be named
        if isinstance(array, np.memmap) and isinstance(array.base, mmap.mmap) and array.filename is not None:
            return str(array.filename), array.dtype.str, array.shape, array.offset
        known = self._arrays.get(id(array))
        if known is None or known[0]() is not array:
            self._n_files += 1
            path = Path(self._folder.name) / f"{self._n_files}.bin"
            np.ascontiguousarray(array).tofile(path)
            known = self._arrays[id(array)] = (weakref.ref(array), path)
            weakref.finalize(array, _remove, path, self._arrays, id(array)).atexit = False
        return str(known[1]), array.dtype.str, array.shape, 0


def _remove(path: Path, arrays: dict[int, Any], key: int) -> None:
    arrays.pop(key, None)
    try:
        path.unlink(missing_ok=True)
    except PermissionError:  # still mapped by the receiver (Windows); goes with the folder
        return


@dataclass(slots=True)
class Receiver:
    """Unpack scenes, on the other side."""

    layers: dict[int, MapLayer] = field(default_factory=dict)

    def unpack(self, parcel: Parcel) -> Scene:
        """Return the scene, its layers the same objects as in earlier scenes."""
        for number, data in parcel.layers:
            self.layers[number] = self._load(data)
        self.layers = {number: layer for number, layer in self.layers.items() if number in parcel.kept}
        scene: Scene = self._load(parcel.scene)
        return scene

    def _load(self, data: bytes) -> Any:
        layers = self.layers

        class Unpickler(pickle.Unpickler):
            def persistent_load(self, pid: Any) -> Any:
                if pid[0] == "layer":
                    return layers[pid[1]]
                path, dtype, shape, offset = pid[1:]
                return np.asarray(np.memmap(path, dtype=dtype, mode="r", offset=offset, shape=shape))

        return Unpickler(io.BytesIO(data)).load()


@dataclass(frozen=True, slots=True)
class Order:
    """Ask for an image of a view, in the shared memory of this name."""

    camera: Camera
    memory: str
