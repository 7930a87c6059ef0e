from __future__ import annotations

from pytestqt.qtbot import QtBot

from desktop.panels.day_card import ALL_DAYS, DayCard


def test_the_first_day_is_shown_and_all_of_them_on_the_far_left(qtbot: QtBot) -> None:
    card = DayCard()
    qtbot.addWidget(card)
    card.show_days((0, 1, 3))
    told: list[int] = []
    card.day_chosen.connect(told.append)
    assert card.day == 0
    for value in (3, 0):
        card.slider.setValue(value)
    assert told == [3, ALL_DAYS]
    assert "3" in card.label.text()


def test_the_day_stays_where_the_next_plan_has_it(qtbot: QtBot) -> None:
    card = DayCard()
    qtbot.addWidget(card)
    card.show_days((0, 1, 3))
    card.slider.setValue(3)
    card.show_days((0, 3))
    assert card.day == 3
    card.show_days((0, 1))
    assert card.day == 0
    card.slider.setValue(0)
    card.show_days((5, 6))
    assert card.day == ALL_DAYS


def test_a_plan_of_one_day_needs_no_card(qtbot: QtBot) -> None:
    card = DayCard()
    qtbot.addWidget(card)
    card.show_days((0,))
    assert card.isHidden()
    assert card.day == 0
    card.show_days(())
    assert card.day == ALL_DAYS
