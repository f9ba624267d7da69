"""The panel of mixing: a second face, and what of it comes into this one."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QLabel, QVBoxLayout, QWidget

from latentedit.edits import FaceEdits, MixEdit
from latentedit_gui.panels.mix_bands import Bands
from latentedit_gui.panels.mix_blend import Blend
from latentedit_gui.panels.mix_edits import sources_of
from latentedit_gui.panels.mix_sources import Sources
from latentedit_gui.panels.panel import Panel
from latentedit_gui.panels.thumbnails import Sketch, Thumbnails
from latentedit_gui.widgets.scrolling import scrolling
from latentedit_gui.worker import Urgency

if TYPE_CHECKING:
    from latentedit.generators import GeneratorSpec


class MixPanel(Panel):
    """Chooses a second face, and sets how much of its bands and layers comes into the one that is meant."""

    name: ClassVar[str] = "mix"
    icon_name: ClassVar[str] = "mix"

    def title(self) -> str:
        return self.tr("Mix")

    def build(self) -> QWidget:
        self._picked: list[str] = []
        self._weights_hash = ""
        self.bands: Bands | None = None
        self.sources = Sources(self.context)
        self.sources.chosen.connect(self.choose)
        self.blend = Blend(self.context)
        self._hint = QLabel(self.tr("Choose a second face. What you take of it comes into this one, band by band."))
        self._hint.setProperty("role", "quiet")
        self._hint.setWordWrap(True)
        page = QWidget()
        page.setProperty("role", "page")
        self._lines = QVBoxLayout(page)
        self._lines.setContentsMargins(8, 8, 8, 8)
        self._lines.setSpacing(8)
        for widget in (self.sources, self._hint, self.blend):
            self._lines.addWidget(widget)
        self._lines.addStretch(1)
        scroll = scrolling(page)
        self.drawn = Thumbnails(self.context, scroll, self._wanted)
        self.drawn.drawn.connect(self._on_drawn)
        self.drawn.outdated.connect(self._on_outdated)
        self.document.opened.connect(self._on_opened)
        self.document.projected.connect(self._on_projected)
        for signal in (self.document.selected, self.document.state_changed):
            signal.connect(self._show)
        self._on_projected()
        return scroll

    @property
    def source(self) -> str | None:
        """The second face that the bands speak of."""
        return None if self.bands is None else self.bands.source

    def choose(self, source: str) -> None:
        """Speak of another second face."""
        if source not in self._picked:
            self._picked.append(source)
        if self.bands is not None:
            self.bands.set_source(source)
        self._show()
        self.drawn.refresh()

    # What the document holds

    def _on_opened(self) -> None:
        self._picked.clear()
        if self.bands is not None:
            self.bands.set_source(None)
        self._on_projected()

    def _on_projected(self) -> None:
        """Another generator may draw the face: its layers are others."""
        session = self.document.session
        if session is not None:
            # A generator's file that is not imported is loaded for its facts.
            job = self.context.worker.call(lambda: session.spec, Urgency.COMPOSITE, key="mix")
            job.finished.connect(self._on_spec)
            job.failed.connect(self.context.show_error)
        self._show()

    def _on_spec(self, spec: GeneratorSpec) -> None:
        if spec.weights_hash != self._weights_hash:
            self._weights_hash = spec.weights_hash
            if self.bands is not None:
                self._lines.removeWidget(self.bands)
                self.bands.hide()
                self.bands.deleteLater()
            self.bands = Bands(self.context, spec.layer_resolutions)
            self._lines.insertWidget(2, self.bands)
        self._show()
        self.drawn.refresh()

    def _sources(self) -> Sequence[str]:
        session = self.document.session
        if session is None or not self.document.editable:
            return ()
        return sources_of(session, self.document.face, self._picked)

    def _show(self) -> None:
        sources = self._sources()
        if self.bands is not None:
            if self.bands.source not in sources:
                self.bands.set_source(self._first(sources))
            self.bands.setVisible(self.bands.source is not None)
        self._hint.setVisible(self.source is None)
        self.sources.set_sources(sources, self.source)
        self.blend.set_sources(sources)
        self.blend.setVisible(bool(sources))

    def _first(self, sources: Sequence[str]) -> str | None:
        """The source to speak of when nobody has chosen: one that is mixed in."""
        edits = self.document.edits
        mixed = [] if edits is None else [edit.source for edit in edits.edits if isinstance(edit, MixEdit)]
        return next((source for source in mixed if source in sources), None)

    # Thumbnails

    def _wanted(self, edits: FaceEdits) -> list[Sketch]:
        # Each source as the face's own drawing has it: the face with all layers of it.
        faces = [Sketch(("source", source), FaceEdits((MixEdit(source, 1.0),))) for source in self._sources()]
        return [*([] if self.bands is None else self.bands.sketches(edits)), *faces]

    def _on_outdated(self) -> None:
        self.sources.clear_images()
        if self.bands is not None:
            self.bands.clear_images()

    def _on_drawn(self, key: Hashable, image: QImage) -> None:
        which: Any
        assert isinstance(key, tuple)
        kind, which = key
        if kind == "source":
            self.sources.set_image(which, image)
        elif self.bands is not None:
            self.bands.set_image(which, image)
