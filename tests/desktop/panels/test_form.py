from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.panels.fields import ChoiceField, ClockField, FlagField, NumberField, TextField, field_for
from desktop.panels.form import Form, hint
from layers.text import Text
from optimizer.params import Form as Shape
from optimizer.params import Form as Written
from optimizer.params import ParamSpec, specs
from optimizer.planner import planners
from resources.source import Certainty, Source

WIDTH = ParamSpec("width_m", float, 2.5, Text("宽度", "width"), "m", low=1.0, high=6.0)
PASSES = ParamSpec("n_passes", int, 1, Text("遍数", "passes"), low=0, high=5)
MODE = ParamSpec("mode", str, "a", Text("方式", "mode"), choices={"a": Text("甲", "A"), "b": Text("乙", "B")})
LIT = ParamSpec("lit", bool, True, Text("路灯", "lit"))
BANS = ParamSpec("bans", str, "", Text("禁行", "bans"), form=Written.PERIODS)
ALL = (WIDTH, PASSES, MODE, LIT, BANS)


def built(specs_: tuple[ParamSpec, ...], qtbot: QtBot) -> Form:
    form = Form(specs_)
    qtbot.addWidget(form)
    form.finish()
    form.show_values({s.name: s.default for s in specs_})
    form.show()
    return form


def number(form: Form, name: str) -> NumberField | ClockField:
    field = form.fields[name]
    assert isinstance(field, NumberField | ClockField)
    return field


def test_each_declaration_gets_its_editor(qtbot: QtBot) -> None:
    kinds = [type(field_for(spec)) for spec in ALL]
    assert kinds == [NumberField, NumberField, ChoiceField, FlagField, TextField]


@settings(max_examples=25, deadline=None)
@given(value=st.floats(min_value=-1e9, max_value=1e9))
def test_no_number_gets_past_its_bounds(qapp: object, value: float) -> None:
    field = field_for(WIDTH)
    assert isinstance(field, NumberField)
    told: list[float] = []
    field.edited.connect(told.append)
    field.spin.setValue(value)
    assert all(1.0 <= v <= 6.0 for v in told)
    assert 1.0 <= field.spin.value() <= 6.0


def test_what_is_typed_is_told_once_when_it_is_done(qtbot: QtBot) -> None:
    form = built(ALL, qtbot)
    told: list[tuple[str, object]] = []
    form.edited.connect(lambda name, value: told.append((name, value)))
    spin = number(form, "width_m").spin
    spin.setFocus()
    spin.selectAll()
    QTest.keyClicks(spin, "3.25")
    assert told == []
    QTest.keyClick(spin, Qt.Key.Key_Return)
    assert told == [("width_m", 3.25)]


def test_a_whole_number_is_told_as_one(qtbot: QtBot) -> None:
    form = built(ALL, qtbot)
    with qtbot.waitSignal(form.edited) as told:
        number(form, "n_passes").spin.stepUp()
    assert told.args == ["n_passes", 2]
    assert type(told.args[1]) is int


def test_showing_a_value_tells_nobody(qtbot: QtBot) -> None:
    form = built(ALL, qtbot)
    with qtbot.assertNotEmitted(form.edited):
        form.show_values({"width_m": 4.0, "n_passes": 3, "mode": "b", "lit": False, "bans": "07:00-09:00"})
    assert number(form, "width_m").spin.value() == 4.0


def test_a_text_that_cannot_be_read_is_marked_and_not_told(qtbot: QtBot) -> None:
    form = built(ALL, qtbot)
    field = form.fields["bans"]
    assert isinstance(field, TextField)
    with qtbot.assertNotEmitted(form.edited):
        field.line.setText("7 to 9")
        field.line.editingFinished.emit()
    faults = [label.text() for label in form.findChildren(type(form._faults["bans"])) if label.objectName() == "fault"]
    assert any("HH:MM-HH:MM" in text for text in faults)
    with qtbot.waitSignal(form.edited):
        field.line.setText("07:00-09:00")
        field.line.editingFinished.emit()


def test_a_value_that_differs_from_its_default_can_be_set_back(qtbot: QtBot) -> None:
    form = built(ALL, qtbot)
    assert not form._resets["width_m"].isVisible()
    form.show_values({"width_m": 4.0, "n_passes": 1, "mode": "a", "lit": True, "bans": ""})
    assert form._resets["width_m"].isVisible()
    with qtbot.waitSignal(form.edited) as told:
        form._resets["width_m"].click()
    assert told.args == ["width_m", 2.5]


def test_the_hint_says_bounds_default_source_and_how_sure_it_is() -> None:
    spec = ParamSpec(
        "speed", float, 8.0, Text("速度", "speed"), "km/h", low=4, high=12, source=Source("CJJ 71", Certainty.B, local=True)
    )
    text = hint(spec)
    for part in ("4 … 12 km/h", "CJJ 71", "B", "地方"):
        assert part in text


@pytest.mark.parametrize("key", sorted(planners()))
def test_every_planner_gets_a_form_that_shows_its_defaults(qtbot: QtBot, key: str) -> None:
    declared = specs(planners()[key].params)
    form = built(declared, qtbot)
    assert set(form.fields) == {s.name for s in declared}
    for spec in declared:
        if spec.type in {int, float} and spec.choices is None:
            assert number(form, spec.name).spin.value() == pytest.approx(float(spec.default))


def test_a_time_of_day_is_shown_and_typed_as_one(qtbot: QtBot) -> None:
    spec = ParamSpec("from_s", int, 10_800, Text("起", "from"), "s", low=0, high=93_600, form=Shape.CLOCK)
    form = built((spec,), qtbot)
    spin, told = number(form, "from_s").spin, list[object]()
    form.fields["from_s"].edited.connect(told.append)
    assert spin.text() == "03:00"
    spin.setFocus()
    spin.selectAll()
    QTest.keyClicks(spin, "25:30")
    QTest.keyClick(spin, Qt.Key.Key_Return)
    assert told == [91_800]
    spin.selectAll()
    QTest.keyClicks(spin, "4x:7")  # no time: letters and tens of minutes above five are not taken
    QTest.keyClick(spin, Qt.Key.Key_Return)
    assert told == [91_800]
    assert not form.fields["from_s"].is_half_typed()


def test_a_long_form_is_built_in_slices(qtbot: QtBot) -> None:
    many = tuple(ParamSpec(f"n{i}", int, 1, Text(f"{i}", f"{i}"), low=0, high=5) for i in range(30))
    form = Form(many)
    qtbot.addWidget(form)
    form.show_values({s.name: 2 for s in many})
    assert len(form.fields) < 30
    qtbot.waitUntil(lambda: len(form.fields) == 30)
    assert number(form, "n29").spin.value() == 2


def test_undo_is_the_windows_unless_something_is_half_typed(qtbot: QtBot) -> None:
    form = built(ALL, qtbot)
    spin, undone = number(form, "width_m").spin, []
    shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), form)
    shortcut.activated.connect(lambda: undone.append(1))
    with qtbot.waitActive(form):
        form.activateWindow()
    spin.setFocus()
    QTest.keyClick(spin, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [1]
    spin.selectAll()
    QTest.keyClicks(spin, "4")
    QTest.keyClick(spin, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert undone == [1]


def test_only_what_is_used_with_the_other_values_is_shown(qtbot: QtBot) -> None:
    often = ParamSpec("often", int, 1, Text("频次", "often"), low=0, high=5, group=Text("乙组", "B"), when={"mode": ("b",)})
    form = built((MODE, often), qtbot)
    title = next(label for label in form.findChildren(QLabel) if label.text() == "乙组")
    assert form.fields["mode"].isVisible()
    assert not form.fields["often"].isVisible()
    assert not title.isVisible()
    form.show_values({"mode": "b", "often": 2})
    assert form.fields["often"].isVisible()
    assert title.isVisible()
    assert form._resets["often"].isVisible()
    form.show_values({"mode": "a", "often": 2})
    assert not form._resets["often"].isVisible()


def test_words_that_are_long_go_below_their_label(qtbot: QtBot) -> None:
    words = {"a": Text("现有车队的最高机扫率能到多少为止", "the highest rate with this fleet, whatever it is")}
    form = built((ParamSpec("asked", str, "a", Text("求解目标", "asked"), choices=words), MODE), qtbot)
    form.resize(300, 200)
    qtbot.wait(1)
    asked, plain = form.fields["asked"], form.fields["mode"]
    assert isinstance(asked, ChoiceField)
    assert asked.width() > plain.width()
    assert asked.combo.width() == asked.width()
