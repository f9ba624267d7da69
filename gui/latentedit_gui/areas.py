"""Going from one part of the window to the next by one key: the photograph, and each panel that can be seen."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QWidget


def go_to_area(areas: Sequence[QWidget], step: int) -> None:
    """Give the keyboard to the next (1) or previous (-1) of these that can be seen and has something to use; around at the ends."""
    there = [(area, first) for area in areas if (first := _first(area)) is not None]
    if not there:
        return
    now = next((index for index, (area, _) in enumerate(there) if _has_focus(area)), -1 if step > 0 else 0)
    there[(now + step) % len(there)][1].setFocus(Qt.FocusReason.ShortcutFocusReason)


def _first(area: QWidget) -> QWidget | None:
    """What is used first in an area, in the order of the tab key; None when nothing can be."""
    if not area.isVisible() or area.visibleRegion().isEmpty():
        return None
    if _takes_focus(area):
        return area
    widget = area.nextInFocusChain()
    while widget is not None and widget is not area:
        if area.isAncestorOf(widget) and _takes_focus(widget):
            return widget
        widget = widget.nextInFocusChain()
    return None


def _takes_focus(widget: QWidget) -> bool:
    tab = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
    return tab and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


def _has_focus(area: QWidget) -> bool:
    window = area.window()
    focused = None if window is None else window.focusWidget()
    return focused is not None and (focused is area or area.isAncestorOf(focused))
