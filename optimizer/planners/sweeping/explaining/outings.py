"""How long a vehicle takes to go out for one pass alone and come home: by quickest ways, without any solver."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from layers.layer import F64, Bool, Rows
from layers.network import Network, snap
from optimizer.ground.networks import reach_of
from optimizer.ground.places import xy_of
from optimizer.planners.sweeping.day.fleet import sprays
from optimizer.planners.sweeping.day.kerbs import Passes, most_speed_mps
from optimizer.planners.sweeping.day.networks import arcs_along
from optimizer.planners.sweeping.day.places import Places
from optimizer.planners.sweeping.day.water import refill_s
from optimizer.planners.sweeping.params import SweepingParams
from resources.inventory import VehicleType


@dataclass(frozen=True, eq=False)
class Outings:
    """Hold what one vehicle type finds in one group of shifts.

    Parameters
    ----------
    vehicle, network
        The type, and what it can drive.
    depots, dumps
        Ids of those that lie near enough.
    depot_arc, depot_share, dump_arc, dump_share
        Where they lie on the network.
    water, water_arc, water_s, fill_s
        Ids of the water points, where they lie, seconds from their arcs' starts to them, and of a refill; none where the
        type sprays off no tank.
    reach
        Arc of each street against (0) and along (1) its line, shape (n_streets, 2); -1 where there is none.
    service_s
        Seconds that the type sweeps each pass, shape (n_passes,).
    """

    vehicle: VehicleType
    network: Network
    depots: tuple[str, ...]
    dumps: tuple[str, ...]
    depot_arc: Rows
    depot_share: F64
    dump_arc: Rows
    dump_share: F64
    water: tuple[str, ...]
    water_arc: Rows
    water_s: F64
    fill_s: F64
    reach: Rows
    passes: Passes
    service_s: F64

    @classmethod
    def of(
        cls, vehicle: VehicleType, network: Network, places: Places, passes: Passes, params: SweepingParams
    ) -> Outings | None:
        """Read a network; None where no depot or no dump lies near enough to it."""
        water = places.water if sprays(vehicle) else ()
        streets, every = passes.streets, (*places.depots, *places.dumps, *water)
        snaps = snap(network, streets, xy_of(every))
        near: Bool = snaps.distance_m <= params.snap_m
        ends = np.cumsum([len(places.depots), len(places.dumps)])
        share, names = snaps.share(network), np.array([place.id for place in every])
        depots, dumps, points = (part[near[part]] for part in np.split(np.arange(len(every)), ends))
        if not (len(depots) and len(dumps)):
            return None
        most_mps = most_speed_mps(streets, params)[passes.street]
        return cls(
            vehicle=vehicle,
            network=network,
            depots=tuple(names[depots].tolist()),
            dumps=tuple(names[dumps].tolist()),
            depot_arc=snaps.arc[depots],
            depot_share=share[depots],
            dump_arc=snaps.arc[dumps],
            dump_share=share[dumps],
            water=tuple(names[points].tolist()),
            water_arc=snaps.arc[points],
            water_s=share[points] * network.arc_time_s[snaps.arc[points]],
            fill_s=np.array([refill_s(every[k], vehicle, vehicle.tank_l) for k in points.tolist()], dtype=np.float64),
            reach=reach_of(network, streets),
            passes=passes,
            service_s=passes.length_m / np.minimum(vehicle.working_speed_mps, most_mps),
        )

    @cached_property
    def _graph(self) -> csr_array:
        states = self.network.states()
        # a turn that takes no time must not vanish from the sparse graph
        return csr_array(
            (np.maximum(states.time_s, 1e-6), (states.tail, states.head)), shape=(states.n_states, states.n_states)
        )

    @cached_property
    def _against(self) -> csr_array:
        return self._graph.T.tocsr()

    def arcs_of(self, rows: Rows) -> Rows:
        """Return the arcs that passes are swept along, shape (n, 2); -1 for none."""
        return arcs_along(self.reach, self.passes, rows)

    def from_state(self, state: int) -> F64:
        """Return the seconds from a state to all states, shape (n_states,)."""
        return np.asarray(dijkstra(self._graph, indices=np.array([state])), dtype=np.float64).ravel()

    def to_state(self, state: int) -> F64:
        """Return the seconds from all states to a state, shape (n_states,)."""
        return np.asarray(dijkstra(self._against, indices=np.array([state])), dtype=np.float64).ravel()

    @cached_property
    def _around_water(self) -> dict[int, tuple[F64, F64]]:
        return {}

    def around_water(self, point: int) -> tuple[F64, F64]:
        """Return the seconds from all states to the start of a water point's arc and back, shape (n_states,) each."""
        if point not in self._around_water:
            state = 2 * int(self.water_arc[point])
            self._around_water[point] = (self.to_state(state), self.from_state(state))
        return self._around_water[point]

    def part_s(self, arc: Rows, share: F64) -> F64:
        """Return the seconds from an arc's start to a place on it, shape (n,)."""
        return np.asarray(share * self.network.arc_time_s[arc])

    def out_s(self, depot: int) -> F64:
        """Return the seconds from a depot to all states, shape (n_states,)."""
        arc = self.depot_arc[depot]
        return self.from_state(2 * int(arc)) - float(self.part_s(arc, self.depot_share[depot]))

    def filled_s(self, depot: int) -> F64:
        """Return the seconds from a depot over the best water point to all states, the refill told in, shape (n_states,)."""
        if not len(self.water_arc):
            return np.full(self._graph.shape[0], np.inf)
        at = 2 * self.water_arc
        # from a depot behind the water point on one arc the way there cannot be shorter than none
        there_s = np.maximum(0.0, self.out_s(depot)[at] + self.water_s) + self.fill_s - self.water_s
        order = np.argsort(there_s, kind="stable")
        at, first = np.unique(at[order], return_index=True)
        # one more state, from which all water points are reached
        graph, begins_s = self._graph, np.maximum(there_s[order][first], 1e-6)
        at, begins_s = at[np.isfinite(begins_s)], begins_s[np.isfinite(begins_s)]
        joined = csr_array(
            (
                np.append(graph.data, begins_s),
                np.append(graph.indices, at),
                np.append(graph.indptr, graph.indptr[-1] + len(at)),
            ),
            shape=(graph.shape[0] + 1, graph.shape[0] + 1),
        )
        return np.asarray(dijkstra(joined, indices=np.array([graph.shape[0]])), dtype=np.float64).ravel()[:-1]

    @cached_property
    def _dumps_s(self) -> F64:
        """Seconds from all states to each dump, shape (n_dumps, n_states)."""
        back = np.array([self.to_state(2 * int(arc)) for arc in self.dump_arc])
        return np.asarray(back + self.part_s(self.dump_arc, self.dump_share)[:, None])

    def from_dumps_s(self, depot: int) -> F64:
        """Return the seconds from each dump to a depot, shape (n_dumps,)."""
        arc, share = self.depot_arc[depot], self.depot_share[depot]
        part_s, dump_part_s = float(self.part_s(arc, share)), self.part_s(self.dump_arc, self.dump_share)
        round_s = self.to_state(2 * int(arc))[2 * self.dump_arc] + part_s - dump_part_s
        # from a dump behind the depot on one arc the way is short, whatever the round trip over the network says
        same = (self.dump_arc == arc) & (self.dump_share <= share)
        return np.asarray(np.maximum(0.0, np.where(same, part_s - dump_part_s, round_s)))

    def home_s(self, depot: int) -> F64:
        """Return the seconds from all states over the best dump to a depot, unloading told in, shape (n_states,)."""
        return np.asarray((self._dumps_s + (self.vehicle.unload_s + self.from_dumps_s(depot))[:, None]).min(axis=0))

    def alone_s(self, depot: str, rows: Rows, *, refilled: bool = False) -> F64:
        """Return the seconds of an outing from a depot for each pass alone, shape (n,); infinite where there is no way.

        Parameters
        ----------
        refilled
            Whether water is taken on the way to the pass.
        """
        if depot not in self.depots:
            return np.full(len(rows), np.inf)
        d = self.depots.index(depot)
        out_s = self.filled_s(d) if refilled else self.out_s(d)
        home_s, arcs = self.home_s(d), self.arcs_of(rows)
        whole_s = out_s[2 * arcs] + self.service_s[rows][:, None] + home_s[2 * arcs + 1]
        return np.asarray(np.where(arcs >= 0, whole_s, np.inf).min(axis=1))

    def drives(self, rows: Rows) -> Bool:
        """Return which passes the type can be driven to and back from, in the direction of sweeping, shape (n,)."""
        return np.asarray((self.arcs_of(rows) >= 0).any(axis=1))
