"""A page that scrolls up and down."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, QSize, Qt
from PyQt6.QtWidgets import QFrame, QScrollArea, QWidget


def scrolling(page: QWidget) -> QScrollArea:
    """A page as wide as its place, that scrolls when it is too long, and is never narrower than what is on it.

    The bar's room is always kept: a bar that comes and goes makes words wrap otherwise, which may make it go and come without end.
    """
    page.setProperty("role", "page")
    area = Scrolling()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is on it has the keyboard, and is scrolled to
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    area.setWidget(page)
    return area


class Scrolling(QScrollArea):
    """Tells its page's least width, without which words would be cut off at the right: in some languages that is more."""

    def minimumSizeHint(self) -> QSize:
        page, bar, least = self.widget(), self.verticalScrollBar(), super().minimumSizeHint()
        if page is None or bar is None:
            return least
        return QSize(max(least.width(), page.minimumSizeHint().width() + bar.sizeHint().width()), least.height())

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:
        if a0 is self.widget() and a1 is not None and a1.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(a0, a1)
