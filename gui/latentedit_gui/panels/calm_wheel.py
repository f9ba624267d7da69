"""Scrolling a panel must not change what the pointer happens to pass over."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QComboBox, QScrollBar, QWidget


class _CalmWheel(QObject):
    """Hands the wheel on to the page, unless the control has the focus."""

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def calm_wheel(page: QWidget) -> None:
    """Let sliders, lists of choices and numbers of a page react to the wheel only when they were clicked before."""
    calm = _CalmWheel(page)
    for kind in (QAbstractSlider, QAbstractSpinBox, QComboBox):
        for control in page.findChildren(kind):
            if not isinstance(control, QScrollBar):
                control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # else the wheel itself gives the focus
                control.installEventFilter(calm)
