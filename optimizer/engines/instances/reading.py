"""Read an instance file of any family that the engines solve."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from optimizer.engines.instances.carp import read_carp
from optimizer.engines.instances.families import Family, family_of, read_text
from optimizer.engines.instances.instance import Instance
from optimizer.engines.instances.kim import read_kim
from optimizer.engines.instances.mixed import read_mixed
from optimizer.engines.instances.multitrip import read_multitrip
from optimizer.engines.instances.site_files import read_cap, read_pmed, read_sscflp
from optimizer.engines.instances.solomon import read_solomon
from optimizer.engines.instances.street_problems import junction_instance, turn_instance
from optimizer.engines.instances.streets import checked
from optimizer.engines.instances.turning import read_turning


def read_instance(path: Path, capacity: int | None = None) -> tuple[Family, Instance]:
    """Recognise a file by its content and read it; `capacity` stands in for the file's.

    Raises
    ------
    InputError
        The file cannot be used; a damaged one is named with its line.
    """
    text = read_text(path)
    family = family_of(path, text)
    return family, _READERS[family](path, text, capacity)


def _mixed(path: Path, text: str, capacity: int | None) -> Instance:
    return junction_instance(checked(read_mixed(path, text).with_capacity(capacity)))


def _turning(path: Path, text: str, capacity: int | None) -> Instance:
    return turn_instance(checked(read_turning(path, text).with_capacity(capacity)))


_READERS: dict[Family, Callable[[Path, str, int | None], Instance]] = {
    Family.CARP: read_carp,
    Family.MCARP: _mixed,
    Family.MCARPTIF: _mixed,
    Family.MCARPTIF_TP: _turning,
    Family.VRPTW: read_solomon,
    Family.MULTITRIP_VRPTW: read_multitrip,
    Family.WASTE_VRPTW: read_kim,
    Family.PMED: read_pmed,
    Family.CAP: read_cap,
    Family.SSCFLP: read_sscflp,
}
