"""Tables of text, as bureaus send them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from layers.errors import InputError
from layers.io.table import read_table, write_table

TEXT = "名称,经度,纬度\n一号厕,120.30,31.50\n二号厕,120.31,31.51\n"


def file(tmp_path: Path, content: bytes | str, name: str = "公厕 表.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_encoding_is_found(tmp_path: Path, encoding: str) -> None:
    frame = read_table(file(tmp_path, TEXT.encode(encoding)))
    assert frame.columns["名称"] == ["一号厕", "二号厕"]
    assert frame.rows.tolist() == [2, 3]


def test_an_encoding_can_be_named(tmp_path: Path) -> None:
    path = file(tmp_path, "名稱,經度,緯度\n廁所,121.5,25.0\n".encode("big5"))
    assert list(read_table(path, "big5").columns) == ["名稱", "經度", "緯度"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    frame = read_table(file(tmp_path, TEXT.replace(",", separator)))
    assert frame.columns["纬度"] == ["31.50", "31.51"]


def test_quotes_and_breaks_in_cells_keep_the_line_numbers(tmp_path: Path) -> None:
    frame = read_table(file(tmp_path, 'a,b\n"x\ny",1\n\nz,2\n'))
    assert frame.columns["a"] == ["x\ny", "z"]
    assert frame.rows.tolist() == [2, 5]


def test_rows_of_another_length_are_listed(tmp_path: Path) -> None:
    frame = read_table(file(tmp_path, "a,b\n1,2\n3\n4,5,\n6,7,8\n"))
    assert frame.columns["a"] == ["1", "4"]
    assert [(n.where, n.text.en) for n in frame.notes] == [
        ("公厕 表.csv row 3", "1 cells, expected 2: not taken"),
        ("公厕 表.csv row 5", "3 cells, expected 2: not taken"),
    ]


def test_many_such_rows_are_counted(tmp_path: Path) -> None:
    frame = read_table(file(tmp_path, "a,b\n1,2\n" + "1,2,3\n" * 150))
    assert len(frame.notes) == 101
    assert frame.notes[-1].n_items == 50


def test_headings_are_told_apart(tmp_path: Path) -> None:
    assert list(read_table(file(tmp_path, "a, a ,\n1,2,3\n")).columns) == ["a", "a (2)", "column 3"]


@pytest.mark.parametrize(
    ("content", "encoding", "message"),
    [
        ("名称,经度\n", None, r"has 1 line\(s\); expected a line of headings and at least one row"),
        ("a,b\n1\n2\n", None, r"no row has as many cells as there are headings \(2\); check the separator"),
        (b"\x81\xff\xff\xff,a\n1,2\n", None, "cannot be decoded as utf-8-sig / gb18030; name its encoding"),
        (TEXT, "utf-99", "no encoding 'utf-99'; usual ones: utf-8"),
        (TEXT.encode("gb18030"), "ascii", "cannot be decoded as ascii"),
        ('a,b\n1,"x\n2,y\n', None, "is no whole CSV table \\(unexpected end of data\\)"),
    ],
)
def test_a_bad_table_is_told(tmp_path: Path, content: bytes | str, encoding: str | None, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_table(file(tmp_path, content), encoding)


def test_a_cell_may_be_long(tmp_path: Path) -> None:
    assert len(read_table(file(tmp_path, 'a,b\n"' + "x" * 140_000 + '",2\n')).columns["a"][0]) == 140_000


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    write_table({"名称": np.array(["一,号", '"二"']), "n": np.array([1, 2])}, path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert read_table(path).columns == {"名称": ["一,号", '"二"'], "n": ["1", "2"]}
