"""After a crash: what was not saved is offered, opened, and kept anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject

from latentedit.errors import LatentEditError
from latentedit.project_file import load_project
from latentedit.session import Session
from latentedit_gui.canvas import pyramid
from latentedit_gui.dialogs.recovery_dialog import RecoveryDialog
from latentedit_gui.opening import Read
from latentedit_gui.recovery import Leftover, left_behind

if TYPE_CHECKING:
    from latentedit_gui.main_window import MainWindow


class Recovering(QObject):
    """Offers what crashed windows left."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def offer(self) -> None:
        """Ask what is to become of it, if there is any; one is opened here, what is kept for later is offered again at the next start."""
        leftovers = left_behind(self._window.slot.folder.parent)
        if not leftovers:
            return
        dialog = RecoveryDialog(leftovers, self._window)
        chosen = dialog.recovered if dialog.exec() else None
        dialog.deleteLater()
        if chosen is not None:
            self.recover(chosen)

    def recover(self, leftover: Leftover) -> None:
        """Open it; it is removed once this window has kept it itself."""
        window = self._window
        try:
            project = load_project(leftover.project)
            session = Session.recovered(project, leftover.path, engine=window.opener.engine)
            picture = pyramid(session.photo.rgb_uint8)
        except LatentEditError as error:
            leftover.release()
            window.show_error(error)
            return
        window.stage.show(Read(session, picture))
        window.autosave.keep()
        window.worker.call(leftover.discard)  # behind the write that has just begun
