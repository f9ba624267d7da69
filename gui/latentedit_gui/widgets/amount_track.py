"""The bar of a slider: filled from where nothing is done to its handle, exact with Shift, and never moved by a wheel that means the page."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PyQt6.QtWidgets import QSlider, QWidget

HANDLE_PX = 13
GROOVE_PX = 4
MAGNET_PX = 3
"""So near to the neutral value a dragged handle takes it."""
FINE = 0.1
"""With Shift the handle follows the pointer by so much."""
REST_MS = 800
"""So long after its last notch a wheel has let go, and after the last key whoever types: quick presses are one change."""

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
}
_PAGES = {Qt.Key.Key_PageDown: -1, Qt.Key.Key_PageUp: 1}
_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
_RESETS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class AmountTrack(QSlider):
    """A horizontal slider over whole numbers, which are the finest steps that it takes.

    Signals:
        let_go(): a person has ended a change: the button was released, or keys and wheel rest.
        reset_asked(): it was double clicked, or Delete was pressed.
    """

    let_go = pyqtSignal()
    reset_asked = pyqtSignal()

    def __init__(self, neutral: int = 0, parent: QWidget | None = None) -> None:
        """
        Args:
            neutral: the value that changes nothing.
        """
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._neutral = neutral
        self._beyond = 0
        self._anchor: tuple[float, float, bool] | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.let_go)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # a wheel alone gives no focus
        self.setMouseTracking(True)

    def set_beyond(self, side: int) -> None:
        """Show that the value lies below (-1) or above (1) what the bar spans, or within it (0)."""
        if side != self._beyond:
            self._beyond = side
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 22)

    def minimumSizeHint(self) -> QSize:
        return QSize(48, 22)

    # Where things are

    def handle_x(self, value: float | None = None) -> float:
        """Where the handle's middle is for a value, its own if None, in pixels."""
        value = self.sliderPosition() if value is None else value
        span = max(self.maximum() - self.minimum(), 1)
        share = (min(max(value, self.minimum()), self.maximum()) - self.minimum()) / span
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            share = 1.0 - share
        return HANDLE_PX / 2 + 1 + share * self._length

    @property
    def _length(self) -> float:
        return max(self.width() - HANDLE_PX - 2, 1)

    def _per_px(self) -> float:
        step = (self.maximum() - self.minimum()) / self._length
        return -step if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else step

    # Mouse

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        x = event.position().x()
        self.setSliderDown(True)
        if abs(x - self.handle_x()) > HANDLE_PX:
            self._move_to(self.sliderPosition() + (x - self.handle_x()) * self._per_px(), fine=False)
        self._take_anchor(event)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        if self._anchor is None:
            return
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if fine != self._anchor[2]:
            self._take_anchor(event)  # from here on at the other speed, without a jump
            return
        x, value, _ = self._anchor
        self._move_to(value + (event.position().x() - x) * self._per_px() * (FINE if fine else 1.0), fine)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        if event.button() == Qt.MouseButton.LeftButton and self._anchor is not None:
            self._anchor = None
            self.setSliderDown(False)
            self.let_go.emit()
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        if event.button() == Qt.MouseButton.LeftButton:
            self.reset_asked.emit()

    def _take_anchor(self, event: QMouseEvent) -> None:
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._anchor = (event.position().x(), float(self.sliderPosition()), fine)

    def _move_to(self, value: float, fine: bool) -> None:
        if not fine and abs(self.handle_x(value) - self.handle_x(self._neutral)) <= MAGNET_PX:
            value = self._neutral
        self.setValue(round(value))

    # Keys and wheel

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        key = Qt.Key(event.key())
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in _STEPS:
            self.setValue(self.value() + _STEPS[key] * (1 if fine else self.singleStep()))
        elif key in _PAGES:
            self.setValue(self.value() + _PAGES[key] * self.pageStep())
        elif key in _ENDS:
            self.setValue(self.minimum() if key == Qt.Key.Key_Home else self.maximum())
        elif key in _RESETS:
            self.reset_asked.emit()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        if not event.isAutoRepeat() and event.key() in (*_STEPS, *_PAGES, *_ENDS):
            self.let_go_soon()
        else:
            super().keyReleaseEvent(event)

    def let_go_soon(self) -> None:
        """The change has ended unless another follows at once."""
        self._rest.start()

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        assert event is not None
        if not self.hasFocus():
            event.ignore()  # it scrolls the page
            return
        turned = event.angleDelta()
        notches = (turned.y() or turned.x()) / 120  # some systems turn the wheel's axis with Shift
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.setValue(self.value() + round(notches * (1 if fine else self.singleStep())))
        self.let_go_soon()
        event.accept()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        if self._rest.isActive():
            self._rest.stop()
            self.let_go.emit()
        super().focusOutEvent(event)

    def event(self, event: QEvent | None) -> bool:
        if event is not None and event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    # Painting

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, role = self.palette(), QPalette.ColorRole
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        accent, line = palette.color(group, role.Accent), palette.color(role.Mid)
        middle, handle, neutral = self.height() / 2, self.handle_x(), self.handle_x(self._neutral)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(line)
        groove = QRectF(1, middle - GROOVE_PX / 2, self.width() - 2, GROOVE_PX)
        painter.drawRoundedRect(groove, GROOVE_PX / 2, GROOVE_PX / 2)
        painter.drawRect(QRectF(neutral - 0.75, middle - 5, 1.5, 10))
        painter.setBrush(accent)
        painter.drawRoundedRect(QRectF(min(handle, neutral), groove.top(), abs(handle - neutral), GROOVE_PX), 1, 1)
        lit = self.hasFocus() or self.isSliderDown() or self.underMouse()
        text = palette.color(group, role.WindowText)
        painter.setBrush(accent if lit and self.isEnabled() else text)
        painter.setPen(QPen(palette.color(role.Window), 2))
        painter.drawEllipse(QPointF(handle, middle), HANDLE_PX / 2, HANDLE_PX / 2)
        if self._beyond:
            outward = 1 if handle > self.width() / 2 else -1
            tip = QPointF(handle + outward * 2, middle)
            painter.setPen(QPen(palette.color(role.Window), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            for dy in (-2.6, 2.6):
                painter.drawLine(tip, QPointF(tip.x() - outward * 2.6, middle + dy))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(accent, 1))
            painter.drawEllipse(QPointF(handle, middle), HANDLE_PX / 2 + 1, HANDLE_PX / 2 + 1)
        painter.end()
