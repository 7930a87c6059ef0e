"""Locks on sites: the plan must have them, must not, or keeps them as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop import words
from desktop.desk import SITE, Selection
from desktop.i18n import say, tr
from desktop.site_digest import ends_open, is_land
from optimizer.names import find
from optimizer.scenario import Lock

if TYPE_CHECKING:
    from desktop.main_window import MainWindow


class LockCommands:
    """Lock what is selected, where the planner chooses among such objects."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def is_lockable(self, chosen: Selection) -> bool:
        """Return whether the planner chooses among objects such as the one selected."""
        planner = self._window.session.planner
        if planner is None or not chosen.item:
            return False
        return chosen.layer in {kind.KIND for kind in planner.sites} or (bool(planner.sites) and chosen.layer == SITE)

    def is_built(self, item: str) -> bool:
        """Return whether something stands at a site already, which could be kept as it is."""
        city = self._window.session.city
        return city is not None and find(city, item) is not None and not is_land(city, item)

    def lock(self, state: str) -> None:
        """Lock what is selected: ``open``, ``closed``, ``keep``; the lock that it has is taken away."""
        item = self._window.session.selection.item
        self._lock("" if self._window.sites.lock_of(item) == state else state)

    def lock_open(self) -> None:
        """Let the plan have what is selected, whatever it costs."""
        self._lock("open")

    def lock_closed(self) -> None:
        """Let no plan have what is selected."""
        self._lock("closed")

    def lock_keep(self) -> None:
        """Leave what is selected as it is."""
        self._lock("keep")

    def unlock(self) -> None:
        """Take the lock of what is selected away."""
        self._lock("")

    def toggle_lock(self) -> None:
        """Fix what is selected as the plan has it, or take its lock away."""
        item = self._window.session.selection.item
        self._lock("" if self._window.sites.lock_of(item) else self._as_planned(item))

    def _as_planned(self, item: str) -> str:
        shown = self._window.sites.alternative
        rows = shown.rows if shown is not None else ()
        kinds = [row.change.kind for row in rows if row.item == item]
        if kinds:
            return "open" if ends_open(kinds[0]) else "closed"
        city = self._window.session.city
        return "closed" if city is None or is_land(city, item) else "keep"

    def _lock(self, state: str) -> None:
        session = self._window.session
        if session.scenario is None or not self.is_lockable(session.selection):
            return
        item = session.selection.item
        self._set_locks({item: state}, tr(words.LOCKS[state]) if state else tr("解锁"))

    def _set_locks(self, states: dict[str, str], text: str) -> None:
        session = self._window.session
        assert session.scenario is not None
        rest = tuple(k for k in session.scenario.locks if k.item not in states)
        new = tuple(Lock(item, state=state) for item, state in states.items() if state)
        session.set_locks((*rest, *new), text)

    def adopt(self) -> None:
        """Lock the sites in which the alternative shown differs from the plan, so that the next plan is as it is."""
        other, city = self._window.sites.alternative, self._window.session.city
        if other is None or not other.number or city is None:
            return
        own = {c.item: c.kind for c in self._window.sites.digest.alternatives[0].changes}
        wanted = {c.item: c.kind for c in other.changes}
        states = {item: "open" if ends_open(kind) else "closed" for item, kind in wanted.items() if own.get(item) != kind}
        states |= {item: "closed" if is_land(city, item) else "keep" for item in own if item not in wanted}
        self._set_locks(states, tr("锁定为相近方案"))
        line = tr("已按“{0}”锁定 {1} 处；再次计算即得此方案").format(say(other.label), len(states))
        self._window.area.offer_undo(line, self._window.session.undo.undo)
