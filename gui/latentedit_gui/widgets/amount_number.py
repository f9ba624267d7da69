"""A number that can be typed, beside a slider."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QLocale, Qt
from PyQt6.QtGui import QKeyEvent, QKeySequence, QWheelEvent
from PyQt6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QWidget

DECIMALS = 2
_PLAIN = """
QAbstractSpinBox { background: transparent; border: 1px solid transparent; padding: 2px 4px; }
QAbstractSpinBox:hover { border-color: palette(mid); }
QAbstractSpinBox:focus { background: palette(base); border-color: palette(accent); }
"""
"""A column of frames would be louder than the sliders."""


class AmountNumber(QDoubleSpinBox):
    """Told when Enter is pressed or it is left, not at each digit; up and down step it, with Shift finely."""

    def __init__(self, step: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setDecimals(DECIMALS)
        self.setSingleStep(step)
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setStyleSheet(_PLAIN)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def textFromValue(self, v: float) -> str:
        locale = QLocale(self.locale())
        locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
        text = locale.toString(v + 0.0, "f", DECIMALS)  # no minus before 0
        return text.rstrip(locale.zeroDigit()).removesuffix(locale.decimalPoint())

    def event(self, event: QEvent | None) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            standard = QKeySequence.StandardKey
            if event.matches(standard.Undo) or event.matches(standard.Redo):
                event.ignore()  # what was set is undone, not what was typed
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.setValue(self.value() + step * 10.0**-DECIMALS)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is not None and not self.hasFocus():
            event.ignore()  # it scrolls the page
        else:
            super().wheelEvent(event)
