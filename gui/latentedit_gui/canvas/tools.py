"""What the mouse does on the canvas: the tools, and what they need of it."""

from __future__ import annotations

from enum import Enum
from typing import Protocol

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter
from PyQt6.QtWidgets import QApplication

from latentedit_gui.canvas.face_marks import FaceMark
from latentedit_gui.canvas.placement import Placement


class Tool(Enum):
    """Which tool the left mouse button holds."""

    SELECT = "select"
    HAND = "hand"
    BRUSH = "brush"
    ERASER = "eraser"
    DRAG = "drag"


class Board(Protocol):
    """What a tool needs of the canvas."""

    @property
    def placement(self) -> Placement:
        """Where the photograph lies in the view."""

    @property
    def selected(self) -> FaceMark | None:
        """The face to work on."""

    def refresh(self, area: QRectF | None = None) -> None:
        """Paint a part of the view again, or all of it."""

    def pan_by(self, moved: QPointF) -> None:
        """Push the photograph by pixels of the view."""

    def clicked(self, at: QPointF) -> None:
        """Somebody clicked a point of the view."""


class CanvasTool:
    """A tool that does nothing. Points are in logical pixels of the view."""

    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, board: Board) -> None:
        self.board = board

    def press(self, at: QPointF, button: Qt.MouseButton) -> None:
        """A button went down: the left or the right one."""

    def move(self, at: QPointF, buttons: Qt.MouseButton) -> None:
        """The mouse moved, with buttons down or not."""

    def release(self, at: QPointF, button: Qt.MouseButton) -> None:
        """A button went up."""

    def leave(self) -> None:
        """The mouse left the view."""

    def cancel(self) -> None:
        """Give up what is being done with a button down."""

    @property
    def keys(self) -> frozenset[int]:
        """The keys that it needs now, even if the window has shortcuts on them."""
        return frozenset()

    def key(self, key: int) -> None:
        """One of :attr:`keys` went down."""

    def paint(self, painter: QPainter, accent: QColor) -> None:
        """Draw what only this tool shows, while it is the one that is held."""


class SelectTool(CanvasTool):
    """Clicks choose faces; dragging pushes the photograph."""

    def __init__(self, board: Board) -> None:
        super().__init__(board)
        self._pressed: QPointF | None = None
        self._last: QPointF | None = None

    def press(self, at: QPointF, button: Qt.MouseButton) -> None:
        if button == Qt.MouseButton.LeftButton:
            self._pressed = at

    def move(self, at: QPointF, buttons: Qt.MouseButton) -> None:
        if self._pressed is None:
            return
        if self._last is None and (at - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._last = self._pressed
        if self._last is not None:
            self.board.pan_by(at - self._last)
            self._last = at

    def release(self, at: QPointF, button: Qt.MouseButton) -> None:
        if button != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        was_click = self._last is None
        self.cancel()
        if was_click:
            self.board.clicked(at)

    def cancel(self) -> None:
        self._pressed = self._last = None


class HandTool(CanvasTool):
    """Dragging pushes the photograph."""

    cursor = Qt.CursorShape.OpenHandCursor

    def __init__(self, board: Board) -> None:
        super().__init__(board)
        self.button: Qt.MouseButton | None = None
        """The one that is down, while the photograph is being pushed."""
        self._last = QPointF()

    def press(self, at: QPointF, button: Qt.MouseButton) -> None:
        self.button, self._last = button, at

    def move(self, at: QPointF, buttons: Qt.MouseButton) -> None:
        if self.button is not None:
            self.board.pan_by(at - self._last)
            self._last = at

    def release(self, at: QPointF, button: Qt.MouseButton) -> None:
        if button == self.button:
            self.cancel()

    def cancel(self) -> None:
        self.button = None
