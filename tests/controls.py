"""What of a window a person can use, and whether the keyboard gets there."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)

USED = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox, QPlainTextEdit, QAbstractItemView, QAbstractSlider)
MOST_TABS = 300


def controls(parent: QWidget) -> list[QWidget]:
    """What can be used in a widget now, without the parts that fields are made of and the bars of pages."""
    return [
        widget
        for widget in parent.findChildren(QWidget)
        if isinstance(widget, USED)
        and widget.isVisible()
        and not isinstance(widget, QScrollBar)
        and not isinstance(widget.parent(), (*USED, QScrollBar))
        and widget.objectName() != "qt_spinbox_lineedit"
        and not _is_a_header(widget)
    ]


def named(control: QWidget, parent: QWidget) -> bool:
    """Whether somebody who cannot see it is told what it is."""
    text = control.text() if isinstance(control, QAbstractButton) else ""
    labelled = any(label.buddy() in (control, control.parent()) for label in parent.findChildren(QLabel) if label.buddy())
    return bool(text or control.accessibleName() or labelled)


def focusable(parent: QWidget) -> list[QWidget]:
    """What the keyboard comes to now, each once: not what hands it on to another, as the parts of fields do."""
    return [
        widget
        for widget in (parent, *parent.findChildren(QWidget))
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.isVisible()
        and widget.isEnabled()
        and not widget.visibleRegion().isEmpty()
        and widget.focusProxy() is None
    ]


def not_reached_by_tab(parent: QWidget) -> list[QWidget]:
    """What the tab key does not come to."""
    wanted = {widget for widget in controls(parent) if widget.isEnabled()}
    seen: set[QWidget] = set()
    parent.activateWindow()
    for _ in range(MOST_TABS):
        focused = parent.focusWidget()
        if focused is not None:
            seen.add(focused)
            # Radio buttons are one stop; arrows move among them.
            group = focused.group() if isinstance(focused, QAbstractButton) else None
            seen |= set(group.buttons()) if group is not None else set()
        if wanted <= seen:
            break
        QTest.keyClick(focused or parent, Qt.Key.Key_Tab)
    return [widget for widget in wanted if widget not in seen and widget.focusProxy() not in seen]


def _is_a_header(widget: QWidget) -> bool:
    return isinstance(widget, QAbstractItemView) and isinstance(widget.parent(), QAbstractItemView)
