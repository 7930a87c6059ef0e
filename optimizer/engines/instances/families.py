"""Recognise the family of a public instance file from its content."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path

from layers.errors import InputError
from layers.text import Text


class Family(Enum):
    """Families of instance files that the program knows by sight."""

    CARP = "carp"
    MCARP = "mcarp"
    MCARPTIF = "mcarptif"
    MCARPTIF_TP = "mcarptif-tp"
    VRPTW = "vrptw"
    MULTITRIP_VRPTW = "multitrip-vrptw"
    WASTE_VRPTW = "waste-vrptw"
    PMED = "pmed"
    CAP = "cap"
    SSCFLP = "sscflp"


_MIXED = r"^[ \t]*(LIST_)?(NO)?REQ_(EDGES|ARCS)[ \t]*:"
# The first family all of whose signs are found. Those of arc routing are known by any of their keywords, so that a damaged
# file is still read as such.
_SIGNS: tuple[tuple[Family, tuple[str, ...]], ...] = (
    (Family.CARP, (r"^[ \t]*(LISTA_ARISTAS_REQ|ARISTAS_REQ|CAPACIDAD|TIPO_COSTES_ARISTAS|DEPOSITO)\b",)),
    (Family.MCARPTIF_TP, (r"^(NAME|(NO)?REQ_(EDGES|ARCS)|DUMPING_COST|MAX_DURATION|DUMPING_SITES|TURN_PENALTY)\t",)),
    (Family.MCARPTIF, (_MIXED, r"^[ \t]*DUMPING_SITES[ \t]*:")),
    (Family.MCARP, (_MIXED,)),
    (Family.MULTITRIP_VRPTW, (r"^TYPE[ \t]*:[ \t]*MTVRPTW",)),
    (Family.VRPTW, (r"^CUST[ \t]+NO\.[ \t]+XCOORD",)),
    (Family.WASTE_VRPTW, (r"^Stop_ID\b",)),
    (Family.PMED, (r"\A\s*\d+[ \t]+\d+[ \t]+\d+[ \t]*$",)),
    # One site a line, against all capacities in one.
    (Family.CAP, (r"\A\s*\d+[ \t]+\d+[ \t]*\n[ \t]*\S+[ \t]+\S+[ \t]*$",)),
    (Family.SSCFLP, (r"\A\s*\d+[ \t]+\d+[ \t]*$",)),
)


def read_text(path: Path) -> str:
    """Return a file's text; public instances are ASCII, in old encodings at worst."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise InputError(
            Text(
                zh=f"无法读取实例文件 {path}：{why}；请检查路径与权限",
                en=f"cannot read instance file {path}: {why}; check the path and its permissions",
            )
        ) from error
    return raw.decode("latin-1").replace("\r\n", "\n")


def family_of(path: Path, text: str) -> Family:
    """Return the family, or refuse a file that is none of them."""
    for family, signs in _SIGNS:
        if all(re.search(sign, text, re.M) for sign in signs):
            return family
    raise InputError(
        Text(
            zh=f"{path.name}：第 1 行起不是任何已知的实例格式；应为 CARP 等公开算例文件，请检查文件",
            en=f"{path.name}: from line 1 on this is no instance format that is known; "
            "a public benchmark file (CARP and others) is expected; check the file",
        )
    )
