"""The docker: the faces of the active document, their sliders, and the way back as layers."""

import time
from pathlib import Path
from typing import Any, Dict, List, Optional

from krita import DockWidget, Krita
from PyQt5.QtCore import QTimer
from PyQt5.QtWidgets import QFileDialog, QStackedWidget

from ..bridge import Bridge, Editing, Trouble
from ..bridge.own_files import paths_in
from .documents import NONE, Documents, active_document
from .editor import Editor
from .pages import BeginPage, scrolled
from .pictures import add_layers, add_picture, selection_alone, written
from .placement import Placement

TITLE = "latentedit"
SETTINGS = "latentedit"
BUSY_MS, IDLE_MS = 30, 400
CLOSE_S = 3.0
"""For so long Krita may wait for the program to remove its files when it is closed."""
BEGIN, EDITOR = 0, 1
LEAST_PX = 150
"""Height: with it, Krita's window as it is at first still fits a screen of 768 lines."""
NOTHING = "Move a slider first; if there is a selection, it must hold a part of the face."
CHANGED = "The faces are not where they were found any more, or something covers them."
REMEMBERED = 4
"""Pictures of a document with which Insert is content: as it was sent, and as it was after the newest insertions."""


class LatenteditDocker(DockWidget):
    """One for each window of Krita, each with a program of its own. Each document keeps its own faces and edits while the docker lives."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        krita = Krita.instance()
        beside = Path(__file__).resolve().parent.parent
        self.bridge = Bridge(client=f"Krita {krita.version()}", beside=beside, choosing="press Choose the program… below")
        self._documents = Documents()
        self._editings: Dict[int, Editing] = {}
        self._known: Dict[int, List[Placement]] = {}  # how each document may look: as it was sent, and with layers of ours
        self._looked_s = 0.0
        self._key = NONE
        self._ending = False
        self._pages = QStackedWidget()  # of BEGIN and EDITOR
        self.begin_page = BeginPage()
        self.begin_page.begin.connect(self.find_faces)
        self.begin_page.fetch.connect(self.fetch)
        self.begin_page.stop.connect(self.cancel)
        self.begin_page.program.connect(self.choose_program)
        self.begin_page.translate.connect(self.translate)
        self.editor = Editor()
        self.editor.program.connect(self.choose_program)
        self.editor.insert.connect(self.insert)
        self.editor.again.connect(self.find_faces)
        self.editor.translate.connect(self.translate)
        self.editor.save.connect(self.save)
        self._pages.addWidget(scrolled(self.begin_page))
        self._pages.addWidget(self.editor)
        self._pages.setContentsMargins(6, 6, 6, 6)
        self._pages.setMinimumHeight(LEAST_PX)
        self.setWidget(self._pages)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._poll)
        self._timer.start(IDLE_MS)
        krita.notifier().applicationClosing.connect(self._end)
        self._show()

    def canvasChanged(self, canvas: Any) -> None:
        """Krita tells that another document, or none, is active."""
        self._show()

    # What a person does

    def find_faces(self) -> None:
        """Send the active document, and look for its faces; what was done to it before is forgotten."""
        document = active_document()
        if document is None:
            return
        key = self._documents.number(document)
        if not self.bridge.running:
            self._read_settings()
        old = self._editings.pop(key, None)
        if old is not None:
            old.close_image()
        editing = self._editings[key] = Editing(self.bridge, self._show)
        self._key = key

        def send() -> None:
            if self._documents.number(document) == NONE:
                return
            self._known[key] = [Placement.of(document)]
            try:
                picture, selection = written(document, self._folder)
            except Trouble as trouble:
                self._tell(editing, trouble)
                return
            editing.open(picture, selection, paths_in(picture, selection or {}))

        editing.start(send)
        self._poll()

    def fetch(self) -> None:
        """Download the weights that a person has just agreed to, and go on."""
        editing = self.editing
        if editing is not None:
            # Who has gone to another document meanwhile did not ask for its faces.
            editing.fetch(lambda: self.find_faces() if self.editing is editing else None)

    def cancel(self) -> None:
        """Give up what is being done."""
        if self.editing is not None:
            self.editing.cancel()

    def insert(self) -> None:
        """Draw the edits at full size, and put them on top of the document as layers."""
        document, editing = active_document(), self.editing
        if document is None or editing is None or not self._fits(document, editing):
            return

        def drawn(answer: Dict[str, Any]) -> None:
            path = Path(answer["path"])
            try:
                if not self._fits(document, editing):
                    return
                if add_layers(document, path):
                    self._remember(document)
                else:
                    editing.trouble = Trouble("nothing", "Nothing is changed there.", NOTHING)
            except OSError as error:
                editing.trouble = Trouble("layers", str(error))
            finally:
                path.unlink()
                self._show()

        try:
            # A program that has just ended has no folder; that is told by what is asked of it.
            editing.layers("kra", drawn, selection_alone(document, self._folder) if editing.opened else None)
        except Trouble as trouble:
            self._tell(editing, trouble)

    def translate(self, network: str) -> None:
        """Put the document as it is now through a network, as a new layer. It need not have a face, nor the program what faces need."""
        document = active_document()
        if document is None:
            return
        if not self.bridge.running:
            self._read_settings()
        self._key = self._documents.number(document)
        editing = self._editings.setdefault(self._key, Editing(self.bridge, self._show))
        size = (document.width(), document.height())

        def send() -> None:
            if self._documents.number(document) == NONE:
                return
            try:
                picture, selection = written(document, self._folder)
            except Trouble as trouble:
                self._tell(editing, trouble)
                return
            editing.translate(network, drawn, "png", picture, selection)

        def drawn(answer: Dict[str, Any]) -> None:
            path = Path(answer["picture"]["path"])
            try:
                if self._documents.number(document) == NONE:
                    return
                if (document.width(), document.height()) != size:
                    self._tell(editing, Trouble("changed", "The image has another size than before.", "Translate it again."))
                    return
                add_picture(document, path, Path(network).stem)
            except OSError as error:
                editing.trouble = Trouble("layers", str(error))
            finally:
                path.unlink()
                self._show()

        editing.reach(send)
        self._poll()

    def save(self, path: str) -> None:
        """Write the project, which the desktop editor and the command line open."""
        if self.editing is not None:
            self.editing.save(path, lambda _: self.editor.say(f"Saved {Path(path).name}."))

    def choose_program(self) -> None:
        """Ask where latentedit is."""
        path, _ = QFileDialog.getOpenFileName(self, "Where is the program latentedit?")
        if path:
            Krita.instance().writeSetting(SETTINGS, "program", path)
            self.bridge.close()
            self.bridge.program = path
            self.find_faces()

    # Within

    @property
    def _folder(self) -> Path:
        """For files that are sent to the program; it goes when the program ends."""
        return Path(self.bridge.hello["folder"])

    def _tell(self, editing: Editing, trouble: Trouble) -> None:
        editing.trouble = trouble
        self._show()

    def _read_settings(self) -> None:
        """Which program is started next, and what it draws with."""
        program, generator = (Krita.instance().readSetting(SETTINGS, name, "") for name in ("program", "generator"))
        self.bridge.program = program
        self.bridge.arguments = ("serve", "--generator", generator) if generator else ("serve",)

    @property
    def editing(self) -> Optional[Editing]:
        """Of the active document."""
        return self._editings.get(self._key)

    def _fits(self, document: Any, editing: Editing) -> bool:
        """Whether what was drawn still belongs where it was; if it does not, a person is told."""
        number = self._documents.number(document)
        if number == NONE:
            return False
        boxes = [face["box"] for face in editing.faces if editing.edits.get(face["index"])]
        now = Placement.of(document)
        fits = any(not before.differs(now, boxes) for before in self._known.get(number, []))
        if not fits:
            self._tell(editing, Trouble("changed", CHANGED, "Undo that, or look again."))
        return fits

    def _remember(self, document: Any) -> None:
        """Layers of ours were put over the faces: that is no change that a person has to be told of."""
        known = self._known.setdefault(self._documents.number(document), [])
        known.append(Placement.of(document))
        del known[1 : 1 - REMEMBERED]

    def _poll(self) -> None:
        self.bridge.poll()
        if time.monotonic() - self._looked_s > IDLE_MS / 1000:
            # Krita does not tell of every end: the last document leaves no other to change to.
            self._looked_s = time.monotonic()
            there = set(self._documents.open_numbers())
            if not there.issuperset(self._editings) or (self._key != NONE and self._key not in there):
                self._show()
        interval = BUSY_MS if self.bridge.busy else IDLE_MS
        if self._timer.interval() != interval:
            self._timer.setInterval(interval)

    def _show(self) -> None:
        """Show the active document's state."""
        if self._ending:
            return
        self._forget_closed()
        document = active_document()
        self._key = self._documents.number(document)
        editing = self.editing
        if editing is not None and editing.opened and editing.faces:
            self.editor.show_editing(editing)
            self._pages.setCurrentIndex(EDITOR)
        else:
            self.begin_page.show_editing(editing, document is not None)
            self._pages.setCurrentIndex(BEGIN)
        if self.bridge.busy and self._timer.interval() != BUSY_MS:
            self._timer.setInterval(BUSY_MS)

    def _forget_closed(self) -> None:
        """Documents that were closed need not be remembered by the program, and what is done to them is given up."""
        if not self._editings:
            return
        there = self._documents.open_numbers()
        # All are taken out before the first is closed: that shows the docker anew, which comes here again.
        closed = [self._editings.pop(key) for key in list(self._editings) if key not in there]
        self._known = {key: known for key, known in self._known.items() if key in there}
        for editing in closed:
            editing.close_image()

    def _end(self) -> None:
        self._timer.stop()
        self._ending = True
        self.bridge.close(CLOSE_S)
