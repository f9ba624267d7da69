"""The panels of the window, one a file; registered here."""

from __future__ import annotations

from latentedit_gui.panels.attributes import AttributesPanel
from latentedit_gui.panels.batch import BatchPanel
from latentedit_gui.panels.close_up import CloseUpPanel
from latentedit_gui.panels.discover import DiscoverPanel
from latentedit_gui.panels.drag import DragPanel
from latentedit_gui.panels.history import HistoryPanel
from latentedit_gui.panels.layers import LayersPanel
from latentedit_gui.panels.mix import MixPanel
from latentedit_gui.panels.models import ModelsPanel
from latentedit_gui.panels.panel import Panel
from latentedit_gui.panels.translate import TranslatePanel
from latentedit_gui.panels.variations import VariationsPanel

PANELS: tuple[type[Panel], ...] = (
    AttributesPanel,
    MixPanel,
    VariationsPanel,
    DragPanel,
    CloseUpPanel,
    TranslatePanel,
    DiscoverPanel,
    ModelsPanel,
    BatchPanel,
    LayersPanel,
    HistoryPanel,
)
"""In the order of their tabs."""
LEFT: tuple[str, ...] = ("layers", "history")
"""Names of those on the left side, one above the other; the others share the right side."""

__all__ = ["LEFT", "PANELS", "Panel"]
