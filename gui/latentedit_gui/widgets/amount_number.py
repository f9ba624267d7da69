"""A number that can be typed, beside a slider."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication, QEvent, QLocale, Qt
from PyQt6.QtGui import QKeyEvent, QKeySequence, QValidator, QWheelEvent
from PyQt6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QWidget

DECIMALS = 2
_PLAIN = """
QAbstractSpinBox { background: transparent; border: 1px solid transparent; padding: 2px 4px; }
QAbstractSpinBox:hover { border-color: palette(mid); }
QAbstractSpinBox:focus { background: palette(base); border-color: palette(accent); }
"""
"""A column of frames would be louder than the sliders."""


def amount_words(amount: float, locale: QLocale | None = None) -> str:
    """An amount as it is written everywhere: with as many decimals as it needs, two at the most, in the language's manner."""
    locale = QLocale() if locale is None else QLocale(locale)
    locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    text = locale.toString(amount + 0.0, "f", DECIMALS)  # no minus before 0
    return text.rstrip(locale.zeroDigit()).removesuffix(locale.decimalPoint())


class AmountNumber(QDoubleSpinBox):
    """Told when Enter is pressed or it is left, not at each digit; up and down step it, with Shift finely."""

    def __init__(self, step: float, *, percent: bool = False, parent: QWidget | None = None) -> None:
        """
        Args:
            step: of the arrow keys.
            percent: shares are shown, and typed, in hundredths: 0.5 is 50.
        """
        super().__init__(parent)
        self._factor = 100.0 if percent else 1.0
        if percent:
            # As lists write shares: some languages put a space before the sign.
            self.setSuffix(QCoreApplication.translate("LayersPanel", "{}%").format(""))
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setDecimals(DECIMALS)
        self.setSingleStep(step)
        self.setKeyboardTracking(False)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setStyleSheet(_PLAIN)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def textFromValue(self, v: float) -> str:
        return amount_words(v * self._factor, self.locale())

    def valueFromText(self, text: str | None) -> float:
        number = self._number_of(text or "")
        return super().valueFromText(text) if number is None else number / self._factor

    def validate(self, input: str | None, pos: int) -> tuple[QValidator.State, str, int]:
        text = input or ""
        if self._factor == 1.0:
            return super().validate(text, pos)
        number = self._number_of(text)
        if number is None:
            begun = not text.removesuffix(self.suffix()).strip(" -+.,")
            return QValidator.State.Intermediate if begun else QValidator.State.Invalid, text, pos
        inside = self.minimum() <= number / self._factor <= self.maximum()
        return QValidator.State.Acceptable if inside else QValidator.State.Intermediate, text, pos

    def _number_of(self, text: str) -> float | None:
        number, read = self.locale().toDouble(text.removesuffix(self.suffix()).strip())
        return number if read else None

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
