"""The panels of the window, one a file; registered here."""

from __future__ import annotations

from latentedit_gui.panels.drag import DragPanel
from latentedit_gui.panels.panel import Panel
from latentedit_gui.panels.translate import TranslatePanel

PANELS: tuple[type[Panel], ...] = (DragPanel, TranslatePanel)
"""In the order of their tabs."""
LEFT: tuple[str, ...] = ("layers", "history")
"""Names of those on the left side, one above the other; the others share the right side."""

__all__ = ["LEFT", "PANELS", "Panel"]
