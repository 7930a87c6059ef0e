"""What lies on the desk: scenarios, plans, what is selected; frozen and without Qt, so that workers can hand it over."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from layers.city import City
from layers.kinds import BY_NAME
from optimizer.plan import Plan
from optimizer.scenario import Scenario
from resources.entered import Entered
from resources.inventory import Inventory


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one scenario of the list.

    Parameters
    ----------
    key
        Stays when the scenario is edited or renamed; unique on the desk.
    scenario
        As it stands now.
    parent
        Key of the scenario that it was branched from; empty where there is none.
    """

    key: str
    scenario: Scenario
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """Hold everything that the user edits; frozen, so undo is a swap.

    Parameters
    ----------
    entries
        In the order of the list.
    current
        Key of the scenario that is shown.
    entered
        Figures that no plan computes, entered by hand.
    """

    entries: tuple[Entry, ...] = field(default=())
    current: str = ""
    entered: tuple[Entered, ...] = ()

    def entry(self, key: str = "") -> Entry | None:
        """Return the entry of that key, by default the current one; None where there is none."""
        return next((e for e in self.entries if e.key == (key or self.current)), None)

    def with_scenario(self, scenario: Scenario) -> Desk:
        """Return the desk with the current scenario replaced."""
        changed = (replace(e, scenario=scenario) if e.key == self.current else e for e in self.entries)
        return replace(self, entries=tuple(changed))

    def with_entry(self, entry: Entry) -> Desk:
        """Return the desk with one more scenario behind its parent, and that one current."""
        keys = [e.key for e in self.entries]
        at = keys.index(entry.parent) + 1 if entry.parent in keys else len(keys)
        return replace(self, entries=(*self.entries[:at], entry, *self.entries[at:]), current=entry.key)

    def without(self, key: str) -> Desk:
        """Return the desk without one scenario; its branches hang on its parent."""
        gone = self.entry(key)
        if gone is None:
            return self
        at = self.entries.index(gone)
        rest = tuple(replace(e, parent=gone.parent) if e.parent == key else e for e in self.entries if e.key != key)
        current = self.current if self.current != key else (rest[max(at - 1, 0)].key if rest else "")
        return replace(self, entries=rest, current=current)


@dataclass(frozen=True, slots=True)
class Result:
    """Hold a plan beside the scenario that it was made from.

    Parameters
    ----------
    outdated
        Whether the plan's file says that it was made from other layers.
    """

    plan: Plan
    scenario: Scenario
    outdated: bool = False

    def is_stale(self, scenario: Scenario) -> bool:
        """Return whether the scenario asks something else by now, or of other layers; its name does not count."""
        return self.outdated or self.asks_else(scenario) or self._reads_else(scenario.city)

    def asks_else(self, scenario: Scenario) -> bool:
        """Return whether the scenario asks something else by now, whatever became of its city."""
        return replace(scenario, name=self.scenario.name, city=self.scenario.city) != self.scenario

    def _reads_else(self, city: City) -> bool:
        """Return whether a layer that the plan read is another one; those that nobody touched are not looked into."""
        before = self.scenario.city.layers
        touched = (k for k in self.plan.provenance.layer_hashes if city.layers.get(k) is not before.get(k))
        return any(_hash_of(city, k) != _hash_of(self.scenario.city, k) for k in touched)


def _hash_of(city: City, kind: str) -> str:
    # a layer that the city lacks counts as an empty one
    return city[BY_NAME[kind]].hash if kind in BY_NAME else ""


# What can be selected that is in no layer of the city: a route, a site that a plan speaks of, any place.
ROUTE, SITE, PLACE = "route", "site", "place"


@dataclass(frozen=True, slots=True)
class Selection:
    """Say what is selected everywhere at once: on the map, in tables, in lists.

    Parameters
    ----------
    layer
        Kind of the city's layer; ``route`` or ``site`` for one of the plan shown that is in no layer; ``place``.
    item
        Id of the object, or of a place (`optimizer.names.place_item`).
    """

    layer: str = ""
    item: str = ""


@dataclass(frozen=True)
class Opened:
    """Hold what a file, or the sample, brought.

    Parameters
    ----------
    path
        The project file that saving writes; None where the city has none yet.
    results
        Plans by key of their entry.
    inventory
        Fleet that new scenarios begin with.
    """

    city: City
    desk: Desk
    results: dict[str, Result]
    inventory: Inventory
    path: Path | None = None
