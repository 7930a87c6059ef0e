"""What the documents ask of a city, as data: targets, rules, and references that are shown beside our figures."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from layers.errors import InputError
from layers.text import Text
from resources.unit_names import unit_text

Where = Mapping[str, str | tuple[str, ...]]


class TargetKind(StrEnum):
    """What a row of the documents is: wanted, kept or broken, or shown only."""

    TARGET = "target"
    RULE = "rule"
    REFERENCE = "reference"


class Op(StrEnum):
    """How a figure is compared with what is wanted; limits are inclusive."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EXACTLY = "=="
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Document:
    """Name a document that may bind the bureau."""

    key: str
    label: Text
    city: Text


@dataclass(frozen=True)
class Target:
    """Hold one figure that a document asks for.

    Parameters
    ----------
    id
        Stable key.
    document
        Key of the document.
    planner
        Who measures it; ``entry`` where a manager enters the figure.
    metric
        Name of the figure: the `id` of the KPI that is held against it.
    op, values, unit
        What is wanted: one value, or two for ``between``.
    where
        What is measured: ``area``, ``road_class``, ``street_flag``.
    per
        Each ``city``, ``district``, ``community`` or ``object`` is judged by itself.
    period
        ``day``, ``night``, ``month``, ``half_year``, ``year``, ``plan`` or empty.
    window
        Periods of the day that a rule speaks of, ``HH:MM``.
    rule, note
        The rule in words, and what else the document says; None where there is none.
    """

    id: str
    document: str
    planner: str
    kind: TargetKind
    metric: str
    op: Op
    values: tuple[float, ...]
    unit: str
    where: Where
    per: str
    period: str
    label: Text
    when: str = ""
    window: tuple[str, ...] = ()
    rule: Text | None = None
    note: Text | None = None

    @property
    def wanted(self) -> str:
        """What is wanted, as it is shown: ``≥ 85 %``."""
        return f"{self.wanted_value} {self.unit}"

    @property
    def wanted_text(self) -> Text:
        """What is wanted, with the unit in either language."""
        unit = unit_text(self.unit)
        return Text(f"{self.wanted_value} {unit.zh}", f"{self.wanted_value} {unit.en}")

    @property
    def wanted_value(self) -> str:
        """What is wanted, without its unit: ``≥ 85``."""
        shown = " – ".join(f"{v:,.10g}" for v in self.values)
        sign = {Op.AT_LEAST: "≥ ", Op.AT_MOST: "≤ ", Op.EXACTLY: "= ", Op.BETWEEN: ""}[self.op]
        return f"{sign}{shown}"


def where_key(where: Where) -> str:
    """Return a scope as one canonical text: ``area=city;road_class=main,secondary``.

    The area comes first and is ``city`` where none is named; lists are sorted.
    """
    full: dict[str, Any] = {"area": "city", **where}
    parts = []
    for name in sorted(full, key=lambda k: (k != "area", k)):
        value = full[name]
        parts.append(f"{name}={value if isinstance(value, str) else ','.join(sorted(value))}")
    return ";".join(parts)


def load_targets(documents: Iterable[str] | None = None) -> tuple[Target, ...]:
    """Return the targets of some documents, in the order of the data.

    Parameters
    ----------
    documents
        Keys of the documents that bind; all of them where None.

    Raises
    ------
    InputError
        Where there is no such document.
    """
    every = _targets()
    if documents is None:
        return every
    chosen = tuple(documents)
    known = [d.key for d in load_documents()]
    for key in chosen:
        if key not in known:
            zh = f"没有文件“{key}”；应为 {' | '.join(known)}"
            raise InputError(Text(zh, f"no document {key!r}; expected {' | '.join(known)}"))
    return tuple(t for t in every if t.document in chosen)


@cache
def load_documents() -> tuple[Document, ...]:
    """Return the documents that may bind the bureau."""
    return tuple(Document(d["key"], Text(d["zh"], d["en"]), Text(d["city_zh"], d["city_en"])) for d in _data()["document"])


@cache
def _targets() -> tuple[Target, ...]:
    return tuple(_target(row) for row in _data()["target"])


def _data() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(files("resources").joinpath("targets.toml").read_text(encoding="utf-8"))


def _target(row: dict[str, Any]) -> Target:
    where = {k: v if isinstance(v, str) else tuple(v) for k, v in row["where"].items()}
    return Target(
        id=row["id"],
        document=row["document"],
        planner=row["planner"],
        kind=TargetKind(row["kind"]),
        metric=row["metric"],
        op=Op(row["op"]),
        values=_values(row["value"]),
        unit=row["unit"],
        where=MappingProxyType(where),
        per=row["per"],
        period=row["period"],
        label=Text(row["zh"], row["en"]),
        when=row.get("when", ""),
        window=tuple(row.get("window", ())),
        rule=Text(row["rule_zh"], row["rule_en"]) if "rule_zh" in row else None,
        note=Text(row["note_zh"], row["note_en"]) if "note_zh" in row else None,
    )


def _values(value: float | Sequence[float]) -> tuple[float, ...]:
    return tuple(float(v) for v in value) if isinstance(value, list) else (float(value),)  # type: ignore[arg-type]
