from __future__ import annotations

import pytest

from resources.standards import load_standards
from resources.targets import load_targets
from resources.unit_names import unit_text

INTERNATIONAL = set("%/°²³·mgkthLCOWs23in ")


@pytest.mark.parametrize(
    ("unit", "zh", "en"),
    [("%", "%", "%"), ("per km2", "座/km²", "per km²"), ("m2", "m²", "m²"), ("berths a year", "个泊位/年", "berths a year")],
)
def test_units_are_shown_in_both_languages(unit: str, zh: str, en: str) -> None:
    assert (unit_text(unit).zh, unit_text(unit).en) == (zh, en)


def test_no_unit_of_targets_and_standards_is_left_in_english() -> None:
    units = {t.unit for t in load_targets()} | {s.unit for s in load_standards()}
    words = [u for u in units if unit_text(u).zh == unit_text(u).en and not set(u) <= INTERNATIONAL]
    assert not words
