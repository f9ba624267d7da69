"""The handle between before and after."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PyQt6.QtWidgets import QAbstractSlider, QWidget

_WIDTH_PX = 28
_GRIP_PX = 13.0
_STEP, _LARGE_STEP = 0.01, 0.1
_LINE = QColor(255, 255, 255, 230)
_SHADOW = QColor(0, 0, 0, 120)


class SplitHandle(QAbstractSlider):
    """A vertical line with a grip, dragged by the mouse or moved by the arrow keys; it lies over its parent's whole height.

    A slider of 0 to 100 for those who hear it: they are told its place, and can set it.

    Signals:
        moved: the line's new place, a share of the parent's width.
    """

    moved = pyqtSignal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setRange(0, 100)
        self.setValue(50)
        self.position = 0.5
        self._grabbed_at: float | None = None
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(
            self.tr("Drag to compare before and after. Arrow keys move it, a double click brings it back to the middle.")
        )
        self.setAccessibleName(self.tr("Border between before and after"))
        self.valueChanged.connect(self._on_value)
        self.hide()

    def place_over(self, left: int, top: int, width: int, height: int) -> None:
        """Lie over a view at this place in the parent."""
        self.setGeometry(left + round(self.position * width) - _WIDTH_PX // 2, top, _WIDTH_PX, height)

    def move_to(self, position: float) -> None:
        """Move the line to a share of the width, cut to [0, 1]."""
        position = min(max(position, 0.0), 1.0)
        if position != self.position:
            self.position = position
            self.setValue(round(position * 100))
            self.moved.emit(position)

    def _on_value(self, percent: int) -> None:
        if percent != round(self.position * 100):  # not what move_to has just told
            self.move_to(percent / 100)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        if event.button() == Qt.MouseButton.LeftButton:
            self._grabbed_at = event.position().x() - _WIDTH_PX / 2

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        if self._grabbed_at is not None:
            at = self.mapToParent(event.position()).x() - self._grabbed_at
            self.move_to(self._share(at))

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        self._grabbed_at = None

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        self.move_to(0.5)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        step = _LARGE_STEP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP
        match event.key():
            case Qt.Key.Key_Left:
                self.move_to(self.position - step)
            case Qt.Key.Key_Right:
                self.move_to(self.position + step)
            case Qt.Key.Key_Home:
                self.move_to(0.0)
            case Qt.Key.Key_End:
                self.move_to(1.0)
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        assert event is not None
        event.ignore()  # it zooms what is below

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(_WIDTH_PX / 2, self.height() / 2)
        for colour, width in ((_SHADOW, 4.0), (_LINE, 1.5)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(QPointF(middle.x(), 0), QPointF(middle.x(), self.height()))
        accent = self.palette().accent().color()
        painter.setPen(QPen(accent, 3.0) if self.hasFocus() else QPen(_SHADOW, 2.0))
        painter.setBrush(QColor(250, 250, 250))
        painter.drawEllipse(middle, _GRIP_PX - 1, _GRIP_PX - 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(60, 60, 60))
        for side in (-1, 1):
            arrow = [QPointF(middle.x() + side * x, middle.y() + y) for x, y in ((7.5, 0), (3, -4), (3, 4))]
            painter.drawPolygon(QPolygonF(arrow))

    def _share(self, at: float) -> float:
        parent = self.parentWidget()
        assert parent is not None
        return at / max(parent.width(), 1)
