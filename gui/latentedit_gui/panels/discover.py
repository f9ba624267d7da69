"""New directions: made by sorting faces, or found by a search."""

from __future__ import annotations

from typing import ClassVar

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from latentedit.assets import AssetStore
from latentedit.defaults import DEFAULT_GENERATOR
from latentedit.generators import generator_entries
from latentedit_gui.panels.discover_run import Load
from latentedit_gui.panels.discover_search import SearchTab
from latentedit_gui.panels.discover_sort import SortTab
from latentedit_gui.panels.layers import scrolled
from latentedit_gui.panels.panel import Panel


class DiscoverPanel(Panel):
    """Two ways to a new slider.

    Signals:
        kept(name): the user's library holds another direction.
    """

    name: ClassVar[str] = "discover"
    icon_name: ClassVar[str] = "discover"
    kept = pyqtSignal(str)

    def title(self) -> str:
        return self.tr("Discover")

    def missing(self) -> str:
        if self.document.session is not None or self._is_here(self._without_photo):
            return ""
        hint = self.tr("The model {} is not on this computer yet. It is fetched when the first face of a photograph is learnt.")
        return hint.format(self._without_photo)

    def _is_here(self, name: str) -> bool:
        """Whether a generator can be used without a download that nobody has asked for."""
        entry = generator_entries().get(name)
        store = self.context.engine.store or AssetStore.default()
        return entry is None or entry.asset is None or store.status(entry.asset) == "present"

    def showEvent(self, event: QShowEvent | None) -> None:
        super().showEvent(event)
        self.update_missing()

    def build(self) -> QWidget:
        self._without_photo = self._generator = DEFAULT_GENERATOR
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(8, 4, 8, 8)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._sort, self._search = SortTab(self.context, self._load), SearchTab(self.context, self._load)
        for tab, text, tip in (
            (self._sort, self.tr("S&ort faces"), self.tr("Show with examples what a slider is to do.")),
            (self._search, self.tr("S&earch"), self.tr("Let the program find what can change.")),
        ):
            tab.setProperty("role", "page")
            tab.kept.connect(self.kept)
            self._tabs.setTabToolTip(self._tabs.addTab(scrolled(tab), text), tip)
        layout.addWidget(self._tabs)
        self.document.opened.connect(self._follow)
        self.document.faces_changed.connect(self._follow)
        self._generator = self._name
        return content

    def use_generator(self, name: str) -> None:
        """Draw with another generator while no photograph is open."""
        self._without_photo = name
        self.update_missing()
        self._follow()

    @property
    def _name(self) -> str:
        session = self.document.session
        return self._without_photo if session is None else session.generator_name

    def _follow(self) -> None:
        """Directions belong to their generator."""
        if self._name != self._generator:
            self._generator = self._name
            self._sort.reset()
            self._search.reset()

    def _load(self) -> Load:
        session = self.document.session
        if session is None:
            engine, name = self.context.engine, self._without_photo
            return lambda: engine.generator(name)
        scene = session.scene
        return lambda: scene.generator
