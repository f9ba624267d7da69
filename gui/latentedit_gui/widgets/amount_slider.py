"""One line for one amount: its name, a slider, the number, and a way back."""

from __future__ import annotations

from PyQt6.QtCore import QSignalBlocker, QSize, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from latentedit_gui.icon_set import icon
from latentedit_gui.widgets.amount_number import DECIMALS, AmountNumber
from latentedit_gui.widgets.amount_track import AmountTrack
from latentedit_gui.widgets.elided_label import ElidedLabel

UNITS = 10**DECIMALS
"""Finest steps to an amount of 1."""
BARE = """
QToolButton { border: 1px solid transparent; background: transparent; padding: 1px; }
QToolButton:focus { border-color: palette(accent); border-radius: 3px; }
"""
"""The style sheet of small buttons in a line, which take no more room than their icons."""


class AmountSlider(QWidget):
    """The slider spans a soft range; a number that is typed may lie beyond it, within the hard one, and the slider shows so.

    Signals, of what a person does alone:
        value_changed(value): also many times while the slider is dragged.
        released(): the change has ended.
    """

    value_changed = pyqtSignal(float)
    released = pyqtSignal()

    def __init__(
        self,
        name: str,
        soft: tuple[float, float],
        hard: tuple[float, float],
        *,
        neutral: float = 0.0,
        step: float = 0.1,
        marked: bool = True,
        percent: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """
        Args:
            soft: what the slider spans.
            hard: what a typed number may be.
            neutral: the value that changes nothing, which a double click or the button gives back.
            step: of the arrow keys; with Shift they make the finest step.
            marked: whether a value that changes something is marked, with a button that takes it back.
            percent: whether the number is shown in hundredths.
        """
        super().__init__(parent)
        self._neutral = neutral
        self._value = neutral
        self._soft = soft
        self._tip = ""
        self._marked = marked
        self.label = ElidedLabel(name)
        self.label.double_clicked.connect(self.reset)
        self.track = AmountTrack(round(neutral * UNITS))
        self.track.setRange(round(soft[0] * UNITS), round(soft[1] * UNITS))
        self.track.setSingleStep(max(round(step * UNITS), 1))
        self.track.setPageStep(max(round(step * 5 * UNITS), 1))
        self.track.setAccessibleName(name)
        self.track.valueChanged.connect(self._on_track)
        self.track.let_go.connect(self.released)
        self.track.reset_asked.connect(self.reset)
        self.number = AmountNumber(step, percent=percent)
        self.number.setRange(*hard)
        self.number.setAccessibleName(self.tr("{}, as a number").format(name))
        self.number.setFixedWidth(self.fontMetrics().horizontalAdvance("-0.00" if not percent else "100%") + 16)
        self.number.valueChanged.connect(self._on_number)
        self.back = QToolButton()
        self.back.setIcon(icon("reset"))
        self.back.setIconSize(QSize(14, 14))
        self.back.setStyleSheet(BARE)
        self.back.setToolTip(self.tr("Take this back to {}.").format(f"{neutral:g}"))
        self.back.setAccessibleName(self.tr("Reset {}").format(name))
        self.back.clicked.connect(self.reset)
        keep = self.back.sizePolicy()
        keep.setRetainSizeWhenHidden(marked)
        self.back.setSizePolicy(keep)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(3)
        self._line.addWidget(self.label, 11)
        self._line.addWidget(self.track, 10)
        self._line.addWidget(self.number)
        self._line.addWidget(self.back)
        self.setFocusProxy(self.track)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setValue(neutral)

    def add_before(self, widget: QWidget) -> None:
        """Put a widget in front of the name."""
        self._line.insertWidget(0, widget)

    def add_after(self, widget: QWidget) -> None:
        """Put a widget at the end of the line."""
        self._line.addWidget(widget)

    # The value

    def value(self) -> float:
        """What is shown."""
        return self._value

    def setValue(self, value: float) -> None:
        """Show a value; nothing is emitted."""
        self._value = value
        with QSignalBlocker(self.track), QSignalBlocker(self.number):
            self.track.setValue(round(value * UNITS))
            self.number.setValue(value)
        self._mark()

    @property
    def neutral(self) -> float:
        """The value that changes nothing."""
        return self._neutral

    @property
    def modified(self) -> bool:
        """Whether the value changes something."""
        return self._value != self._neutral

    @property
    def beyond(self) -> bool:
        """Whether the value lies outside what the slider spans."""
        return not self._soft[0] <= self._value <= self._soft[1]

    def reset(self) -> None:
        """Back to the neutral value, as a person's change of its own."""
        if self.modified:
            self._set(self._neutral)
            self.released.emit()

    def set_tip(self, text: str) -> None:
        """What the tooltip says of it."""
        self._tip = text
        self._mark()

    def _on_track(self, units: int) -> None:
        self._set(units / UNITS)

    def _on_number(self, value: float) -> None:
        self._set(value)
        self.track.let_go_soon()

    def _set(self, value: float) -> None:
        self.setValue(value)
        self.value_changed.emit(value)

    def _mark(self) -> None:
        mark = self._marked and self.modified
        # Not its font: that is forgotten when the application takes another style sheet.
        sheet = "font-weight: 600;" if mark else ""
        if self.label.styleSheet() != sheet:
            self.label.setStyleSheet(sheet)
        self.back.setVisible(mark)
        side = (self._value > self._soft[1]) - (self._value < self._soft[0])
        self.track.set_beyond(side)
        low, high = (f"{end:g}" for end in self._soft)
        beyond = self.tr("This is beyond {} to {}: the face may fall apart.").format(low, high) if side else ""
        tip = "\n\n".join(part for part in (self._tip, beyond) if part)
        for widget in (self.label, self.track, self.number):
            widget.setToolTip(tip or self.label.text())
