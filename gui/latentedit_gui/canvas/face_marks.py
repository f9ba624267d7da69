"""The outlines of the faces: soft squares with a number, drawn over the view in widths that zooming does not change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from latentedit.alignment import apply_homography, quad_to_square
from latentedit_gui.canvas.parts import Box
from latentedit_gui.canvas.placement import Array, Placement

FaceState = Literal["found", "projected", "working"]

_CORNER = 0.12
"""Radius of the corners, a share of the shorter side."""
_LARGEST_CORNER_PX = 28.0
# Opaque: Qt draws the path of a translucent pen ten times slower.
_SHADOW, _LINE, _FAINT = QColor(40, 40, 40), QColor(250, 250, 250), QColor(196, 196, 196)
_BADGE = QColor(32, 32, 32)
_AROUND_PX = 100.0
"""No ring, nor how far it is in writing, reaches further beyond the corners."""
_EDGE_PX = 4.0
"""At least half of the widest line."""
_UNKNOWN = 0.15
"""The part of the ring that goes round while nobody knows how far the work is."""


@dataclass(frozen=True, eq=False)
class FaceMark:
    """A face as the canvas shows it.

    Attributes:
        index: its number in the session, from 0; 1 is added where people see it.
        quad: its square [4, 2] in the photograph: top left, bottom left, bottom right, top right.
        box: what the detector found.
        label: what to write beside the number when the mouse is over it, or it is selected.
        state: "found", "projected" (ready to be edited), or "working" (being projected).
        selected: whether it is the one that panels and tools work on.
    """

    index: int
    quad: Array
    box: Box
    label: str = ""
    state: FaceState = "found"
    selected: bool = False

    def holds(self, point: tuple[float, float]) -> bool:
        """Whether a place in the photograph lies in the square."""
        x, y = self.place(point)
        return 0 <= x <= 1 and 0 <= y <= 1

    @property
    def corner(self) -> tuple[float, float]:
        """The upper left one."""
        x, y = self.quad[0].tolist()
        return x, y

    def place(self, point: tuple[float, float]) -> tuple[float, float]:
        """Where in the square, [0, 1]^2, a place in the photograph lies."""
        x, y = apply_homography(quad_to_square(self.quad), np.array(point)).tolist()
        return x, y


class FaceMarks:
    """All outlines, and which one the mouse is over."""

    def __init__(self) -> None:
        self.marks: tuple[FaceMark, ...] = ()
        self.visible = True
        self.hovered: int | None = None
        self.turn = 0.0
        """Where the ring of work of unknown length starts, in [0, 1)."""
        self._progress: dict[int, float] = {}
        self._badges: dict[int, QRectF] = {}

    @property
    def selected(self) -> FaceMark | None:
        return next((mark for mark in self.marks if mark.selected), None)

    @property
    def turning(self) -> bool:
        """Whether a ring has to be moved on."""
        return self.visible and any(mark.state == "working" and mark.index not in self._progress for mark in self.marks)

    def set_marks(self, marks: Sequence[FaceMark]) -> None:
        """Replace all; what is no longer worked on loses its progress."""
        self.marks = tuple(marks)
        working = {mark.index for mark in marks if mark.state == "working"}
        self._progress = {index: done for index, done in self._progress.items() if index in working}
        if self.hovered not in {mark.index for mark in marks}:
            self.hovered = None

    def set_progress(self, face: int, done: float | None) -> None:
        """How much of the work on a face is done, in [0, 1]; None if nobody knows."""
        if done is None:
            self._progress.pop(face, None)
        else:
            self._progress[face] = min(max(done, 0.0), 1.0)

    def at(self, at: QPointF, placement: Placement) -> FaceMark | None:
        """The face whose badge or square is at a point of the view; of several squares, the one whose middle is nearest."""
        point = placement.photo_point(at)
        named = {index for index, badge in self._badges.items() if self.visible and badge.contains(at)}
        holding = [mark for mark in self.marks if mark.index in named] or [mark for mark in self.marks if mark.holds(point)]
        return min(holding, key=lambda mark: _from_middle(mark, point), default=None)

    def area(self, face: int, placement: Placement) -> QRectF:
        """What of the view changes with a face's progress; nothing for one that is not there."""
        mark = next((mark for mark in self.marks if mark.index == face), None)
        if mark is None:
            return QRectF()
        bounds = placement.view_polygon(mark.quad).boundingRect()
        return bounds.adjusted(-_AROUND_PX, -_AROUND_PX, _AROUND_PX, _AROUND_PX)

    def paint(self, painter: QPainter, placement: Placement, accent: QColor, view: QRectF) -> None:
        """Draw all, the selected one on top."""
        if not self.visible:
            return
        self._badges = {}
        for mark in sorted(self.marks, key=lambda mark: (mark.selected, mark.index == self.hovered)):
            outline = _soft_square(placement.to_view(mark.quad))
            if not outline.controlPointRect().adjusted(-_EDGE_PX, -_EDGE_PX, _EDGE_PX, _EDGE_PX).intersects(view):
                continue
            strong = mark.selected or mark.index == self.hovered
            self._paint_outline(painter, outline, mark, accent)
            text = _badge_text(mark, self._progress.get(mark.index), with_label=strong)
            self._badges[mark.index] = _paint_badge(painter, placement.view_point(mark.corner), text, mark, accent, view)

    def _paint_outline(self, painter: QPainter, outline: QPainterPath, mark: FaceMark, accent: QColor) -> None:
        hovered = mark.index == self.hovered
        painter.setBrush(QColor(255, 255, 255, 22) if hovered and not mark.selected else Qt.BrushStyle.NoBrush)
        width = 2.5 if mark.selected else 2.0 if hovered else 1.5
        painter.setPen(QPen(_SHADOW, width + 1.25))
        painter.drawPath(outline)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        working = mark.state == "working"
        line = accent if mark.selected and not working else _LINE if hovered or mark.state == "projected" else _FAINT
        painter.setPen(QPen(line, width))
        painter.drawPath(outline)
        if working:
            done = self._progress.get(mark.index)
            start, length = (self.turn, _UNKNOWN) if done is None else (0.0, done)
            painter.setPen(QPen(accent, 4.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPath(_piece(outline, start, length))


def _soft_square(corners: Array) -> QPainterPath:
    """A closed path through four corners [4, 2], rounded; it starts in the middle of the upper side and goes clockwise."""
    top_left, bottom_left, bottom_right, top_right = corners
    sides = np.hypot(*(np.roll(corners, -1, axis=0) - corners).T)
    radius = min(float(sides.min()) * _CORNER, _LARGEST_CORNER_PX)
    start = (top_left + top_right) / 2
    path = QPainterPath(QPointF(*start))
    before = start
    ring = [top_right, bottom_right, bottom_left, top_left]
    for corner, after in zip(ring, [*ring[1:], start], strict=True):
        path.lineTo(QPointF(*_towards(corner, before, radius)))
        path.quadTo(QPointF(*corner), QPointF(*_towards(corner, after, radius)))
        before = corner
    path.closeSubpath()
    return path


def _towards(corner: Array, other: Array, length: float) -> list[float]:
    away = other - corner
    return list((corner + away * min(length / max(float(np.hypot(*away)), 1e-6), 0.5)).tolist())


def _piece(path: QPainterPath, start: float, length: float) -> QPainterPath:
    """The part of a closed path from ``start`` on, both in shares of its length."""
    count = max(round(length * 120), 1)
    points = [path.pointAtPercent((start + length * k / count) % 1.0) for k in range(count + 1)]
    if length >= 1:
        points[-1] = points[0]
    piece = QPainterPath(points[0])
    for point in points[1:]:
        piece.lineTo(point)
    return piece


def _badge_text(mark: FaceMark, done: float | None, *, with_label: bool) -> str:
    parts = [str(mark.index + 1)]
    if mark.label and with_label:
        parts.append(mark.label)
    if mark.state == "working" and done is not None:
        parts.append(f"{done * 100:.0f} %")
    return "   ".join(parts)


def _paint_badge(painter: QPainter, corner: QPointF, text: str, mark: FaceMark, accent: QColor, view: QRectF) -> QRectF:
    """A pill over the outline's upper left corner, or as near as the view allows; where it is."""
    painter.save()
    font = painter.font()
    font.setBold(True)
    painter.setFont(font)
    measure = QFontMetricsF(font)
    height = measure.height() + 6
    width = max(measure.horizontalAdvance(text) + 14, height)
    pill = QRectF(corner.x() - height / 2, corner.y() - height / 2, width, height)
    pill = _moved_into(pill, view)
    painter.setPen(QPen(_FAINT if mark.state != "projected" else _LINE, 1))
    painter.setBrush(accent if mark.selected else _BADGE)
    painter.drawRoundedRect(pill, height / 2, height / 2)
    painter.setPen(readable_on(accent) if mark.selected else QColor("white"))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
    return pill


def _moved_into(pill: QRectF, view: QRectF) -> QRectF:
    room = view.adjusted(4, 4, -4 - pill.width(), -4 - pill.height())
    x, y = min(max(pill.left(), room.left()), room.right()), min(max(pill.top(), room.top()), room.bottom())
    return QRectF(x, y, pill.width(), pill.height())


def readable_on(background: QColor) -> QColor:
    """Black or white, whichever stands out more."""
    light = 0.299 * background.redF() + 0.587 * background.greenF() + 0.114 * background.blueF()
    return QColor("black") if light > 0.6 else QColor("white")


def _from_middle(mark: FaceMark, point: tuple[float, float]) -> float:
    x, y = mark.quad.mean(axis=0)
    return float(np.hypot(x - point[0], y - point[1]))
