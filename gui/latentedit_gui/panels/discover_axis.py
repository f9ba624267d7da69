"""One direction that was found: seen at three amounts, named, kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QPixmap
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from latentedit.directions.discovery_step import Finding
from latentedit.directions.examples import weakness
from latentedit.edits import SetAmount
from latentedit.errors import LatentEditError
from latentedit.generators import GeneratorSpec
from latentedit.session import Session
from latentedit_gui.context import Context
from latentedit_gui.error_words import error_words
from latentedit_gui.panels.discover_work import keep
from latentedit_gui.pixels import image_of

STRIP_PX = 88


class Picture(QLabel):
    """A picture as wide as there is room for, up to its own size."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumSize(48, 48)
        self.setMaximumSize(STRIP_PX, STRIP_PX)
        self.setScaledContents(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def show_pixels(self, pixels: Any) -> None:
        """Show [H, W, 3]."""
        self.setPixmap(QPixmap.fromImage(image_of(pixels)))


class AxisRow(QFrame):
    """A finding with its strip of pictures.

    Signals:
        kept(name): it is in the library now.
    """

    kept = pyqtSignal(str)

    def __init__(self, context: Context, finding: Finding, spec: GeneratorSpec, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._finding, self._spec = context, finding, spec
        self.setProperty("role", "card")
        low, high = finding.direction.default_range
        pictures = QHBoxLayout()
        self._pictures = []
        for amount in (low, 0.0, high):
            column, picture, label = QVBoxLayout(), Picture(), QLabel(f"{amount:+.3g}" if amount else "0")
            picture.setAccessibleName(self.tr("The face at {}").format(label.text()))
            label.setProperty("role", "quiet")
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(picture)
            column.addWidget(label)
            pictures.addLayout(column)
            self._pictures.append(picture)
        self._name = QLineEdit(name)
        self._name.setPlaceholderText(self.tr("what does it do?"))
        self._name.setAccessibleName(self.tr("Name of the direction"))
        self._name.setToolTip(self.tr("What the slider will be called."))
        self._name.textChanged.connect(self._show_buttons)
        self._name.returnPressed.connect(lambda: self._keep(use=False))
        self._keep_button = QPushButton(self.tr("Keep"))
        self._keep_button.setToolTip(self.tr("Keep it among your own directions: it is a slider from now on, in every project."))
        self._keep_button.clicked.connect(lambda: self._keep(use=False))
        self._use_button = QPushButton(self.tr("Keep and use"))
        self._use_button.setToolTip(self.tr("Keep it, and put it on the face that is open."))
        self._use_button.clicked.connect(lambda: self._keep(use=True))
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self._keep_button)
        buttons.addWidget(self._use_button)
        self._told = QLabel(self._in_words())
        self._told.setWordWrap(True)
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setProperty("role", "warning" if weakness(finding.measures) else "quiet")
        self._told.setVisible(bool(self._told.text()))
        layout = QVBoxLayout(self)
        layout.addLayout(pictures)
        layout.addWidget(self._told)
        layout.addWidget(self._name)
        layout.addLayout(buttons)
        for signal in (context.document.selected, context.document.projected, context.document.opened):
            signal.connect(self._show_buttons)
        self._kept = False
        self._to_use: tuple[Session | None, int] | None = None
        self._show_buttons()

    def show_pictures(self, pictures: Sequence[Any]) -> None:
        """Show what the direction does at three amounts."""
        for picture, pixels in zip(self._pictures, pictures, strict=True):
            picture.show_pixels(pixels)

    def _in_words(self) -> str:
        measures = self._finding.measures
        if (accuracy := measures.get("leave_one_out_accuracy")) is not None:
            if weakness(measures):
                return self.tr("Only {share} of the faces are told from the others. Sort more that differ in this alone.").format(
                    share=f"{accuracy:.0%}"
                )
            return self.tr("{share} of the sorted faces are told apart by it.").format(share=f"{accuracy:.0%}")
        if (accuracy := measures.get("held_out_accuracy")) is not None:
            return self.tr("It tells {share} of other faces rightly.").format(share=f"{accuracy:.0%}")
        return ""

    def _show_buttons(self) -> None:
        named = bool(self._name.text().strip()) and not self._kept
        self._keep_button.setEnabled(named)
        self._use_button.setEnabled(named and self._context.document.editable)

    def _keep(self, *, use: bool) -> None:
        name, document = self._name.text().strip(), self._context.document
        if not name or self._kept:
            return
        self._keep_button.setEnabled(False)
        self._use_button.setEnabled(False)
        self._to_use = (document.session, document.face) if use else None
        finding, spec = self._finding, self._spec
        job = self._context.worker.call(lambda: keep(finding.direction, name, spec))
        job.finished.connect(self._on_kept)  # methods, not lambdas: this row may be gone by then
        job.failed.connect(self._on_failed)

    def _on_kept(self, direction: Any) -> None:
        self._kept = True
        self._name.setReadOnly(True)
        self._keep_button.setText(self.tr("Kept"))
        self._show_buttons()
        self.kept.emit(direction.name)
        if self._to_use is not None:
            self._use(direction, *self._to_use)

    def _use(self, direction: Any, session: Session | None, face: int) -> None:
        document = self._context.document
        if session is None or session is not document.session or session.face(face).latents is None:
            return
        try:
            name = session.add_direction(direction)
        except LatentEditError as error:
            self._context.show_error(error)
            return
        document.do(SetAmount(face, name, direction.default_range[1] / 3))
        document.seal()

    def _on_failed(self, error: Exception) -> None:
        self._show_buttons()
        self._told.setProperty("role", "danger")
        if (style := self.style()) is not None:
            style.polish(self._told)
        self._told.setText(error_words(error).line)
        self._told.show()
