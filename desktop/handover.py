"""Hand a big value from one process to another: its arrays stay in a file that the receiver maps, so nothing is copied."""

from __future__ import annotations

import mmap
import pickle
import struct
from pathlib import Path
from typing import Any

_HEAD = struct.Struct("<Q")
_ALIGN = 64


def write(path: Path, value: object) -> None:
    """Write a value; its arrays go behind it, aligned."""
    buffers: list[pickle.PickleBuffer] = []
    body = pickle.dumps(value, protocol=5, buffer_callback=buffers.append)
    raw = [b.raw() for b in buffers]
    places, at = [], 0
    for view in raw:
        places.append((at, view.nbytes))
        at += -(-view.nbytes // _ALIGN) * _ALIGN
    head = pickle.dumps((body, places), protocol=5)
    start = -(-(_HEAD.size + len(head)) // _ALIGN) * _ALIGN
    with path.open("wb") as file:
        file.write(_HEAD.pack(len(head)))
        file.write(head)
        for (offset, _), view in zip(places, raw, strict=True):
            file.seek(start + offset)
            file.write(view)
        file.truncate(start + at)


def read(path: Path) -> Any:
    """Return the value of a file that `write` made in this program; its arrays are read-only views of the file."""
    with path.open("rb") as file:
        whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    (n_head,) = _HEAD.unpack_from(whole)
    body, places = pickle.loads(whole[_HEAD.size : _HEAD.size + n_head])
    start = -(-(_HEAD.size + n_head) // _ALIGN) * _ALIGN
    views = [whole[start + offset : start + offset + size] for offset, size in places]
    return pickle.loads(body, buffers=views)
