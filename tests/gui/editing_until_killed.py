"""A window that edits by itself until it is killed, and tells each edit and each autosave; run as a program by test_crash.py.

    python editing_until_killed.py PROJECT RECOVERY_FOLDER SETTINGS [save]

With ``save`` it saves after every edit instead of leaving that to the autosave.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QApplication
from toy_sessions import toy_engine

from latentedit.edits import SetAmount
from latentedit_gui.main_window import MainWindow
from latentedit_gui.settings import Settings
from latentedit_gui.theme import Theme

EDIT_EVERY_MS = 200
SAVE_EVERY_MS = 30


def main(project: str, recovery: str, settings_file: str, *how: str) -> None:
    """Edit: the amount of the edit number n is n / 100."""
    app = QApplication(["crashing"])
    settings = Settings(Path(settings_file))
    saves = "save" in how
    window = MainWindow(settings, toy_engine(), Theme(app), generator="toy", weights=(), recovery=Path(recovery))
    window.show()
    timer = QTimer()
    number = 0

    def edit() -> None:
        nonlocal number
        number += 1
        window.document.do(SetAmount(0, "smile", number / 100))
        window.document.seal()
        print("edit", number, time.time(), flush=True)
        if saves:
            window.saver.save()

    window.saver.saved.connect(lambda path: print("saved", number, time.time(), flush=True))
    window.opener.read.connect(lambda read: timer.start(SAVE_EVERY_MS if saves else EDIT_EVERY_MS))
    timer.timeout.connect(edit)
    window.files.open_path(Path(project))
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
