"""Sites: what the plan shown, or one of its alternatives, does at places, on the map, in tables and in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from desktop import words
from desktop.desk import PLACE, SITE, Selection
from desktop.i18n import say, tr
from desktop.map import OverlayLayer
from desktop.panels.object import Attribute
from desktop.panels.sites import price_text, verdict_word
from desktop.site_digest import AlternativeRow, Fact, SiteDigest
from desktop.site_layers import (
    SiteLayers,
    change_layers,
    lock_layers,
    other_layers,
    pointed_layer,
    served_layers,
)
from layers.city import City
from layers.districts import names_of
from layers.kinds.facilities import CandidateSites, Plants
from layers.kinds.places import Districts
from layers.text import Text
from optimizer.changes import Change
from optimizer.names import find, place_of
from optimizer.scenario import Lock
from optimizer.site_rows import KINDS, LoadRow, Places, VerdictRow, district_row

if TYPE_CHECKING:
    from desktop.main_window import MainWindow


class SiteCommands:
    """Show the sites of the plan shown."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.digest = SiteDigest()
        self.shown = 0
        self.places = Places(City("", 0))
        self._plan, self._locks, self._about = SiteLayers(), SiteLayers(), SiteLayers()
        self._locked: tuple[Lock, ...] = ()

    # --- what is shown -------------------------------------------------------------------------------------------

    def put(self, digest: SiteDigest) -> None:
        """Show the sites of another plan; who draws the map asks for `overlays` next."""
        self.digest, self.shown = digest, 0
        self.take_city()
        self._show_changes()
        self._about = SiteLayers()

    def take_city(self) -> None:
        """Look places up in the city as it is now."""
        city, known = self._window.session.city or City("", 0), self.digest.places
        self.places = known if known.city is city else Places(city, known.changes)
        self._locked = ()
        self.take_locks()

    def take_locks(self) -> bool:
        """Draw the locks of the scenario as they are now; return whether they are others than before."""
        scenario = self._window.session.scenario
        locks = tuple(k for k in scenario.locks if k.state) if scenario is not None else ()
        changed = locks != self._locked
        if changed:
            self._locked, self._locks = locks, lock_layers(locks, self.places)
        return changed

    def lock_of(self, item: str) -> str:
        """Return how an item is locked: ``open``, ``closed``, ``keep``, or empty."""
        return next((lock.state for lock in self._locked if lock.item == item), "")

    @property
    def alternative(self) -> AlternativeRow | None:
        """The alternative that is shown; the plan itself is number 0; None where there are no changes."""
        return self.digest.alternatives[self.shown] if self.digest.alternatives else None

    def _show_changes(self) -> None:
        changes = self.alternative.changes if self.alternative else ()
        self._plan = (
            change_layers(changes).joined(other_layers(self.digest, changes)) if self.digest.speaks else SiteLayers()
        )
        self._window.sites_panel.show_sites(self.digest, self.shown)

    def show_running(self, changes: tuple[Change, ...]) -> None:
        """Draw the changes of the best plan so far."""
        self.shown, self._plan = 0, change_layers(changes)

    def overlays(self) -> tuple[OverlayLayer, ...]:
        """Return what the map draws of sites."""
        return (*(() if self.shown else self.digest.drawn.overlays), *self._plan.joined(self._about, self._locks).overlays)

    @property
    def quiet(self) -> frozenset[str]:
        """Keys of the overlays that are not shown at first."""
        return self.digest.drawn.quiet

    def show_alternative(self, number: int) -> None:
        """Show the plan itself (0) or one of its alternatives on the map and in the table of changes."""
        if number == self.shown or not 0 <= number < len(self.digest.alternatives):
            return
        self.shown = number
        self._show_changes()
        self._about = SiteLayers()
        self._window.plans.draw()
        self._window.views.refresh_layers()
        self._window.views.selection_changed()

    def selection_changed(self, chosen: Selection) -> None:
        """Draw who is served by what is selected, and where it is if that is no object of the city."""
        ways = (self.digest.served_of, self.digest.servers_of) if not self.shown else ()
        about = served_layers([one for way in ways for one in way.get(chosen.item, ())], self.places)
        if chosen.layer in {SITE, PLACE, CandidateSites.KIND}:
            about = about.joined(pointed_layer(self.places.at(chosen.item)))
        had, self._about = self._about, about
        self._window.sites_panel.choose(self._spoken_of(chosen.item))
        if had.overlays or about.overlays:
            self._window.plans.draw()
        if {o.key for o in had.overlays} != {o.key for o in about.overlays}:
            self._window.views.refresh_layers()

    def selection_of(self, key: str, row: int) -> Selection:
        """Return what a hit on one of the overlays selects."""
        items = self._plan.items.get(key) or self.digest.drawn.items.get(key, ())
        return self.selection_for(items[row]) if row < len(items) else Selection()

    def selection_for(self, item: str) -> Selection:
        """Return the selection of an item of the plan: an object of the city, a site that is in no layer yet, or a place."""
        city, planner = self._window.session.city, self._window.session.planner
        # an id may stand in several layers: those that the planner chooses among go first
        own = next((k for k in planner.sites if item in city[k].row_of), None) if city is not None and planner else None
        if own is not None:
            return Selection(own.KIND, item)
        found = find(city, item) if city is not None and item else None
        if city is not None and found is not None:
            return Selection(found[0], str(city.layers[found[0]].ids[found[1]]))
        if city is not None and (row := district_row(city, item)) >= 0:
            return Selection(Districts.KIND, str(city[Districts].ids[row]))
        if place_of(item) is not None:
            return Selection(PLACE, item)
        return Selection(SITE, item) if item and self.digest.knows(item) else Selection()

    def title_of(self, chosen: Selection) -> tuple[str, str]:
        """Return name and kind of a site or place that is selected."""
        x_m, y_m = self.places.at(chosen.item)
        where = f"{x_m:,.1f}, {y_m:,.1f}{words.THIN}m"
        if chosen.layer == PLACE:
            return tr("所指位置"), where
        rows = [row for other in self.digest.alternatives for row in other.rows if row.item == chosen.item]
        spoken = self.digest.verdicts_of(chosen.item)
        name = say(rows[0].name) if rows else say(spoken[0].name) if spoken else chosen.item
        return name, f"{chosen.item} · {where}"

    def attributes(self, item: str) -> list[Attribute]:
        """Return what the plan's own layers tell of an object."""
        facts = self.digest.facts.get(item, ()) if not self.shown else ()
        return [
            Attribute(
                words.sentence(say(fact.label)),
                _fact_text(fact),
                tr("方案得出"),
            )
            for fact in facts
        ]

    def lines(self, item: str) -> list[str]:
        """Return what is done at an object or place: lock and change; of the plan itself load and verdicts too."""
        rows = self.alternative.rows if self.alternative else ()
        lines = [self._lock_line(lock) for lock in self._locked if lock.item == item]
        lines += [_change_line(row.change) for row in rows if row.item == item]
        if not self.shown:
            lines += [_load_line(row) for row in self.digest.load_of(item)]
            lines += self._server_lines(item)
            lines += [_verdict_line(row) for row in self.digest.verdicts_of(self._spoken_of(item))]
        return lines

    def _spoken_of(self, item: str) -> str:
        """Return what verdicts call an object: a district by its name, all else by its id."""
        districts = self.places.city[Districts]
        row = districts.row_of.get(item)
        return item if row is None else str(names_of(districts)[row])

    def _lock_line(self, lock: Lock) -> str:
        return f"■ {tr(words.LOCKS[lock.state])}" if lock.state in words.LOCKS else ""

    def _server_lines(self, item: str) -> list[str]:
        served = self.digest.servers_of.get(item, ())
        ways_m = {a.server: a.distance_m for a in served}
        plants = self.places.city[Plants].row_of
        return [
            (tr("运往 {0}，{1}") if server in plants else tr("由 {0} 服务，{1}")).format(
                say(self.digest.places.name(server)), words.figure(round(way_m), "m")
            )
            for server, way_m in ways_m.items()
        ]


def _fact_text(fact: Fact) -> str:
    if isinstance(fact.value, Text):
        return say(fact.value)
    return fact.value if isinstance(fact.value, str) else words.figure(round(fact.value, 1), fact.unit)


def _change_line(change: Change) -> str:
    parts = [words.sentence(say(KINDS[change.kind])), say(change.label)]
    parts.append(words.figure(change.size, change.size_unit) if change.size else "")
    parts.append(words.year(change.year))
    parts.append(words.figure(change.cost_yuan, "yuan") if change.cost_yuan else "")
    return "◆ " + " · ".join(part for part in parts if part)


def _load_line(row: LoadRow) -> str:
    amount = words.figure(round(row.amount, 1), row.unit)
    if math.isfinite(row.capacity):
        amount = tr("{0}，能力 {1}").format(amount, words.figure(round(row.capacity, 1), row.unit))
    far = words.figure(round(row.most_m), "m")
    return tr("服务 {0} 处：{1}，最远 {2}").format(words.number(row.n_items), amount, far)


def _verdict_line(row: VerdictRow) -> str:
    verdict = row.verdict
    source = " ".join(part for part in (verdict.clause, f"[{verdict.certainty}]" if verdict.certainty else "") if part)
    line = f"{verdict_word(row)}  {say(row.text)}"
    if source:
        line += tr("（{0}）").format(source) if verdict.clause else f" {source}"
    price = price_text(row)
    return f"{line} · {tr('强制代价 {0}').format(price)}" if price else line
