"""The panel of variations: a grid of faces near to this one, to be clicked through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from random import Random
from typing import TYPE_CHECKING, ClassVar

from PyQt6.QtCore import QSize
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from latentedit.edits import EditKey, FaceEdits, PutEdit, RemoveEdit, SetVariation, Together, VariationEdit
from latentedit.edits.edit import MAX_STRENGTH
from latentedit_gui.icon_set import icon
from latentedit_gui.panels.panel import Panel
from latentedit_gui.panels.thumbnails import Sketch, Thumbnails
from latentedit_gui.widgets.amount_slider import AmountSlider
from latentedit_gui.widgets.scrolling import scrolling
from latentedit_gui.widgets.thumbnail import Thumbnail, ThumbnailGrid

if TYPE_CHECKING:
    from latentedit.edits import Command

COUNT = 9
FIRST_STRENGTHS = (0.3, 0.3, 0.3)
MAX_SEED = 9_999
"""Short enough to be read, and told to somebody."""


class VariationsPanel(Panel):
    """Random neighbours of the face."""

    name: ClassVar[str] = "variations"
    icon_name: ClassVar[str] = "variations"

    def title(self) -> str:
        return self.tr("Variations")

    def build(self) -> QWidget:
        self._random = Random()
        self._kept: set[tuple[int, EditKey]] = set()
        self.seeds: list[int] = list(range(1, COUNT + 1))
        self.sliders = tuple(
            self._slider(name, tip, first)
            for (name, tip), first in zip(
                (
                    (self.tr("Shape"), self.tr("How far pose, hair style and the shape of the face vary.")),
                    (self.tr("Features"), self.tr("How far the parts of the face, expression and hair vary.")),
                    (self.tr("Colour"), self.tr("How far colour, light and skin vary.")),
                ),
                FIRST_STRENGTHS,
                strict=True,
            )
        )
        self.grid = ThumbnailGrid(3)
        self.thumbnails: list[Thumbnail] = []
        self.locks: list[QToolButton] = []
        for place in range(COUNT):
            self._add_thumbnail(place)
        self.more_button = QPushButton(self.tr("&More"))
        self.more_button.setIcon(icon("dice"))
        self.more_button.setToolTip(self.tr("Show other faces in place of those that are not locked."))
        self.more_button.clicked.connect(self.draw_more)
        self.keep_button = QPushButton(self.tr("&Keep"))
        self.keep_button.setToolTip(self.tr("Keep the variation that was clicked, and show neighbours of the face that it made."))
        self.keep_button.clicked.connect(self.keep)
        self.off_button = QPushButton(self.tr("Take &back"))
        self.off_button.setToolTip(self.tr("Take the variation that was clicked back."))
        self.off_button.clicked.connect(self.take_back)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        for button in (self.more_button, self.keep_button, self.off_button):
            buttons.addWidget(button, 1)
        page = QWidget()
        page.setProperty("role", "page")
        lines = QVBoxLayout(page)
        lines.setContentsMargins(8, 8, 8, 8)
        for slider in self.sliders:
            lines.addWidget(slider)
        lines.addWidget(self.grid)
        lines.addLayout(buttons)
        lines.addStretch(1)
        scroll = scrolling(page)
        self.drawn = Thumbnails(self.context, scroll, self._wanted)
        self.drawn.drawn.connect(self._on_drawn)
        for thumbnail in self.thumbnails:
            self.drawn.outdated.connect(thumbnail.clear)
        self.document.opened.connect(self._on_opened)
        for signal in (self.document.selected, self.document.state_changed, self.document.projected):
            signal.connect(self._show)
        self._show()
        return scroll

    def _slider(self, name: str, tip: str, first: float) -> AmountSlider:
        slider = AmountSlider(name, (0.0, 1.0), (0.0, MAX_STRENGTH), step=0.05, percent=True, marked=False)
        slider.set_tip(tip)
        slider.setValue(first)
        slider.value_changed.connect(self._on_strength)
        slider.released.connect(self._on_released)
        return slider

    def _add_thumbnail(self, place: int) -> None:
        thumbnail = Thumbnail(side=88)
        thumbnail.clicked.connect(partial(self._on_clicked, place))
        lock = QToolButton()
        lock.setIcon(icon("lock"))
        lock.setIconSize(QSize(14, 14))
        lock.setCheckable(True)
        lock.setStyleSheet(_LOCK)
        lock.setToolTip(self.tr("Keep this face in the grid when more are shown."))
        thumbnail.set_corner(lock)
        self.grid.add(thumbnail)
        self.thumbnails.append(thumbnail)
        self.locks.append(lock)

    # What the document holds

    @property
    def strengths(self) -> tuple[float, float, float]:
        """How far coarse, middle and fine layers vary."""
        coarse, middle, fine = (slider.value() for slider in self.sliders)
        return coarse, middle, fine

    def current(self, edits: FaceEdits) -> VariationEdit | None:
        """The variation that a click would replace: the topmost that was not kept."""
        face = self.document.face
        found = [edit for edit in edits.edits if isinstance(edit, VariationEdit) and (face, edit.key) not in self._kept]
        return found[-1] if found else None

    def _show(self) -> None:
        edits = self.document.edits
        current = None if edits is None else self.current(edits)
        if current is not None:
            for slider, strength in zip(self.sliders, (current.coarse, current.middle, current.fine), strict=True):
                slider.setValue(strength)
            if current.seed not in self.seeds:  # of the command line, or of a project
                place = next((place for place, lock in enumerate(self.locks) if not lock.isChecked()), 0)
                self.seeds[place] = current.seed
        for seed, thumbnail, lock in zip(self.seeds, self.thumbnails, self.locks, strict=True):
            thumbnail.setChecked(current is not None and current.seed == seed)
            thumbnail.setToolTip(self.tr("Vary the face toward the random face {}.").format(seed))
            thumbnail.setAccessibleName(self.tr("Variation {}").format(seed))
            lock.setAccessibleName(self.tr("Lock variation {}").format(seed))
        self.keep_button.setEnabled(current is not None)
        self.off_button.setEnabled(current is not None)

    def _on_opened(self) -> None:
        self._kept.clear()
        for lock in self.locks:
            lock.setChecked(False)
        self._show()

    # Thumbnails

    def _wanted(self, edits: FaceEdits) -> Sequence[Sketch]:
        current = self.current(edits)
        others = tuple(edit for edit in edits.edits if edit != current)
        places = list(enumerate(self.seeds))
        return [Sketch(place, replace(edits, edits=(*others, self._edit(seed, others)))) for place, seed in places]

    def _edit(self, seed: int, others: tuple[object, ...]) -> VariationEdit:
        """A variation that can stand beside these edits."""
        taken = {edit.key.instance for edit in others if isinstance(edit, VariationEdit) and edit.seed == seed}
        return VariationEdit(seed, *self.strengths, instance=next(free for free in range(len(taken) + 1) if free not in taken))

    def _on_drawn(self, place: int, image: QImage) -> None:
        self.thumbnails[place].set_image(image)

    # Changing

    def _on_clicked(self, place: int) -> None:
        edits = self.document.edits
        if edits is None:
            return
        current, face = self.current(edits), self.document.face
        if current is not None and current.seed == self.seeds[place]:
            self.take_back()  # a second click
            return
        others = tuple(edit for edit in edits.edits if edit != current)
        put = PutEdit(face, self._edit(self.seeds[place], others))
        commands: list[Command] = [put] if current is None else [RemoveEdit(face, current.key), put]
        self.document.seal()
        if not self.document.do(Together(put.label, tuple(commands))):
            self._show()  # refused: show what is so

    def _on_strength(self) -> None:
        edits = self.document.edits
        current = None if edits is None else self.current(edits)
        if current is None:
            self.drawn.refresh()
        else:
            self.document.do(SetVariation(self.document.face, current.seed, *self.strengths, instance=current.instance))

    def _on_released(self) -> None:
        self.document.seal()

    def take_back(self) -> None:
        """Take the variation that was clicked out of the edits."""
        edits = self.document.edits
        current = None if edits is None else self.current(edits)
        if current is not None:
            self.document.seal()
            self.document.do(RemoveEdit(self.document.face, current.key))
        self._show()

    def keep(self) -> None:
        """Leave the variation that was clicked where it is: the next click adds another."""
        edits = self.document.edits
        current = None if edits is None else self.current(edits)
        if current is not None:
            self._kept.add((self.document.face, current.key))
            self._show()  # nothing is clicked any more
            self.draw_more()

    def draw_more(self) -> None:
        """Show other random faces in the places that are not locked."""
        for place, lock in enumerate(self.locks):
            if not lock.isChecked() and not self.thumbnails[place].isChecked():
                self.seeds[place] = self._fresh_seed()
        self._show()
        self.drawn.refresh()

    def _fresh_seed(self) -> int:
        return next(seed for seed in iter(lambda: self._random.randint(1, MAX_SEED), 0) if seed not in self.seeds)


_LOCK = """
QToolButton { background: palette(window); border: 1px solid transparent; padding: 2px; border-radius: 4px; }
QToolButton:hover, QToolButton:focus { border-color: palette(accent); }
QToolButton:checked { background: palette(accent); }
"""
