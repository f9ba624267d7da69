"""What the docker shows before there is a face: how to begin, what is being done, what is wrong, and what has to be downloaded."""

from typing import List, Optional

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..bridge import NOT_FOUND, Editing, Trouble

DOING = {
    "starting": "Starting latentedit…",
    "fetching": "Downloading…",
    "opening": "Sending the image…",
    "looking": "Looking for faces…",
    "learning": "Learning the face…",
    "drawing": "Drawing at full size…",
}
HOW_TO_BEGIN = "Find the faces of this image, learn one, and move its sliders. The result comes back as layers with masks; your own layers stay as they are."
NONE_SELECTED = "No face was found. If there is a selection, it must hold the middle of a face."
TRANSLATION = "The whole image through a network of CycleGAN, pix2pix or AnimeGAN, as a new layer. It needs no face."
LIMITS = "Everything happens on this computer. Tell whoever sees the result that it was edited with AI."


class BeginPage(QWidget):
    """Signals: what a person wants."""

    begin = pyqtSignal()
    fetch = pyqtSignal()
    stop = pyqtSignal()
    program = pyqtSignal()
    translate = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.words = QLabel(HOW_TO_BEGIN)
        self.words.setWordWrap(True)
        self.begin_button = QPushButton("Find faces")
        self.begin_button.clicked.connect(self.begin)
        self.fetch_button = QPushButton("Download")
        self.fetch_button.clicked.connect(self.fetch)
        self.translate_button = QPushButton("Translate the image…")
        self.translate_button.setToolTip(TRANSLATION)
        self.translate_button.clicked.connect(self._choose_network)
        self.work = WorkBar()
        self.work.stop.connect(self.stop)
        self.trouble = TroubleBox()
        self.trouble.program.connect(self.program)
        self.limits = QLabel(LIMITS)
        self.limits.setWordWrap(True)
        self.limits.setEnabled(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.words, self.begin_button, self.fetch_button, self.translate_button, self.work, self.trouble):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self.limits)

    def show_editing(self, editing: Optional[Editing], has_document: bool) -> None:
        """Show how far it is; None where it has not begun."""
        doing = "" if editing is None else editing.doing
        missing = editing is not None and bool(editing.missing) and not doing
        trouble = None if editing is None else editing.trouble
        none_found = editing is not None and editing.opened and not editing.faces and not doing
        none_found = none_found and (trouble is None or trouble.kind == "input")
        if editing is not None and missing:
            self.words.setText(missing_words(editing))
        elif none_found:
            # That an image shows no face is nothing that went wrong.
            words = NONE_SELECTED if trouble is None else f"{trouble} {trouble.hint}"
            self.words.setText(words.strip())
        else:
            self.words.setText(HOW_TO_BEGIN if has_document else "Open an image first.")
        self.begin_button.setVisible(not doing and not missing)
        self.begin_button.setEnabled(has_document)
        self.begin_button.setText("Look again" if none_found else "Find faces")
        self.fetch_button.setVisible(missing)
        self.translate_button.setVisible(not doing)
        self.translate_button.setEnabled(has_document)
        self.work.show_editing(editing)
        self.trouble.show_trouble(None if none_found else trouble)

    def _choose_network(self) -> None:
        path = asked_network(self)
        if path:
            self.translate.emit(path)


def asked_network(parent: QWidget) -> str:
    """Ask for the file of a network; empty where none is chosen."""
    path, _ = QFileDialog.getOpenFileName(parent, "A network's file", "", "Networks (*.pth *.pt *.safetensors);;All files (*)")
    return path


def scrolled(page: QWidget) -> QScrollArea:
    """A page of which only a part may be seen: a docker's smallest size becomes the smallest size of Krita's window."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.NoFrame)
    area.setWidget(page)
    return area


class WorkBar(QWidget):
    """What is being done, how far it is, and a button that gives it up."""

    stop = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(8)
        self.button = QPushButton("Cancel")
        self.button.clicked.connect(self.stop)
        line = QHBoxLayout()
        line.addWidget(self.words, 1)
        line.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        layout.addWidget(self.bar)

    def show_editing(self, editing: Optional[Editing]) -> None:
        """Show what is being done; nothing when nothing is."""
        doing = "" if editing is None else editing.doing
        self.setVisible(bool(doing))
        if editing is None or not doing:
            return
        self.words.setText(DOING[doing] + time_words(editing.seconds_left))
        known = editing.progress is not None
        self.bar.setRange(0, 1000 if known else 0)
        if editing.progress is not None:
            self.bar.setValue(round(1000 * editing.progress))


class TroubleBox(QWidget):
    """What is wrong and what to do, with details to unfold."""

    program = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.words, self.details = QLabel(), QLabel()
        for label in (self.words, self.details):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextSelectableByMouse)
        self.more = QToolButton()
        self.more.setText("Details")
        self.more.setCheckable(True)
        self.more.toggled.connect(self.details.setVisible)
        self.choose = QPushButton("Choose the program…")
        self.choose.clicked.connect(self.program)
        line = QHBoxLayout()
        line.addWidget(self.more)
        line.addWidget(self.choose)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 6)
        layout.addWidget(self.words)
        layout.addLayout(line)
        layout.addWidget(self.details)
        self.details.hide()
        self.hide()

    def show_trouble(self, trouble: Optional[Trouble]) -> None:
        """Show what is wrong; nothing when all is well."""
        self.setVisible(trouble is not None)
        if trouble is None:
            return
        parts = [part for part in (str(trouble), trouble.hint) if part]
        self.words.setText("<b>{}</b>{}".format(_escaped(parts[0]), "".join("<br>" + _escaped(part) for part in parts[1:])))
        self.details.setText(trouble.details)
        self.more.setVisible(bool(trouble.details))
        if not trouble.details:
            self.more.setChecked(False)
        self.choose.setVisible(trouble.kind in (NOT_FOUND, "start", "version", "hanging"))


def missing_words(editing: Editing) -> str:
    """What is to be downloaded: how large it is, and what it may be used for."""
    megabytes = sum(one["bytes"] for one in editing.missing) / 1e6
    lines: List[str] = [f"<b>{megabytes:.0f} MB have to be downloaded once:</b>"]
    for one in editing.missing:
        limits = "; " + _escaped(one["restrictions"]) if one["restrictions"] else ""
        lines.append(
            "• {} ({:.0f} MB, {}{})".format(_escaped(one["purpose"]), one["bytes"] / 1e6, _escaped(one["licence"]), limits)
        )
    return "<br>".join(lines)


def time_words(seconds: Optional[float]) -> str:
    """``about 20 s``; nothing when it is not known."""
    if seconds is None:
        return ""
    if seconds >= 90:
        return f" about {round(seconds / 60)} min"
    return f" about {max(round(seconds / 5) * 5, 1)} s"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
