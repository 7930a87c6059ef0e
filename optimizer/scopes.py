"""What figures are of, as people call it: the city, a district, a vehicle, its type, a shift."""

from __future__ import annotations

from layers.city import City
from layers.text import Text
from optimizer.names import find, item_name
from resources.inventory import Inventory

CITY = "city"
CITY_NAME = Text("全市", "whole city")


def scope_name(scope: str, inventory: Inventory, city: City | None = None) -> Text:
    """Return the name of a figure's scope; that of an object as the city has it, else as the plan writes it."""
    kind, _, name = scope.partition(" ")
    if scope == CITY:
        return CITY_NAME
    types = {v.key: v.label for v in inventory.vehicle_types}
    if kind == "vehicle":
        return next((n for label in types.values() if (n := vehicle_name(name, label)).en != name), Text(name, name))
    known = types if kind == "type" else {s.key: s.label for s in inventory.shifts} if kind == "shift" else {}
    if name not in known and city is not None and name and find(city, name) is not None:
        return item_name(city, name)
    return known.get(name) or Text(name or scope, name or scope)


def vehicle_name(name: str, label: Text) -> Text:
    """Return what a vehicle of a type is called; plans name vehicles by their type in Chinese and a number."""
    return Text(name, label.en + name.removeprefix(label.zh)) if name.startswith(label.zh) else Text(name, name)
