"""At the start after a crash: what was left, one to open now, each of the others to keep for later or to discard."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PyQt6.QtCore import QDateTime, QLocale, Qt
from PyQt6.QtGui import QPixmap
from PyQt6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QLabel, QPushButton, QRadioButton, QVBoxLayout, QWidget

from latentedit_gui.dialogs.labels import IconLabel, card, label
from latentedit_gui.recovery import Leftover
from latentedit_gui.widgets.scrolling import scrolling


class Decision(Enum):
    """What is to become of one project."""

    RECOVER = "recover"
    LATER = "later"
    DISCARD = "discard"


_RECOVER, _LATER = list(Decision).index(Decision.RECOVER), list(Decision).index(Decision.LATER)
THUMBNAIL_PX = 72


class RecoveryDialog(QDialog):
    """Asks about each project; one window holds one of them. Nothing is done before the user goes on; closing it keeps everything for later."""

    def __init__(self, leftovers: Sequence[Leftover], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._leftovers = tuple(leftovers)
        self._groups: list[QButtonGroup] = []
        self.setWindowTitle(self.tr("Recover unsaved work"))
        self.setMinimumWidth(560)
        count = len(self._leftovers)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(label(self.tr("latentedit did not close as it should"), "title"))
        words.addWidget(label(self.tr("%n project(s) with unsaved changes can be recovered.", "", count)))
        if count > 1:
            words.addWidget(
                label(self.tr("Choose the one to open now. The others are offered again at the next start."), "quiet")
            )
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(IconLabel("history", 44), alignment=Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)

        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        for leftover in self._leftovers:
            rows.addWidget(self._row(leftover))
        rows.addStretch(1)

        self.continue_button = QPushButton(self.tr("&Continue"))
        self.continue_button.setProperty("role", "primary")
        self.continue_button.setDefault(True)
        self.continue_button.setToolTip(self.tr("Do with each project what is chosen above"))
        self.continue_button.clicked.connect(self.accept)
        self.later_button = QPushButton(self.tr("Ask me &later"))
        self.later_button.setToolTip(self.tr("Keep everything, and ask again at the next start"))
        self.later_button.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.later_button)
        buttons.addStretch(1)
        buttons.addWidget(self.continue_button)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 18)
        layout.setSpacing(16)
        layout.addLayout(head)
        layout.addWidget(scrolling(page) if count > 3 else page, 1)
        layout.addLayout(buttons)
        self.continue_button.setFocus()

    @property
    def decisions(self) -> tuple[tuple[Leftover, Decision], ...]:
        """What is chosen now, in the given order."""
        chosen = [list(Decision)[group.checkedId()] for group in self._groups]
        return tuple(zip(self._leftovers, chosen, strict=True))

    @property
    def recovered(self) -> Leftover | None:
        """The one to open, if any. Discard it when it is open, and kept in the new window's own folder."""
        return next((leftover for leftover, decision in self.decisions if decision is Decision.RECOVER), None)

    def accept(self) -> None:
        """Discard what is to be discarded, and let go of what is kept for later."""
        for leftover, decision in self.decisions:
            if decision is Decision.DISCARD:
                leftover.discard()
            elif decision is Decision.LATER:
                leftover.release()
        super().accept()

    def reject(self) -> None:
        """Keep everything for the next start."""
        for leftover in self._leftovers:
            leftover.release()
        super().reject()

    def _keep_others(self, chosen: QButtonGroup) -> None:
        """One can be opened: what was to be opened before is kept for later."""
        for group in self._groups:
            later = group.button(_LATER)
            if group is not chosen and group.checkedId() == _RECOVER and later is not None:
                later.setChecked(True)

    def _row(self, leftover: Leftover) -> QWidget:
        name = leftover.photo or self.tr("A photograph")
        when = QLocale().toString(QDateTime(leftover.time), QLocale.FormatType.ShortFormat)
        saved = self.tr("Never saved as a project") if leftover.path is None else self.tr("Project: {}").format(leftover.path)
        words = {
            Decision.RECOVER: (self.tr("Recover"), self.tr("Open it as it was")),
            Decision.LATER: (self.tr("Keep for later"), self.tr("Ask again at the next start")),
            Decision.DISCARD: (self.tr("Discard"), self.tr("Delete the unsaved changes; a saved project stays as it is")),
        }
        group = QButtonGroup(self)
        choices = QWidget()
        line = QHBoxLayout(choices)
        line.setContentsMargins(0, 6, 0, 0)
        line.setSpacing(18)
        for index, decision in enumerate(Decision):
            text, tip = words[decision]
            button = QRadioButton(text)
            button.setToolTip(tip)
            button.setAccessibleName(self.tr("{}: {}").format(name, text))
            button.setChecked(decision is (Decision.LATER if self._groups else Decision.RECOVER))
            group.addButton(button, index)
            line.addWidget(button)
        line.addStretch(1)
        self._groups.append(group)
        group.idToggled.connect(lambda which, on: self._keep_others(group) if on and which == _RECOVER else None)
        facts = label(self.tr("Kept {}").format(when), "quiet"), label(saved, "quiet", selectable=True)
        return card(_beside(_picture(leftover), label(name, "heading"), *facts), choices)


def _picture(leftover: Leftover) -> QLabel:
    """The photograph, small; nothing where Qt cannot read it."""
    picture = QLabel()
    image = leftover.small_photo(THUMBNAIL_PX)
    picture.setPixmap(QPixmap.fromImage(image))
    picture.setVisible(not image.isNull())
    return picture


def _beside(picture: QLabel, *words: QWidget) -> QWidget:
    column = QVBoxLayout()
    column.setSpacing(4)
    for each in words:
        column.addWidget(each)
    column.addStretch(1)
    both = QWidget()
    line = QHBoxLayout(both)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(14)
    line.addWidget(picture, alignment=Qt.AlignmentFlag.AlignTop)
    line.addLayout(column, 1)
    return both
