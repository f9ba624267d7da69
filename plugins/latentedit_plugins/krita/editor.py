"""What the docker shows of a face: its picture, its sliders, what it can be mixed with, and what becomes of it."""

import random
from typing import Callable, Dict, List, Optional

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..bridge import Editing
from .pages import TRANSLATION, TroubleBox, WorkBar, asked_network, scrolled
from .sliders import AmountRow
from .small_picture import SmallPicture

PRESETS = {"fast": "Quick look", "balanced": "Good likeness", "best": "Best likeness, slow"}
MODES = {"residual": "Keep the image's texture", "seamless": "Blend the drawing in", "replace": "Replace with the drawing"}
BANDS = {"coarse": "Pose and shape", "middle": "Features", "fine": "Colours and skin", "all": "Everything"}
MAX_SEED = 2**31 - 1
NARROW_PX = 64
"""Of what would otherwise make the docker wider than dockers are."""
LEAST_LIST_PX = 120
"""Of the sliders, so that some can be seen where the whole docker is scrolled."""


class Editor(QWidget):
    """Signals: what a person wants of the host."""

    insert = pyqtSignal()
    again = pyqtSignal()
    translate = pyqtSignal(str)
    save = pyqtSignal(str)
    program = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._editing: Optional[Editing] = None
        self._known: List[str] = []
        self.rows: Dict[str, AmountRow] = {}
        self.faces = _shrinking(QComboBox())
        self.faces.activated.connect(lambda index: self._with(lambda editing: editing.choose(self.faces.itemData(index))))
        again = QPushButton("Look again")
        again.setToolTip("Take the image as it is now; what was done to its faces here is forgotten, layers stay.")
        again.clicked.connect(self.again)
        self.preview = SmallPicture()
        self.preset = _shrinking(QComboBox())
        for name, words in PRESETS.items():
            self.preset.addItem(words, name)
        self.preset.setCurrentIndex(1)
        self.learn_button = QPushButton("Learn this face")
        self.learn_button.clicked.connect(lambda: self._with(lambda editing: editing.learn(self.preset.currentData())))
        self.learning = QWidget()
        line = QHBoxLayout(self.learning)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.preset, 1)
        line.addWidget(self.learn_button)
        self.work = WorkBar()
        self.work.stop.connect(lambda: self._with(lambda editing: editing.cancel()))
        self.trouble = TroubleBox()
        self.trouble.program.connect(self.program)
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.tabs = QTabWidget()
        self.of_face, self.of_image = (self._sliders(), self._mix()), self._translation()
        self.tabs.addTab(self.of_face[0], "Sliders")
        self.tabs.addTab(scrolled(self.of_face[1]), "Mix")
        self.tabs.addTab(scrolled(self.of_image), "Translate")
        upper = QWidget()
        layout = QVBoxLayout(upper)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(_line(self.faces, again, stretch=self.faces))
        # The picture comes after what a person needs next: in a small window only the first of all this can be seen.
        for widget in (self.learning, self.work, self.trouble, self.note, self.preview):
            layout.addWidget(widget)
        layout.addWidget(self.tabs, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(upper), 1)
        whole.addLayout(self._end())

    def show_editing(self, editing: Editing) -> None:
        """Show the state of a face."""
        self._editing = editing
        working = bool(editing.doing)
        self._show_faces(editing)
        self.faces.setEnabled(not working)
        self.preview.show_editing(editing)
        self.learning.setVisible(not editing.learnt and not working)
        for page in self.of_face:
            page.setEnabled(editing.learnt and not working)
        self.of_image.setEnabled(not working)
        self.work.show_editing(editing)
        self.trouble.show_trouble(editing.trouble)
        self.say(" ".join(editing.notes))
        self.undo.setEnabled(editing.can_undo and not working)
        self.redo.setEnabled(editing.can_redo and not working)
        changed = bool(editing.edits.get(editing.face))
        self.reset.setEnabled(changed and not working)
        self.save_button.setEnabled(not working)
        self.insert_button.setEnabled(any(editing.edits.values()) and not working)
        self._make_rows(editing)
        for name, row in self.rows.items():
            row.show_amount(editing.amount(name))

    def say(self, text: str) -> None:
        """Tell something that needs no answer."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    # Parts

    def _sliders(self) -> QWidget:
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self._list.setContentsMargins(4, 4, 4, 4)
        inner = QWidget()
        inner.setLayout(self._list)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        area.setWidget(inner)
        area.setMinimumHeight(LEAST_LIST_PX)
        self.no_sliders = QLabel("There are no sliders for this generator. Mix and variations work.")
        self.no_sliders.setWordWrap(True)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.addWidget(self.search)
        layout.addWidget(self.no_sliders)
        layout.addWidget(area, 1)
        return page

    def _mix(self) -> QWidget:
        self.seed = QSpinBox()
        self.seed.setRange(0, MAX_SEED)
        self.seed.setMinimumWidth(NARROW_PX)
        dice = QToolButton()
        dice.setText("⚄")
        dice.setToolTip("Another person that does not exist")
        dice.clicked.connect(lambda: self.seed.setValue(random.randrange(MAX_SEED)))
        self.band = _shrinking(QComboBox())
        for name, words in BANDS.items():
            self.band.addItem(words, name)
        self.band.setCurrentIndex(2)
        self.mix_amount = AmountRow("How much", 0.0, 1.0)
        self.mix_amount.show_amount(0.5)
        seed_button = QPushButton("Mix in this person")
        seed_button.clicked.connect(lambda: self._mix_in(f"seed:{self.seed.value()}"))
        file_button = QPushButton("Mix in a saved face…")
        file_button.setToolTip("The first learnt face of a .ledit project")
        file_button.clicked.connect(self._mix_file)
        vary = QPushButton("Show a neighbour of this face")
        vary.clicked.connect(lambda: self._with(lambda editing: editing.vary(random.randrange(MAX_SEED), 0.3)))
        self.mode = _shrinking(QComboBox())
        for name, words in MODES.items():
            self.mode.addItem(words, name)
        self.mode.activated.connect(lambda index: self._with(lambda editing: editing.compose(self.mode.itemData(index))))
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.addLayout(_line(QLabel("Person number"), self.seed, dice, stretch=self.seed))
        layout.addWidget(self.band)
        for widget in (self.mix_amount, seed_button, file_button, vary, QLabel("Back into the image:"), self.mode):
            layout.addWidget(widget)
        layout.addStretch(1)
        return page

    def _translation(self) -> QWidget:
        words = QLabel(TRANSLATION)
        words.setWordWrap(True)
        button = QPushButton("Choose a network…")
        button.clicked.connect(self._choose_network)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.addWidget(words)
        layout.addWidget(button)
        layout.addStretch(1)
        return page

    def _end(self) -> QVBoxLayout:
        self.undo, self.redo, self.reset = QPushButton("Undo"), QPushButton("Redo"), QPushButton("Reset face")
        for button, what in ((self.undo, "undo"), (self.redo, "redo"), (self.reset, "reset")):
            button.setMinimumWidth(NARROW_PX)
            button.clicked.connect(lambda _, what=what: self._with(lambda editing: getattr(editing, what)()))
        self.save_button = QToolButton()
        self.save_button.setText("Save…")
        self.save_button.setToolTip("A project, which the desktop editor and the command line open")
        self.save_button.clicked.connect(self._choose_project)
        self.insert_button = QPushButton("Insert as layers")
        self.insert_button.setDefault(True)
        self.insert_button.clicked.connect(self.insert)
        column = QVBoxLayout()
        column.addLayout(_line(self.undo, self.redo, self.reset))
        column.addLayout(_line(self.insert_button, self.save_button, stretch=self.insert_button))
        return column

    # Showing

    def _show_faces(self, editing: Editing) -> None:
        named = [
            (face["index"], "Face {}{}".format(face["index"] + 1, "" if face["projected"] else " (not learnt)"))
            for face in editing.faces
        ]
        if [(self.faces.itemData(i), self.faces.itemText(i)) for i in range(self.faces.count())] != named:
            self.faces.clear()
            for index, words in named:
                self.faces.addItem(words, index)
        self.faces.setCurrentIndex(max(self.faces.findData(editing.face), 0))

    def _make_rows(self, editing: Editing) -> None:
        names = [direction["name"] for direction in editing.directions]
        self.no_sliders.setVisible(not names)
        self.search.setVisible(bool(names))
        if names == self._known:
            return
        self._known = names
        while self._list.count():
            item = self._list.takeAt(0)
            if item.widget() is not None:
                item.widget().deleteLater()
        self.rows = {}
        for direction in editing.directions:
            name = direction["name"]
            row = AmountRow(direction["label"].capitalize(), direction["range"][0], direction["range"][1])
            row.setToolTip(direction["effect"])
            row.changed.connect(
                lambda amount, moving, name=name: self._with(lambda editing: editing.set_amount(name, amount, moving))
            )
            self.rows[name] = row
            self._list.addWidget(row)
        self._list.addStretch(1)
        self._filter(self.search.text())

    def _filter(self, text: str) -> None:
        for row in self.rows.values():
            row.setVisible(text.lower() in row.title.lower())

    # Doing

    def _with(self, do: Callable[[Editing], None]) -> None:
        if self._editing is not None and self._editing.opened:
            do(self._editing)

    def _mix_in(self, source: str) -> None:
        amount = self.mix_amount.amount
        self._with(lambda editing: editing.mix(source, self.band.currentData(), amount))

    def _mix_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "A project with a learnt face", "", "Projects (*.ledit)")
        if path:
            self._mix_in(path)

    def _choose_network(self) -> None:
        path = asked_network(self)
        if path:
            self.translate.emit(path)

    def _choose_project(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "Save the project", "", "Projects (*.ledit)")
        if path:
            self.save.emit(path if path.lower().endswith(".ledit") else path + ".ledit")


def _shrinking(box: QComboBox) -> QComboBox:
    """A box that may be narrower than its words: dockers are."""
    box.setSizeAdjustPolicy(QComboBox.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(4)
    return box


def _line(*widgets: QWidget, stretch: Optional[QWidget] = None) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        line.addWidget(widget, 1 if widget is stretch or stretch is None else 0)
    return line
