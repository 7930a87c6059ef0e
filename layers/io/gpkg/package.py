"""A GeoPackage as a set of tables: made whole beside the old file and put in its place at once."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from layers.errors import InputError, StorageError
from layers.geometry import Geometry, Shape
from layers.io.gpkg.blobs import to_blobs
from layers.io.gpkg.frame import FRAME, quoted, rtree_triggers
from layers.projection import crs
from layers.text import Text

_PINNED_TIME = "1970-01-01T00:00:00.000Z"  # same content, same bytes
_GEOMETRY_TYPE = {Shape.POINT: "POINT", Shape.LINE: "LINESTRING", Shape.AREA: "MULTIPOLYGON"}
_RTREE = "http://www.geopackage.org/spec120/#extension_rtree"
_SCHEMA = "http://www.geopackage.org/spec120/#extension_schema"


@dataclass(frozen=True, slots=True)
class Field:
    """Declare one column of a table.

    Parameters
    ----------
    type
        ``TEXT``, ``REAL``, ``INTEGER``, ``BOOLEAN`` or ``BLOB``.
    title, description
        Shown by programs that open the file, in place of the name.
    """

    name: str
    type: str
    title: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Package:
    """Hold a GeoPackage that is being written.

    Parameters
    ----------
    db
        The open file.
    epsg
        Projection of all spatial tables.
    tables
        Names that are taken, in lower case.
    """

    db: sqlite3.Connection
    epsg: int
    tables: set[str] = field(default_factory=set)

    def free_name(self, wanted: str) -> str:
        """Return a table name that is not yet taken, `wanted` itself where it can be."""
        name, n = wanted, 1
        while name.lower() in self.tables:
            n += 1
            name = f"{wanted}_{n}"
        return name

    def add_table(self, name: str, fields: Sequence[Field], rows: Iterable[Sequence[object]], about: str = "") -> None:
        """Write a table without geometry; its key ``fid`` counts the rows from 1."""
        self._create(name, [f"{quoted(f.name)} {f.type}" for f in fields])
        self._fill(name, [f.name for f in fields], rows)
        self._contents(name, "attributes", about, None)
        self._labels(name, fields)

    def add_spatial(
        self, name: str, geometry: Geometry, fields: Sequence[Field], columns: Sequence[list[object]], about: str
    ) -> None:
        """Write a spatial table with its index, one row an object.

        Parameters
        ----------
        columns
            For each field its values, as SQLite takes them.
        """
        kind = _GEOMETRY_TYPE[geometry.shape]
        self._create(name, [f"geom {kind}", *(f"{quoted(f.name)} {f.type}" for f in fields)])
        rows = zip(to_blobs(geometry, self.epsg), *columns, strict=True)
        self._fill(name, ["geom", *(f.name for f in fields)], rows)
        self._contents(name, "features", about, geometry)
        self.db.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)", (name, kind, self.epsg))
        self._index(name, geometry)
        self._labels(name, fields)

    def _create(self, name: str, columns: Sequence[str]) -> None:
        self.tables.add(name.lower())
        self.db.execute(
            f"CREATE TABLE {quoted(name)} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {', '.join(columns)})"
        )

    def _fill(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        names, marks = ", ".join(map(quoted, columns)), ", ".join("?" * len(columns))
        self.db.executemany(f"INSERT INTO {quoted(name)} ({names}) VALUES ({marks})", rows)

    def _contents(self, name: str, kind: str, about: str, geometry: Geometry | None) -> None:
        box: tuple[float | None, ...] = (None,) * 4
        if geometry is not None and np.isfinite(geometry.bounds).any():
            low, high = np.nanmin(geometry.bounds[:, :2], axis=0), np.nanmax(geometry.bounds[:, 2:], axis=0)
            box = (*low.tolist(), *high.tolist())
        srs = None if geometry is None else self.epsg
        self.db.execute(
            "INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (name, kind, name, about, _PINNED_TIME, *box, srs),
        )

    def _index(self, name: str, geometry: Geometry) -> None:
        boxes = geometry.bounds
        rows = np.flatnonzero(np.isfinite(boxes).all(axis=1))
        index = quoted(f"rtree_{name}_geom")
        self.db.execute(f"CREATE VIRTUAL TABLE {index} USING rtree(id, minx, maxx, miny, maxy)")
        keys, ordered = (rows + 1).tolist(), boxes[rows][:, [0, 2, 1, 3]].tolist()
        self.db.executemany(
            f"INSERT INTO {index} VALUES (?, ?, ?, ?, ?)", ((k, *b) for k, b in zip(keys, ordered, strict=True))
        )
        for trigger in rtree_triggers(name):
            self.db.execute(trigger)
        row = (name, "geom", "gpkg_rtree_index", _RTREE, "write-only")
        self.db.execute("INSERT INTO gpkg_extensions VALUES (?, ?, ?, ?, ?)", row)

    def _labels(self, name: str, fields: Sequence[Field]) -> None:
        rows = [(name, f.name, None, f.title, f.description or None, None, None) for f in fields if f.title]
        self.db.executemany("INSERT INTO gpkg_data_columns VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


@contextmanager
def writing(path: Path, epsg: int) -> Iterator[Package]:
    """Write a GeoPackage beside `path` and put it there at the end; at any failure the old file stays whole.

    Raises
    ------
    StorageError
        Where the disk is full or the folder cannot be written.
    """
    path = Path(path)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        db = _create(beside, epsg)
        try:
            yield Package(db, epsg)
            db.commit()
        finally:
            db.close()
        _replace(beside, path)
    except (sqlite3.OperationalError, OSError) as error:
        raise StorageError(
            Text(
                f"无法写入 {path}：{error}；原文件未改动，请检查磁盘空间和写权限",
                f"cannot write {path}: {error}; the old file is unchanged, check free space and permissions",
            )
        ) from error
    finally:
        for leftover in (beside, beside.with_name(beside.name + "-journal")):
            with suppress(OSError):  # in a read-only folder there is none
                leftover.unlink(missing_ok=True)


def require_folder(path: Path) -> None:
    """See that a file can be written at `path`, so that long work before it is not in vain.

    Raises
    ------
    StorageError
        Where its folder is missing or read-only, or it is a folder itself.
    """
    if path.is_dir():
        raise StorageError(
            Text(f"无法写入 {path}：它是文件夹；请给出文件名", f"cannot write {path}: it is a folder; name a file")
        )
    if not (path.parent.is_dir() and os.access(path.parent, os.W_OK)):
        raise StorageError(
            Text(
                f"无法写入 {path}：文件夹不存在或只读；请先建立或换一个位置",
                f"cannot write {path}: its folder is missing or read-only; make it or choose another place",
            )
        )


def _create(path: Path, epsg: int) -> sqlite3.Connection:
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path, isolation_level=None)
    try:
        # a crash leaves only this temporary file behind, so it needs no journal of its own
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + FRAME)
        db.execute("BEGIN")
        known = crs(epsg)
        rows = [
            (known.name, epsg, "EPSG", epsg, known.to_wkt("WKT1_GDAL"), None),
            ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", None),
            ("Undefined geographic SRS", 0, "NONE", 0, "undefined", None),
            ("WGS 84 geodetic", 4326, "EPSG", 4326, crs(4326).to_wkt("WKT1_GDAL"), None),
        ]
        db.executemany("INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", rows)
        rows_of = [
            (t, None, "gpkg_schema", _SCHEMA, "read-write") for t in ("gpkg_data_columns", "gpkg_data_column_constraints")
        ]
        db.executemany("INSERT INTO gpkg_extensions VALUES (?, ?, ?, ?, ?)", rows_of)
    except BaseException:
        db.close()
        raise
    return db


def _replace(made: Path, path: Path) -> None:
    """Put a finished file in another's place so that a crash leaves one or the other, never a part."""
    with made.open("rb+") as file:
        os.fsync(file.fileno())
    os.replace(made, path)
    if os.name == "posix":  # the folder's own entry must reach the disk too; Windows has no such call
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a GeoPackage to read.

    Raises
    ------
    InputError
        Where it is missing, no SQLite file, or damaged; also where a table or column that must be there is not.
    """
    path = Path(path)
    if not path.is_file():
        raise InputError(Text(f"文件不存在：{path}；请检查路径", f"no such file: {path}; check the path"))
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            fault = db.execute("PRAGMA quick_check(1)").fetchone()[0]
            if fault != "ok":
                raise sqlite3.DatabaseError(fault)
            yield db
        finally:
            db.close()
    except sqlite3.Error as error:
        raise damaged(path, str(error)) from error


def damaged(path: Path, what: str) -> InputError:
    """Return the error of a file that cannot be read as a project."""
    return InputError(
        Text(
            f"{path} 不是完好的工程文件（GeoPackage）：{what}；请换用备份或重新导入",
            f"{path} is no sound project file (GeoPackage): {what}; use a backup or import again",
        )
    )
