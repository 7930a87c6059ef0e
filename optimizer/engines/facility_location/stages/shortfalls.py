"""What a count alone shows to be impossible in a staged problem."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from layers.layer import Bool
from layers.text import Text
from optimizer.engines.facility_location.solution import Short, Shortfall
from optimizer.engines.facility_location.stages.checker import TOLERANCE
from optimizer.engines.facility_location.stages.flat import Prices, cheapest_ways
from optimizer.engines.facility_location.stages.problem import Stage, StagedProblem, counted


def staged_shortfalls(problem: StagedProblem) -> tuple[Shortfall, ...]:
    """Return the rules that no plan can keep, each with what is wanted and what is possible."""
    stages = ((Text("中转站", "stations"), problem.stations), (Text("转运中心", "centres"), problem.centres))
    found = [*_reach(problem), *_plants(problem), *_capacity(problem)]
    for name, stage in stages:
        found += _numbers(name, stage)
    return tuple(found)


def _reach(problem: StagedProblem) -> Iterator[Shortfall]:
    may: Bool = np.isin(np.arange(problem.centres.n_sites), problem.centres.options.site[problem.centres.allowed])
    nothing = Prices(np.zeros(problem.centres.n_sites), np.zeros_like(problem.plant_capacity))
    onward = np.isfinite(cheapest_ways(problem, nothing, may).cost)
    is_open = np.isin(np.arange(problem.stations.n_sites), problem.stations.options.site[problem.stations.allowed])
    served: Bool = np.any(np.isfinite(problem.serve_cost) & onward[:, None, :] & is_open, axis=2)
    for p in range(problem.n_products):
        lost = np.flatnonzero(~served[p] & (problem.demand[p] > 0))
        if len(lost):
            zh = f"第 {p} 类：{len(lost)} 个需求点没有可去且能外运到处理厂的站点"
            en = f"product {p}: {len(lost)} customers have no station to go to from which there is a way to a plant"
            n = int((problem.demand[p] > 0).sum())
            yield Shortfall(Short.REACH, n, n - len(lost), Text(zh, en), tuple(int(i) for i in lost))


def _plants(problem: StagedProblem) -> Iterator[Shortfall]:
    for p in range(problem.n_products):
        wanted, most = float(problem.demand[p].sum()), float(problem.plant_capacity[p].sum())
        if wanted > most * (1 + TOLERANCE):
            zh = f"第 {p} 类：需求量为 {wanted:g}，处理厂最多接收 {most:g}，缺 {wanted - most:g}"
            en = f"product {p}: demand is {wanted:g}, the plants take {most:g} at most: {wanted - most:g} is missing"
            yield Shortfall(Short.CAPACITY, wanted, most, Text(zh, en), (p,))


def _capacity(problem: StagedProblem) -> Iterator[Shortfall]:
    stage = problem.stations
    largest = np.zeros(stage.n_sites)
    np.maximum.at(
        largest, stage.options.site[stage.allowed], np.minimum(stage.options.capacity, problem.total)[stage.allowed]
    )
    wanted, most = problem.total, float(largest.sum())
    if wanted > most * (1 + TOLERANCE):
        zh = f"总需求量为 {wanted:g}，中转站总能力最多为 {most:g}，缺 {wanted - most:g}"
        en = f"demand is {wanted:g}, all stations have room for {most:g} at most: {wanted - most:g} is missing"
        yield Shortfall(Short.CAPACITY, wanted, most, Text(zh, en))


def _numbers(name: Text, stage: Stage) -> Iterator[Shortfall]:
    may = set(stage.options.site[stage.allowed].tolist())
    for site in sorted(set(stage.must_open) - may):
        zh, en = (
            f"{name.zh}：{site} 必须开设，但没有可选的规模",
            f"{name.en}: {site} must be open, and has no size that may be",
        )
        yield Shortfall(Short.MUST, 1, 0, Text(zh, en), (site,))
    for k, quota in enumerate(stage.quotas):
        rows = counted(stage, quota)
        most = len(set(stage.options.site[rows[stage.allowed[rows]]].tolist()))
        if quota.at_least > most:
            zh = f"{name.zh}指标 {k}：要求至少 {quota.at_least} 个，最多可能 {most} 个，缺 {quota.at_least - most} 个"
            missing = quota.at_least - most
            en = f"{name.en}, quota {k}: at least {quota.at_least} are wanted, {most} are possible: {missing} missing"
            yield Shortfall(Short.QUOTA, quota.at_least, most, Text(zh, en), (k,))
