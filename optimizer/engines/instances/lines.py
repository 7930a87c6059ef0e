"""Number the lines of an instance file."""

from __future__ import annotations


def numbered_lines(text: str) -> tuple[list[tuple[int, str]], int]:
    """Return the lines that are not blank, each behind its number from 1, and the last one's number (1 where none is)."""
    found = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    return found, found[-1][0] if found else 1
