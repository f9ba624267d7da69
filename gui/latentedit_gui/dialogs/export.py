"""Where the edited photograph goes, and as what kind of file."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from latentedit.atomic_file import same_file
from latentedit.exporting import is_the_photograph
from latentedit.image_io.quality import MAX_QUALITY, MIN_QUALITY
from latentedit_gui.dialogs.labels import label
from latentedit_gui.export_request import ExportKind, ExportOptions, ExportRequest, ExportSubject
from latentedit_gui.icon_set import icon

USUAL_QUALITY = 90
_FORBIDDEN = frozenset('/\\:*?"<>|')
"""Characters that file names cannot have somewhere: what is exported is sent to others."""


class ExportDialog(QDialog):
    """Asks for everything that an export needs; what cannot be written is said beside the field, before the user goes on."""

    def __init__(
        self,
        subject: ExportSubject,
        options: ExportOptions,
        folder: Path,
        parent: QWidget | None = None,
        *,
        face: int | None = None,
    ) -> None:
        """
        Args:
            subject: the photograph and its faces.
            options: those of the last export.
            folder: the folder that is offered.
            face: the face that is offered to be exported alone; None for the whole photograph.
        """
        super().__init__(parent)
        self._subject = subject
        self.setWindowTitle(self.tr("Export {}").format(subject.name))
        self.setMinimumWidth(560)

        self.area = QComboBox()
        self.area.addItem(self.tr("The whole photograph"), None)
        for index in subject.faces:
            self.area.addItem(self.tr("Face {} alone, as a square").format(index + 1), index)
        self.area.setCurrentIndex(max(0, self.area.findData(face)))
        self.area.setToolTip(self.tr("The photograph with its edited faces, or one face cut out"))
        self.kind = QComboBox()
        for each in ExportKind:
            self.kind.addItem(each.title, each)
        self.kind.setToolTip(self.tr("The kind of file; typing another ending after the name changes it too"))
        self.about_kind = label("", "quiet")
        self.name = QLineEdit()
        self.name.setToolTip(self.tr("The new file's name"))
        self.folder = QLineEdit(str(folder))
        self.folder.setToolTip(self.tr("The folder that the file goes to"))
        self.choose_folder = QToolButton()
        self.choose_folder.setIcon(icon("folder"))
        self.choose_folder.setToolTip(self.tr("Choose the folder"))
        self.choose_folder.setAccessibleName(self.tr("Choose the folder"))
        self.choose_folder.clicked.connect(self._choose_folder)
        folder_field = QWidget()
        folder_field.setFocusProxy(self.folder)
        folder_row = QHBoxLayout(folder_field)
        folder_row.setContentsMargins(0, 0, 0, 0)
        folder_row.addWidget(self.folder, 1)
        folder_row.addWidget(self.choose_folder)

        self.choose_quality = QCheckBox(self.tr("Choose the &quality:"))
        self.choose_quality.setToolTip(
            self.tr("How much the file may lose. Without a choice, what the edits don't touch is kept where it can be.")
        )
        self.choose_quality.setChecked(options.quality is not None)
        self.quality = QSpinBox()
        self.quality.setRange(MIN_QUALITY, MAX_QUALITY)
        self.quality.setValue(options.quality or USUAL_QUALITY)
        self.quality.setToolTip(self.tr("From 1 (small) to 100 (hardly any loss)"))
        self.quality.setAccessibleName(self.tr("Quality"))
        self._quality_row = QWidget()
        quality_line = QHBoxLayout(self._quality_row)
        quality_line.setContentsMargins(0, 0, 0, 0)
        quality_line.addWidget(self.choose_quality)
        quality_line.addWidget(self.quality)
        quality_line.addStretch(1)

        self.mark_ai = QCheckBox(self.tr("&Mark as edited with AI"))
        self.mark_ai.setChecked(options.mark_ai)
        self.mark_ai.setToolTip(self.tr("Writes the standard note that parts of the picture were made by a trained model"))
        why = label(
            self.tr("A note inside the file, nothing visible: it lets others know that parts of a face were drawn by a model."),
            "quiet",
        )
        self.each_edit = QCheckBox(self.tr("Also a &hidden layer for each edit alone"))
        self.each_edit.setChecked(options.each_edit)
        self.each_edit.setToolTip(self.tr("Besides one layer for each face, to switch single edits on and off in GIMP or Krita"))

        self.message = label("")
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setToolTip(self.tr("Close without exporting"))
        self.cancel_button.clicked.connect(self.reject)
        self.export_button = QPushButton()
        self.export_button.setProperty("role", "primary")
        self.export_button.setDefault(True)
        self.export_button.setToolTip(self.tr("Write the file"))
        self.export_button.clicked.connect(self.accept)

        for text in (self.about_kind, why):
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            policy.setHeightForWidth(True)
            text.setSizePolicy(policy)
        form = QFormLayout()
        form.setSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(self.tr("&Picture"), self.area)
        form.addRow(self.tr("&Kind of file"), self.kind)
        form.addRow("", self._quality_row)
        form.addRow("", self.about_kind)
        form.addRow(self.tr("&Name"), self.name)
        form.addRow(self.tr("&Folder"), folder_field)
        form.addRow("", self.mark_ai)
        form.addRow("", why)
        form.addRow("", self.each_edit)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.export_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(14)
        layout.addLayout(form)
        layout.addWidget(self.message)
        layout.addStretch(1)
        layout.addLayout(buttons)
        for text_label, field in ((self.tr("Folder"), self.folder), (self.tr("Name"), self.name)):
            field.setAccessibleName(text_label)

        self._suggested = ""
        self.kind.setCurrentIndex(self.kind.findData(options.kind or subject.kind or ExportKind.PNG))
        self._suggest()
        self._update()
        self.area.currentIndexChanged.connect(self._area_chosen)
        self.kind.currentIndexChanged.connect(self._kind_chosen)
        self.choose_quality.toggled.connect(self._update)
        self.quality.valueChanged.connect(self._update)
        self.name.textEdited.connect(self._name_typed)
        self.folder.textChanged.connect(self._update)
        self.name.setFocus()
        self.name.setSelection(0, len(Path(self.name.text()).stem))

    @property
    def request(self) -> ExportRequest:
        """What the fields say now."""
        kind = self._kind
        name = self.name.text().strip()
        path = Path(self.folder.text().strip()).expanduser() / (name if ExportKind.of(name) else name + kind.suffix)
        layers = kind is ExportKind.ORA
        face = None if layers else self.area.currentData()
        quality = self.quality.value() if kind.has_quality and self.choose_quality.isChecked() else None
        return ExportRequest(path, kind, face, self.mark_ai.isChecked(), layers and self.each_edit.isChecked(), quality)

    @property
    def problem(self) -> str:
        """Why it cannot be written so; "" when it can."""
        name, request = self.name.text().strip(), self.request
        if not name or name.startswith("."):
            return self.tr("Give the file a name that does not begin with a dot.")
        if _FORBIDDEN & set(name):
            return self.tr("A file's name cannot have any of these characters: {}").format(" ".join(sorted(_FORBIDDEN)))
        if not self.folder.text().strip() or not request.path.parent.is_dir():
            return self.tr("There is no such folder.")
        if request.path.is_dir():
            return self.tr("There is a folder of that name.")
        photo, own = self._subject.photo, self._subject.path
        if (own is not None and same_file(request.path, own)) or (photo is not None and is_the_photograph(request.path, photo)):
            return self.tr("That is the photograph itself. It is never overwritten: choose another name or folder.")
        return ""

    @property
    def _kind(self) -> ExportKind:
        kind = self.kind.currentData()
        assert isinstance(kind, ExportKind)
        return kind

    def accept(self) -> None:
        """Close, if it can be written so."""
        if not self.problem:
            super().accept()

    def _suggest(self) -> None:
        """A name of our own, while the user has given none."""
        if self.name.text() == self._suggested:
            face = self.area.currentData()
            stem = Path(self._subject.name).stem
            said = self.tr("{} edited").format(stem) if face is None else self.tr("{} face {}").format(stem, face + 1)
            self._suggested = said + self._kind.suffix
            self.name.setText(self._suggested)

    def _area_chosen(self) -> None:
        if self.area.currentData() is not None and self._kind is ExportKind.ORA:
            self.kind.setCurrentIndex(self.kind.findData(ExportKind.PNG))
        self._suggest()
        self._update()

    def _kind_chosen(self) -> None:
        if self._kind is ExportKind.ORA:
            self.area.setCurrentIndex(0)
        name = self.name.text()
        if (typed := ExportKind.of(name)) is not None and typed is not self._kind:
            renamed = str(Path(name).with_suffix(self._kind.suffix))
            self._suggested = renamed if name == self._suggested else self._suggested
            self.name.setText(renamed)
        self._update()

    def _name_typed(self, name: str) -> None:
        typed = ExportKind.of(name)
        if typed is not None and typed is not self._kind:
            self.kind.setCurrentIndex(self.kind.findData(typed))
        self._update()

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Choose the folder"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _update(self) -> None:
        """Say what the kind keeps, what is wrong, and what will be replaced."""
        self.each_edit.setVisible(self._kind is ExportKind.ORA)
        self._quality_row.setVisible(self._kind.has_quality)
        self.quality.setEnabled(self.choose_quality.isChecked())
        self.about_kind.setText(self._about(self._kind))
        problem = self.problem
        replaced = not problem and self.request.path.exists()
        self.message.setText(problem or (self.tr("There is a file of that name; it will be replaced.") if replaced else ""))
        self.message.setProperty("role", "danger" if problem else "warning")
        style = self.message.style()
        assert style is not None
        style.polish(self.message)
        self.export_button.setEnabled(not problem)
        self.export_button.setText(self.tr("&Replace") if replaced else self.tr("&Export"))

    def _about(self, kind: ExportKind) -> str:
        if kind is ExportKind.ORA:
            return self.tr("Layers for GIMP, Krita and others: the photograph, and over it each face.")
        if self.request.quality is not None:
            return self.tr("With a quality of your own all of the picture is encoded anew, also what the edits don't touch.")
        if self.area.currentData() is None and kind is self._subject.kind:
            if kind is ExportKind.WEBP:
                return self.tr("The photograph's own kind. If it was saved with loss, all of it is compressed once more.")
            return self.tr("The photograph's own kind: all that the edits don't touch stays exactly as it was.")
        return {
            ExportKind.JPEG: self.tr("Small, understood everywhere; loses a little."),
            ExportKind.PNG: self.tr("Loses nothing; larger."),
            ExportKind.WEBP: self.tr("Small, for the web; loses a little unless the photograph's own file loses nothing."),
            ExportKind.TIFF: self.tr("Loses nothing, for print and further editing; large."),
        }[kind]
