"""The icons: line drawings on a grid of 24 px, in the palette's own colours at whatever size they are asked for."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from PyQt6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PyQt6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).parent / "icons"
APP = FOLDER / "app" / "latentedit.svg"
"""The program's own, on a ground of its own: title bars and panels are light or dark."""
APP_PX = (16, 24, 32, 48, 64, 128, 256)
_CURRENT = "currentColor"
_NAME = re.compile(r"[a-z]+(-[a-z]+)*")


def icon(name: str, role: QPalette.ColorRole = QPalette.ColorRole.ButtonText) -> QIcon:
    """An icon by its name, such as ``undo``; it follows the palette, also when that changes later.

    Args:
        role: which of the palette's colours it has; ``HighlightedText`` on a primary button.

    Raises:
        KeyError: there is no such icon.
    """
    return QIcon(_LineIcon(_drawing(name), role))


def icon_names() -> tuple[str, ...]:
    """All icons there are."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.svg")))


def app_icon() -> QIcon:
    """The program's icon, drawn at each size that desktops ask for."""
    made, drawing = QIcon(), APP.read_text(encoding="utf-8")
    for size in APP_PX:
        made.addPixmap(_drawn(drawing, QSize(size, size), QColor(), 1.0))
    return made


def icon_pixmap(name: str, size: int, colour: QColor, device_pixel_ratio: float = 1.0) -> QPixmap:
    """An icon as a picture of ``size`` logical pixels, in one colour: for labels, and for canvases that paint themselves.

    Raises:
        KeyError: there is no such icon.
    """
    return _drawn(_drawing(name), QSize(size, size), colour, device_pixel_ratio)


@cache
def _drawing(name: str) -> str:
    """The SVG text of an icon."""
    path = FOLDER / f"{name}.svg"
    if _NAME.fullmatch(name) is None or not path.is_file():
        raise KeyError(f"there is no icon {name!r}")
    return path.read_text(encoding="utf-8")


def _drawn(drawing: str, size: QSize, colour: QColor, device_pixel_ratio: float) -> QPixmap:
    """Draw at ``size`` logical pixels, transparent elsewhere."""
    pixmap = QPixmap(size * device_pixel_ratio)
    if pixmap.isNull():  # of a view with no room for it, which Qt asks all the same
        return pixmap
    pixmap.fill(Qt.GlobalColor.transparent)
    if pixmap.isNull():  # widgets ask for no pixels at all while they are put in place
        return pixmap
    painter = QPainter(pixmap)
    _paint(painter, drawing, QRectF(pixmap.rect()), colour)
    painter.end()
    pixmap.setDevicePixelRatio(device_pixel_ratio)
    return pixmap


def _paint(painter: QPainter, drawing: str, area: QRectF, colour: QColor) -> None:
    side = min(area.width(), area.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(area.center())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(drawing.replace(_CURRENT, colour.name()).encode())).render(painter, square)


class _LineIcon(QIconEngine):
    """Draws when it is asked, so that the colour is that of the palette then, and no size is ever scaled."""

    def __init__(self, drawing: str, role: QPalette.ColorRole) -> None:
        super().__init__()
        self._svg, self._role = drawing, role

    def clone(self) -> QIconEngine:
        return _LineIcon(self._svg, self._role)

    def paint(self, painter: QPainter | None, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        assert painter is not None
        _paint(painter, self._svg, QRectF(rect), self._colour(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return _drawn(self._svg, size, self._colour(mode), 1.0)  # in the device's pixels; QIcon gives the result its ratio

    def _colour(self, mode: QIcon.Mode) -> QColor:
        palette, role = QGuiApplication.palette(), QPalette.ColorRole
        if mode == QIcon.Mode.Disabled:
            return palette.color(QPalette.ColorGroup.Disabled, role.ButtonText)
        return palette.color(role.HighlightedText if mode == QIcon.Mode.Selected else self._role)
