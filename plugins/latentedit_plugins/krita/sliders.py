"""One line for one amount: its name, a slider that a wheel over the page does not move, and the number."""

from PyQt5.QtCore import QSignalBlocker, Qt, pyqtSignal
from PyQt5.QtGui import QMouseEvent, QWheelEvent
from PyQt5.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QSlider, QWidget

UNITS = 100
"""Finest steps to an amount of 1."""
NAME_PX, NUMBER_PX = 96, 46


class AmountRow(QWidget):
    """Signals:
    changed(amount, moving): a person sets it; ``moving`` while the slider is held.
    """

    changed = pyqtSignal(float, bool)

    def __init__(self, title: str, least: float, most: float) -> None:
        super().__init__()
        self.title = title
        self._held = False
        self.label = _Name(title)
        self.label.setFixedWidth(NAME_PX)
        self.label.reset.connect(lambda: self._set(0.0, False))
        self.slider = _Calm(Qt.Horizontal)
        self.slider.setRange(round(least * UNITS), round(most * UNITS))
        self.slider.setSingleStep(UNITS // 10)
        self.slider.setPageStep(UNITS // 2)
        self.slider.setAccessibleName(title)
        self.slider.valueChanged.connect(lambda units: self._set(units / UNITS, self._held))
        self.slider.sliderPressed.connect(self._hold)
        self.slider.sliderReleased.connect(self._let_go)
        self.number = _CalmNumber()
        self.number.setRange(min(least, 0.0) * 2, most * 2)
        self.number.setSingleStep(0.1)
        self.number.setKeyboardTracking(False)
        self.number.setButtonSymbols(QDoubleSpinBox.NoButtons)
        self.number.setFixedWidth(NUMBER_PX)
        self.number.setAccessibleName(f"{title}, as a number")
        self.number.valueChanged.connect(lambda amount: self._set(amount, False))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.label)
        line.addWidget(self.slider, 1)
        line.addWidget(self.number)

    @property
    def amount(self) -> float:
        """What it shows."""
        return self.number.value()

    def show_amount(self, amount: float) -> None:
        """Show what is so; a slider that is held knows better."""
        if self._held or amount == self.number.value():
            return
        with QSignalBlocker(self.slider), QSignalBlocker(self.number):
            self.slider.setValue(round(amount * UNITS))
            self.number.setValue(amount)

    def _hold(self) -> None:
        self._held = True

    def _let_go(self) -> None:
        self._held = False
        self.changed.emit(self.amount, False)

    def _set(self, amount: float, moving: bool) -> None:
        with QSignalBlocker(self.slider), QSignalBlocker(self.number):
            self.slider.setValue(round(amount * UNITS))
            self.number.setValue(amount)
        self.changed.emit(amount, moving)


class _Name(QLabel):
    """Double clicked, the amount goes back to nothing."""

    reset = pyqtSignal()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset.emit()


class _Calm(QSlider):
    """A wheel scrolls the page."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _CalmNumber(QDoubleSpinBox):
    """As the slider."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
