"""The project GeoPackage's city: one spatial table a kind, which QGIS opens as they are, and what only we know beside them.

Tables of our own, in the same file:

``jingcheng_meta``     format version, name and projection of the city, by key
``jingcheng_layers``   which table holds which kind or free layer, with the rules that values were assumed by
``jingcheng_columns``  numpy type of each column that the program does not know
``jingcheng_origin``   where each value came from: one code a row (by ``fid``), packed
``jingcheng_notes``    what readers skipped, refused or assumed
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from layers.city import City, Note, Reference
from layers.errors import FormatVersionError, InputError
from layers.geometry import Shape
from layers.io.gpkg.blobs import from_blobs
from layers.io.gpkg.columns import extra_field, extra_from_sql, extra_to_sql, field_of, from_sql, to_sql
from layers.io.gpkg.frame import quoted
from layers.io.gpkg.package import Field, Package, damaged, reading, writing
from layers.io.gpkg.styles import add_styles
from layers.kinds import BY_NAME
from layers.layer import GIVEN, MISSING, AnyArray, Layer, Origin
from layers.style import STYLES, Style, reference_style
from layers.text import Text

FORMAT_VERSION = 2

_ORDER = tuple(BY_NAME)  # so that the same content gives the same bytes, however it was put together
_LAYER, _REFERENCE = "layer", "reference"


def write_city(city: City, path: Path) -> None:
    """Save a city as a GeoPackage; the old file is replaced at once and whole, or not at all.

    Raises
    ------
    StorageError
        Where the disk is full or the place cannot be written.
    """
    with writing(Path(path), city.epsg) as package:
        add_city(package, city)


def read_city(path: Path) -> City:
    """Open the city of a project file.

    Raises
    ------
    FormatVersionError
        Where a newer version of the program wrote it.
    InputError
        Where the file is missing, damaged, or a GeoPackage of something else.
    """
    with reading(Path(path)) as db:
        return city_from(db, Path(path))


def add_city(package: Package, city: City, styles: list[tuple[str, Shape, Style]] | None = None) -> None:
    """Write a city's tables into a package; `styles` are those of further tables in it."""
    package.tables.update({"layer_styles", *(f"jingcheng_{t}" for t in ("meta", "layers", "columns", "origin", "notes"))})
    meta = {"format_version": FORMAT_VERSION, "name": city.name, "epsg": city.epsg}
    package.add_table(
        "jingcheng_meta", (Field("key", "TEXT"), Field("value", "TEXT")), [(k, str(v)) for k, v in meta.items()]
    )
    catalogue: list[tuple[object, ...]] = []
    extras: list[tuple[object, ...]] = []
    origins: list[tuple[object, ...]] = []
    drawn = list(styles or ())
    for layer in sorted(city.layers.values(), key=lambda layer: _ORDER.index(layer.KIND)):
        _add_layer(package, layer, extras, origins)
        catalogue.append((_LAYER, layer.KIND, layer.KIND, str(layer.geometry.shape), json.dumps(layer.rules)))
        if layer.SHAPE is not Shape.NONE:
            drawn.append((layer.KIND, layer.SHAPE, STYLES[layer.KIND]))
    for reference in city.references:
        table = _add_reference(package, reference, extras)
        catalogue.append((_REFERENCE, reference.name, table, str(reference.geometry.shape), "[]"))
        if reference.geometry.shape is not Shape.NONE:
            drawn.append((table, reference.geometry.shape, reference_style(reference.name)))
    _add_catalogue(package, catalogue, extras, origins)
    notes = [(n.kind, n.where, n.text.zh, n.text.en, n.n_items) for n in city.notes]
    package.add_table("jingcheng_notes", _fields("kind", "place", "text_zh", "text_en", n_items="INTEGER"), notes)
    add_styles(package, drawn)


def _fields(*texts: str, **others: str) -> list[Field]:
    return [*(Field(t, "TEXT") for t in texts), *(Field(k, v) for k, v in others.items())]


def _add_catalogue(package: Package, catalogue: Any, extras: Any, origins: Any) -> None:
    package.add_table("jingcheng_layers", _fields("role", "name", "table_name", "shape", "rules"), catalogue)
    package.add_table("jingcheng_columns", _fields("table_name", "column_name", "name", "dtype"), extras)
    package.add_table("jingcheng_origin", _fields("table_name", "column_name", codes="BLOB"), origins)


def _add_layer(package: Package, layer: Layer, extras: list[tuple[object, ...]], origins: list[tuple[object, ...]]) -> None:
    known = layer.columns()
    fields = [Field("id", "TEXT", "编号", "id"), *(field_of(c) for c in known)]
    columns = [layer.ids.tolist(), *(to_sql(c, getattr(layer, c.name)) for c in known)]
    more, values = _extra(layer.KIND, {f.name.lower() for f in fields}, dict(layer.extra), extras)
    # a layer that came without any geometry keeps its table spatial, with empty rows
    geometry = layer.geometry if layer.geometry.shape is layer.SHAPE else from_blobs(layer.SHAPE, [None] * len(layer))
    package.add_spatial(layer.KIND, geometry, [*fields, *more], [*columns, *values], layer.LABEL.zh)
    for column in known:
        codes, plain = layer.origins(column.name), _plain_origin(layer, column.name)
        if not np.array_equal(codes, plain):
            origins.append((layer.KIND, column.name, zlib.compress(codes.tobytes(), 6)))


def _plain_origin(layer: Layer, name: str) -> Origin:
    """Return what a column's origin is where nothing else is known of it."""
    blank = layer.column(name).is_blank(getattr(layer, name))
    return np.where(blank, MISSING, GIVEN).astype(np.uint8)


def _extra(
    table: str, taken: set[str], extra: dict[str, AnyArray], rows: list[tuple[object, ...]]
) -> tuple[list[Field], list[list[object]]]:
    """Return fields and values of columns of the bureau's own, under names that SQLite can tell apart."""
    fields, values = [], []
    taken = taken | {"fid", "geom"}
    for name, array in extra.items():
        free, n = name, 1
        while free.lower() in taken:
            n += 1
            free = f"{name}_{n}"
        taken.add(free.lower())
        rows.append((table, free, name, array.dtype.str))
        fields.append(extra_field(free, array))
        values.append(extra_to_sql(array))
    return fields, values


def _add_reference(package: Package, reference: Reference, extras: list[tuple[object, ...]]) -> str:
    table = package.free_name(f"ref_{reference.name}")
    fields, values = _extra(table, {"id"}, dict(reference.columns), extras)
    fields, values = [Field("id", "TEXT"), *fields], [reference.ids.tolist(), *values]
    if reference.geometry.shape is Shape.NONE:
        package.add_table(table, fields, list(zip(*values, strict=True)), reference.name)
    else:
        package.add_spatial(table, reference.geometry, fields, values, reference.name)
    return table


def city_from(db: sqlite3.Connection, path: Path) -> City:
    """Return the city of an open project file; `path` is named in errors."""
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    if tables and not any(name.startswith("jingcheng_") for name in tables):
        zh = f"{path} 是其他程序的数据库，不是净城工程；请将其图层另存为 GeoJSON，再用 city import 或 city add 读入"
        en = f"{path} is a database of another program, no project: save its layers as GeoJSON and read these"
        raise InputError(Text(zh, f"{en} with city import or city add"))
    meta = dict(db.execute("SELECT key, value FROM jingcheng_meta").fetchall())
    check_version(meta, path)
    layers, references = {}, []
    for role, name, table, shape, rules in db.execute(
        "SELECT role, name, table_name, shape, rules FROM jingcheng_layers ORDER BY fid"
    ):
        try:
            if role == _LAYER:
                layers[name] = _layer(db, BY_NAME[name], json.loads(rules))
            else:
                references.append(_reference(db, name, table, Shape(shape)))
        except (ValueError, KeyError, TypeError, zlib.error) as error:  # whatever values of a foreign kind bring about
            raise damaged(path, f"{table}: {error}") from error
    notes = db.execute("SELECT kind, place, text_zh, text_en, n_items FROM jingcheng_notes ORDER BY fid").fetchall()
    return City(
        name=meta["name"],
        epsg=int(meta["epsg"]),
        layers=layers,
        references=tuple(references),
        notes=tuple(Note(kind, where, Text(zh, en), n) for kind, where, zh, en, n in notes),
    )


def check_version(meta: dict[str, str], path: Path) -> None:
    """See that this program can read the file.

    Raises
    ------
    FormatVersionError
        Where it is newer.
    InputError
        Where it says nothing of itself.
    """
    words = [meta.get(key) for key in ("format_version", "epsg", "name")]
    if not all(isinstance(word, str) for word in words) or not all(str(word).isdigit() for word in words[:2]):
        raise damaged(path, "jingcheng_meta")
    found = int(meta["format_version"])
    if found > FORMAT_VERSION:
        raise FormatVersionError(
            Text(
                f"{path} 的工程格式版本为 {found}；本程序最高支持 {FORMAT_VERSION}，请升级程序",
                f"{path} has project format version {found}; this program reads up to {FORMAT_VERSION}, update the program",
            )
        )


def _rows(db: sqlite3.Connection, table: str, names: list[str]) -> list[tuple[Any, ...]]:
    """Return the values of each column, in order of ``fid``.

    Raises
    ------
    ValueError
        Where the table lacks one: SQLite would take its quoted name for a text, and give that in every row.
    """
    lacking = [name for name in names if name not in _columns(db, table)]
    if lacking:
        raise ValueError(f"no column {', '.join(lacking)}")
    rows = db.execute(f"SELECT {', '.join(map(quoted, names))} FROM {quoted(table)} ORDER BY fid").fetchall()
    return list(zip(*rows, strict=True)) if rows else [() for _ in names]


def _columns(db: sqlite3.Connection, table: str) -> set[str]:
    found = {name for (name,) in db.execute("SELECT name FROM pragma_table_info(?)", (table,))}
    if not found:
        raise ValueError(f"no such table: {table}")
    return found


def _extra_columns(db: sqlite3.Connection, table: str) -> list[tuple[str, str, str]]:
    sql = "SELECT column_name, name, dtype FROM jingcheng_columns WHERE table_name = ? ORDER BY fid"
    columns = db.execute(sql, (table,)).fetchall()
    odd = [word for column in columns for word in column if not isinstance(word, str)]
    if odd:
        raise ValueError(f"jingcheng_columns: a name is {odd[0]!r}")
    return columns


def _layer(db: sqlite3.Connection, kind: type[Layer], rules: list[str]) -> Layer:
    there, more = _columns(db, kind.KIND), _extra_columns(db, kind.KIND)
    known = [c for c in kind.columns() if c.name in there]  # an older file, or an editor's, may lack some: nothing known
    fid, geom, ids, *values = _rows(db, kind.KIND, ["fid", "geom", "id", *(c.name for c in known), *(m[0] for m in more)])
    packed = dict(
        db.execute("SELECT column_name, codes FROM jingcheng_origin WHERE table_name = ?", (kind.KIND,)).fetchall()
    )
    columns: dict[str, Any] = {c.name: from_sql(c, v) for c, v in zip(known, values, strict=False)}
    extra = {name: extra_from_sql(dtype, v) for (_, name, dtype), v in zip(more, values[len(known) :], strict=True)}
    return kind(
        ids=extra_from_sql("<U1", ids),
        geometry=from_blobs(kind.SHAPE, geom),
        rules=tuple(rules),
        extra=extra,
        origin={
            c.name: _origin(packed[c.name], np.array(fid, dtype=np.int64), np.asarray(c.is_blank(columns[c.name])))
            for c in known
            if c.name in packed
        },
        **columns,
    )


def _origin(packed: bytes, fid: np.ndarray[Any, np.dtype[np.int64]], blank: np.ndarray[Any, np.dtype[np.bool_]]) -> Origin:
    """Return the codes of the rows that are there now; rows that another program added are given or missing."""
    codes = np.frombuffer(zlib.decompress(packed), dtype=np.uint8)
    out = np.where(blank, MISSING, GIVEN).astype(np.uint8)
    ours = fid <= len(codes)
    out[ours] = codes[fid[ours] - 1]
    return out


def _reference(db: sqlite3.Connection, name: str, table: str, shape: Shape) -> Reference:
    more = _extra_columns(db, table)
    geom = [] if shape is Shape.NONE else ["geom"]
    ids, *values = _rows(db, table, ["id", *geom, *(m[0] for m in more)])
    blobs = values.pop(0) if geom else [None] * len(ids)
    columns = {original: extra_from_sql(dtype, v) for (_, original, dtype), v in zip(more, values, strict=True)}
    return Reference(name, extra_from_sql("<U1", ids), from_blobs(shape, blobs), columns)
