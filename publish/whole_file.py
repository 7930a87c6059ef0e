"""Write a text file so that a crash or a full disk leaves the old one whole, never a part of the new one."""

from __future__ import annotations

import os
from pathlib import Path

from layers.errors import StorageError
from layers.text import Text


def write_whole(path: Path, text: str) -> None:
    """Write a text, or leave what was there before.

    Raises
    ------
    StorageError
        The file cannot be written.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise StorageError(
            Text(
                f"无法写入 {path}：{reason}；请检查磁盘空间和写权限",
                f"cannot write {path}: {reason}; check free space and permissions",
            )
        ) from error
