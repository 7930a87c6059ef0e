"""The figures of a plan: of the city, of its districts, of each station."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from layers.districts import names_of
from layers.kinds.facilities import Plants
from layers.kinds.places import DistrictRing, Districts
from layers.layer import F64
from optimizer.ground.streams import FOOD
from optimizer.kpi import Declared, Kpi
from optimizer.planners.transfer.kinds import KPI_KINDS
from optimizer.planners.transfer.measuring.goal import DAYS_A_YEAR
from optimizer.planners.transfer.measuring.measured import Measured
from optimizer.planners.transfer.reading.haul import takes
from optimizer.planners.transfer.reading.works import WorkKind
from resources.city_figures import city_figures

kpi = Declared(KPI_KINDS)


def figures(measured: Measured) -> Iterator[Kpi]:
    """Yield all figures but those of the codes."""
    yield from _city(measured)
    yield from _money(measured)
    yield from _hauls(measured)
    yield from _districts(measured)
    for site in measured.stations:
        yield from _station(measured, site)


def _city(measured: Measured) -> Iterator[Kpi]:
    question, plan = measured.question, measured.plan
    peak = question.params.peak_factor
    capacity = sum(w.size_t_day for w in measured.stations.values())
    yield kpi("n_stations", len(measured.stations))
    yield kpi("n_built", measured.count(WorkKind.BUILD))
    yield kpi("n_rebuilt", measured.count(WorkKind.REBUILD))
    yield kpi("n_extended", measured.count(WorkKind.EXTEND))
    yield kpi("n_kept", measured.count(WorkKind.KEEP))
    yield kpi("n_closed", len(measured.closed))
    yield kpi("waste", question.waste.t_day.sum())
    yield kpi("served", measured.t_day.sum())
    yield kpi("unserved", sum(u.amount for u in plan.unserved))
    yield kpi("n_unserved", len(plan.unserved))
    yield kpi("food_waste", question.waste.t_day[question.waste.stream == FOOD].sum())
    yield kpi("capacity", capacity)
    yield kpi("load", measured.t_day.sum())
    yield kpi("load_share", 100 * peak * measured.t_day.sum() / capacity if capacity else 0.0)
    yield kpi("people_near", sum(float(question.sites.beside.n_weighted[site]) for site in measured.stations))
    yield kpi("stations_built_or_rebuilt", sum(w.counts for w in measured.stations.values()))
    yield kpi("compression_stations_added", sum(w.compacts for w in measured.stations.values()))
    yield kpi("transfer_centre_throughput", max((w.size_t_day for w in measured.stations.values()), default=0.0))
    yield kpi("breaches_of_nuisance_complaints_mitigated", len(beside_homes(measured)))
    yield from (kpi(f.id, f.value) for f in city_figures(question.city) if f.id == "food_waste_capacity")
    nights = [measured.night(site) for site in measured.stations]
    yield kpi("night_peak", max((n[0] for n in nights), default=0.0))
    yield kpi("night_closed", sum(n[1] for n in nights))
    yield kpi("night_over", sum(n[2] for n in nights))


def beside_homes(measured: Measured) -> list[int]:
    """Return stations beside homes, schools or hospitals that stay as they are without sealed, compacting equipment."""
    question = measured.question
    near = question.sites.beside.away_m <= question.params.near_homes_m
    kept = [site for site, work in measured.stations.items() if work.kind is WorkKind.KEEP]
    return [site for site in kept if near[site] and not question.sites.compacting[site]]


def _money(measured: Measured) -> Iterator[Kpi]:
    cost = measured.cost
    yield kpi("investment", sum(c.cost_yuan for c in measured.plan.changes))
    yield kpi("cost", cost.total_yuan)
    yield kpi("cost_works", cost.works_yuan)
    yield kpi("cost_running", cost.running_yuan)
    yield kpi("cost_haul", cost.haul_yuan)
    yield kpi("cost_onward", cost.onward_yuan)
    yield kpi("cost_nuisance", cost.nuisance_yuan)
    yield kpi("cost_missing", cost.missing_yuan)
    t_day = measured.t_day.sum()
    yield kpi("cost_per_tonne", (cost.total_yuan - cost.missing_yuan) / (DAYS_A_YEAR * t_day) if t_day > 0 else 0.0)


def _mean(t_day: F64, km: F64) -> float:
    return float((t_day * km).sum() / t_day.sum()) if t_day.sum() > 0 else 0.0


def _hauls(measured: Measured) -> Iterator[Kpi]:
    question = measured.question
    stream = question.waste.stream[measured.item]
    yield kpi("haul_mean", _mean(measured.t_day, measured.km))
    yield kpi("haul_longest", measured.km.max(initial=0.0))
    yield kpi("onward_mean", _mean(measured.t_day, question.ends.km[measured.site, stream]))
    share = plant_shares(measured)
    if share:
        yield kpi("plant_load_share", 100 * max(share.values()))


def plant_shares(measured: Measured) -> dict[int, float]:
    """Return the load of each plant on a peak day, as a share of what it takes, by its row, where that is known."""
    question = measured.question
    plants = question.city[Plants]
    plant = question.ends.plant[measured.site, question.waste.stream[measured.item]]
    load = np.bincount(plant[plant >= 0], weights=measured.t_day[plant >= 0], minlength=len(plants))
    used = np.unique(np.concatenate([np.empty(0, dtype=np.int64), *(takes(plants, s) for s in question.streams)]))
    sized = [int(k) for k in used if plants.capacity_t_day[k] > 0]
    return {k: float(question.params.peak_factor * load[k] / plants.capacity_t_day[k]) for k in sized}


def _districts(measured: Measured) -> Iterator[Kpi]:
    question = measured.question
    districts = question.city[Districts]
    waste_in = measured.waste_district
    for name, ring in zip(names_of(districts).tolist(), districts.ring.tolist(), strict=True):
        scope = f"district {name}"
        own = {s: w for s, w in measured.stations.items() if question.sites.land.district[s] == name}
        n_new = sum(w.counts for w in own.values())
        yield kpi("stations_built_or_rebuilt", n_new, scope)
        where = {DistrictRing.CENTRAL: "area=central", DistrictRing.OUTER: "area=outer"}.get(ring)
        if where:
            yield kpi("stations_built_or_rebuilt", n_new, scope, where)
        yield kpi("compression_stations_added", sum(w.compacts for w in own.values()), scope)
        yield kpi("n_stations", len(own), scope)
        yield kpi("capacity", sum(w.size_t_day for w in own.values()), scope)
        yield kpi("waste", question.waste.t_day[waste_in == name].sum(), scope)
        mine = waste_in[measured.item] == name
        yield kpi("haul_mean", _mean(measured.t_day[mine], measured.km[mine]), scope)
        ids = set(question.sites.land.ids[question.sites.land.district == name].tolist())
        yield kpi("investment", sum(c.cost_yuan for c in measured.plan.changes if c.item in ids), scope)


def _station(measured: Measured, site: int) -> Iterator[Kpi]:
    question, work = measured.question, measured.stations[site]
    scope = f"station {question.sites.land.ids[site]}"
    load, mine = measured.load_t_day[site], measured.site == site
    yield kpi("capacity", work.size_t_day, scope)
    yield kpi("load", load, scope)
    yield kpi("load_share", 100 * question.params.peak_factor * load / work.size_t_day if work.size_t_day else 0.0, scope)
    yield kpi("night_peak", measured.night(site)[0], scope)
    yield kpi("haul_mean", _mean(measured.t_day[mine], measured.km[mine]), scope)
    yield kpi("people_near", question.sites.beside.n_weighted[site], scope)
