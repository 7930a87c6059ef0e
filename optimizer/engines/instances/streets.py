"""What a file of the mixed families says: streets, a depot, dump sites, limits, all figures as written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from layers.text import Text
from optimizer.engines.instances.damage import damaged

Shape = tuple[tuple[float, float], ...]

# Figures are held in 32 bits on the way, and those along a way are added up.
MOST = 1 << 27
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
# Lines that a list may lack, or have in excess, against the header: published files (Act-a, Cen-c) lack one.
LISTS_MAY_DIFFER_BY = 1


@dataclass(frozen=True)
class Street:
    """One line of a list of streets.

    Parameters
    ----------
    line
        Where in the file, from 1.
    tail, head
        The ends as written.
    one_way
        Whether it is driven, and served, from tail to head only.
    drive
        Cost of driving along it without serving.
    serve
        Cost of serving it, driving included; None where it needs no service.
    demand
        What it adds to the load, one figure a capacity.
    shape
        Points from tail to head, (x, y); empty where the file gives none.
    """

    line: int
    tail: int
    head: int
    one_way: bool
    drive: Decimal
    serve: Decimal | None = None
    demand: tuple[Decimal, ...] = ()
    shape: Shape = ()


@dataclass(frozen=True)
class StreetFile:
    """What a file of the families mcarp, mcarptif and mcarptif-tp says.

    Parameters
    ----------
    path
        The file.
    streets
        Required edges, then required arcs, in file order; then the others.
    depot, sites
        Nodes as written.
    capacity
        One figure a resource.
    dump_costs
        Cost, and time, of unloading, one a site; where there is no site, one for the depot.
    shift
        Longest time of a route; None where there is no limit.
    turn_costs
        Of going straight, right, left, and back; None where turns cost nothing.
    lines
        Line of each keyword.
    notes
        What was found odd and how it was read.
    """

    path: Path
    streets: tuple[Street, ...]
    depot: int
    sites: tuple[int, ...]
    capacity: tuple[Decimal, ...]
    dump_costs: tuple[Decimal, ...]
    shift: Decimal | None
    turn_costs: tuple[Decimal, ...] | None = None
    lines: dict[str, int] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()

    @property
    def required(self) -> tuple[Street, ...]:
        """The streets that need service; their order is that of the solution's `line`."""
        return tuple(street for street in self.streets if street.serve is not None)

    def with_capacity(self, capacity: int | None) -> StreetFile:
        """Return the file with another capacity of every resource, unless that is None."""
        return self if capacity is None else replace(self, capacity=(Decimal(capacity),) * len(self.capacity))


def figure(path: Path, line: int, key: str, text: str) -> Decimal:
    """Return a figure of at least 0, exactly as written."""
    if not _FIGURE.fullmatch(text):
        raise damaged(
            path,
            line,
            f"{key} 为“{text}”，应为不小于 0 的数，请改正",
            f"{key} is {text!r}, a number of at least 0 is expected; mend the line",
        )
    value = Decimal(text)
    if value >= MOST:
        raise damaged(
            path,
            line,
            f"{key} 为 {text}，应小于 {MOST}，请换用较大的单位",
            f"{key} is {text}, less than {MOST} is expected; use a larger unit",
        )
    return value


def node(path: Path, line: int, key: str, text: str) -> int:
    """Return a node's id, which may be negative."""
    if not re.fullmatch(r"-?\d{1,9}", text):
        raise damaged(
            path,
            line,
            f"{key} 为“{text}”，应为整数编号，请改正",
            f"{key} is {text!r}, a whole number is expected; mend the line",
        )
    return int(text)


def places(values: Iterable[Decimal]) -> int:
    """Return how many decimals make all values whole."""
    exponents = (value.normalize().as_tuple().exponent for value in values)
    return max((-e for e in exponents if isinstance(e, int) and e < 0), default=0)


def checked(file: StreetFile) -> StreetFile:
    """Return the file, with a note on dump sites that no street touches, or refuse what cannot be meant.

    Raises
    ------
    InputError
        A demand exceeds the capacity, or no street touches the depot or any dump site.
    """
    for street in file.required:
        for demand, capacity in zip(street.demand, file.capacity, strict=True):
            if demand > capacity:
                raise damaged(
                    file.path,
                    street.line,
                    f"需求 {demand} 超过容量 {capacity}，请改正",
                    f"demand {demand} exceeds the capacity {capacity}; mend the line or CAPACITY",
                )
    touched = {end for street in file.streets for end in (street.tail, street.head)}
    for key, nodes in (("DEPOT", (file.depot,)), ("DUMPING_SITES", file.sites)):
        if nodes and touched.isdisjoint(nodes):
            shown = ", ".join(map(str, nodes))
            raise damaged(
                file.path,
                file.lines.get(key, 1),
                f"{key} 为 {shown}，没有街道到达，应为街道的端点，请改正",
                f"{key} is {shown}, which no street touches; an end of a street is expected; mend the line",
            )
    cut_off = [site for site in file.sites if site not in touched]
    kept = [k for k, site in enumerate(file.sites) if site in touched]
    notes = tuple(
        Text(zh=f"垃圾卸点 {s} 没有街道到达，未使用", en=f"no street touches dump site {s}; it is not used") for s in cut_off
    )
    return replace(
        file,
        sites=tuple(file.sites[k] for k in kept),
        dump_costs=tuple(file.dump_costs[k] for k in kept) if file.sites else file.dump_costs,
        notes=file.notes + notes,
    )
