"""A view that is zoomed and pushed by wheel, pinch, mouse and keys; what it shows is up to who derives from it."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFocusEvent, QKeyEvent, QNativeGestureEvent, QPalette, QResizeEvent, QWheelEvent
from PyQt6.QtWidgets import QFrame, QGestureEvent, QGraphicsScene, QGraphicsView, QPinchGesture, QWidget

from latentedit_gui.canvas.placement import Placement
from latentedit_gui.canvas.zoom import Zoom, wheel_factor

_DARK, _LIGHT = QColor(28, 28, 28), QColor(205, 205, 205)
_BRINGS_FOCUS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_F6)
_ARROW_PX = 60.0
_ARROWS = {
    Qt.Key.Key_Left: QPointF(_ARROW_PX, 0),
    Qt.Key.Key_Right: QPointF(-_ARROW_PX, 0),
    Qt.Key.Key_Up: QPointF(0, _ARROW_PX),
    Qt.Key.Key_Down: QPointF(0, -_ARROW_PX),
}


class ZoomView(QGraphicsView):
    """Keys: + and - zoom, 0 fits, 1 shows 100 %, arrows push.

    Signals:
        zoom_changed: pixels of the screen for one of the photograph, 1.0 for 100 %.
    """

    zoom_changed = pyqtSignal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told_zoom = 0.0
        self.focused_by_keys = False
        """Whether the keyboard was brought here by keys, and is to be seen: who clicks knows, and looks at the photograph."""
        self._zoom = Zoom(self, self._placed)
        self.setScene(QGraphicsScene(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        # In other layouts scroll bars count from the right, and a photograph has no direction of reading.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setInteractive(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        # Outlines and labels stand still on the screen while the photograph scrolls: there is nothing to scroll as it is.
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.port.grabGesture(Qt.GestureType.PinchGesture)
        self._follow_palette()

    @property
    def port(self) -> QWidget:
        """The widget that is painted on."""
        viewport = self.viewport()
        assert viewport is not None
        return viewport

    @property
    def shown_scene(self) -> QGraphicsScene:
        scene = self.scene()
        assert scene is not None
        return scene

    @property
    def accent(self) -> QColor:
        """The one colour of the theme."""
        return self.palette().color(QPalette.ColorRole.Accent)

    @property
    def placement(self) -> Placement:
        """Where the photograph lies in the view."""
        return self._zoom.placement

    @property
    def zoom(self) -> float:
        """Pixels of the screen for one of the photograph."""
        return self._zoom.physical

    @property
    def fits(self) -> bool:
        """Whether the photograph follows the view's size."""
        return self._zoom.fits

    def fit(self) -> None:
        """Show the whole photograph, also when the window changes its size."""
        self._zoom.fit()

    def show_area(self, area: QRectF) -> None:
        """Fill the view with a part of the photograph, in its pixels."""
        self._zoom.show_area(area)

    def actual_size(self) -> None:
        """One pixel of the screen for each of the photograph."""
        self.set_zoom(1.0)

    def set_zoom(self, zoom: float, about: QPointF | None = None) -> None:
        """Pixels of the screen for one of the photograph; ``about`` is the point of the view that stays, the middle if None."""
        self._zoom.zoom_to(zoom / self.devicePixelRatioF(), about)

    def zoom_in(self) -> None:
        self._zoom.step(1)

    def zoom_out(self) -> None:
        self._zoom.step(-1)

    def pan_by(self, moved: QPointF) -> None:
        """Push the photograph by pixels of the view."""
        self._zoom.pan_by(moved)

    def refresh(self, area: QRectF | None = None) -> None:
        """Paint a part of the view again, or all of it."""
        if area is None:
            self.port.update()
        else:
            self.port.update(area.toAlignedRect())

    def placed(self) -> None:
        """Called whenever the photograph lies elsewhere in the view."""

    def _placed(self) -> None:
        self.placed()
        if self._zoom.physical != self._told_zoom:
            self._told_zoom = self._zoom.physical
            self.zoom_changed.emit(self._told_zoom)

    def _follow_palette(self) -> None:
        dark = self.palette().color(QPalette.ColorRole.Window).lightness() < 128
        self.setBackgroundBrush(_DARK if dark else _LIGHT)

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        assert event is not None
        turned = event.angleDelta().y() or event.angleDelta().x()
        self._zoom.zoom_by(wheel_factor(turned), event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            event.ignore()
            return
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.zoom_in()
            case Qt.Key.Key_Minus:
                self.zoom_out()
            case Qt.Key.Key_0:
                self.fit()
            case Qt.Key.Key_1:
                self.actual_size()
            case Qt.Key.Key_Left | Qt.Key.Key_Right | Qt.Key.Key_Up | Qt.Key.Key_Down as arrow:
                self.pan_by(_ARROWS[Qt.Key(arrow)])
            case _:
                event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        # Qt gives the same reason for the focus when what had it is hidden; but only of a key the release comes here.
        if event.key() in _BRINGS_FOCUS:
            self.focused_by_keys = True
            self.refresh()
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        self.focused_by_keys = False
        self.refresh()

    def viewportEvent(self, event: QEvent | None) -> bool:
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self._zoom.zoom_by(1 + event.value(), event.position())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                self._pinched(pinch)
                event.accept()
                return True
        return super().viewportEvent(event)

    def _pinched(self, pinch: QPinchGesture) -> None:
        about = self.port.mapFromGlobal(pinch.centerPoint())
        self._zoom.zoom_by(pinch.scaleFactor(), about)
        self.pan_by(pinch.centerPoint() - pinch.lastCenterPoint())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._zoom.resized()

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.PaletteChange:
            self._follow_palette()

    def event(self, event: QEvent | None) -> bool:
        done = super().event(event)
        if event is not None and event.type() == QEvent.Type.DevicePixelRatioChange:
            self._zoom.resized()
        return done
