"""A small picture that can be chosen, and grids of them."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QRectF, QSize, Qt
from PyQt6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPalette, QPen, QResizeEvent
from PyQt6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QToolButton, QWidget

RADIUS_PX = 6.0
PICTURE_PX = 192
"""Pictures are drawn so large: sharp in a grid on a screen of two pixels to one."""


class Thumbnail(QAbstractButton):
    """A square picture with a caption below; its text is the caption. Space or Enter clicks it."""

    def __init__(self, caption: str = "", side: int = 80, parent: QWidget | None = None) -> None:
        """
        Args:
            side: preferred, in pixels; it takes all the width that a grid gives it.
        """
        super().__init__(parent)
        self._side = side
        self._image = QImage()
        self._corner: QToolButton | None = None
        self.setText(caption)
        self.setCheckable(True)
        self.setAccessibleName(caption)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def image(self) -> QImage:
        """The picture; null while it is awaited."""
        return self._image

    def set_image(self, image: QImage | None) -> None:
        """Show a picture; None while another is awaited, the last one then fades."""
        self._image = QImage() if image is None else image
        self.update()

    def set_corner(self, button: QToolButton) -> None:
        """Lay a small button over the upper right corner."""
        self._corner = button
        button.setParent(self)
        button.setAutoRaise(True)
        self._place_corner()

    # Size

    def sizeHint(self) -> QSize:
        return QSize(self._side, self.heightForWidth(self._side))

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.heightForWidth(40))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, a0: int) -> int:
        return a0 + (self.fontMetrics().height() + 4 if self.text() else 0)

    def resizeEvent(self, a0: QResizeEvent | None) -> None:
        super().resizeEvent(a0)
        self._place_corner()

    def _place_corner(self) -> None:
        if self._corner is not None:
            self._corner.adjustSize()
            self._corner.move(self.width() - self._corner.width() - 4, 4)

    # Painting

    def event(self, e: QEvent | None) -> bool:
        if e is not None and e.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(e)

    def paintEvent(self, e: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        palette, role = self.palette(), QPalette.ColorRole
        caption = self.fontMetrics().height() + 4 if self.text() else 0
        side = min(self.width(), self.height() - caption) - 3.0
        frame = QRectF((self.width() - side) / 2, 1.5, side, side)
        path = QPainterPath()
        path.addRoundedRect(frame, RADIUS_PX, RADIUS_PX)
        painter.fillPath(path, palette.color(role.Base))
        if not self._image.isNull():
            painter.save()
            painter.setClipPath(path)
            if not self.isEnabled():
                painter.setOpacity(0.4)
            painter.drawImage(frame, self._image, QRectF(self._image.rect()))
            painter.restore()
        self._paint_frame(painter, path)
        if caption:
            colour = palette.color(role.WindowText)
            if not self.isChecked():
                colour.setAlphaF(0.75)
            painter.setPen(colour)
            below = QRectF(0, frame.bottom() + 2, self.width(), caption)
            text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    def _paint_frame(self, painter: QPainter, path: QPainterPath) -> None:
        palette, role = self.palette(), QPalette.ColorRole
        if self.isChecked():
            pen = QPen(palette.color(role.Accent), 3)
        elif self.hasFocus() or self.underMouse():
            pen = QPen(palette.color(role.Dark), 1.5)
        else:
            pen = QPen(palette.color(role.Mid), 1)
        painter.strokePath(path, pen)
        if self.hasFocus():
            inner = QPen(palette.color(role.Accent), 1, Qt.PenStyle.DotLine)
            painter.setPen(inner)
            painter.drawRoundedRect(path.boundingRect().adjusted(4, 4, -4, -4), RADIUS_PX - 2, RADIUS_PX - 2)


class ThumbnailGrid(QWidget):
    """Thumbnails in lines of equal widths."""

    def __init__(self, columns: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)

    def add(self, thumbnail: Thumbnail) -> None:
        """Put one behind the others."""
        self._grid.addWidget(thumbnail, *divmod(self._grid.count(), self._columns))
