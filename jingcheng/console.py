"""What the command line writes: results to standard output, everything else to standard error."""

from __future__ import annotations

import json
import math
import os
import sys
import unicodedata
from argparse import Namespace
from collections.abc import Iterable, Sequence
from typing import IO, Any

from layers.errors import StorageError
from layers.text import Text


def finite(value: Any) -> Any:
    """Return a JSON document with null in place of figures that JSON cannot write (NaN and infinity)."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {k: finite(v) for k, v in value.items()}
    return [finite(v) for v in value] if isinstance(value, (list, tuple)) else value


def emit(args: Namespace, document: Any, lines: Iterable[str]) -> None:
    """Write a command's result: the JSON document where ``--json`` was asked for, else the lines.

    Raises
    ------
    StorageError
        Where the output goes to a file and the disk is full.
    """
    # `cli.main` sends prints to standard error meanwhile, and keeps the real output here
    text = json.dumps(finite(document), ensure_ascii=False, allow_nan=False) if args.json else "\n".join(lines)
    try:
        print(text, file=args.stdout, flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        _forget(args.stdout)
        zh = f"无法写入标准输出：{error.strerror}；请检查磁盘空间"
        raise StorageError(Text(zh, f"cannot write to standard output: {error.strerror}; check free space")) from error


def _forget(stream: IO[str]) -> None:
    """Send what is left in an output that cannot be written to nowhere, or Python complains a second time at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def say(args: Namespace, text: Text | str) -> None:
    """Write one line to standard error."""
    line = text.get(args.lang) if isinstance(text, Text) else text
    print(" ".join(line.split()), file=sys.stderr)


def width(text: str) -> int:
    """Return how many columns a text takes in a terminal, where a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table; columns of figures are set right."""
    every = [tuple(head), *(tuple(r) for r in rows)]
    widths = [max(width(r[i]) for r in every) for i in range(len(head))]
    right = [all(_is_figure(r[i]) for r in every[1:]) and len(every) > 1 for i in range(len(head))]
    lines = []
    for row in every:
        cells = [
            " " * (w - width(c)) + c if r else c + " " * (w - width(c)) for c, w, r in zip(row, widths, right, strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "  ".join("─" * w for w in widths))
    return lines


def _is_figure(text: str) -> bool:
    return not text or text.lstrip("+-−").replace(",", "").replace(".", "", 1).rstrip(" %").isdigit() or text == "–"


def figure(value: float | None, digits: int = 1) -> str:
    """Return a figure with its thousands separated, without a fraction where it has none; a dash for nothing."""
    if value is None or not math.isfinite(value):
        return "–"
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
