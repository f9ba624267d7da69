"""The docker: the faces of the active document, their sliders, and the way back as layers."""

from pathlib import Path
from typing import Any, Dict, Optional

from krita import DockWidget, Krita
from PyQt5.QtCore import QTimer
from PyQt5.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from ..bridge import Bridge, Editing, Trouble
from .editor import Editor
from .pages import BeginPage
from .pictures import add_layers, add_picture, files_of, picture_of, selection_of

TITLE = "latentedit"
SETTINGS = "latentedit"
BUSY_MS, IDLE_MS = 30, 400
CLOSE_S = 3.0
"""For so long Krita may wait for the program to remove its files when it is closed."""


class LatenteditDocker(DockWidget):
    """One for each window of Krita. Each document keeps its own faces and edits while the docker lives; the program is shared."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        krita = Krita.instance()
        beside = Path(__file__).resolve().parent.parent
        self.bridge = Bridge(client=f"Krita {krita.version()}", beside=beside, choosing="press Choose the program… below")
        self._editings: Dict[str, Editing] = {}
        self._key = ""
        self._ending = False
        self._pages = QStackedWidget()
        self.begin_page = BeginPage()
        self.begin_page.begin.connect(self.find_faces)
        self.begin_page.fetch.connect(self.fetch)
        self.begin_page.stop.connect(self.cancel)
        self.begin_page.program.connect(self.choose_program)
        self.editor = Editor()
        self.editor.insert.connect(self.insert)
        self.editor.again.connect(self.find_faces)
        self.editor.translate.connect(self.translate)
        self.editor.save.connect(self.save)
        self.editor.program.connect(self.choose_program)
        self._pages.addWidget(self.begin_page)
        self._pages.addWidget(self.editor)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self._pages)
        self.setWidget(whole)
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
        document = Krita.instance().activeDocument()
        if document is None:
            return
        key = key_of(document)
        if not self.bridge.running:
            self._read_settings()
        old = self._editings.pop(key, None)
        if old is not None:
            old.close_image()
        editing = self._editings[key] = Editing(self.bridge, self._show)
        self._key = key

        def send() -> None:
            folder = Path(self.bridge.hello["folder"])
            try:
                picture, selection = picture_of(document, folder), selection_of(document, folder)
            except OSError as error:
                editing.trouble = Trouble("picture", str(error), "Is there room for temporary files?")
                self._show()
                return
            editing.open(picture, selection, files_of(picture, selection))

        editing.start(send)
        self._poll()

    def fetch(self) -> None:
        """Download the weights that a person has just agreed to, and go on."""
        editing = self.editing
        if editing is not None:
            self._editings.pop(self._key, None)
            editing.fetch(self.find_faces)
            self._editings[self._key] = editing

    def cancel(self) -> None:
        """Give up what is being done."""
        if self.editing is not None:
            self.editing.cancel()

    def insert(self) -> None:
        """Draw the edits at full size, and put them on top of the document as layers."""
        document, editing = Krita.instance().activeDocument(), self.editing
        if document is None or editing is None:
            return

        def drawn(answer: Dict[str, Any]) -> None:
            path = Path(answer["path"])
            try:
                if not add_layers(document, path):
                    editing.trouble = Trouble("nothing", "Nothing is changed yet.", "Move a slider first.")
            except OSError as error:
                editing.trouble = Trouble("layers", str(error))
            finally:
                path.unlink()
            self._show()

        editing.layers("kra", drawn)

    def translate(self, network: str) -> None:
        """Put the document through a network, as a new layer."""
        document, editing = Krita.instance().activeDocument(), self.editing
        if document is None or editing is None:
            return

        def drawn(answer: Dict[str, Any]) -> None:
            path = Path(answer["picture"]["path"])
            try:
                add_picture(document, path, Path(network).stem)
            except OSError as error:
                editing.trouble = Trouble("layers", str(error))
            finally:
                path.unlink()
            self._show()

        editing.translate(network, drawn)

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

    def _read_settings(self) -> None:
        """Which program is started next, and what it draws with."""
        program, generator = (Krita.instance().readSetting(SETTINGS, name, "") for name in ("program", "generator"))
        self.bridge.program = program
        self.bridge.arguments = ("serve", "--generator", generator) if generator else ("serve",)

    @property
    def editing(self) -> Optional[Editing]:
        """Of the active document."""
        return self._editings.get(self._key)

    def _poll(self) -> None:
        self.bridge.poll()
        interval = BUSY_MS if self.bridge.busy else IDLE_MS
        if self._timer.interval() != interval:
            self._timer.setInterval(interval)

    def _show(self) -> None:
        """Show the active document's state."""
        if self._ending:
            return
        document = Krita.instance().activeDocument()
        self._key = "" if document is None else key_of(document)
        self._forget_closed()
        editing = self.editing
        if editing is not None and editing.opened and editing.faces:
            self.editor.show_editing(editing)
            self._pages.setCurrentWidget(self.editor)
        else:
            self.begin_page.show_editing(editing, document is not None)
            self._pages.setCurrentWidget(self.begin_page)
        if self.bridge.busy and self._timer.interval() != BUSY_MS:
            self._timer.setInterval(BUSY_MS)

    def _forget_closed(self) -> None:
        """Documents that were closed need not be remembered by the program."""
        if len(self._editings) < 2:
            return
        there = {key_of(document) for document in Krita.instance().documents()}
        for key in [key for key in self._editings if key not in there]:
            self._editings.pop(key).close_image()

    def _end(self) -> None:
        self._timer.stop()
        self._ending = True
        self.bridge.close(CLOSE_S)


def key_of(document: Any) -> str:
    """What tells a document from all others: its objects in Python are new ones every time."""
    return str(document.rootNode().uniqueId().toString())
