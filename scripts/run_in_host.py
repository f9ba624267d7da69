"""Runs one Python file inside a host program, and tells how it ended: neither Krita nor GIMP passes on an exception or an exit status.

What to run comes from the environment: LATENTEDIT_HOST_FILE, LATENTEDIT_HOST_ARGUMENTS (a JSON list), LATENTEDIT_HOST_STATUS (the file that the
status is written to). The hosts' own Python runs this (3.8 or newer, standard library only), not the environment of latentedit.
"""

import json
import os
import runpy
import sys
import traceback
from pathlib import Path


def run() -> int:
    """Run the file as `__main__`; its status is written and returned."""
    path = Path(os.environ["LATENTEDIT_HOST_FILE"])
    sys.argv = [str(path), *json.loads(os.environ["LATENTEDIT_HOST_ARGUMENTS"])]
    sys.path.insert(0, str(path.parent))
    status = 0
    try:
        runpy.run_path(str(path), run_name="__main__")
    except SystemExit as ending:
        status = ending.code if isinstance(ending.code, int) else int(ending.code is not None)
    except BaseException:
        traceback.print_exc()
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    Path(os.environ["LATENTEDIT_HOST_STATUS"]).write_text(str(status), encoding="utf-8")
    return status


def __main__(arguments: "list[str]") -> None:
    """What kritarunner calls. It ends the process: Krita has nobody to ask whether changed documents are to be saved."""
    os._exit(run())


def when_there_is_a_window() -> None:
    """Run the file once Krita's window is shown: before that there are no views, actions or dockers."""
    from krita import Krita
    from PyQt5.QtCore import QTimer

    windows = Krita.instance().windows()
    if windows and windows[0].qwindow().isVisible():
        os._exit(run())
    else:
        QTimer.singleShot(50, when_there_is_a_window)
