"""Tell a file's format by its content; names lie."""

from __future__ import annotations

import bz2
import gzip
import re
import zlib
from enum import StrEnum
from pathlib import Path

from layers.errors import InputError
from layers.text import Text

HEAD_BYTES = 4096


class Format(StrEnum):
    """What a file is."""

    OSM = "OSM"
    GRAPHML = "GraphML"
    GEOJSON = "GeoJSON"
    GEOPACKAGE = "GeoPackage"
    TABLE = "CSV"


# Formats that people will try, and what to do instead.
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "Excel/ZIP"),
    (b"\xd0\xcf\x11\xe0", "Excel 97"),
    (b"\x00\x00\x27\x0a", "Shapefile"),
    (b"AC10", "DWG"),
    (b"PAR1", "Parquet"),
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"7z\xbc\xaf", "7-Zip"),
)


def sniff(path: Path) -> Format:
    """Return the format of a file.

    Raises
    ------
    InputError
        Where the file is missing, empty, or nothing that we read.
    """
    head = first_bytes(path)
    if head.startswith(b"SQLite format 3\x00"):
        return Format.GEOPACKAGE
    if head.startswith((b"\x1f\x8b", b"BZh")):
        head = _unpacked(path, head)
    if b"OSMHeader" in head[:64]:
        return Format.OSM
    other = next((name for magic, name in _OTHERS if head.startswith(magic)), None)
    if other:
        raise _unread(path, other)
    text = _as_text(head)
    if text is None:
        raise _unread(path, "binary")
    return _format_of_text(text, path)


def first_bytes(path: Path) -> bytes:
    """Return the beginning of a file.

    Raises
    ------
    InputError
        Where the file is missing, a folder, not to be read, or empty.
    """
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except FileNotFoundError as error:
        zh, en = f"找不到文件“{path}”；请检查路径", f"file {str(path)!r} does not exist; check the path"
        raise InputError(Text(zh, en)) from error
    except IsADirectoryError as error:
        zh, en = f"“{path}”是文件夹；应为文件", f"{str(path)!r} is a folder; expected a file"
        raise InputError(Text(zh, en)) from error
    except OSError as error:
        zh, en = f"文件“{path}”无法读取：{error.strerror}", f"file {str(path)!r} cannot be read: {error.strerror}"
        raise InputError(Text(zh, en)) from error
    if not head:
        zh = f"文件“{path}”是空的（0 字节）；应为 OSM、GraphML、GeoJSON、CSV 或 GeoPackage"
        en = f"file {str(path)!r} is empty (0 bytes); expected OSM, GraphML, GeoJSON, CSV or GeoPackage"
        raise InputError(Text(zh, en))
    return head


def _unpacked(path: Path, head: bytes) -> bytes:
    opener = gzip.open if head.startswith(b"\x1f\x8b") else bz2.open
    try:
        with opener(path, "rb") as file:
            content = file.read(HEAD_BYTES)
    except (OSError, EOFError, zlib.error) as error:
        zh = f"文件“{path}”的压缩数据已损坏；请重新下载或导出"
        en = f"file {str(path)!r}: its compressed data are damaged; download or export it again"
        raise InputError(Text(zh, en)) from error
    return bytes(content)


def _as_text(head: bytes) -> str | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    if b"\x00" in head:
        return None
    # a letter of several bytes may be cut at the end; Latin 1 stands in, since only ASCII is looked at
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _format_of_text(text: str, path: Path) -> Format:
    start = text.lstrip()
    if start.startswith("<"):
        root = re.search(r"<([A-Za-z]\w*)", re.sub(r"<!--.*?(-->|$)", "", start, flags=re.DOTALL))
        name = root[1].lower() if root else ""
        if name in {"osm", "osmchange"}:
            return Format.OSM
        if name == "graphml":
            return Format.GRAPHML
        raise _unread(path, f"XML <{name}>")
    if start.startswith(("{", "[")):
        return Format.GEOJSON
    return Format.TABLE


def _unread(path: Path, what: str) -> InputError:
    return InputError(
        Text(
            f"文件“{path}”是 {what}，不能读取；请另存为 OSM（.osm、.osm.pbf）、GraphML、GeoJSON、CSV 或 GeoPackage",
            f"file {str(path)!r} is {what}, which is not read; save it as OSM (.osm, .osm.pbf), GraphML, GeoJSON, CSV or "
            "GeoPackage",
        )
    )
