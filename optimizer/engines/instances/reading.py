"""Read an instance file of any family that the engines solve."""

from __future__ import annotations

from pathlib import Path

from optimizer.engines.instances.carp import read_carp
from optimizer.engines.instances.families import Family, family_of, read_text, refuse_family
from optimizer.engines.instances.instance import Instance
from optimizer.engines.instances.mixed import read_mixed
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
    if family is Family.CARP:
        return family, read_carp(path, text, capacity)
    if family in (Family.MCARP, Family.MCARPTIF):
        return family, junction_instance(checked(read_mixed(path, text).with_capacity(capacity)))
    if family is Family.MCARPTIF_TP:
        return family, turn_instance(checked(read_turning(path, text).with_capacity(capacity)))
    raise refuse_family(path, family)
