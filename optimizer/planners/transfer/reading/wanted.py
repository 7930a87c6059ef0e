"""Numbers that the documents ask of districts and the city, and which works count for each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from layers.city import City
from layers.districts import names_of
from layers.kinds.places import DistrictRing, Districts
from layers.text import Text
from optimizer.planners.transfer.params import TransferParams
from optimizer.planners.transfer.reading.classes import classes
from optimizer.planners.transfer.reading.sites import Sites
from optimizer.planners.transfer.reading.works import Offers, Work
from optimizer.siting.quotas import Wanted

BUILT, COMPACTING, CENTRE = "built", "compacting", "centre"
_WHATS = {
    BUILT: Text("新建或改建中转站", "stations built or rebuilt"),
    COMPACTING: Text("新增压缩站", "compacting stations added"),
    CENTRE: Text("转运中心", "transfer centre"),
}


@dataclass(frozen=True)
class Ask:
    """Hold one number that is wanted.

    Parameters
    ----------
    key
        What is counted.
    wanted
        Where, how many, and how many are possible.
    works
        Rows of the works that count.
    sites
        Rows of the sites of the district.
    least_t_day
        Smallest station that counts.
    """

    key: str
    wanted: Wanted
    works: frozenset[int]
    sites: frozenset[int]
    least_t_day: float = 0.0

    def counts(self, site: int, work: Work) -> bool:
        """Return whether a work at a site counts."""
        return site in self.sites and _counts(self.key, self.least_t_day, work)


def asks_of(city: City, params: TransferParams, sites: Sites, offers: Offers) -> tuple[Ask, ...]:
    """Return all numbers that are wanted, and how near each can be come."""
    if params.targets == "off":
        return ()
    districts, found = city[Districts], []
    names = names_of(districts).tolist()
    for name, ring in zip(names, districts.ring.tolist(), strict=True):
        for key, n in (
            (BUILT, params.n_central if ring == DistrictRing.CENTRAL else params.n_outer),
            (COMPACTING, params.n_compacting),
        ):
            if n > 0:
                found.append(_ask(params, sites, offers, (key, name, n)))
    if params.centre_t_day > 0:
        found.append(_ask(params, sites, offers, (CENTRE, "", 1)))
    return tuple(found)


def _ask(params: TransferParams, sites: Sites, offers: Offers, asked: tuple[str, str, int]) -> Ask:
    key, name, n = asked
    here = np.ones(len(sites), dtype=bool) if key == CENTRE else sites.land.district == name
    least_t_day = params.centre_t_day if key == CENTRE else 0.0
    works = frozenset(k for k, work in enumerate(offers.works) if here[work.place] and _counts(key, least_t_day, work))
    n_possible = len({offers.works[k].place for k in works})
    lacking = _lacking(sites, offers, here, {offers.works[k].place for k in works}) if n_possible < n else {}
    what = _WHATS[key]
    if key == CENTRE:
        what = Text(f"{what.zh}（{params.centre_t_day:g} t/d 以上）", f"{what.en} of {params.centre_t_day:g} t/d or more")
    wanted = Wanted(name, what, n, n_possible, int(here.sum()), lacking, _needs(params, key))
    return Ask(key, wanted, works, frozenset(np.flatnonzero(here).tolist()), least_t_day)


def _counts(key: str, least_t_day: float, work: Work) -> bool:
    if key == BUILT:
        return work.counts
    return work.compacts if key == COMPACTING else work.size_t_day >= least_t_day


def _lacking(sites: Sites, offers: Offers, here: object, counting: set[int]) -> dict[str, tuple[Text, int]]:
    """Return why sites of a district do not count, and how many for each reason."""
    found: dict[str, tuple[Text, int]] = {}
    for site in np.flatnonzero(np.asarray(here)).tolist():
        if site in counting:
            continue
        broken = offers.refused.get(site)
        rule, word = (broken[0].rule.rpartition(".")[0] or broken[0].rule, broken[0].word) if broken else ("stands", _STANDS)
        found[rule] = (word, found.get(rule, (word, 0))[1] + 1)
    return found


_STANDS = Text("保留或扩建的站不计入", "sound, or too small for it: it does not count")


def _needs(params: TransferParams, key: str) -> Text:
    size_t_day = params.centre_t_day if key == CENTRE else 0.0
    own = next((c for c in classes() if size_t_day < c.high_t_day), classes()[-1])
    zh = f"用地 {own.land.value:g} m²、距建筑 {own.away.value:g} m、道路宽 {params.least_access_m:g} m"
    return Text(
        zh, f"{own.land.value:g} m² of land, {own.away.value:g} m from buildings, a street of {params.least_access_m:g} m"
    )
