"""Keep results as they come: a JSON line for each instance and seed, in a file for each row and version."""

from __future__ import annotations

import json
import os
import re
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.row import Row

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / ".cache" / "bench"

# HiGHS is the one that comes with SciPy, and is told by its version.
PACKED_IN = {"highs": "scipy"}

Line = dict[str, Any]


def git(*words: str) -> str:
    """Return what git says of this checkout."""
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def state() -> str:
    """Return the commit that is checked out, or an empty text where files differ from it."""
    return "" if git("status", "--porcelain", "--untracked-files=no") else git("rev-parse", "--short=12", "HEAD")


def version_of(peer: str) -> str:
    """Return the folder name of a peer: a distribution with its version, or a commit."""
    try:
        if peer in PACKED_IN:
            return f"{peer}-of-{PACKED_IN[peer]}-{version(PACKED_IN[peer])}"
        return f"{peer}-{version(peer)}"
    except PackageNotFoundError:
        pinned = re.search(rf"^{peer}==(\S+)", (ROOT / "requirements-peers.txt").read_text(encoding="utf-8"), re.MULTILINE)
        return f"{peer}-{pinned[1]}" if pinned else f"commit-{peer}"


def place(row: Row, commit: str, results: Path = RESULTS) -> Path | None:
    """Return the file that keeps a row; None where there is nothing that it could be kept by."""
    if row.peer:
        return results / version_of(row.peer) / f"{row.name}.jsonl"
    return results / commit / f"{row.name}.jsonl" if commit else None


def load(path: Path | None) -> list[Line]:
    """Return the lines of a file; a last line that was cut off is passed over, its run is done again."""
    if path is None or not path.exists():
        return []
    found = []
    for text in path.read_text(encoding="utf-8").splitlines():
        try:
            found.append(json.loads(text))
        except json.JSONDecodeError:
            continue
    return found


def append(path: Path | None, line: Line) -> None:
    """Add a line and see it to the disk."""
    if path is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    cut = path.exists() and path.stat().st_size and not path.read_bytes().endswith(b"\n")
    with path.open("a", encoding="utf-8") as file:
        file.write(("\n" if cut else "") + json.dumps(line, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def latest(row: Row, results: Path = RESULTS) -> tuple[str, list[Line]]:
    """Return the newest version that has results of a row, and those; ours come from a commit that HEAD is built on."""
    if row.peer:
        name = version_of(row.peer)
        return name, load(results / name / f"{row.name}.jsonl")
    for commit in git("rev-list", "--abbrev-commit", "--abbrev=12", "HEAD").split():
        lines = load(results / commit / f"{row.name}.jsonl")
        if lines:
            return commit, lines
    return "", []
