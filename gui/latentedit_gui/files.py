"""What the window asks about files: open, save, export, paste, and whether changes may be lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QBuffer, QByteArray, QIODevice, QObject
from PyQt6.QtGui import QGuiApplication, QImage
from PyQt6.QtWidgets import QFileDialog, QMessageBox

from latentedit.defaults import PROJECT_SUFFIX
from latentedit_gui.canvas.drops import dropped_files, dropped_image
from latentedit_gui.dialogs.about import AboutDialog
from latentedit_gui.dialogs.export import ExportDialog
from latentedit_gui.dialogs.preferences import PreferencesDialog
from latentedit_gui.dialogs.shortcuts import ShortcutsDialog, shortcuts_of
from latentedit_gui.dialogs.unsaved import UnsavedAnswer, UnsavedQuestion
from latentedit_gui.error_words import note_words
from latentedit_gui.export_request import ExportSubject
from latentedit_gui.handover import hand_over

if TYPE_CHECKING:
    from latentedit_gui.main_window import MainWindow

PHOTOGRAPHS = "*.jpg *.jpeg *.png *.webp *.tif *.tiff *.bmp *.gif *.avif"


class Files(QObject):
    """The window's files. Dialogs that ask for a name wait; all reading and writing is done in the worker."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.saver.saved.connect(self._on_saved)
        window.saver.exported.connect(self._on_exported)
        window.saver.copied.connect(self._on_copied)
        window.saver.failed.connect(window.show_error)

    # Opening

    def ask_open(self) -> None:
        """Ask for a file, and open it."""
        kinds = ";;".join(
            (
                self.tr("Photographs and projects ({})").format(f"{PHOTOGRAPHS} *{PROJECT_SUFFIX}"),
                self.tr("Projects ({})").format(f"*{PROJECT_SUFFIX}"),
                self.tr("All files (*)"),
            )
        )
        folder = self._window.settings.last_folder("open")
        name, _ = QFileDialog.getOpenFileName(self._window, self.tr("Open a photograph or project"), str(folder), kinds)
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path) -> None:
        """Open a photograph or project, asking about what is not saved."""
        if self.may_close():
            self._window.settings.set_last_folder("open", path.parent)
            self._window.opener.open_path(path)

    def open_dropped(self, paths: Sequence[Path]) -> None:
        """Open what was dropped: the first file; for many there is the batch."""
        if paths:
            self.open_path(paths[0])
            if len(paths) > 1:
                self._window.notice.say(
                    self.tr("Only the first of these files was opened. The batch panel edits many."),
                    self.tr("Show it"),
                    lambda: self._window.show_panel("batch"),
                )

    def open_image(self, image: QImage) -> None:
        """Open a picture that has no file."""
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")
        if self.may_close():
            self._window.opener.open_bytes(data.data(), self.tr("Pasted picture.png"))

    def paste(self) -> None:
        """Open what is on the clipboard: a file, or a picture."""
        clipboard = QGuiApplication.clipboard()
        assert clipboard is not None
        data = clipboard.mimeData()
        if data is not None and (files := dropped_files(data)):
            self.open_dropped(files)
        elif data is not None and (image := dropped_image(data)) is not None:
            self.open_image(image)
        else:
            self._window.notice.say(self.tr("There is no picture on the clipboard."))

    def remember(self, path: Path | None) -> None:
        """Put a file among the recent ones."""
        if path is not None:
            self._window.settings.add_recent(path)
        self.show_recent()

    def show_recent(self) -> None:
        """Offer the recent files."""
        recent = self._window.settings.recent
        menu = self._window.recent_menu
        menu.clear()
        for path in recent:
            action = menu.addAction(path.name, lambda path=path: self.open_path(path))
            assert action is not None
            action.setToolTip(str(path))
            action.setEnabled(path.exists())
        menu.addSeparator()
        menu.addAction(self.tr("Forget these"), self._forget_recent)
        menu.setEnabled(bool(recent))
        self._window.start_page.show_recent(recent)

    def _forget_recent(self) -> None:
        self._window.settings.forget_recent()
        self.show_recent()

    # Saving

    def save(self) -> None:
        """Save to the project's own file, or ask for one."""
        session = self._window.document.session
        if session is not None and session.path is None:
            self.save_as()
        else:
            self._window.saver.save()

    def save_as(self) -> None:
        """Ask for a file, and save to it."""
        path = self._ask_project_path()
        if path is not None:
            self._window.saver.save(path)

    def _ask_project_path(self) -> Path | None:
        session = self._window.document.session
        if session is None:
            return None
        usual = session.path or (session.photo.path or Path(session.photo.name)).with_suffix(PROJECT_SUFFIX)
        folder = usual.parent if usual.is_absolute() else self._window.settings.last_folder("save")
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            self.tr("Save the project"),
            str(folder / usual.name),
            self.tr("Projects ({})").format(f"*{PROJECT_SUFFIX}"),
        )
        if not name:
            return None
        path = Path(name)
        self._window.settings.set_last_folder("save", path.parent)
        return path if path.suffix else path.with_suffix(PROJECT_SUFFIX)

    def _on_saved(self, path: Path) -> None:
        self.remember(path)
        self._window.status.tell(self.tr("Saved {}").format(path.name))

    def export(self) -> None:
        """Ask what to write, and write it."""
        window, session = self._window, self._window.document.session
        if session is None:
            return
        settings = window.settings
        subject = ExportSubject.of(session)
        beside = session.photo.path or session.path
        folder = settings.last_folder("export") if beside is None else beside.parent
        dialog = ExportDialog(subject, settings.export, folder, window)
        if dialog.exec():
            request = dialog.request
            settings.export = request.options
            settings.set_last_folder("export", request.path.parent)
            window.saver.export(request)
            self._window.status.tell(self.tr("Exporting {}…").format(request.path.name))
        dialog.deleteLater()

    def _on_exported(self, path: Path, notes: Sequence[str]) -> None:
        self._window.status.tell(self.tr("Exported {}").format(path.name))
        if notes:
            self._window.notice.say(" ".join(map(note_words, notes)))

    def _on_copied(self, image: QImage) -> None:
        clipboard = QGuiApplication.clipboard()
        assert clipboard is not None
        clipboard.setImage(image)
        self._window.status.tell(self.tr("Copied. Whoever gets it cannot see that it was edited: please say so."))

    # Closing

    def close_document(self) -> None:
        """Close what is open, asking about what is not saved."""
        if self.may_close():
            self._window.notice.clear()
            self._window.canvas.show_photo(None)
            self._window.document.open(None)

    def may_quit(self) -> bool:
        """Whether the window may be closed: what is open may be, and no batch is wanted any more."""
        return self._batch_may_stop() and self.may_close()

    def may_stop_work(self) -> bool:
        """Whether nothing is at work that would be lost with the window, or a person does not want it."""
        return self._batch_may_stop() and self._learning_may_stop()

    def may_close(self) -> bool:
        """Whether what is open may be closed: it is saved, or a person does not want it."""
        document = self._window.document
        if not self._learning_may_stop():
            return False
        if not document.modified:
            return True
        answer = UnsavedQuestion.ask(document.title, self._window)
        if answer is not UnsavedAnswer.SAVE:
            return answer is UnsavedAnswer.DISCARD
        session = document.session
        assert session is not None
        path = session.path or self._ask_project_path()
        return path is not None and self._window.saver.save_now(path)

    def _batch_may_stop(self) -> bool:
        text = self.tr("Photographs are being worked on. What is done is kept, and the batch can be gone on with later.")
        return not self._window.batch_running or self._confirmed(self.tr("Stop the batch?"), text)

    def _learning_may_stop(self) -> bool:
        text = self.tr("A face is being learnt. What was learnt of it so far is lost.")
        return not self._window.projector.working or self._confirmed(self.tr("Stop learning?"), text)

    def may_lose(self, what: str) -> bool:
        """Ask before edits are lost, if there are some."""
        session = self._window.document.session
        return session is None or not session.history.past or self._confirmed(self.tr("Go on?"), what)

    def _confirmed(self, title: str, text: str) -> bool:
        button = QMessageBox.StandardButton
        return QMessageBox.question(self._window, title, text, button.Ok | button.Cancel, button.Cancel) == button.Ok

    # The rest of the menus

    def preferences(self) -> None:
        """Show and change the settings."""
        spoken = self._window.settings.language
        dialog = PreferencesDialog(self._window.settings, self._window)
        dialog.changed.connect(self._window.apply_settings)
        dialog.exec()
        dialog.deleteLater()
        if self._window.settings.language != spoken:
            self.change_language()

    def change_language(self) -> None:
        """Ask whether the window is to be made anew now, and let it."""
        text = self.tr(
            "The window is made anew. The photograph, its edits and their history stay; what was only begun in a panel is forgotten. "
            "Otherwise the language changes with the next start."
        )
        if self._confirmed(self.tr("Change the language now?"), text):
            self._window.handover = hand_over(self._window)

    def shortcuts(self) -> None:
        """List all keys."""
        dialog = ShortcutsDialog(shortcuts_of(self._window), self._window)
        dialog.exec()
        dialog.deleteLater()

    def about(self) -> None:
        """Version, licences, limits."""
        dialog = AboutDialog(self._window)
        dialog.exec()
        dialog.deleteLater()
