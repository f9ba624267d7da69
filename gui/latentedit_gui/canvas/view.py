"""The canvas widget: it wires photograph, parts, outlines, split and tools to Qt's events and to its own signals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PyQt6.QtWidgets import QWidget

from latentedit_gui.canvas.brush_tool import BrushTool
from latentedit_gui.canvas.drag_tool import DragPoint, DragTool, Point
from latentedit_gui.canvas.drops import DropTarget
from latentedit_gui.canvas.face_marks import FaceMark, FaceMarks
from latentedit_gui.canvas.labels import paint_label, paint_sides
from latentedit_gui.canvas.layers import Layers
from latentedit_gui.canvas.parts import Box
from latentedit_gui.canvas.placement import Array
from latentedit_gui.canvas.pyramid import Pyramid, pyramid
from latentedit_gui.canvas.split import SplitHandle
from latentedit_gui.canvas.tools import CanvasTool, HandTool, SelectTool, Tool
from latentedit_gui.canvas.zoom_view import ZoomView

Pixels = NDArray[np.uint8]

_TURN_MS, _TURN = 60, 0.02


class Canvas(ZoomView):
    """One photograph and everything that is shown on it. Points are in the photograph: whole numbers at pixels' centres.

    Keys, beside those of the zoom: Space holds the hand, [ and ] size the brush, Delete removes a point, Page Up and Page Down go from
    face to face, Escape gives up a stroke.

    Signals:
        face_clicked: the index of a face's mark.
        empty_clicked: a click beside all faces.
        cursor_moved, cursor_left: where the mouse is; it is over the view no more.
        files_dropped, image_dropped: list of Path; QImage that came without a file.
        mask_painted: uint8 array [S, S] over the selected face's square, after a stroke.
        brush_resized: the brush's diameter in pixels of the view.
        drag_points_changed: tuple of ((x, y), (x2, y2)): from where to where.
        split_moved: the line's place, a share of the view's width.
    """

    face_clicked = pyqtSignal(int)
    empty_clicked = pyqtSignal()
    cursor_moved = pyqtSignal(float, float)
    cursor_left = pyqtSignal()
    files_dropped = pyqtSignal(object)
    image_dropped = pyqtSignal(object)
    mask_painted = pyqtSignal(object)
    brush_resized = pyqtSignal(float)
    drag_points_changed = pyqtSignal(object)
    split_moved = pyqtSignal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layers = Layers(self.shown_scene)
        self._marks = FaceMarks()
        self._split = SplitHandle(self.port)
        self._split.moved.connect(self._split_was_moved)
        self._brush = BrushTool(self, self.mask_painted.emit, self.brush_resized.emit)
        self._drag = DragTool(self, self.drag_points_changed.emit)
        self._pan = HandTool(self)
        self._tools: dict[Tool, CanvasTool] = {
            Tool.SELECT: SelectTool(self),
            Tool.HAND: self._pan,
            Tool.BRUSH: self._brush,
            Tool.ERASER: self._brush,
            Tool.DRAG: self._drag,
        }
        self._tool = Tool.SELECT
        self._space = False
        self._drop_is_over = False
        self._turner = QTimer(self)
        self._turner.setInterval(_TURN_MS)
        self._turner.timeout.connect(self._turn)
        drops = DropTarget(self.port)
        drops.files_dropped.connect(self.files_dropped)
        drops.image_dropped.connect(self.image_dropped)
        drops.hovered.connect(self._show_welcome)
        self.port.setMouseTracking(True)
        self.setAccessibleName(self.tr("Photograph"))
        self.setAccessibleDescription(
            self.tr("Page Up and Page Down choose a face, plus and minus zoom, arrow keys move the photograph.")
        )

    # What is shown

    def show_draft(self, rgb_uint8: Pixels, full_size: tuple[int, int]) -> None:
        """Show a photograph coarsely until :meth:`show_photo` brings it.

        Args:
            rgb_uint8: [h, w, 3], small.
            full_size: width and height of the photograph in pixels.
        """
        self._show(pyramid(rgb_uint8), full_size, is_draft=True)

    def show_photo(self, photo: Pixels | Pyramid | None) -> None:
        """Show a photograph, fitted, without anything on it; in place of its draft, nothing moves and everything stays.

        Args:
            photo: [H, W, 3] uint8, or its pyramid, made elsewhere (a large array's is made at once, and blocks); None for none.
        """
        picture = pyramid(photo) if isinstance(photo, np.ndarray) else photo
        self._show(picture, (0, 0) if picture is None else picture.size, is_draft=False)

    def _show(self, picture: Pyramid | None, size: tuple[int, int], *, is_draft: bool) -> None:
        if self._layers.show(picture, size, is_draft=is_draft):
            self.set_faces(())
            self._forget_painted()
            self._zoom.set_size(*size)
        self.refresh()

    def set_parts(self, parts: Sequence[tuple[Box, Pixels | Pyramid]]) -> None:
        """Lay what edits changed over the photograph, in place of earlier parts and of all previews.

        Args:
            parts: boxes (left, top, right, bottom in the photograph's pixels) and their pictures [h, w, 3], or the pictures' pyramids.
        """
        self._layers.edited.set_parts(parts)
        self.refresh()

    def set_preview(self, face: int, rgba: Pixels, quad: Array) -> None:
        """Lay a small drawing of a face's square over everything, until the next parts come.

        Args:
            face: its last preview goes.
            rgba: [S, S, 4], straight alpha.
            quad: where the square lies in the photograph, [4, 2]: top left, bottom left, bottom right, top right.
        """
        self._layers.edited.set_preview(face, rgba, quad)
        self.refresh()

    def set_faces(self, faces: Sequence[FaceMark]) -> None:
        """Show these outlines; when another face is selected, what was painted over the last one and its points go."""
        before = self._marks.selected
        self._marks.set_marks(faces)
        now = self._marks.selected
        if before is not None and (now is None or now.index != before.index):
            self._forget_painted()
        self._keep_turning()
        self.refresh()

    def set_progress(self, face: int, fraction: float | None) -> None:
        """How far the work on a face is, in [0, 1]; None while nobody knows."""
        self._marks.set_progress(face, fraction)
        self._keep_turning()
        self.refresh(self._marks.area(face, self.placement))

    def set_outlines_visible(self, on: bool) -> None:
        self._marks.visible = on
        self._keep_turning()
        self.refresh()

    @property
    def selected(self) -> FaceMark | None:
        """The face that tools work on."""
        return self._marks.selected

    # Before and after

    def set_split(self, on: bool) -> None:
        """Show before on the left and after on the right of a line that can be moved."""
        self._split.setVisible(on)
        self._place_split()

    def hold_before(self, on: bool) -> None:
        """Show the untouched photograph alone for as long as it is on."""
        self._layers.edited.setVisible(not on)
        self.refresh()

    def _place_split(self) -> None:
        self._split.place_over(0, 0, self.port.width(), self.port.height())
        placement = self.placement
        line = None if self._split.isHidden() else (self._line - placement.left) / placement.scale
        self._layers.edited.show_from(line)
        self.refresh()

    @property
    def _line(self) -> float:
        return self._split.position * self.port.width()

    def _split_was_moved(self, position: float) -> None:
        self._place_split()
        self.split_moved.emit(position)

    def placed(self) -> None:
        self._place_split()

    # Tools

    @property
    def tool(self) -> Tool:
        return self._tool

    def set_tool(self, tool: Tool) -> None:
        """Take another tool; what the last one was doing is given up."""
        self._held.cancel()
        self._held.leave()
        self._tool = tool
        self._brush.erase = tool is Tool.ERASER
        self._show_cursor()
        self.refresh()

    @property
    def painted_mask(self) -> Pixels | None:
        """What is painted over the selected face's square, [S, S] uint8."""
        return self._brush.mask

    def set_mask(self, mask: Pixels | None) -> None:
        """Show a mask [S, S] uint8 over the selected face's square (of 256 to the side where strokes start one); None for none."""
        self._brush.set_mask(mask)

    @property
    def brush_diameter(self) -> float:
        """In pixels of the view."""
        return self._brush.diameter

    def set_brush_diameter(self, diameter: float) -> None:
        self._brush.set_diameter(diameter)

    @property
    def drag_points(self) -> tuple[DragPoint, ...]:
        return self._drag.points

    def set_drag_points(self, points: Sequence[DragPoint]) -> None:
        """Show these points of the selected face and where they are to go; nothing is emitted."""
        self._drag.set_points(points)

    def set_drag_progress(self, points: Sequence[Point]) -> None:
        """Show where the points are while they are being dragged; none when that has ended."""
        self._drag.set_progress(points)

    def clicked(self, at: QPointF) -> None:
        """Tell which face is at a point of the view."""
        mark = self._marks.at(at, self.placement)
        if mark is None:
            self.empty_clicked.emit()
        else:
            self.face_clicked.emit(mark.index)

    @property
    def _held(self) -> CanvasTool:
        return self._tools[self._tool]

    def _forget_painted(self) -> None:
        self._brush.set_mask(None)
        self._drag.set_points(())

    def _show_cursor(self) -> None:
        if self._pan.button is not None:
            self.port.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._space:
            self.port.setCursor(Qt.CursorShape.OpenHandCursor)
        elif self._tool is Tool.SELECT and self._marks.hovered is not None:
            self.port.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.port.setCursor(self._held.cursor)

    # Painting

    def drawForeground(self, painter: QPainter | None, rect: QRectF) -> None:
        assert painter is not None
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent, whole = self.accent, QRectF(self.port.rect())
        if self._layers.is_empty:
            painter.setPen(self.palette().placeholderText().color())
            painter.drawText(whole, Qt.AlignmentFlag.AlignCenter, self.tr("Drop a photograph here"))
        self._brush.paint_mask(painter, accent)
        self._marks.paint(painter, self.placement, accent, whole)
        if not self._split.isHidden():
            paint_sides(painter, self._line, whole, self.tr("Before"), self.tr("After"))
        elif not self._layers.edited.isVisible():
            paint_label(painter, QPointF(14, 14), self.tr("Before"))
        self._drag.paint_points(painter)
        self._held.paint(painter, accent)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._drop_is_over:
            painter.setPen(QPen(accent, 4))
            painter.drawRoundedRect(whole.adjusted(6, 6, -6, -6), 10, 10)
        if self.focused_by_keys:
            painter.setPen(QPen(accent, 2))
            painter.drawRect(whole.adjusted(1, 1, -1, -1))
        painter.restore()

    def _show_welcome(self, on: bool) -> None:
        self._drop_is_over = on
        self.refresh()

    def _keep_turning(self) -> None:
        if not self._marks.turning:
            self._turner.stop()
        elif not self._turner.isActive():
            self._turner.start()

    def _turn(self) -> None:
        self._marks.turn = (self._marks.turn + _TURN) % 1.0
        for mark in self._marks.marks:
            if mark.state == "working":
                self.refresh(self._marks.area(mark.index, self.placement))

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        if event.button() == Qt.MouseButton.MiddleButton or (self._space and event.button() == Qt.MouseButton.LeftButton):
            self._pan.press(event.position(), event.button())
        elif event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self._held.press(event.position(), event.button())
        self._show_cursor()

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        at = event.position()
        tool = self._pan if self._pan.button is not None else self._held
        tool.move(at, event.buttons())
        self._hover(at)
        self.cursor_moved.emit(*self.placement.photo_point(at))

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        assert event is not None
        tool = self._pan if self._pan.button == event.button() else self._held
        tool.release(event.position(), event.button())
        self._show_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:
        """The right button belongs to the tools."""

    def _hover(self, at: QPointF | None) -> None:
        mark = self._marks.at(at, self.placement) if at is not None and self._marks.visible else None
        now = None if mark is None else mark.index
        if now != self._marks.hovered:
            self._marks.hovered = now
            self.refresh()
            self._show_cursor()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        key = event.key()
        if key == Qt.Key.Key_Space:
            self._space = True
            self._show_cursor()
        elif key == Qt.Key.Key_Escape:
            self._held.cancel()
            event.ignore()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._click_next(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in self._held.keys:
            self._held.key(key)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent | None) -> None:
        super().keyReleaseEvent(event)
        if event is not None and event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self._show_cursor()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        self._space = False
        self._show_cursor()

    def _click_next(self, step: int) -> None:
        marks = self._marks.marks
        if marks:
            selected = self._marks.selected
            at = marks.index(selected) if selected is not None else min(-step, 0)
            self.face_clicked.emit(marks[(at + step) % len(marks)].index)

    def event(self, event: QEvent | None) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._needs(event.key()):
            event.accept()
            return True
        return super().event(event)

    def _needs(self, key: int) -> bool:
        """Whether a key is ours while the canvas has the focus, even if the window has a shortcut on it."""
        return key == Qt.Key.Key_Space or key in self._held.keys

    def viewportEvent(self, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.Leave:
            self._hover(None)
            self._held.leave()
            self.cursor_left.emit()
        return super().viewportEvent(event)
