"""Read and write tables of text: CSV in UTF-8 or GB 18030, with any of the usual separators."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from layers.city import Note
from layers.errors import InputError
from layers.io.frame import Frame
from layers.layer import AnyArray
from layers.text import Text

SEPARATORS = ",;\t|"
ENCODINGS = ("utf-8-sig", "gb18030")
MAX_LISTED = 100
# Outlines written as text run to megabytes; the csv module's own limit is 128 KiB.
MAX_CELL = 2**31 - 1


def read_table(path: Path, encoding: str | None = None) -> Frame:
    """Return the rows of a table.

    Parameters
    ----------
    path
        First line: headings.
    encoding
        As Python names it; else UTF-8 is tried strictly, then GB 18030, which takes nearly anything.

    Raises
    ------
    InputError
        Where the text cannot be decoded, or there is no row under the headings.
    """
    text = decode(path, encoding)
    csv.field_size_limit(MAX_CELL)
    separator = _separator(text)
    try:
        lines = [(n, cells) for n, cells in _numbered(text, separator) if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        zh = f"文件“{path}”不是完整的 CSV 表（{error}）；请重新导出"
        raise InputError(Text(zh, f"file {str(path)!r} is no whole CSV table ({error}): export it again")) from error
    if len(lines) < 2:
        zh = f"文件“{path}”只有 {len(lines)} 行；应有一行列名和至少一行数据"
        en = f"file {str(path)!r} has {len(lines)} line(s); expected a line of headings and at least one row"
        raise InputError(Text(zh, en))
    headings = _headings(lines[0][1])
    good, notes = _regular(lines[1:], len(headings), path.name)
    if not good:
        zh = f"文件“{path}”没有一行与 {len(headings)} 个列名对应；请检查分隔符"
        en = f"file {str(path)!r}: no row has as many cells as there are headings ({len(headings)}); check the separator"
        raise InputError(Text(zh, en))
    columns = {heading: [cells[i] for _, cells in good] for i, heading in enumerate(headings)}
    return Frame(path.name, columns, np.array([n for n, _ in good]), notes=notes)


def decode(path: Path, encoding: str | None = None) -> str:
    """Return a file's text.

    Raises
    ------
    InputError
        Where no encoding fits, or the given one does not.
    """
    raw = path.read_bytes()
    if encoding is None and raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    for name in [encoding] if encoding else ENCODINGS:
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            continue
        except LookupError as error:
            zh = f"没有字符编码“{name}”；常用：utf-8、gb18030、big5"
            raise InputError(Text(zh, f"no encoding {name!r}; usual ones: utf-8, gb18030, big5")) from error
    tried = encoding or " / ".join(ENCODINGS)
    zh = f"文件“{path}”不能按 {tried} 解码；请用 --encoding 指明编码（如 big5）"
    en = f"file {str(path)!r} cannot be decoded as {tried}; name its encoding with --encoding (such as big5)"
    raise InputError(Text(zh, en))


def _separator(text: str) -> str:
    head = [line for line in text.splitlines()[:20] if line.strip()]
    counts = {s: [len(cells) for cells in csv.reader(head, delimiter=s)] for s in SEPARATORS}
    # the one by which most lines have as many cells as the first, and more than one
    return max(
        SEPARATORS, key=lambda s: (counts[s][:1] > [1], counts[s].count(counts[s][0]) if counts[s] else 0, counts[s][:1])
    )


def _numbered(text: str, separator: str) -> list[tuple[int, list[str]]]:
    # strict: a quotation mark that is never closed would swallow the rest of the file
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    numbered, start = [], 1
    for cells in reader:
        numbered.append((start, cells))
        start = reader.line_num + 1
    return numbered


def _headings(cells: Sequence[str]) -> list[str]:
    """Return headings without blanks about them; one that is empty or occurs twice gets a number."""
    seen: Counter[str] = Counter()
    headings = []
    for i, cell in enumerate(cells, 1):
        name = cell.strip() or f"column {i}"
        seen[name] += 1
        headings.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return headings


def _regular(
    lines: Sequence[tuple[int, list[str]]], n_columns: int, name: str
) -> tuple[list[tuple[int, list[str]]], tuple[Note, ...]]:
    good, notes, n_bad = [], [], 0
    for n, line in lines:
        cells = line if any(cell.strip() for cell in line[n_columns:]) else line[:n_columns]
        if len(cells) == n_columns:
            good.append((n, cells))
            continue
        n_bad += 1
        if n_bad <= MAX_LISTED:
            text = Text(
                f"有 {len(cells)} 格，应为 {n_columns} 格，未采用", f"{len(cells)} cells, expected {n_columns}: not taken"
            )
            notes.append(Note("refused", f"{name} row {n}", text))
    if n_bad > MAX_LISTED:
        text = Text("其余格数不对的行", "further rows with another number of cells")
        notes.append(Note("refused", name, text, n_bad - MAX_LISTED))
    return good, tuple(notes)


def write_table(columns: Mapping[str, AnyArray], path: Path) -> None:
    """Write columns as CSV in UTF-8 with a byte order mark, which spreadsheets need to read Chinese.

    Parameters
    ----------
    columns
        By heading, each of shape (n,).
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*(column.tolist() for column in columns.values()), strict=True))
