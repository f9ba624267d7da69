"""Runs in kritarunner: krita_layers.py PHOTOGRAPH FOLDER."""

import json
import subprocess
import sys
from pathlib import Path

from krita import InfoObject, Krita
from krita_tree import edits, names

photograph, folder = sys.argv[1], Path(sys.argv[2])
document = Krita.instance().openDocument(photograph)
document.setBatchmode(True)  # else exporting asks, where nobody can answer
document.rootNode().addChildNode(edits(document), None)
document.waitForDone()
document.refreshProjection()
document.waitForDone()
assert document.exportImage(str(folder / "after.png"), InfoObject())
seen = {
    "windows": len(Krita.instance().windows()),
    "tree": names(document.rootNode()),
    "program": subprocess.run(["latentedit", "--version"], stdout=subprocess.PIPE, check=True).stdout.decode().strip(),
}
(folder / "seen.json").write_text(json.dumps(seen))
