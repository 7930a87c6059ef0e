"""A form made from declarations: groups, labels, units, bounds, and where each default comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop import icons, words
from desktop.i18n import say, tr
from desktop.panels.fields import Field, field_for
from desktop.panels.parts import heading
from layers.text import Text
from optimizer.params import ParamSpec, Value

_ROWS_AT_ONCE = 2
_LINES = 3  # of the grid for each parameter: label, field where it is wide, what is wrong with it
_FLAG_ROOM_PX = 30
RUN_GROUP = Text("计算", "Run")
_CERTAINTY = {
    "A": Text("已见标准或法规原文", "the wording of the standard or law was seen"),
    "B": Text("转引，可信", "second-hand and plausible"),
    "C": Text("来源单薄或互相矛盾", "one weak source, or sources disagree"),
    "M": Text("凭记忆，待核实", "from memory, to be confirmed"),
    "G": Text("本单位提供", "given by the bureau itself"),
}


class Form(QWidget):
    """Edit the values of a list of declarations.

    Signals
    -------
    edited
        Name and value, as the user entered it.
    """

    edited = Signal(str, object)

    def __init__(self, specs: Sequence[ParamSpec]) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self._faults: dict[str, QLabel] = {}
        self._resets: dict[str, QToolButton] = {}
        self._values: dict[str, Value] = {}
        self._parts: dict[str, tuple[QWidget, ...]] = {}
        self._headings: list[tuple[QLabel, Sequence[ParamSpec]]] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        groups: dict[Text, list[ParamSpec]] = {}
        for spec in specs:
            groups.setdefault(spec.group or RUN_GROUP, []).append(spec)
        self._steps = self._build(groups)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._build_some)
        self._timer.start()

    def _build(self, groups: Mapping[Text, Sequence[ParamSpec]]) -> Iterator[None]:
        """Build the form row by row."""
        for group, members in groups.items():
            grid = QGridLayout()
            grid.setContentsMargins(0, 0, 0, 4)
            grid.setHorizontalSpacing(6)
            grid.setVerticalSpacing(4)
            grid.setColumnStretch(0, 1)
            title = heading(words.sentence(say(group)))
            self._headings.append((title, members))
            title.setVisible(any(spec.is_used(self._values) for spec in members))
            self._box.addWidget(title)
            self._box.addLayout(grid)
            for i, spec in enumerate(members):
                self._add_row(grid, _LINES * i, spec)
                if spec.name in self._values:
                    self._show(spec.name)
                yield

    def _build_some(self) -> None:
        """Build a few rows: a long form at once would hold the window up."""
        for _ in range(_ROWS_AT_ONCE):
            if next(self._steps, self) is self:
                self._timer.stop()
                return

    def finish(self) -> None:
        """Build what is left of the form now."""
        while self._timer.isActive():
            self._build_some()

    def _add_row(self, grid: QGridLayout, row: int, spec: ParamSpec) -> None:
        label, field, fault = QLabel(words.sentence(say(spec.label))), field_for(spec), QLabel()
        label.setWordWrap(True)
        label.setBuddy(field)
        for widget in (label, field):
            widget.setToolTip(hint(spec))
        field.setAccessibleName(say(spec.label))
        fault.setObjectName("fault")
        fault.setWordWrap(True)
        fault.hide()
        reset = QToolButton()
        reset.setIcon(icons.icon("undo"))
        reset.setToolTip(tr("恢复默认值"))
        reset.setFixedSize(20, 20)
        policy = reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        reset.setSizePolicy(policy)
        reset.clicked.connect(lambda: self._entered(spec.name, spec.default))
        field.edited.connect(lambda value: self._entered(spec.name, value))
        self.fields[spec.name], self._faults[spec.name], self._resets[spec.name] = field, fault, reset
        if spec.type is bool and spec.source is None:
            label.setContentsMargins(0, 0, _FLAG_ROOM_PX, 0)
            grid.addWidget(label, row, 0, 1, 3)  # a check box leaves most of its column to the label
            self._parts[spec.name] = (label, field)
        else:
            badge = _badge(spec)
            grid.addWidget(label, row, 0)
            grid.addWidget(badge, row, 1)
            self._parts[spec.name] = (label, badge, field)
        if field.is_wide:
            grid.addWidget(field, row + 1, 0, 1, 3)
        else:
            grid.addWidget(field, row, 2, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(reset, row + field.is_wide, 3)
        grid.addWidget(fault, row + 2, 0, 1, 4)

    def _entered(self, name: str, value: Value) -> None:
        self.show_fault(name, "")
        fault = self.fields[name].spec.fault(value)
        if fault is not None:
            self.show_fault(name, say(fault))
        else:
            self.edited.emit(name, value)

    def show_fault(self, name: str, line: str) -> None:
        """Show under a field what is wrong with it; an empty line takes it away."""
        self._faults[name].setText(line)
        self._faults[name].setVisible(bool(line))

    def show_values(self, values: Mapping[str, Value]) -> None:
        """Show values, without telling anyone."""
        self._values = dict(values)
        for name in self.fields:
            self._show(name)
        for title, members in self._headings:
            title.setVisible(any(spec.is_used(values) for spec in members))

    def _show(self, name: str) -> None:
        field, value, reset = self.fields[name], self._values[name], self._resets[name]
        field.show_value(value)
        self._faults[name].hide()
        used = field.spec.is_used(self._values)
        for part in self._parts[name]:
            part.setVisible(used)
        policy = reset.sizePolicy()
        policy.setRetainSizeWhenHidden(used)  # else the row would keep its height
        reset.setSizePolicy(policy)
        reset.setVisible(used and value != field.spec.default)


def hint(spec: ParamSpec) -> str:
    """Return what the tool tip of a parameter says: its meaning, bounds, default and source."""
    lines = [say(spec.help)] if spec.help else []
    lines.append(tr("范围：{0}").format(spec.expected()))
    default = say(spec.choices[str(spec.default)]) if spec.choices else spec.default
    lines.append(tr("默认：{0}").format(words.figure(default, spec.unit) if type(default) in {int, float} else default))  # type: ignore[arg-type]
    if spec.source:
        sure = say(_CERTAINTY[spec.source.certainty.value])
        local = tr("（地方规定）") if spec.source.local else ""
        lines.append(tr("依据：{0}{1}").format(spec.source.text, local))
        lines.append(f"{spec.source.certainty.value}  {sure}")
    return "\n".join(lines)


def _badge(spec: ParamSpec) -> QLabel:
    badge = QLabel(spec.source.certainty.value if spec.source else "")
    badge.setObjectName("badge" if spec.source else "")
    badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
    badge.setFixedSize(16, 16)
    badge.setToolTip(hint(spec))
    return badge
