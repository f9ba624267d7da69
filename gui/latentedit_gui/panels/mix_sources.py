"""Where the second face comes from: those that there are, and ways to more."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from PyQt6.QtCore import QSignalBlocker, pyqtSignal
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from latentedit.edits.edit import seed_of
from latentedit_gui.icon_set import icon
from latentedit_gui.panels.calm_wheel import calm_wheel
from latentedit_gui.panels.mix_edits import source_caption, source_words
from latentedit_gui.panels.mix_finder import Candidate, Finder
from latentedit_gui.widgets.elided_label import ElidedLabel
from latentedit_gui.widgets.flow_layout import FlowLayout
from latentedit_gui.widgets.thumbnail import Thumbnail

if TYPE_CHECKING:
    from latentedit_gui.context import Context

SIDE_PX = 68
MAX_SEED = 9_999
"""Of the dice: so that a number can be read, told and typed."""
MAX_NUMBER = 2**31 - 1
"""The largest that the field takes; the command line's can be larger."""


class Sources(QWidget):
    """Thumbnails of faces to mix with, one of them chosen.

    Signals:
        chosen(source): a person, or what was found for one, chose it.
    """

    chosen = pyqtSignal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._random = Random()
        self.finder = Finder(context, self)
        self.thumbnails: dict[str, Thumbnail] = {}
        self.candidates: list[Thumbnail] = []
        self.open_button = QPushButton(self.tr("&Photograph…"))
        self.open_button.setIcon(icon("open"))
        self.open_button.setToolTip(self.tr("Mix with a face of another photograph or project."))
        self.open_button.clicked.connect(self._ask)
        self.dice_button = QPushButton(self.tr("Ra&ndom face"))
        self.dice_button.setIcon(icon("dice"))
        self.dice_button.setToolTip(self.tr("Mix with a face that nobody has."))
        self.dice_button.clicked.connect(self._on_dice)
        self.number = QSpinBox()
        self.number.setRange(0, MAX_NUMBER)
        self.number.setKeyboardTracking(False)  # not a face for each digit
        self.number.setToolTip(self.tr("Type a number and press Enter: the same number is the same face every time."))
        self.number.setAccessibleName(self.tr("Number of the person that does not exist"))
        self.number.valueChanged.connect(self._on_number)
        if (line := self.number.lineEdit()) is not None:
            line.returnPressed.connect(lambda: self._on_number(self.number.value()))  # also for the number that is there
        about_number = QLabel(self.tr("A person that does not exist, number:"))
        about_number.setWordWrap(True)
        self._flow_widget, self._flow = _flow()
        self._candidates_widget, self._candidates_flow = _flow()
        self._which = QLabel(self.tr("Which of these faces?"))
        self._which.hide()
        self._candidates_widget.hide()
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(self.tr("Learning the other face"))
        self._cancel = QPushButton(self.tr("Cance&l"))
        self._cancel.setToolTip(self.tr("Stop learning the other face."))
        self._cancel.clicked.connect(self.finder.cancel)
        self._what = ElidedLabel()
        self._what.setProperty("role", "quiet")
        self._waiting = QWidget()
        waiting = QGridLayout(self._waiting)
        waiting.setContentsMargins(0, 0, 0, 0)
        waiting.addWidget(self._what, 0, 0, 1, 2)
        waiting.addWidget(self._progress, 1, 0)
        waiting.addWidget(self._cancel, 1, 1)
        self._waiting.hide()
        buttons = QHBoxLayout()
        buttons.addWidget(self.open_button, 1)
        buttons.addWidget(self.dice_button, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        for widget in (self._flow_widget, self._which, self._candidates_widget, self._waiting):
            lines.addWidget(widget)
        lines.insertLayout(0, buttons)
        by_number = QHBoxLayout()
        by_number.addWidget(about_number, 1)
        by_number.addWidget(self.number)
        lines.insertLayout(1, by_number)
        calm_wheel(self)
        self.finder.busy_changed.connect(self._waiting.setVisible)
        self.finder.progressed.connect(self._on_progress)
        self.finder.candidates.connect(self._on_candidates)
        self.finder.found.connect(self.chosen)
        self.finder.failed.connect(context.show_error)
        context.document.opened.connect(self._forget_candidates)

    def set_sources(self, sources: Sequence[str], current: str | None) -> None:
        """Show these faces, one of them chosen."""
        for source in [known for known in self.thumbnails if known not in sources]:
            _drop(self._flow, self.thumbnails.pop(source))
        for source in sources:
            if source not in self.thumbnails:
                words = source_words(source)
                thumbnail = Thumbnail(source_caption(source), SIDE_PX)
                thumbnail.setAccessibleName(words)
                thumbnail.setToolTip(self.tr("Mix with {}.").format(words))
                thumbnail.clicked.connect(partial(self.chosen.emit, source))
                self.thumbnails[source] = thumbnail
                self._flow.addWidget(thumbnail)
        for source, thumbnail in self.thumbnails.items():
            thumbnail.setChecked(source == current)
        seed = None if current is None else seed_of(current)
        if seed is not None and seed <= MAX_NUMBER:
            with QSignalBlocker(self.number):
                self.number.setValue(seed)
        self._flow_widget.setVisible(bool(self.thumbnails))

    def clear_images(self) -> None:
        """Forget all pictures."""
        for thumbnail in self.thumbnails.values():
            thumbnail.clear()

    def set_image(self, source: str, image: QImage) -> None:
        """The picture of a face."""
        if source in self.thumbnails:
            self.thumbnails[source].set_image(image)

    def open_path(self, path: Path) -> None:
        """Look for faces in a file."""
        self._forget_candidates()
        self._what.setText(self.tr("Looking for faces in {}…").format(path.name))
        self.finder.open(path)

    # What a person does

    def _ask(self) -> None:
        dialog = QFileDialog(self, self.tr("A face to mix with"), str(self._context.settings.last_folder("open")))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open_path(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_dice(self) -> None:
        self.chosen.emit(f"seed:{self._random.randint(1, MAX_SEED)}")

    def _on_number(self, seed: int) -> None:
        self.chosen.emit(f"seed:{seed}")

    # What the finder tells

    def _on_progress(self, share: float) -> None:
        if share >= 0:
            self._what.setText(self.tr("Learning the other face…"))
        self._progress.setRange(0, 0 if share < 0 else 100)
        self._progress.setValue(round(100 * max(share, 0.0)))

    def _on_candidates(self, candidates: Sequence[Candidate]) -> None:
        self._forget_candidates()
        for number, candidate in enumerate(candidates, start=1):
            thumbnail = Thumbnail(self.tr("Face {}").format(number), SIDE_PX)
            thumbnail.set_image(candidate.picture)
            thumbnail.setToolTip(self.tr("Take this face of {}.").format(candidate.path.name))
            thumbnail.clicked.connect(partial(self._on_candidate, candidate))
            self.candidates.append(thumbnail)
            self._candidates_flow.addWidget(thumbnail)
        self._which.show()
        self._candidates_widget.show()

    def _on_candidate(self, candidate: Candidate) -> None:
        self._forget_candidates()
        self.finder.choose(candidate)

    def _forget_candidates(self) -> None:
        for thumbnail in self.candidates:
            _drop(self._candidates_flow, thumbnail)
        self.candidates = []
        self._which.hide()
        self._candidates_widget.hide()


def _flow() -> tuple[QWidget, FlowLayout]:
    widget = QWidget()
    policy = widget.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)
    return widget, FlowLayout(widget)


def _drop(flow: FlowLayout, thumbnail: Thumbnail) -> None:
    flow.removeWidget(thumbnail)
    thumbnail.hide()
    thumbnail.deleteLater()
