from __future__ import annotations

from optimizer.names import place_item, place_of


def test_a_place_without_an_object_is_an_item_too() -> None:
    assert place_of(place_item(500_123.44, 3_550_001.0)) == (500_123.4, 3_550_001.0)
    assert place_of("K0017") is None
