"""Instance files of a test's own, and how damaged ones are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from layers.errors import InputError
from optimizer.engines.instances.reading import read_instance
from optimizer.engines.instances.stop_instance import StopInstance
from optimizer.engines.instances.street_instance import StreetInstance


def written(folder: Path, text: str, name: str = "tiny.txt") -> Path:
    """Return a file with a text, its line ends as they are."""
    path = folder / name
    path.write_text(text, encoding="ascii", newline="")
    return path


def check_refused(path: Path, message: str) -> None:
    """See that a file is refused by a message, after its name and a line in both languages."""
    with pytest.raises(InputError, match=message) as error:
        read_instance(path)
    assert error.value.message("en").startswith(f"{path.name}, line ")
    assert error.value.message("zh").startswith(f"{path.name} 第 ")


def read_streets(path: Path) -> StreetInstance:
    """Return an instance of arc routing."""
    _, instance = read_instance(path)
    assert isinstance(instance, StreetInstance)
    return instance


def read_stops(path: Path) -> StopInstance:
    """Return an instance of vehicle routing."""
    _, instance = read_instance(path)
    assert isinstance(instance, StopInstance)
    return instance
