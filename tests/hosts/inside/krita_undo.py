"""Runs in Krita's window: krita_undo.py PHOTOGRAPH FOLDER."""

import json
import sys
import time
from pathlib import Path

from krita import Krita
from krita_tree import edits, names
from PyQt5.QtWidgets import QApplication

photograph, folder = sys.argv[1], Path(sys.argv[2])
krita = Krita.instance()
document = krita.openDocument(photograph)
document.setBatchmode(True)
krita.windows()[0].addView(document)


def waited_for(layers):
    """The names of the layers, once there are so many at the top; undo goes on in other threads, and answers by events."""
    end = time.monotonic() + 20
    while len(document.rootNode().childNodes()) != layers and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.01)
    return names(document.rootNode())


for _ in range(20):  # the view is not there at once
    QApplication.processEvents()
    time.sleep(0.05)
document.rootNode().addChildNode(edits(document), None)
seen = {"added": waited_for(2)}
krita.action("edit_undo").trigger()
seen["undone"] = waited_for(1)
krita.action("edit_redo").trigger()
seen["redone"] = waited_for(2)
(folder / "seen.json").write_text(json.dumps(seen))
