"""What a file of the mixed families says: streets, a depot, dump sites, limits, all figures as written."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from layers.text import Text
from optimizer.engines.instances.damage import damaged

Shape = tuple[tuple[float, float], ...]

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
