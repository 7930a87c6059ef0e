"""Why each site is chosen or not, and whether districts and the city have what they want."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from layers.districts import names_of
from layers.kinds.facilities import Plants
from layers.kinds.places import Districts
from layers.text import Text
from optimizer.changes import Verdict
from optimizer.ground.streams import FOOD
from optimizer.plan import Draft
from optimizer.planners.transfer.measuring.goal import n_done
from optimizer.planners.transfer.measuring.stations import opened
from optimizer.planners.transfer.reading.haul import takes
from optimizer.planners.transfer.reading.question import Question
from optimizer.planners.transfer.reading.works import Broken, Work, WorkKind
from optimizer.planners.transfer.search.refining import Prices

_UNIT = "yuan/year"
# Prices below this are rounding.
_LEAST_YUAN = 1.0
_SLACK_T_DAY = 1e-6


def verdicts_of(question: Question, draft: Draft, prices: Prices) -> tuple[Verdict, ...]:
    """Return the verdict on every site, then on districts and the city."""
    stations = opened(question, draft.changes)
    found: list[Verdict] = []
    for site in range(len(question.sites)):
        found += _site(question, draft, (site, stations.get(site)), prices)
    return (*found, *(ask.wanted.verdict(n_done(ask, stations)) for ask in question.asks), *_city(question, draft))


def _site(question: Question, draft: Draft, at: tuple[int, Work | None], prices: Prices) -> Iterator[Verdict]:
    site, work = at
    for broken in question.offers.overruled.get(site, ()):
        text = Text(f"锁定开设，但{broken.text.zh}", f"a lock opens it, though {broken.text.en}")
        yield _verdict(question, site, replace_text(broken, text), kept=False)
    if work is not None:
        yield _chosen(question, draft, (site, work), prices)
    elif site in question.offers.refused:
        for broken in question.offers.refused[site]:
            yield _verdict(question, site, broken, kept=False)
    else:
        yield _not_chosen(question, draft, site, prices)


def replace_text(broken: Broken, text: Text) -> Broken:
    """Return a broken rule told in other words."""
    return Broken(broken.rule, text, broken.word, broken.clause, broken.certainty)


def _verdict(question: Question, site: int, broken: Broken, *, kept: bool, price: float | None = None) -> Verdict:
    x_m, y_m = question.sites.land.xy_m[site].tolist()
    there = bool(np.isfinite([x_m, y_m]).all())
    return Verdict(
        str(question.sites.land.ids[site]), broken.rule, kept, broken.text, broken.clause, broken.certainty, price,
        _UNIT if price is not None else "", x_m if there else None, y_m if there else None,
    )  # fmt: skip


def _plain(rule: str, zh: str, en: str) -> Broken:
    return Broken(rule, Text(zh, en), Text("", ""))


_KINDS = {
    WorkKind.KEEP: Text("保留", "kept"),
    WorkKind.BUILD: Text("新建", "built"),
    WorkKind.REBUILD: Text("改建", "rebuilt"),
    WorkKind.EXTEND: Text("扩建", "extended"),
}


def _chosen(question: Question, draft: Draft, at: tuple[int, Work], prices: Prices) -> Verdict:
    site, work = at
    verb, item = _KINDS[work.kind], str(question.sites.land.ids[site])
    if item in question.locked.must | question.locked.keep:
        zh, en = f"{verb.zh}，{work.size_t_day:g} t/d：锁定", f"{verb.en}, {work.size_t_day:g} t/d: a lock asks for it"
        return _verdict(question, site, _plain("must", zh, en), kept=True)
    least = prices.closed_yuan.get(site)
    price = None if least is None or least - draft.objective < _LEAST_YUAN else least - draft.objective
    zh, en = f"{verb.zh}，{work.size_t_day:g} t/d", f"{verb.en}, {work.size_t_day:g} t/d"
    if price is None:
        zh, en = f"{zh}；未证明不用它会更贵", f"{en}; it is not proven that doing without it costs more"
    else:
        zh, en = (
            f"{zh}；不用它每年至少多 {price:,.0f} 元",
            f"{en}; doing without it costs at least {price:,.0f} yuan a year more",
        )
    return _verdict(question, site, _plain("cost", zh, en), kept=True, price=price)


def _not_chosen(question: Question, draft: Draft, site: int, prices: Prices) -> Verdict:
    least = prices.open_yuan.get(site)
    price = None if least is None or least - draft.objective < _LEAST_YUAN else least - draft.objective
    if price is None:
        zh, en = "可用但未选；未证明开设它会更贵", "it could be used; it is not proven that opening it costs more"
    else:
        zh, en = f"开设它每年至少多 {price:,.0f} 元", f"opening it costs at least {price:,.0f} yuan a year more"
    return _verdict(question, site, _plain("cost", zh, en), kept=False, price=price)


def _city(question: Question, draft: Draft) -> Iterator[Verdict]:
    """Yield what is wrong with districts themselves, with plants, and with capacity."""
    import shapely

    districts = question.city[Districts]
    for name, shape in zip(names_of(districts).tolist(), districts.geometry.shapely, strict=True):
        if shapely.area(shape) < 1.0:
            zh, en = (
                f"{name}的面积为 {shape.area:.0f} m²，没有场地；请改正区界",
                f"{name} has an area of {shape.area:.0f} m² and no sites: mend its outline",
            )
            yield Verdict(name, "area", False, Text(zh, en))
    params, waste = question.params, question.waste
    most_t_day = sum(max(question.offers.works[k].size_t_day for k in own) for own in question.offers.of_site.values())
    wanted_t_day = params.peak_factor * float(waste.t_day.sum())
    if most_t_day < wanted_t_day:
        figures = f"{most_t_day:.0f} < {wanted_t_day:.0f} t/d"
        lacks = f"{wanted_t_day - most_t_day:.0f} t/d"
        zh = f"各站最大能力合计小于高峰垃圾量：{figures}，还缺 {lacks}"
        en = f"all stations at their largest take less than the peak brings: {figures}, {lacks} are missing"
        yield Verdict("", "capacity", False, Text(zh, en))
    yield from _plants(question)
    yield from _full_plants(question, draft)


def _plants(question: Question) -> Iterator[Verdict]:
    plants, params = question.city[Plants], question.params
    if not len(plants):
        return
    food_t_day = float(np.nansum(plants.capacity_t_day[takes(plants, FOOD)]))
    if params.targets != "off" and food_t_day < params.food_t_day:
        zh = f"餐厨处理能力 {food_t_day:g} t/d，要求 {params.food_t_day:g} t/d，还缺 {params.food_t_day - food_t_day:g} t/d"
        lacks = f"{params.food_t_day - food_t_day:g} are missing"
        en = f"plants take {food_t_day:g} t/d of food waste, {params.food_t_day:g} are wanted: {lacks}"
        yield Verdict("", "food_waste_capacity", False, Text(zh, en))


def _full_plants(question: Question, draft: Draft) -> Iterator[Verdict]:
    """Yield the plants that a plan brings more than they take: the nearest takes all, whatever it can."""
    plants = question.city[Plants]
    brought = dict.fromkeys(plants.ids.tolist(), 0.0)
    for a in draft.assignments:
        if a.server in brought:
            brought[a.server] += a.amount
    for row, (plant, t_day) in enumerate(brought.items()):
        most_t_day = float(plants.capacity_t_day[row])
        if np.isfinite(most_t_day) and t_day > most_t_day + _SLACK_T_DAY:
            x_m, y_m = plants.geometry.coords[row].tolist()
            figures, over = f"{t_day:,.1f} > {most_t_day:,.1f} t/d", f"{t_day - most_t_day:,.1f} t/d"
            zh, en = f"运来的垃圾超过处理能力：{figures}，还缺 {over}", f"it is brought more than it takes: {figures}"
            yield Verdict(plant, "plant_capacity", False, Text(zh, f"{en}, {over} are missing"), x_m=x_m, y_m=y_m)
