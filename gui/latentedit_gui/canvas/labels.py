"""Short words on a dark pill, readable over any photograph."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, QSizeF, Qt
from PyQt6.QtGui import QColor, QFont, QFontMetricsF, QPainter

_GAP_PX = 12.0
_PILL = QColor(20, 20, 20, 170)


def paint_label(painter: QPainter, corner: QPointF, text: str) -> None:
    """Write on a pill whose upper left corner is given."""
    painter.save()
    painter.setFont(_bold(painter))
    pill = QRectF(corner, label_size(painter, text))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_PILL)
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    painter.setPen(QColor("white"))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def label_size(painter: QPainter, text: str) -> QSizeF:
    """Of the pill, in the painter's pixels."""
    measure = QFontMetricsF(_bold(painter))
    return QSizeF(measure.horizontalAdvance(text) + 20, measure.height() + 8)


def paint_sides(painter: QPainter, line: float, area: QRectF, before: str, after: str) -> None:
    """Name the two sides of a split at the bottom of a view, where there is room for it.

    Args:
        painter: in the view's pixels.
        line: how far right the split is.
        area: of the view.
        before: what is left of the split.
        after: what is right of it.
    """
    for text, is_left in ((before, True), (after, False)):
        size = label_size(painter, text)
        left = line - _GAP_PX - size.width() if is_left else line + _GAP_PX
        if left >= area.left() + 4 and left + size.width() <= area.right() - 4:
            paint_label(painter, QPointF(left, area.bottom() - _GAP_PX - size.height()), text)


def _bold(painter: QPainter) -> QFont:
    font = QFont(painter.font())
    font.setBold(True)
    return font
