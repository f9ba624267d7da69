"""Photographs dropped on the canvas."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PyQt6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from latentedit_gui.canvas import Canvas

from .hands import photo_pixels

COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def carry_over(canvas: Canvas, data: QMimeData) -> bool:
    """Bring something over the canvas; whether it may be dropped."""
    event = QDragEnterEvent(QPoint(50, 50), COPY, data, LEFT, NONE)
    QApplication.sendEvent(canvas.port, event)
    return event.isAccepted()


def drop(canvas: Canvas, data: QMimeData) -> None:
    QApplication.sendEvent(canvas.port, QDropEvent(QPointF(50, 50), COPY, data, LEFT, NONE))


def test_files(canvas: Canvas, qtbot: QtBot, tmp_path: Path) -> None:
    files = [tmp_path / "a photo.jpg", tmp_path / "ü.png"]
    data = QMimeData()
    data.setUrls([*(QUrl.fromLocalFile(str(path)) for path in files), QUrl("https://example.org/x.png")])
    plain = photo_pixels(canvas)
    assert carry_over(canvas, data)
    assert (photo_pixels(canvas) != plain).any(), "nothing shows that it may be dropped"
    with qtbot.waitSignal(canvas.files_dropped) as told:
        drop(canvas, data)
    assert told.args == [files]
    assert (photo_pixels(canvas) == plain).all()


def test_a_picture_without_a_file(canvas: Canvas, qtbot: QtBot) -> None:
    image = QImage(7, 5, QImage.Format.Format_RGB32)
    image.fill(QColor(1, 2, 3))
    data = QMimeData()
    data.setImageData(image)
    assert carry_over(canvas, data)
    with qtbot.waitSignal(canvas.image_dropped) as told:
        drop(canvas, data)
    assert (told.args[0].width(), told.args[0].pixelColor(3, 3)) == (7, QColor(1, 2, 3))


@pytest.mark.parametrize("kind", ["text", "web address"])
def test_other_things_are_refused(canvas: Canvas, qtbot: QtBot, kind: str) -> None:
    data = QMimeData()
    if kind == "text":
        data.setText("hello")
    else:
        data.setUrls([QUrl("https://example.org/x.png")])
    assert not carry_over(canvas, data)
    with qtbot.assertNotEmitted(canvas.files_dropped), qtbot.assertNotEmitted(canvas.image_dropped):
        drop(canvas, data)
