"""Keep a made city on disk, so that the window opens on it at once the second time."""

from __future__ import annotations

import hashlib
import logging
from importlib.resources import files
from pathlib import Path

from layers.city import City
from layers.errors import InputError, StorageError
from layers.io.geopackage import read_city, write_city
from sample_city.generate import make_city
from sample_city.spec import VERSION, spec_of

_log = logging.getLogger(__name__)


def load_or_make(size: str, seed: int, folder: Path | None = None) -> City:
    """Return the city of a seed, from the cache where it is there.

    A cache that cannot be read or written is no reason to stop: the city is made anew, and the log tells why.

    Parameters
    ----------
    folder
        Where cities are kept; the user's cache folder where None.
    """
    spec_of(size)
    path = (folder or _folder()) / f"{size}-{seed}-{fingerprint()}.gpkg"
    if path.exists():
        try:
            return read_city(path)
        except InputError as error:
            _log.warning("kept city is made anew: %s", error)
    city = make_city(size, seed)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_city(city, path)
    except (StorageError, OSError) as error:
        _log.warning("city is not kept: %s", error)
    return city


def fingerprint() -> str:
    """Return a short hash of the generator: its version and its source, where that is at hand."""
    digest = hashlib.blake2b(str(VERSION).encode(), digest_size=6)
    sources = sorted((p for p in files("sample_city").iterdir() if p.name.endswith(".py")), key=lambda p: p.name)
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_cache_dir("jingcheng", appauthor=False)) / "sample_city"
