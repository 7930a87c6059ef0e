from __future__ import annotations

from layers.text import Text
from optimizer.scopes import scope_name
from resources.io import default_inventory
from tests.cities import tiny_city


def test_a_scope_is_called_as_people_call_it() -> None:
    fleet = default_inventory()
    kind = fleet.vehicle_types[0]
    assert scope_name("city", fleet) == Text("全市", "whole city")
    assert scope_name(f"type {kind.key}", fleet) == kind.label
    assert scope_name("district 甲区", fleet) == Text("甲区", "甲区")
    assert scope_name("station ts1", fleet) == Text("ts1", "ts1")
    assert scope_name("station ts1", fleet, tiny_city()) == Text("东站", "东站")
    assert scope_name("district 甲区", fleet, tiny_city()) == Text("甲区", "甲区")
