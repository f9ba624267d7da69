"""What Krita sees in layered files: krita_files.py FILE FOLDER writes each node and the picture."""

import json
import sys
from pathlib import Path

from krita import Krita

Krita.instance().setBatchmode(True)
document = Krita.instance().openDocument(sys.argv[1])


def told(node):
    """Name, kind, whether it is seen, how it is laid over what is below, and its own nodes."""
    return [[each.name(), each.type(), each.visible(), each.blendingMode(), told(each)] for each in node.childNodes()]


document.refreshProjection()
document.waitForDone()
folder = Path(sys.argv[2])
(folder / "seen.raw").write_bytes(document.pixelData(0, 0, document.width(), document.height()))
(folder / "seen.json").write_text(
    json.dumps(
        {"tree": told(document.rootNode()), "size": [document.width(), document.height()], "profile": document.colorProfile()}
    )
)
