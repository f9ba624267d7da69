"""Points of a face to drag, and where to: set, moved and removed with the mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PyQt6.QtCore import QLineF, QPointF, Qt
from PyQt6.QtGui import QColor, QPainter, QPen, QPolygonF
from PyQt6.QtWidgets import QApplication

from latentedit.alignment import apply_homography, square_to_quad
from latentedit_gui.canvas.face_marks import FaceMark
from latentedit_gui.canvas.placement import Placement
from latentedit_gui.canvas.tools import Board, CanvasTool

Point = tuple[float, float]
DragPoint = tuple[Point, Point]
"""From where to where, in the photograph."""

_RADIUS_PX = 6.0
_GRAB_PX = 10.0
_HANDLE, _TARGET, _REACHED = QColor(235, 64, 52), QColor(48, 124, 246), QColor(255, 214, 64)
_SHADOW, _LINE = QColor(0, 0, 0, 130), QColor(255, 255, 255, 235)


@dataclass(frozen=True)
class _Pair:
    handle: Point
    target: Point | None = None

    def end(self, is_target: bool) -> Point | None:
        return self.target if is_target else self.handle


@dataclass(frozen=True)
class _Grip:
    """Which end of which pair the mouse holds or last held."""

    index: int
    is_target: bool


class DragTool(CanvasTool):
    """A click sets a point, a second click or dragging sets where it is to go.

    Args:
        board: the canvas.
        changed: called with all complete pairs when they changed, once the button is up.
    """

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, board: Board, changed: Callable[[tuple[DragPoint, ...]], None]) -> None:
        super().__init__(board)
        self._changed = changed
        self._pairs: tuple[_Pair, ...] = ()
        self._reached: tuple[Point, ...] = ()
        self._chosen: _Grip | None = None
        self._held: _Grip | None = None
        self._pressed: QPointF | None = None
        self._before: tuple[_Pair, ...] = ()

    @property
    def points(self) -> tuple[DragPoint, ...]:
        """All pairs that have a target."""
        return tuple((pair.handle, pair.target) for pair in self._pairs if pair.target is not None)

    def set_points(self, points: Sequence[DragPoint]) -> None:
        """Replace all points; nothing is reported."""
        self._pairs = tuple(_Pair(handle, target) for handle, target in points)
        self._chosen = self._held = self._pressed = None
        self._reached = ()
        self.board.refresh()

    def set_progress(self, points: Sequence[Point]) -> None:
        """Show where the points are while they are being dragged; none ends it."""
        self._reached = tuple(points)
        self.board.refresh()

    def press(self, at: QPointF, button: Qt.MouseButton) -> None:
        face = self.board.selected
        grip = self._at(at)
        if button == Qt.MouseButton.RightButton and grip is not None:
            self._remove(grip)
        if button != Qt.MouseButton.LeftButton or face is None:
            return
        self._before = self._pairs
        if grip is None:
            point = self.board.placement.photo_point(at)
            if not face.holds(point):
                return
            grip = self._added(point)
        self._held = self._chosen = grip
        self._pressed = at
        self.board.refresh()

    def _added(self, point: Point) -> _Grip:
        """A target for the point that still has none, or a new point."""
        last = len(self._pairs) - 1
        if self._pairs and self._pairs[last].target is None:
            self._pairs = (*self._pairs[:last], replace(self._pairs[last], target=point))
            return _Grip(last, is_target=True)
        self._pairs = (*self._pairs, _Pair(point))
        return _Grip(last + 1, is_target=False)

    def move(self, at: QPointF, buttons: Qt.MouseButton) -> None:
        face, grip = self.board.selected, self._held
        if grip is None or face is None or self._pressed is None:
            return
        is_new = not grip.is_target and grip.index >= len(self._before)
        is_near = (at - self._pressed).manhattanLength() < QApplication.startDragDistance()
        if is_near and (is_new or self._pairs == self._before):
            return
        if is_new:  # the point stays, and its target follows the mouse
            grip = self._held = self._chosen = _Grip(grip.index, is_target=True)
        point = _inside(face, self.board.placement.photo_point(at))
        pair = self._pairs[grip.index]
        moved = replace(pair, target=point) if grip.is_target else replace(pair, handle=point)
        self._pairs = (*self._pairs[: grip.index], moved, *self._pairs[grip.index + 1 :])
        self.board.refresh()

    def release(self, at: QPointF, button: Qt.MouseButton) -> None:
        if button != Qt.MouseButton.LeftButton or self._held is None:
            return
        self.move(at, button)
        self._held = self._pressed = None
        self._report(self._before)

    def cancel(self) -> None:
        if self._held is not None:
            self._pairs = self._before
            self._held = self._pressed = self._chosen = None
            self.board.refresh()

    @property
    def keys(self) -> frozenset[int]:
        return frozenset((Qt.Key.Key_Delete, Qt.Key.Key_Backspace)) if self._chosen is not None else frozenset()

    def key(self, key: int) -> None:
        if self._chosen is not None:
            self._remove(self._chosen)

    def _remove(self, grip: _Grip) -> None:
        before = self._pairs
        self._pairs = tuple(pair for index, pair in enumerate(before) if index != grip.index)
        self._chosen = self._held = self._pressed = None
        self.board.refresh()
        self._report(before)

    def _report(self, before: tuple[_Pair, ...]) -> None:
        if self.points != tuple((pair.handle, pair.target) for pair in before if pair.target is not None):
            self._reached = ()
            self._changed(self.points)

    def _at(self, at: QPointF) -> _Grip | None:
        """The point under the mouse; targets lie on top."""
        placement = self.board.placement
        for is_target in (True, False):
            for index in reversed(range(len(self._pairs))):
                point = self._pairs[index].end(is_target)
                if point is not None and QLineF(placement.view_point(point), at).length() <= _GRAB_PX:
                    return _Grip(index, is_target)
        return None

    def paint_points(self, painter: QPainter) -> None:
        """Draw all points and arrows, whatever tool is held."""
        placement = self.board.placement
        for index, pair in enumerate(self._pairs):
            if pair.target is not None:
                _paint_arrow(painter, placement.view_point(pair.handle), placement.view_point(pair.target))
                self._paint_point(painter, placement, pair.target, _TARGET, _Grip(index, is_target=True))
            self._paint_point(painter, placement, pair.handle, _HANDLE, _Grip(index, is_target=False))
        for point in self._reached:
            painter.setPen(QPen(_SHADOW, 1.5))
            painter.setBrush(_REACHED)
            painter.drawEllipse(placement.view_point(point), _RADIUS_PX - 2, _RADIUS_PX - 2)

    def _paint_point(self, painter: QPainter, placement: Placement, point: Point, colour: QColor, grip: _Grip) -> None:
        at = placement.view_point(point)
        radius = _RADIUS_PX + (2 if grip == self._chosen else 0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_SHADOW)
        painter.drawEllipse(at, radius + 2, radius + 2)
        painter.setPen(QPen(_LINE, 2.0))
        painter.setBrush(colour)
        painter.drawEllipse(at, radius, radius)


def _inside(face: FaceMark, point: Point) -> Point:
    """The place itself, or the nearest in the face's square along its sides."""
    place = np.clip(face.place(point), 0.0, 1.0)
    x, y = apply_homography(square_to_quad(face.quad), place).tolist()
    return x, y


def _paint_arrow(painter: QPainter, start: QPointF, end: QPointF) -> None:
    line = QLineF(start, end)
    if line.length() < 2 * _RADIUS_PX:
        return
    line.setLength(line.length() - _RADIUS_PX - 3)
    along = line.unitVector()
    x, y = along.dx(), along.dy()
    tip = line.p2()
    head = QPolygonF([tip, tip + QPointF(-9 * x - 5 * y, -9 * y + 5 * x), tip + QPointF(-9 * x + 5 * y, -9 * y - 5 * x)])
    shaft = QLineF(start, tip - QPointF(8 * x, 8 * y))
    for colour, width in ((_SHADOW, 4.5), (_LINE, 2.0)):
        painter.setPen(QPen(colour, width, cap=Qt.PenCapStyle.RoundCap))
        painter.drawLine(shaft)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_LINE)
    painter.drawPolygon(head)
