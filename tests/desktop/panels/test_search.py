"""The search box on a city of two streets, typed into as a user does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.name_index import NameIndex
from desktop.panels.search import SearchBox, names_of
from layers.city import City
from layers.kinds.streets import Streets
from tests.optimizer.planners.parking.by_hand import city_of


def city() -> City:
    made = city_of([{"line": [(0, 0), (100, 0)]}, {"line": [(0, 50), (100, 50)]}])
    return made.with_layers(replace(made[Streets], name=np.array(["人民路", "重庆路"])))


@pytest.fixture
def box(qtbot: QtBot) -> SearchBox:
    made = SearchBox()
    qtbot.addWidget(made)
    hits = names_of(city(), "zh")
    made.set_city(city(), hits, NameIndex(list(hits), [hit.name for hit in hits.values()]))
    made.show()
    return made


@pytest.mark.parametrize(("typed", "item"), [("rml", "s1"), ("cql", "s2"), ("chongqing", "s2"), ("s2", "s2")])
def test_initials_pinyin_and_ids_are_found(box: SearchBox, qtbot: QtBot, typed: str, item: str) -> None:
    QTest.keyClicks(box, typed)
    with qtbot.waitSignal(box.found) as told:
        box.returnPressed.emit()
    assert told.args[0].item == item


def test_the_list_shows_names_and_never_pinyin(box: SearchBox) -> None:
    QTest.keyClicks(box, "rm")
    completer = box.completer()
    assert completer is not None
    model = completer.completionModel()
    assert [model.index(k, 0).data() for k in range(model.rowCount())] == ["人民路  ·  道路"]


def test_what_is_not_there_is_told(box: SearchBox, qtbot: QtBot) -> None:
    QTest.keyClicks(box, "qqq")
    with qtbot.waitSignal(box.nothing_found) as told:
        box.returnPressed.emit()
    assert told.args == ["qqq"]


def test_names_are_gathered_again_only_where_they_are_others(box: SearchBox) -> None:
    """An edit of another column leaves the arrays of names as they are."""
    streets = city()[Streets]
    named = ((streets.name, streets.geometry),)
    assert not box.knows(city(), "zh", named)
    assert box.knows(city(), "zh", ((streets.name, streets.geometry),))
    assert not box.knows(city(), "en", named)
    assert not box.knows(city(), "en", ((streets.name.copy(), streets.geometry),))


@pytest.mark.parametrize("typed", ["500000, 3550000", "3550000 40500000", "120, 32.07317"])
def test_coordinates_are_found_as_people_write_them(box: SearchBox, qtbot: QtBot, typed: str) -> None:
    """The corner of the city, which lies on the meridian of 120 degrees."""
    QTest.keyClicks(box, typed)
    with qtbot.waitSignal(box.place_found) as told:
        box.returnPressed.emit()
    assert told.args[0] == pytest.approx(500_000, abs=1)
    assert told.args[1] == pytest.approx(3_550_000, abs=200)
