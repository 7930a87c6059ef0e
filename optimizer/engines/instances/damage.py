"""Say what is wrong with an instance file: which line, what it holds, what was expected."""

from __future__ import annotations

from pathlib import Path

from layers.errors import InputError
from layers.text import Text


def damaged(path: Path, line: int, zh: str, en: str) -> InputError:
    """Return an error that names the file and the line."""
    return InputError(Text(zh=f"{path.name} 第 {line} 行：{zh}", en=f"{path.name}, line {line}: {en}"))


def unreadable(path: Path, line: int, text: str, wanted: str) -> InputError:
    """Return the error for a line that is not of the form that is wanted there."""
    shown = text.strip()[:60]
    return damaged(
        path,
        line,
        f"“{shown}”无法读取，应为“{wanted}”，请改正",
        f"cannot read {shown!r}, {wanted!r} is expected; mend the line",
    )


def cut_short(path: Path, line: int, missing: str) -> InputError:
    """Return the error for a file that ends before something that it must hold."""
    return damaged(
        path,
        line,
        f"文件到此结束，缺少 {missing}，请补全文件",
        f"the file ends without {missing}; get the whole file",
    )


def given_twice(path: Path, line: int, key: str) -> InputError:
    """Return the error for a keyword that occurs a second time."""
    return damaged(
        path,
        line,
        f"{key} 重复出现，请删去一行",
        f"{key} is given a second time, once is expected; delete one line",
    )


def miscounted(path: Path, line: int, counts: tuple[str, int], found: tuple[str, int]) -> InputError:
    """Return the error for a list that holds another number of streets than the header says; both by name and number."""
    (count, stated), (key, n) = counts, found
    return damaged(
        path,
        line,
        f"{count} 为 {stated}，但 {key} 中有 {n} 条，请补全文件",
        f"{count} is {stated}, but {key} holds {n} streets; get the whole file",
    )
