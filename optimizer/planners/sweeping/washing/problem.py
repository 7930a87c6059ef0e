"""Turn the city into units of washing for the engine, and the nights into room for their turnouts."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from layers.city import City
from layers.errors import InputError, ParameterError
from layers.layer import Rows
from layers.text import Text
from optimizer.engines.arc_routing.warm import warm_up
from optimizer.ground.assumed import assumed_streets
from optimizer.ground.fleet import in_service
from optimizer.ground.networks import Networks, ShiftGroup, first_network, networks_of, shift_groups
from optimizer.monitor import Monitor
from optimizer.plan import Assumed, Unserved
from optimizer.planners.sweeping.day import fleet
from optimizer.planners.sweeping.day.assumed import READ
from optimizer.planners.sweeping.day.water import refill_s
from optimizer.planners.sweeping.explaining.unserved import Barriers, not_begun
from optimizer.planners.sweeping.params import SweepingParams
from optimizer.planners.sweeping.search.dealing import Bench
from optimizer.planners.sweeping.search.grounds import grounds_of
from optimizer.planners.sweeping.search.proven import net_s
from optimizer.planners.sweeping.search.units import Unit
from optimizer.planners.sweeping.search.weights import Weights
from optimizer.planners.sweeping.washing import reasons, work
from optimizer.planners.sweeping.washing.calendar import Room
from optimizer.planners.sweeping.washing.dealing import Offer, types_of, units_of_all
from optimizer.planners.sweeping.washing.legs import Water
from optimizer.planners.sweeping.washing.places import washing_places
from optimizer.planners.sweeping.washing.work import KIND_OF_JOB, PAVEMENT, Washings, washings_of
from optimizer.scenario import Lock, Scenario
from resources.inventory import Inventory, Shift, VehicleType


@dataclass(frozen=True, eq=False)
class WashingProblem:
    """Hold what is to be solved.

    Parameters
    ----------
    washings
        What is asked for.
    values
        Worth of each washing, shape (n_washings,).
    fleet_s
        Working time of all vehicles on all nights together, seconds.
    night_work_s
        Seconds of a night that a vehicle has for driving, washing and refills.
    units
        What the engine is asked.
    unserved
        Washings that no vehicle can do at all.
    assumed
        What nobody gave.
    room
        What nights can take.
    sites
        Vehicle type by number and depot by id, in the order of the room's sites.
    vehicles
        Vehicle types of the room's pools.
    offer
        What more units can be made from; None where none were made.
    kind_of
        Vehicle type of each washing, -1 where there is none, shape (n_washings,).
    city
        What smallest changes are looked for in; None where the run was stopped before.
    """

    washings: Washings
    values: Rows
    fleet_s: float
    night_work_s: float
    units: tuple[Unit, ...]
    unserved: tuple[Unserved, ...]
    assumed: tuple[Assumed, ...]
    room: Room
    sites: tuple[tuple[int, str], ...]
    vehicles: tuple[VehicleType, ...]
    params: SweepingParams
    offer: Offer | None
    kind_of: Rows
    city: City | None = None

    def site_of(self, unit: Unit) -> int:
        """Return the number of a unit's site."""
        return self.sites.index((self.vehicles.index(unit.vehicle), unit.depot.places[0].id))

    def water(self, unit: Unit) -> Water:
        """Return what a unit's vehicles do with water."""
        tank_l = work.tank_l(unit.vehicle, self.params)
        fills_s = {place.id: refill_s(place, unit.vehicle, tank_l) for place in unit.dumps.places}
        return Water(work.water_lpm(unit.vehicle, self.params), fills_s)


def washers(inventory: Inventory) -> tuple[VehicleType, ...]:
    """Return the vehicles that wash and are in service, the widest of each kind first."""
    return in_service(inventory, KIND_OF_JOB)


def shift_of(inventory: Inventory, params: SweepingParams) -> Shift:
    """Return the shift in which all is washed.

    Raises
    ------
    ParameterError
        Where the inventory has no such shift.
    """
    known = inventory.shift_of
    if params.washing_shift not in known:
        zh = f"参数 washing_shift 为“{params.washing_shift}”；资源库中的班次：{'、'.join(known)}"
        en = f"parameter 'washing_shift' is {params.washing_shift!r}; the inventory has: {', '.join(known)}"
        raise ParameterError(Text(zh, en))
    return known[params.washing_shift]


def fleet_s(inventory: Inventory, params: SweepingParams) -> float:
    """Return the working time of all washing vehicles on all nights together, seconds."""
    shift = shift_of(inventory, params)
    n_vehicles = sum(inventory.n_in_service(v) for v in washers(inventory))
    return n_vehicles * (shift.end_s - shift.start_s) * params.horizon_days


def prepare(scenario: Scenario, monitor: Monitor) -> WashingProblem:
    """Read the scenario and return the problem; where the monitor is stopped in the midst, one without any unit.

    Raises
    ------
    InputError
        Where nothing is to be washed, no washing vehicle is in service, or a place lies far from every street.
    ParameterError
        Where the shift is unknown, or places or temperatures cannot be read.
    NetworkError
        Where no washing vehicle can drive any street.
    """
    params, inventory = scenario.params, scenario.inventory
    assert isinstance(params, SweepingParams)
    monitor.report(0.0, "prepare")
    washings, shift = washings_of(scenario.city, params), shift_of(inventory, params)
    city = scenario.city.with_layers(washings.streets)
    vehicles = washers(inventory)
    if not len(washings):
        zh = "没有需要冲洗的车行道和人行道：各项冲洗间隔均为 0；请至少给一项间隔"
        raise InputError(Text(zh, "no carriageway and no pavement is to be washed: every interval is 0; give one at least"))
    if not vehicles:
        zh = f"资源清单“{inventory.name}”中没有可出勤的清洗车或洒水车；至少需要一辆"
        en = f"inventory {inventory.name!r} has no washer and no water cart in service; at least one is needed"
        raise InputError(Text(zh, en))
    work.open_nights(params)  # unreadable temperatures are told before the long part
    groups = shift_groups(washings.streets, (shift,))
    monitor.report(0.1, "network")
    networks = networks_of(city, washings.streets, vehicles, groups)
    if monitor.stopped:
        return problem_of(scenario, washings, vehicles, None)
    places = washing_places(city, params, scenario.locks, shift, lambda: first_network(networks))
    grounds, aside = grounds_of(networks, washings.streets, places, params, (Weights(),) * len(vehicles))
    monitor.report(0.4, "network")
    if monitor.stopped:
        return problem_of(scenario, washings, vehicles, None)
    bench = Bench(
        washings, vehicles, groups, grounds,
        values=fleet.values_of(washings, params),
        most_mps=work.most_speed_mps(washings.job, params),
        choices=np.ones((len(washings), 1), dtype=bool),
        n_vehicles=np.array([inventory.n_in_service(v) for v in vehicles]),
    )  # fmt: skip
    water = (tuple(of(v, params) for v in vehicles) for of in (work.water_lpm, work.tank_l))
    offer = Offer(bench, *water)
    monitor.report(0.7, "prepare")
    warm_up()
    for ground in (row[0] for row in grounds if row[0] is not None and not monitor.stopped):
        # what routes are looked up in is made now, so that none waits for it
        ground.router.paths([])
        _ = ground.network.turn_times
    monitor.report(1.0, "prepare")
    known = problem_of(scenario, washings, vehicles, offer)
    lost = np.flatnonzero(known.kind_of < 0)
    return replace(
        known,
        city=city,
        unserved=reasons.unreachable(washings, lost, barriers_of(bench.groups[0], networks, vehicles, washings)),
        assumed=(*assumed_streets(washings.streets, READ), *places.assumed, *aside, *left_out_of_account(scenario.locks)),
    )


def problem_of(
    scenario: Scenario, washings: Washings, vehicles: tuple[VehicleType, ...], offer: Offer | None
) -> WashingProblem:
    """Return the problem; without an offer, one in which no washing is begun."""
    params, inventory = scenario.params, scenario.inventory
    assert isinstance(params, SweepingParams)
    every = np.arange(len(washings))
    kind_of = np.full(len(washings), -1, dtype=np.int64) if offer is None else types_of(offer)
    units = () if offer is None else units_of_all(offer, kind_of, every)
    grounds = {} if offer is None else {k: offer.ground(k) for k in range(len(vehicles))}
    sites = tuple((k, place.id) for k, ground in grounds.items() if ground for place in ground.depots.places)
    shift = shift_of(inventory, params)
    work_s = net_s(shift)
    n_carts = sum(inventory.n_in_service(v) for v in vehicles if work.job_of(v) == PAVEMENT)
    room = Room(
        horizon_days=params.horizon_days,
        open_nights=work.open_nights(params),
        pool_of_site=np.array([k for k, _ in sites], dtype=np.int64),
        # every turnout counts a refill behind it, the last of a night has none
        night_s=np.array([work_s + vehicles[k].refill_s for k, _ in sites], dtype=np.float64),
        n_vehicles=np.array([inventory.n_in_service(v) for v in vehicles], dtype=np.int64),
        crewed=np.array([work.job_of(vehicles[k]) == PAVEMENT for k, _ in sites], dtype=bool),
        n_crews=params.n_turnouts_night or n_carts,
    )
    return WashingProblem(
        washings=washings,
        values=fleet.values_of(washings, params),
        units=units,
        unserved=() if offer else not_begun(washings, every),
        assumed=(),
        fleet_s=fleet_s(inventory, params),
        night_work_s=work_s,
        room=room,
        sites=sites,
        vehicles=vehicles,
        params=params,
        offer=offer,
        kind_of=kind_of,
    )


def barriers_of(
    group: ShiftGroup, networks: Networks, vehicles: tuple[VehicleType, ...], washings: Washings
) -> tuple[Barriers, ...]:
    """Return for each job why its vehicles cannot wash streets."""
    found = []
    for job in range(len(KIND_OF_JOB)):
        own = [k for k, v in enumerate(vehicles) if work.job_of(v) == job]
        left_out = tuple({x.street: x for x in n.left_out} if (n := networks[k][0]) is not None else {} for k in own)
        suited = tuple(np.ones(len(washings.streets), dtype=bool) for _ in own)
        found.append(Barriers(tuple(vehicles[k] for k in own), suited, left_out, group.banned))
    return tuple(found)


def left_out_of_account(locks: tuple[Lock, ...]) -> tuple[Assumed, ...]:
    """Return what the calendar does not reckon with."""
    full = Text("水箱在停车场加满后出车", "tanks are filled at the depot before vehicles leave it")
    found = [Assumed(Text("出车水量", "water at the start"), 1, full)]
    n_locks = sum(bool(lock.vehicle) or lock.position >= 0 for lock in locks)
    if n_locks:
        rule = Text("日历只遵守对停车场和取水点的锁定", "the calendar keeps locks on depots and water points alone")
        found.append(Assumed(Text("对车辆与次序的锁定", "locks on vehicles and order"), n_locks, rule))
    return tuple(found)
