"""Make problems of the engine from what files of the mixed families say.

What a route costs, in every family: serving (driving included), driving without serving, and DUMPING_COST for each
unloading. Cost is time, and a route may take no longer than MAX_TRIP or MAX_DURATION; turn penalties are part of it. In
mcarp a vehicle unloads at the depot, once, at the end of its route: so the authors of the files count, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Decimal

import numpy as np

from layers.text import Text
from optimizer.engines.arc_routing import ArcRoutingProblem, Facility, Network, Tasks, VehicleGroup
from optimizer.engines.arc_routing.problem import IntArray
from optimizer.engines.instances.figures import MOST, places
from optimizer.engines.instances.street_instance import StreetInstance
from optimizer.engines.instances.streets import StreetFile
from optimizer.engines.instances.turns import Ways, turn_network, ways_of

# A shift is shorter, in whole units.
_LONGEST_SHIFT = 1 << 29
# All streets and turns together, so that products of cost and time stay exact where they are held as floats.
_LARGEST_SUM = 1 << 30
_TURNS_A_STREET = 8
_MOST_PLACES = 9


class _Units:
    """A file's figures as whole numbers: costs and times in one unit, each resource in one of its own.

    Where the figures have more decimals than fit, costs and times are rounded, demands are rounded up, capacities down.
    """

    def __init__(self, file: StreetFile) -> None:
        costs = [cost for s in file.streets for cost in (s.drive, s.serve) if cost is not None]
        shift = () if file.shift is None else (file.shift,)
        turns = file.turn_costs or ()
        self.file = file
        self._exact_places = places([*costs, *file.dump_costs, *turns, *shift])
        driven = 2 * sum(s.drive for s in file.streets) + _TURNS_A_STREET * len(file.streets) * max(
            turns, default=Decimal(0)
        )
        limits = [(max(costs), MOST), (driven, _LARGEST_SUM), *((limit, _LONGEST_SHIFT) for limit in shift)]
        self.n_places = min(self._exact_places, *(_fitting(amount, below) for amount, below in limits))

    def cost(self, figure: Decimal) -> int:
        """Return a cost or a time in whole units."""
        return int(figure.scaleb(self.n_places).to_integral_value(ROUND_HALF_EVEN))

    def costs(self, figures: Iterable[Decimal]) -> IntArray:
        """Return costs or times in whole units."""
        return np.array([self.cost(figure) for figure in figures], dtype=np.int64)

    def shift(self) -> int | None:
        """Return the shift limit in whole units; None where nothing is limited."""
        return None if self.file.shift is None else int(self.file.shift.scaleb(self.n_places))

    def loads(self) -> tuple[IntArray, tuple[int, ...]]:
        """Return the demands, shape (n_tasks, n_resources), and the capacities; each resource that differs."""
        required, columns = self.file.required, []
        for k, capacity in enumerate(self.file.capacity):
            demands = [street.demand[k] for street in required]
            n_places = min(places([capacity, *demands]), _fitting(capacity, MOST))
            amounts = [int(demand.scaleb(n_places).to_integral_value(ROUND_CEILING)) for demand in demands]
            columns.append((int(capacity.scaleb(n_places)), *amounts))
        different = np.array(list(dict.fromkeys(columns)), dtype=np.int64).T
        return different[1:].copy(), tuple(different[0].tolist())

    def notes(self) -> tuple[Text, ...]:
        """Return a note where costs are rounded."""
        if self.n_places == self._exact_places:
            return ()
        return (
            Text(
                zh=f"费用与时间保留 {self.n_places} 位小数，其余舍入",
                en=f"costs and times are rounded to {self.n_places} decimals",
            ),
        )


def _fitting(amount: Decimal, below: int) -> int:
    """Return how many decimals an amount may keep to stay below a limit as a whole number."""
    n_places = 0
    while amount.scaleb(n_places + 1) < below and n_places < _MOST_PLACES:
        n_places += 1
    return n_places


def junction_problem(file: StreetFile) -> ArcRoutingProblem:
    """Return a file without turn penalties as a problem between junctions."""
    units = _Units(file)
    nodes = {node: k for k, node in enumerate(sorted({end for s in file.streets for end in (s.tail, s.head)}))}
    ends = np.array([(nodes[s.tail], nodes[s.head]) for s in file.streets], dtype=np.int64)
    drive = units.costs(s.drive for s in file.streets)
    both = np.array([not s.one_way for s in file.streets])
    tail = np.concatenate([ends[:, 0], ends[both, 1]])
    head = np.concatenate([ends[:, 1], ends[both, 0]])
    cost = np.concatenate([drive, drive[both]])
    served = ends[: len(file.required)]
    facilities = tuple(
        Facility(nodes[site], visit_s=units.cost(dump), visit_cost=units.cost(dump))
        for site, dump in zip(file.sites, file.dump_costs, strict=bool(file.sites))
    )
    return ArcRoutingProblem(
        network=Network(len(nodes), tail, head, cost, cost),
        tasks=_tasks(units, served, served[:, ::-1].copy()),
        groups=(_fleet(units, nodes[file.depot], nodes[file.depot]),),
        facilities=facilities,
        name=file.path.stem,
    )


def junction_instance(file: StreetFile) -> StreetInstance:
    """Return a file without turn penalties as an instance."""
    units = _Units(file)
    return StreetInstance(
        name=file.path.stem,
        problem=junction_problem(file),
        streets=tuple((s.tail, s.head) for s in file.required),
        sites=file.sites,
        n_places=units.n_places,
        notes=file.notes + units.notes(),
    )


def turn_instance(file: StreetFile) -> StreetInstance:
    """Return a file with turn penalties as an instance."""
    units = _Units(file)
    assert file.turn_costs is not None
    penalties = units.costs(file.turn_costs)
    ways = ways_of(file.streets)
    drive = units.costs(s.drive for s in file.streets)
    made = turn_network(ways, drive, penalties, file.depot, file.sites)
    dearest = int(penalties.max())
    visits = [units.cost(dump) - dearest for dump in file.dump_costs]
    entry, leave = _way_ends(ways, len(file.required))
    problem = ArcRoutingProblem(
        network=made.network,
        tasks=_tasks(units, entry, leave),
        groups=(_fleet(units, made.leave, made.reach),),
        facilities=tuple(
            Facility(node, visit_s=max(0, visit), visit_cost=max(0, visit))
            for node, visit in zip(made.sites, visits, strict=True)
        ),
        name=file.path.stem,
    )
    return StreetInstance(
        name=file.path.stem,
        problem=problem,
        streets=tuple((s.tail, s.head) for s in file.required),
        sites=file.sites,
        n_places=units.n_places,
        extra_costs=tuple(max(0, -visit) for visit in visits),
        notes=file.notes + units.notes() + _fleet_notes(file),
    )


def _way_ends(ways: Ways, n_tasks: int) -> tuple[IntArray, IntArray]:
    """Return where serving each street begins and ends in its two directions; one-ways have the first twice."""
    there = ways.forward_of[:n_tasks]
    back = np.where(ways.backward_of[:n_tasks] < 0, there, ways.backward_of[:n_tasks])
    way = np.column_stack([there, back])
    return 2 * way, 2 * way + 1


def _tasks(units: _Units, entry: IntArray, leave: IntArray) -> Tasks:
    required = units.file.required
    cost = np.repeat(units.costs(s.serve for s in required if s.serve is not None)[:, None], 2, axis=1)
    demand, _ = units.loads()
    return Tasks(
        entry=entry,
        exit=leave,
        cost=cost,
        time_s=cost,
        reversible=np.array([not s.one_way for s in required], dtype=np.bool_),
        demand=demand,
        value=np.ones(len(required), dtype=np.int64),
    )


def _fleet(units: _Units, leave: int, reach: int) -> VehicleGroup:
    """Return the vehicles: one where turns are penalised, unless it cannot do all; else as many as wanted."""
    file = units.file
    _, capacity = units.loads()
    # Without a dump site the vehicle unloads at the depot, at the end.
    dump = 0 if file.sites else units.cost(file.dump_costs[0])
    n_vehicles = 1 if file.turn_costs is not None and not _needs_several(file) else None
    return VehicleGroup(leave, reach, capacity, n_vehicles, shift_s=units.shift(), setup_s=dump, fixed_cost=dump)


def _needs_several(file: StreetFile) -> bool:
    """Tell whether serving alone takes longer than one shift."""
    return file.shift is not None and sum(s.serve for s in file.required if s.serve is not None) > file.shift


def _fleet_notes(file: StreetFile) -> tuple[Text, ...]:
    if not _needs_several(file):
        return ()
    return (
        Text(
            zh=f"仅作业用时即超过 MAX_DURATION {file.shift}：一辆车不够，车辆数不限",
            en=f"serving alone takes longer than MAX_DURATION {file.shift}: one vehicle is not enough, "
            "any number may be used",
        ),
    )
