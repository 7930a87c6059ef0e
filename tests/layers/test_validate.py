"""A sound city has no fault; each fault is found on a city spoilt for it, and mended where it can be."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from layers.city import City
from layers.geometry import Geometry
from layers.kinds.junctions import Junctions, TurnRule, Turns
from layers.kinds.parking import KerbFacts, KerbKind
from layers.kinds.streets import Streets
from layers.layer import REFUSED
from layers.mend import mend
from layers.validate import validate
from tests.cities import tiny_city


def changed(city: City, column: str, row: int, value: object) -> City:
    streets = city[Streets]
    values = getattr(streets, column).astype(object)
    values[row] = value
    kept = np.array(values.tolist())
    return city.with_layers(replace(streets, **{column: kept}))  # type: ignore[arg-type]


def with_turn(city: City, from_street: str, via: str, to_street: str) -> City:
    turn = Turns(
        ids=np.array(["t"]),
        geometry=Geometry.points([[0.0, 0.0]]),
        from_street=np.array([from_street]),
        via_junction=np.array([via]),
        to_street=np.array([to_street]),
        rule=np.array([TurnRule.BANNED], dtype=np.int8),
    )
    return city.with_layers(turn)


def with_kerb(city: City, street: str) -> City:
    return city.with_layers(
        KerbFacts(
            ids=np.array(["k"]),
            geometry=Geometry.points([[0.0, 0.0]]),
            kerb=np.array([KerbKind.HYDRANT], dtype=np.int8),
            street=np.array([street]),
        )
    )


def shifted(city: City) -> City:
    junctions = city[Junctions]
    moved = junctions.geometry.coords.copy()
    moved[0] += 3.0
    return city.with_layers(replace(junctions, geometry=Geometry.points(moved)))


def first(city: City) -> str:
    return str(city[Streets].ids[0])


def other_end(city: City) -> str:
    streets = city[Streets]
    touching = {streets.from_junction[0], streets.to_junction[0]}
    return next(str(key) for key in city[Junctions].ids.tolist() if key not in touching)


SPOILT: dict[str, tuple[Callable[[City], City], str, str]] = {
    "width": (
        lambda c: changed(c, "width_m", 0, 500.0),
        "out_of_bounds",
        r"streets.width_m of .* is 500 m; expected 1 … 100 m",
    ),
    "id": (lambda c: c.with_layers(replace(c[Streets], ids=np.full(12, "x"))), "duplicate_id", "occurs more than once"),
    "from": (lambda c: changed(c, "from_junction", 0, "Z9"), "unknown_reference", r"'Z9'; there is none such in junctions"),
    "gap": (shifted, "end_off_junction", r"ends 4\.2 m from the junction it names; expected within 0\.5 m"),
    "turn": (
        lambda c: with_turn(c, "nowhere", "B1", first(c)),
        "unknown_reference",
        "'nowhere'; there is none such in streets",
    ),
    "apart": (lambda c: with_turn(c, first(c), other_end(c), first(c)), "turn_apart", "does not touch its junction"),
    "kerb": (lambda c: with_kerb(c, "gone"), "unknown_reference", "kerb_facts.street of 'k' is 'gone'"),
    "district": (
        lambda c: changed(c, "district", 3, "丙区"),
        "unknown_reference",
        "'丙区'; there is none such in districts",
    ),
    "bans": (lambda c: changed(c, "ban_periods", 1, "25 o'clock"), "unreadable_periods", "expected HH:MM-HH:MM"),
    "nothing": (lambda c: City(c.name, c.epsg), "no_streets", "the city has no streets"),
}
MENDED = ("width", "turn", "apart", "kerb", "district")


def test_a_sound_city_has_no_fault() -> None:
    assert validate(tiny_city()) == ()


@pytest.mark.parametrize("what", SPOILT)
def test_a_spoilt_city_has_the_fault(what: str) -> None:
    spoil, code, pattern = SPOILT[what]
    faults = [f for f in validate(spoil(tiny_city())) if f.code == code]
    assert len(faults) >= 1
    assert any(re.search(pattern, f.text.en) for f in faults), faults


def test_all_faults_come_at_once() -> None:
    city = changed(changed(tiny_city(), "width_m", 0, 500.0), "district", 3, "丙区")
    assert {f.code for f in validate(city)} == {"out_of_bounds", "unknown_reference"}


@pytest.mark.parametrize("what", MENDED)
def test_what_can_be_mended_is(what: str) -> None:
    city = SPOILT[what][0](tiny_city())
    mended = mend(city)
    assert validate(mended) == ()
    assert len(mended.notes) > len(city.notes)


def test_mending_tells_what_was_there() -> None:
    mended = mend(SPOILT["width"][0](tiny_city()))
    assert "is 500 m" in mended.notes[-1].text.en
    streets = mended[Streets]
    assert streets.width_m[0] < 100
    assert streets.rules[streets.origins("width_m")[0] - 8] == "width.lanes"


def test_what_cannot_be_mended_stays_a_fault() -> None:
    assert [f.code for f in validate(mend(SPOILT["from"][0](tiny_city())))] == ["unknown_reference"]


def test_mending_a_sound_city_adds_no_note() -> None:
    assert mend(tiny_city()).notes == tiny_city().notes


def test_a_refused_reference_is_kept_as_refused() -> None:
    mended = mend(SPOILT["kerb"][0](tiny_city()))
    assert mended[KerbFacts].origins("street").tolist() == [REFUSED]
