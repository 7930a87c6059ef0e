"""Write one layer of a city to a file; the file's ending says the format."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import shapely

from layers.city import City, Reference
from layers.errors import InputError, StorageError
from layers.geometry import Geometry, Shape
from layers.io.fields import guess_kind
from layers.io.geojson import write_geojson
from layers.io.table import write_table
from layers.layer import AnyArray, Column, Layer
from layers.projection import unproject
from layers.text import Text

ENDINGS = (".geojson", ".json", ".csv", ".gpkg")
N_DECIMALS = 7


def write_layer(city: City, word: str, path: Path) -> int:
    """Write a layer, and return how many objects it has.

    Parameters
    ----------
    word
        Kind of the layer, in any of its names, or the name of a free layer.
    path
        Ends in ``.geojson``, ``.csv`` or ``.gpkg``. The old file stays whole where writing fails.

    Raises
    ------
    InputError
        Where the city has no such layer, or the ending is none of ours.
    StorageError
        Where the place cannot be written.
    """
    if path.suffix.lower() not in ENDINGS:
        zh, en = (
            f"不能写“{path}”；文件应以 {'、'.join(ENDINGS)} 结尾",
            f"cannot write {str(path)!r}; it should end in {', '.join(ENDINGS)}",
        )
        raise InputError(Text(zh, en))
    layer = _named(city, word)
    if path.suffix.lower() == ".gpkg":
        _write_package(city, layer, path)
    else:
        columns = columns_of(layer)
        with replacing(path) as part:
            if path.suffix.lower() == ".csv":
                write_table({**columns, **_places(layer.geometry, city.epsg)}, part)
            else:
                write_geojson(part, layer.geometry, city.epsg, columns, word)
    return len(layer.ids)


def _named(city: City, word: str) -> Layer | Reference:
    reference = next((r for r in city.references if r.name == word), None)
    if reference is not None:
        return reference
    kind = guess_kind(word)
    if kind is not None and kind in city:
        return city[kind]
    names = ", ".join([*(k for k, v in city.layers.items() if len(v)), *(r.name for r in city.references)])
    zh, en = (
        f"城市“{city.name}”没有图层“{word}”；现有：{names}",
        f"city {city.name!r} has no layer {word!r}; there are: {names}",
    )
    raise InputError(Text(zh, en))


def columns_of(layer: Layer | Reference) -> dict[str, AnyArray]:
    """Return a layer's columns as files show them: id first, choices as words, unknown flags and counts blank."""
    if isinstance(layer, Reference):
        return {"id": layer.ids, **layer.columns}
    columns: dict[str, AnyArray] = {"id": layer.ids}
    for col in layer.columns():
        columns[col.name] = _shown(col, layer)
    return {**columns, **{(name if name not in columns else f"{name} (own)"): v for name, v in layer.extra.items()}}


def _shown(col: Column, layer: Layer) -> AnyArray:
    values = layer.arrays()[col.name]
    if col.choices is not None:
        words = {choice.value: choice.name.lower() if choice.value else "" for choice in col.choices}
        return np.array([words.get(code, "") for code in values.tolist()], dtype=object)
    known = layer.origins(col.name) > 0
    return np.array([value if k else None for value, k in zip(values.tolist(), known.tolist(), strict=True)], dtype=object)


def _places(geometry: Geometry, epsg: int) -> dict[str, AnyArray]:
    if geometry.shape is Shape.POINT:
        lonlat = np.round(unproject(geometry.coords, epsg), N_DECIMALS)
        return {"lon": lonlat[:, 0], "lat": lonlat[:, 1]}
    degrees = Geometry(geometry.shape, unproject(geometry.coords, epsg), geometry.offsets)
    return {"wkt": shapely.to_wkt(degrees.shapely, rounding_precision=N_DECIMALS)}


def _write_package(city: City, layer: Layer | Reference, path: Path) -> None:
    from layers.io.geopackage import write_city

    if isinstance(layer, Reference):
        write_city(City(city.name, city.epsg, {}, (layer,)), path)
    else:
        write_city(City(city.name, city.epsg, {layer.KIND: layer}), path)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary file beside `path`, which takes its place when all went well, and is gone when not.

    Raises
    ------
    StorageError
        Where the place cannot be written, or the disk is full.
    """
    part: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
        part = Path(name)
        yield part
        part.chmod(0o644)
        part.replace(path)
    except OSError as error:
        zh, en = f"无法写入“{path}”：{error.strerror}", f"cannot write {str(path)!r}: {error.strerror}"
        raise StorageError(Text(zh, en)) from error
    finally:
        if part is not None:
            part.unlink(missing_ok=True)
