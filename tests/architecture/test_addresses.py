"""No file of the checkout knows the machine that it was written on, nor an address that packages came from."""

from __future__ import annotations

import re

import pytest

from tests.architecture.tree import files, place

FORBIDDEN = {
    "a path of one machine": re.compile(r"(?<![\w.~$}/-])/(?:root|home|work|Users)/\w"),
    "a package registry": re.compile(r"\b(?:pypi[.]org|files[.]python[h]osted|conda[.]anaconda)\b"),
}
LARGEST_BYTES = 2_000_000


def texts() -> list[tuple[str, str]]:
    """Return place and content of every text file."""
    found = []
    for path in files():
        data = path.read_bytes() if path.stat().st_size < LARGEST_BYTES else b"\0"
        if b"\0" not in data:
            found.append((place(path), data.decode("utf-8")))
    return found


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_names(what: str) -> None:
    found = [
        f"{where}:{number}: {line.strip()[:120]}"
        for where, text in texts()
        for number, line in enumerate(text.splitlines(), start=1)
        if FORBIDDEN[what].search(line)
    ]
    assert not found


def test_the_search_finds_what_it_is_for() -> None:
    path, registry = FORBIDDEN.values()
    assert path.search("open('/" + "home/anna/city.gpkg')")
    assert not path.search("https://example.org/home/anna")
    assert registry.search("https://py" + "pi.org/simple")


def test_every_file_is_read() -> None:
    places = {where for where, _ in texts()}
    assert {"dev", "pyproject.toml", ".ci/run", "requirements.txt", "layers/units.py"} <= places
