"""Geometry as GeoPackage blobs (OGC 12-128r19, clause 2.1.3) and back, a whole column at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from layers.geometry import Geometry, Shape

_ENVELOPE = np.dtype(
    [("magic", "S2"), ("version", "u1"), ("flags", "u1"), ("srs", "<i4"), ("box", "<f8", (4,))], align=False
)  # fmt: skip
_BARE = np.dtype([("magic", "S2"), ("version", "u1"), ("flags", "u1"), ("srs", "<i4")], align=False)
_LITTLE_ENDIAN, _WITH_ENVELOPE = 0b0001, 0b0010
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
_TYPES = {Shape.POINT: {0}, Shape.LINE: {1}, Shape.AREA: {3, 6}}  # as shapely numbers them


def to_blobs(geometry: Geometry, epsg: int) -> list[bytes | None]:
    """Return one blob a row, None where the row is empty; lines and areas carry their envelope for quick indexing."""
    n = len(geometry)
    boxes = geometry.bounds
    filled = np.isfinite(boxes).all(axis=1)
    if geometry.shape is Shape.NONE or not filled.any():
        return [None] * n
    wkb = shapely.to_wkb(geometry.take(np.flatnonzero(filled)).shapely, byte_order=1)
    heads = np.zeros(len(wkb), dtype=_BARE if geometry.shape is Shape.POINT else _ENVELOPE)
    heads["magic"], heads["srs"], heads["flags"] = b"GP", epsg, _LITTLE_ENDIAN
    if geometry.shape is not Shape.POINT:
        heads["flags"] = _LITTLE_ENDIAN | _WITH_ENVELOPE
        heads["box"] = boxes[filled][:, [0, 2, 1, 3]]
    raw, size = heads.tobytes(), heads.dtype.itemsize
    blobs: list[bytes | None] = [None] * n
    for k, row in enumerate(np.flatnonzero(filled).tolist()):
        blobs[row] = raw[k * size : (k + 1) * size] + wkb[k]
    return blobs


def from_blobs(shape: Shape, blobs: Sequence[bytes | None]) -> Geometry:
    """Return the geometry that blobs hold; missing and empty ones become empty rows.

    Raises
    ------
    ValueError
        Where a blob is damaged or not of that shape.
    """
    if shape is Shape.NONE or not blobs:
        return Geometry.none(len(blobs)) if blobs else Geometry.from_shapely(shape, [])
    try:
        shapes = shapely.from_wkb([None if b is None else _wkb(b) for b in blobs])
    except shapely.GEOSException as error:
        raise ValueError(str(error)) from error
    filled = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    if not set(shapely.get_type_id(shapes[filled]).tolist()) <= _TYPES[shape]:
        raise ValueError(f"a geometry is no {shape}")
    packed = Geometry.from_shapely(shape, shapes[filled])
    return packed if filled.all() else _with_gaps(packed, filled)


def _wkb(blob: object) -> bytes:
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < 8:
        raise ValueError("no GeoPackage geometry")
    kind = (blob[3] >> 1) & 0b111
    if kind >= len(_ENVELOPE_BYTES):
        raise ValueError("damaged GeoPackage geometry")
    return blob[8 + _ENVELOPE_BYTES[kind] :]


def _with_gaps(packed: Geometry, filled: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Geometry:
    """Return `packed` with an empty row wherever `filled` says that there is none."""
    before = np.concatenate([[0], np.cumsum(filled)]).astype(np.int64)
    if not packed.offsets:
        coords = np.full((len(filled), 2), np.nan)
        coords[filled] = packed.coords
        return Geometry(packed.shape, coords)
    return Geometry(packed.shape, packed.coords, (*packed.offsets[:-1], packed.offsets[-1][before]))
