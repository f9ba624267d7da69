"""A layout that fills lines from left to right, as text does."""

from __future__ import annotations

from PyQt6.QtCore import QPoint, QRect, QSize, Qt
from PyQt6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Widgets at their preferred sizes, line below line."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, a0: QLayoutItem | None) -> None:
        assert a0 is not None
        self._items.append(a0)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, a0: int) -> int:
        return self._placed(QRect(0, 0, a0, 0), move=False)

    def setGeometry(self, a0: QRect) -> None:
        super().setGeometry(a0)
        self._placed(a0, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _placed(self, area: QRect, *, move: bool) -> int:
        """Place the widgets within the width of ``area``; returns the height that they take."""
        margins = self.contentsMargins()
        inner = area.marginsRemoved(margins)
        x, y, line_height = inner.left(), inner.top(), 0
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            size = item.sizeHint()
            if x > inner.left() and x + size.width() > inner.left() + inner.width():
                x, y, line_height = inner.left(), y + line_height + self.spacing(), 0
            if move:
                left = x
                if widget is not None and widget.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                    left = inner.right() - (x - inner.left()) - size.width() + 1
                item.setGeometry(QRect(QPoint(left, y), size))
            x += size.width() + self.spacing()
            line_height = max(line_height, size.height())
        return y + line_height - area.top() + margins.bottom()
