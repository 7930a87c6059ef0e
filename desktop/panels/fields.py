"""Editors for one value each, made from a parameter's declaration; none lets a value out of its bounds through."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QValidator, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from desktop import words
from desktop.i18n import say, tr
from layers.units import DAY_S, clock, seconds_of_day
from optimizer.params import Form, ParamSpec, Value

_FIELD_PX, _FLAG_PX = 124, 22
_ANY_PX = (1 << 24) - 1  # what Qt takes for no limit
_FAR = 1e15
_CLOCK, _CLOCK_BEGUN = re.compile(r"([0-3]?\d|4[0-7]):[0-5]\d", re.ASCII), re.compile(r"\d{0,2}(:([0-5]\d?)?)?", re.ASCII)
_CLOCK_STEP_S, _DAY_END_S = 900, DAY_S - 1


class Field(QWidget):
    """Edit one value; tells what the user entered, and nothing when the program sets it."""

    edited = Signal(object)

    def __init__(self, spec: ParamSpec) -> None:
        super().__init__()
        self.spec = spec
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._box = box
        self.setFixedWidth(_FIELD_PX)
        self.is_wide = False

    def show_value(self, value: Value) -> None:
        """Show a value without telling anyone."""
        raise NotImplementedError

    def _hold(self, widget: QWidget) -> None:
        self._box.addWidget(widget)
        self.setFocusProxy(widget)
        widget.installEventFilter(self)

    def is_half_typed(self) -> bool:
        """Return whether something was typed that was not told yet."""
        return False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Leave undo and redo to the window, which undoes every edit; while typing they are the text's own."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent) or self.is_half_typed():
            return False
        keys = QKeySequence.StandardKey
        if event.matches(keys.Undo) or event.matches(keys.Redo):
            event.ignore()
            return True
        return False


class _Spin(QDoubleSpinBox):
    """Number box that leaves the wheel to the scrolling form until it has the focus, and drops empty decimals."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the value only where the field has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def textFromValue(self, value: float) -> str:
        """Return the value without empty decimals."""
        text = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").rstrip(point) if point in text else text


class NumberField(Field):
    """Edit a number between its bounds, with its unit."""

    def __init__(self, spec: ParamSpec) -> None:
        super().__init__(spec)
        self.spin = _Spin()
        whole = spec.type is int
        self.spin.setDecimals(0 if whole else 3)
        self.spin.setRange(_FAR * -1 if spec.low is None else spec.low, _FAR if spec.high is None else spec.high)
        self.spin.setGroupSeparatorShown(True)
        self.spin.setKeyboardTracking(False)
        self.spin.setSingleStep(1 if whole else _step(spec))
        self.spin.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.spin.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if spec.unit:
            self.spin.setSuffix(words.THIN + words.unit(spec.unit))
        self.spin.valueChanged.connect(lambda value: self.edited.emit(int(value) if whole else value))
        self._hold(self.spin)

    def show_value(self, value: Value) -> None:
        """Show a value without telling anyone."""
        self.spin.blockSignals(True)
        self.spin.setValue(float(value))
        self.spin.blockSignals(False)

    def is_half_typed(self) -> bool:
        """Return whether the text says something else than the value."""
        return self.spin.cleanText() != self.spin.textFromValue(self.spin.value())


def _step(spec: ParamSpec) -> float:
    span = (spec.high if spec.high is not None else 100.0) - (spec.low or 0.0)
    return 0.05 if span <= 2 else 0.5 if span <= 50 else 1.0 if span <= 500 else 10.0


class _Clock(QSpinBox):
    """Box for a time of day, ``HH:MM``; hours run on past 24 where the bounds let them."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the value only where the field has the focus."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def textFromValue(self, value: int) -> str:
        """Return seconds after midnight as a time."""
        return clock(value)

    def valueFromText(self, text: str) -> int:
        """Return a time as seconds after midnight."""
        try:
            return seconds_of_day(text)
        except ValueError:  # half typed
            return self.value()

    def validate(self, text: str, pos: int) -> tuple[QValidator.State, str, int]:
        """Return whether a text is a time within the bounds, or could become one."""
        state = QValidator.State.Invalid
        if _CLOCK_BEGUN.fullmatch(text):
            whole = _CLOCK.fullmatch(text) and self.minimum() <= seconds_of_day(text) <= self.maximum()
            state = QValidator.State.Acceptable if whole else QValidator.State.Intermediate
        return state, text, pos


class ClockField(Field):
    """Edit a time of day."""

    def __init__(self, spec: ParamSpec) -> None:
        super().__init__(spec)
        self.spin = _Clock()
        self.spin.setRange(int(spec.low or 0), _DAY_END_S if spec.high is None else int(spec.high))
        self.spin.setKeyboardTracking(False)
        self.spin.setSingleStep(_CLOCK_STEP_S)
        self.spin.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.spin.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.spin.valueChanged.connect(self.edited.emit)
        self._hold(self.spin)

    def show_value(self, value: Value) -> None:
        """Show a value without telling anyone."""
        self.spin.blockSignals(True)
        self.spin.setValue(int(value))
        self.spin.blockSignals(False)

    def is_half_typed(self) -> bool:
        """Return whether the text says something else than the value."""
        return self.spin.cleanText() != self.spin.textFromValue(self.spin.value())


class ChoiceField(Field):
    """Choose one key of a closed set."""

    def __init__(self, spec: ParamSpec) -> None:
        super().__init__(spec)
        self.combo = QComboBox()
        for key, label in (spec.choices or {}).items():
            self.combo.addItem(say(label), key)
        self.combo.activated.connect(lambda _row: self.edited.emit(self.combo.currentData()))
        self._hold(self.combo)
        if self.combo.sizeHint().width() > _FIELD_PX:  # its words go below the label, in the whole width
            self.is_wide = True
            self.setMinimumWidth(_FIELD_PX)
            self.setMaximumWidth(_ANY_PX)

    def show_value(self, value: Value) -> None:
        """Show a value without telling anyone."""
        self.combo.setCurrentIndex(self.combo.findData(value))


class FlagField(Field):
    """Say yes or no."""

    def __init__(self, spec: ParamSpec) -> None:
        super().__init__(spec)
        self.setFixedWidth(_FLAG_PX)
        self.check = QCheckBox()
        self.check.clicked.connect(lambda on: self.edited.emit(bool(on)))
        self._hold(self.check)
        self._box.setAlignment(self.check, Qt.AlignmentFlag.AlignRight)

    def show_value(self, value: Value) -> None:
        """Show a value without telling anyone."""
        self.check.setChecked(bool(value))


class TextField(Field):
    """Edit a text; it is told when the user is done with it."""

    def __init__(self, spec: ParamSpec) -> None:
        super().__init__(spec)
        self.line = QLineEdit()
        hint = {Form.PLACES: tr("经度,纬度;…"), Form.PERIODS: spec.expected()}
        self.line.setPlaceholderText(hint.get(spec.form, ""))
        self._shown = ""
        self.line.editingFinished.connect(self._finished)
        self._hold(self.line)

    def _finished(self) -> None:
        if self.line.text() != self._shown:
            self._shown = self.line.text()
            self.edited.emit(self._shown)

    def show_value(self, value: Value) -> None:
        """Show a value without telling anyone."""
        self._shown = str(value)
        self.line.setToolTip(self._shown)  # a long one does not fit
        if self.line.text() != self._shown:
            self.line.setText(self._shown)
            self.line.setCursorPosition(0)

    def is_half_typed(self) -> bool:
        """Return whether the line holds something else than what was told."""
        return self.line.text() != self._shown


def field_for(spec: ParamSpec) -> Field:
    """Return the editor that suits a declaration."""
    if spec.choices is not None:
        return ChoiceField(spec)
    if spec.form is Form.CLOCK and spec.type is int:
        return ClockField(spec)
    kinds: dict[type, type[Field]] = {bool: FlagField, int: NumberField, float: NumberField, str: TextField}
    return kinds[spec.type](spec)
