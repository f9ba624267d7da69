"""Driving a window as a person does: the mouse on the canvas, buttons, menus."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from pytestqt.qtbot import QtBot

from latentedit.session import Session
from latentedit_gui.main_window import MainWindow


def open_file(qtbot: QtBot, window: MainWindow, path: Path) -> Session:
    """Open a file and wait until it is shown."""
    with qtbot.waitSignal(window.document.opened):
        window.files.open_path(path)
    qtbot.waitUntil(lambda: window.cards.isHidden())
    session = window.document.session
    assert session is not None
    return session


def view_point(window: MainWindow, x: float, y: float) -> QPoint:
    """Where a pixel of the photograph is on the canvas."""
    at = window.canvas.placement.to_view(np.array([x, y]))
    return QPoint(round(float(at[0])), round(float(at[1])))


def middle(session: Session, face: int) -> tuple[float, float]:
    """The middle of a face's square in the photograph."""
    x, y = session.face(face).face.quad.mean(axis=0)
    return float(x), float(y)


def click(window: MainWindow, x: float, y: float, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    """Click a pixel of the photograph."""
    QTest.mouseClick(window.canvas.viewport(), button, Qt.KeyboardModifier.NoModifier, view_point(window, x, y))


def stroke(window: MainWindow, *points: tuple[float, float]) -> None:
    """Press at the first pixel, move over the others, release at the last."""
    port, left, none = window.canvas.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(port, left, none, view_point(window, *points[0]))
    for point in points[1:]:
        QTest.mouseMove(port, view_point(window, *point))
    QTest.mouseRelease(port, left, none, view_point(window, *points[-1]))


def shown(window: MainWindow) -> NDArray[np.uint8]:
    """What the canvas shows of the photograph, at its own size: [H, W, 3]."""
    from latentedit_gui.pixels import rgb_of

    canvas, session = window.canvas, window.document.session
    assert session is not None
    window.actions_by_name["outlines"].setChecked(False)
    canvas.actual_size()
    window.repaint()
    viewport = canvas.viewport()
    assert viewport is not None
    seen = rgb_of(viewport.grab().toImage())
    left, top = view_point(window, -0.5, -0.5).x(), view_point(window, -0.5, -0.5).y()
    window.actions_by_name["outlines"].setChecked(True)
    return seen[top : top + session.photo.height, left : left + session.photo.width]
