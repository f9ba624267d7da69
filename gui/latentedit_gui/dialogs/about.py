"""What the program is, whose, and what may be done with it and with what it makes."""

from __future__ import annotations

from collections.abc import Iterable

from PyQt6.QtCore import PYQT_VERSION_STR, QT_VERSION_STR, Qt
from PyQt6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from latentedit import __version__
from latentedit.assets import CATALOGUE, Asset
from latentedit_gui.catalogue_words import CatalogueWords
from latentedit_gui.dialogs.labels import IconLabel, card, close_button, label
from latentedit_gui.widgets.scrolling import scrolling


class AboutDialog(QDialog):
    """Version, licences, limits of the weights, and a word on honest use."""

    def __init__(self, parent: QWidget | None = None, *, assets: Iterable[Asset] = tuple(CATALOGUE.values())) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About latentedit"))
        self.resize(580, 620)
        words = CatalogueWords()

        name = QVBoxLayout()
        name.setSpacing(4)
        name.addWidget(label("latentedit", "title"))
        name.addWidget(
            label(
                self.tr("Version {}. Open your own photograph, and its faces become sliders.").format(__version__),
                selectable=True,
            )
        )
        name.addWidget(label(f"PyQt {PYQT_VERSION_STR}, Qt {QT_VERSION_STR}", "quiet", selectable=True))
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(IconLabel("face", 44), alignment=Qt.AlignmentFlag.AlignTop)
        head.addLayout(name, 1)

        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(
            card(
                label(self.tr("Honest use"), "heading"),
                label(
                    self.tr(
                        "Edited faces can deceive. Edit people who agree to it, say that a picture was edited, "
                        "and never use one to pass for somebody, to mock or to harm."
                    )
                ),
            )
        )
        column.addWidget(
            card(
                label(self.tr("Licences of the program"), "heading"),
                label(self.tr("latentedit is free software under the MIT licence.")),
                label(
                    self.tr(
                        "This window uses PyQt6, which is under the GPL, version 3: whoever passes on the program together with it "
                        "does so under the GPL's terms. Qt 6 is under the LGPL, version 3."
                    )
                ),
            )
        )
        column.addWidget(label(self.tr("Networks and what they may be used for"), "heading"))
        for asset in assets:
            limits = words.limits(asset) or self.tr("None stated.")
            facts = (
                self.tr("From: {}").format(asset.origin),
                self.tr("Licence: {}").format(asset.licence),
                self.tr("Limits: {}").format(limits),
            )
            column.addWidget(
                card(label(words.purpose(asset), "heading"), *(label(fact, "quiet", selectable=True) for fact in facts))
            )
        column.addStretch(1)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(14)
        layout.addLayout(head)
        layout.addWidget(scrolling(page), 1)
        layout.addWidget(close_button(self, self.tr("Back to the photograph")))
