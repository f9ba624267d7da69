"""What went wrong, what to do about it, and all of it as text to copy; nothing is sent anywhere."""

from __future__ import annotations

import platform
import traceback

from PyQt6.QtCore import PYQT_VERSION_STR, QT_VERSION_STR, Qt
from PyQt6.QtGui import QFontDatabase, QGuiApplication
from PyQt6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from latentedit import __version__
from latentedit.errors import Cancelled, LatentEditError
from latentedit_gui.dialogs.labels import IconLabel, label
from latentedit_gui.error_words import error_words
from latentedit_gui.icon_set import icon


def report(error: BaseException) -> str:
    """Everything that helps to find the fault, as text in English: message, versions, system, where it happened."""
    lines = [f"{type(error).__name__}: {error}"]
    if isinstance(error, LatentEditError) and error.hint:
        lines.append(error.hint)
    lines += [
        "",
        f"latentedit {__version__}, Python {platform.python_version()}, PyQt {PYQT_VERSION_STR}, Qt {QT_VERSION_STR}",
        platform.platform(),
        "",
        "".join(traceback.format_exception(error)).rstrip(),
    ]
    return "\n".join(lines) + "\n"


class ErrorDialog(QDialog):
    """One error. A bug's details are folded away; everything can be copied."""

    def __init__(self, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = report(error)
        known = isinstance(error, LatentEditError)
        self.setWindowTitle(self.tr("This did not work") if known else self.tr("A fault in latentedit"))
        self.setMinimumWidth(520)

        words = QVBoxLayout()
        words.setSpacing(8)
        if known:
            said = error_words(error)
            words.addWidget(label(said.headline, "heading", selectable=True))
            if said.advice:
                words.addWidget(label(said.advice, selectable=True))
            if said.details:
                words.addWidget(label(self.tr("In English: {}").format(said.details), "quiet", selectable=True))
        else:
            words.addWidget(label(self.tr("Something went wrong inside latentedit. This is a bug, not your mistake."), "heading"))
            words.addWidget(label(f"{type(error).__name__}: {error}", selectable=True))
            words.addWidget(
                label(
                    self.tr(
                        "Your photograph is unchanged. Save your project, and if this happens again, report it with the details."
                    )
                )
            )
        words.addWidget(
            label(self.tr("Nothing is sent anywhere: the details stay on this computer unless you copy and paste them."), "quiet")
        )
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(IconLabel("info" if known else "warning", 36), alignment=Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)

        self.details = QPlainTextEdit(self._report)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.details.setAccessibleName(self.tr("Details of the fault"))
        self.details.setToolTip(self.tr("Versions, system, and where in the program it happened"))
        self.details.setMinimumHeight(180)
        self.details.hide()

        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = QPushButton(icon("copy"), self.tr("&Copy all"))
        self.copy_button.setToolTip(self.tr("Copy the message and all details to the clipboard"))
        self.copy_button.clicked.connect(self.copy)
        self.buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.details_button = QPushButton(self.tr("&Details"))
        self.details_button.setCheckable(True)
        self.details_button.setToolTip(self.tr("Show or hide where in the program it happened"))
        self.details_button.toggled.connect(self._unfold)
        self.buttons.addButton(self.details_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.details_button.setVisible(not known)
        self.buttons.rejected.connect(self.reject)
        close = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        assert close is not None
        close.setDefault(True)
        close.setToolTip(self.tr("Close this message"))

        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(16)
        layout.addLayout(head)
        layout.addWidget(self.details, 1)
        layout.addWidget(self.buttons)
        close.setFocus()

    def copy(self) -> None:
        """Put everything on the clipboard, and say so."""
        clipboard = QGuiApplication.clipboard()
        assert clipboard is not None
        clipboard.setText(self._report)
        self.copy_button.setText(self.tr("Copied"))
        self.copy_button.setIcon(icon("check"))

    def _unfold(self, shown: bool) -> None:
        self.details.setVisible(shown)
        self.adjustSize()


def show_error(parent: QWidget | None, error: BaseException) -> ErrorDialog | None:
    """Show an error and go on at once; the dialog deletes itself when it is closed. What the user cancelled is no error."""
    if isinstance(error, Cancelled):
        return None
    dialog = ErrorDialog(error, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
