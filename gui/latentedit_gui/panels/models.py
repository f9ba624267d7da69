"""Generators: which one draws, what it may be used for, and importing more."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from PyQt6.QtCore import QEvent, QSignalBlocker, Qt, pyqtSignal
from PyQt6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PyQt6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from latentedit.assets import AssetStore
from latentedit.defaults import DEFAULT_GENERATOR
from latentedit.generators.importing import export
from latentedit.generators.library import GeneratorLibrary
from latentedit.session import Session
from latentedit_gui.icon_set import icon
from latentedit_gui.panels.asking import ask
from latentedit_gui.panels.layers import heading, scrolled
from latentedit_gui.panels.models_import import ImportForm
from latentedit_gui.panels.models_listing import Listed, facts, in_short, listed
from latentedit_gui.panels.panel import Panel
from latentedit_gui.worker import Urgency


class ModelsPanel(Panel):
    """All generators, the chosen one marked, each with its licence and limits.

    Signals:
        chosen_changed(name): photographs that are opened from now on are to be learnt with another generator.
    """

    name: ClassVar[str] = "models"
    icon_name: ClassVar[str] = "models"
    chosen_changed = pyqtSignal(str)

    def title(self) -> str:
        return self.tr("Models")

    def missing(self) -> str:
        return ""

    @property
    def chosen(self) -> str:
        """The generator that is in use: of the photograph that is open, else for the next one."""
        session = self.document.session
        return self._chosen if session is None else session.generator_name

    def build(self) -> QWidget:
        self._chosen = DEFAULT_GENERATOR
        self._all: list[Listed] = []
        self.setAcceptDrops(True)
        page = QWidget()
        page.setProperty("role", "page")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Generators"))
        self._list.setToolTip(self.tr("What can draw. The one with a tick is in use."))
        self._list.setMinimumHeight(120)
        self._list.currentRowChanged.connect(self._show_card)
        self._list.itemActivated.connect(lambda item: self._use())
        layout.addWidget(self._list)
        self._use_button = QPushButton(self.tr("&Use this model"))
        self._use_button.setProperty("role", "primary")
        self._use_button.clicked.connect(self._use)
        layout.addWidget(self._use_button)
        layout.addLayout(self._build_file_buttons())
        self._form = ImportForm(self.context.worker)
        self._form.imported.connect(self._on_imported)
        layout.addWidget(self._form)
        self._card_title = heading("")
        self._card = QFormLayout()
        self._card.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._card.setVerticalSpacing(3)
        layout.addWidget(self._card_title)
        layout.addLayout(self._card)
        layout.addStretch()
        for signal in (self.document.opened, self.document.faces_changed):
            signal.connect(self._mark)
        return scrolled(page)

    def _build_file_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._import = QPushButton(self.tr("&Import…"))
        self._import.setToolTip(
            self.tr("Make a StyleGAN checkpoint of any known program a model of your own. Or drop its file here.")
        )
        self._import.clicked.connect(self._ask_for_checkpoint)
        self._export = QPushButton(self.tr("E&xport…"))
        self._export.setToolTip(self.tr("Write your own model as a file with its card, to keep or to give on."))
        self._export.clicked.connect(self._ask_where_to)
        self._remove = QPushButton(self.tr("Re&move…"))
        self._remove.setToolTip(self.tr("Forget a model of your own."))
        self._remove.clicked.connect(self._ask_to_remove)
        for button in (self._import, self._export, self._remove):
            button.setStyleSheet("padding-left: 6px; padding-right: 6px;")  # three in a narrow panel
            row.addWidget(button)
        return row

    # The list

    def showEvent(self, event: QShowEvent | None) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self, select: str | None = None) -> None:
        """Read again what there is."""
        store = self.context.engine.store or AssetStore.default()
        job = self.context.worker.call(lambda: listed(store), Urgency.THUMBNAIL, key="models")
        job.finished.connect(lambda found: self._show_all(found, select))
        job.failed.connect(self.context.show_error)

    def _show_all(self, found: list[Listed], select: str | None) -> None:
        current = self._current
        wanted = select or (current.name if current is not None else self.chosen)
        self._all = found
        with QSignalBlocker(self._list):
            self._list.clear()
            for one in found:
                QListWidgetItem(f"{one.name}\n{in_short(one)}", self._list)
        self._mark()
        names = [one.name for one in found]
        self._list.setCurrentRow(names.index(wanted) if wanted in names else 0)
        self._show_card()

    @property
    def _current(self) -> Listed | None:
        row = self._list.currentRow()
        return self._all[row] if 0 <= row < len(self._all) else None

    def changeEvent(self, event: QEvent | None) -> None:
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.PaletteChange and self.isVisible():
            self._mark()

    def _mark(self) -> None:
        for row, one in enumerate(self._all):
            item, used = self._list.item(row), one.name == self.chosen
            if item is not None:
                item.setIcon(icon("check" if used else "models"))
                spoken = self.tr("{}, in use") if used else "{}"
                item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken.format(item.text().replace("\n", ", ")))
        self._show_buttons()

    def _show_card(self) -> None:
        one = self._current
        while self._card.rowCount():
            self._card.removeRow(0)
        self._card_title.setText("" if one is None else one.name)
        for name, value in [] if one is None else facts(one):
            label, text = QLabel(name), QLabel(value)
            label.setProperty("role", "quiet")
            text.setWordWrap(True)
            text.setTextFormat(Qt.TextFormat.PlainText)  # a file may say anything
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            text.setAccessibleName(f"{name}: {value}")
            self._card.addRow(label, text)
        self._show_buttons()

    def _show_buttons(self) -> None:
        one = self._current
        used = one is not None and one.name == self.chosen
        self._use_button.setEnabled(one is not None and one.spec is not None and not used)
        self._use_button.setText(self.tr("In use") if used else self.tr("&Use this model"))
        self._use_button.setToolTip(
            self.tr("Learn the faces of the open photograph again, with this model; photographs to come, too.")
        )
        own = one is not None and one.own
        self._export.setEnabled(own and one is not None and one.spec is not None)
        self._remove.setEnabled(own and not used)

    # Using one

    def _use(self) -> None:
        one = self._current
        if one is None or one.spec is None or one.name == self.chosen:
            return
        session = self.document.session
        if session is None or not session.faces:
            self._take(one, session)
            return
        question = self.tr(
            "Use {name} for this photograph? Its faces are learnt again, which takes a while, and what was done to them so far is forgotten."
        )
        ask(self, self.tr("Use this model"), question.format(name=one.name), self.tr("Use"), lambda: self._take(one, session))

    def _take(self, one: Listed, session: Session | None) -> None:
        self._chosen = one.name
        self.chosen_changed.emit(one.name)
        if session is None or session is not self.document.session or one.spec is None:
            self._mark()
            return
        meant = max(self.document.face, 0)
        # By what is listed: the session would load its generator to tell.
        before = next((other.spec.domain for other in self._all if other.spec is not None and other.name == self.chosen), "face")
        found = bool(session.faces)
        session.use_generator(one.name)
        self._mark()
        if not found:
            return
        if (before == "image") == (one.spec.domain == "image"):
            self.context.project_face(meant)
        else:  # a face is in the place of a square, or the other way round
            self._find_again(session)

    def _find_again(self, session: Session) -> None:
        from latentedit.faces import find_faces, framed

        photo, store = session.photo, self.context.engine.store

        def look() -> Any:
            return [framed(photo)] if session.takes_squares else find_faces(photo, store=store)

        job = self.context.worker.call(look, key="find faces")
        job.finished.connect(lambda faces: self._on_found(session, faces))
        job.failed.connect(self.context.show_error)

    def _on_found(self, session: Session, faces: Any) -> None:
        if session is self.document.session:
            session.set_faces(faces)
            if session.faces:
                self.context.project_face(0)

    # Files

    def import_path(self, path: Path) -> None:
        """Begin to import a checkpoint."""
        self._form.begin(path)

    def _on_imported(self, name: str) -> None:
        self.refresh(select=name)

    def _ask_for_checkpoint(self) -> None:
        dialog = QFileDialog(self, self.tr("Import a model"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        kinds = "*.pkl *.pt *.pth *.model *.safetensors *.ckpt"
        dialog.setNameFilters([self.tr("Checkpoints ({})").format(kinds), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda path: self.import_path(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _ask_where_to(self) -> None:
        one = self._current
        if one is None:
            return
        dialog = QFileDialog(self, self.tr("Export {}").format(one.name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("safetensors")
        dialog.selectFile(f"{one.name}.safetensors")
        dialog.fileSelected.connect(lambda path: self.export_to(one.name, Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export_to(self, name: str, path: Path) -> None:
        """Write a generator of the user's own to a file."""
        job = self.context.worker.call(lambda: export(name, path))
        job.failed.connect(self.context.show_error)

    def _ask_to_remove(self) -> None:
        one = self._current
        if one is None:
            return
        question = self.tr("Remove {}? Projects that were made with it can then no longer be drawn.").format(one.name)
        ask(self, self.tr("Remove a model"), question, self.tr("Remove"), lambda: self._do_remove(one.name))

    def _do_remove(self, name: str) -> None:
        job = self.context.worker.call(lambda: GeneratorLibrary.default().remove(name))
        job.finished.connect(lambda _: self.refresh(select=self.chosen))
        job.failed.connect(self.context.show_error)

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        if event is not None and _file_of(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent | None) -> None:
        if event is not None and (path := _file_of(event)) is not None:
            event.acceptProposedAction()
            self.import_path(path)


def _file_of(event: QDropEvent) -> Path | None:
    """The one file that is dragged."""
    data = event.mimeData()
    urls = [] if data is None else data.urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
