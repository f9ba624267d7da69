"""At the start after a crash: what was left, each to recover, to keep for later, or to discard."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PyQt6.QtCore import QDateTime, QLocale, Qt
from PyQt6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QPushButton, QRadioButton, QVBoxLayout, QWidget

from latentedit_gui.dialogs.labels import IconLabel, card, label, scrolling
from latentedit_gui.recovery import Leftover


class Decision(Enum):
    """What is to become of one project."""

    RECOVER = "recover"
    LATER = "later"
    DISCARD = "discard"


class RecoveryDialog(QDialog):
    """Asks about each project. Nothing is done before the user goes on; closing it keeps everything for later."""

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

    def recovered(self) -> tuple[Leftover, ...]:
        """Those to open. Discard each when it is open, and kept in the new window's own folder."""
        return tuple(leftover for leftover, decision in self.decisions if decision is Decision.RECOVER)

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
            button.setChecked(decision is Decision.RECOVER)
            group.addButton(button, index)
            line.addWidget(button)
        line.addStretch(1)
        self._groups.append(group)
        facts = label(self.tr("Kept {}").format(when), "quiet"), label(saved, "quiet", selectable=True)
        return card(label(name, "heading"), *facts, choices)
