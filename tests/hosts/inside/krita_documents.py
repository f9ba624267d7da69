"""Several documents in Krita's window: what is done to one must not reach another, whatever is cropped, turned, closed or killed meanwhile."""

import json
import sys
import time
import traceback
from pathlib import Path

from krita import Krita
from PyQt5.QtWidgets import QApplication

photograph, folder = sys.argv[1], Path(sys.argv[2])
app = Krita.instance()
window = app.windows()[0]
seen = {"uncaught": []}
sys.excepthook = lambda *error: seen["uncaught"].append("".join(traceback.format_exception(*error)))


def until(condition, what, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        QApplication.processEvents()
        time.sleep(0.005)
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not come: {told()}")


def pause(seconds=0.1):
    end = time.monotonic() + seconds
    until(lambda: time.monotonic() > end, "the end of a pause")


def told():
    trouble = docker.editing and docker.editing.trouble
    return trouble and [trouble.kind, str(trouble), trouble.hint]


def calm():
    return docker.editing is not None and not docker.editing.doing and not docker.bridge.busy


def show(document):
    document.setBatchmode(True)
    view = window.addView(document)
    view.setVisible()
    app.setActiveDocument(document)
    pause()
    docker._show()
    return view


def face_of(document, number=7):
    docker.find_faces()
    until(calm, "faces")
    docker.editing.learn("fast", 0, 2)
    until(calm, "a learnt face")
    docker.editing.mix(f"seed:{number}", "all", 1.0)
    until(calm, "a mix")
    return docker.editing


def insert(document):
    """Whether layers came, and what is wrong if they did not."""
    before = len(document.rootNode().childNodes())
    docker.editing.trouble = None
    docker.editor.insert_button.click()
    until(lambda: calm() and (told() or len(document.rootNode().childNodes()) > before), "layers or trouble")
    return [len(document.rootNode().childNodes()) - before, told() and told()[0]]


def undo(document):
    app.action("edit_undo").trigger()
    document.waitForDone()
    pause(0.05)


def close(document):
    document.setModified(False)
    document.close()


(docker,) = [found for found in app.dockers() if found.objectName() == "latentedit_docker"]
docker.setVisible(True)
window.qwindow().resize(1000, 700)
pause()

first = app.openDocument(photograph)
show(first)
face_of(first)
seen["smallest"] = [docker.minimumSizeHint().width(), docker.minimumSizeHint().height()]
seen["window"] = window.qwindow().height()
seen["sent files left"] = [path.name for path in Path(docker.bridge.hello["folder"]).glob("in-*")]
seen["a picture"] = docker.editor.preview.pixmap is not None

# What moves the faces is refused, what does not is not.
background = first.rootNode().childNodes()[0]
for name in ("image_mirror_x" if False else "mirrorImageHorizontal", "rotateImage180"):
    seen[name + " known"] = app.action(name) is not None
background.move(40, 10)
seen["moved"] = insert(first)
background.move(0, 0)
seen["moved back"] = insert(first)
undo(first)
paint = first.createNode("paint", "paintlayer")
first.rootNode().addChildNode(paint, None)
paint.setPixelData(bytes([0, 0, 255, 255]) * 100 * 100, 0, 0, 100, 100)
first.refreshProjection()
seen["painted"] = insert(first)
seen["again"] = insert(first)
app.action("mirrorImageHorizontal").trigger()
first.waitForDone()
first.refreshProjection()
pause()
seen["mirrored"] = insert(first)
app.action("mirrorImageHorizontal").trigger()
first.waitForDone()
first.refreshProjection()
pause()
seen["mirrored back"] = insert(first)
first.crop(100, 0, 300, 300)
first.waitForDone()
seen["cropped"] = insert(first)
seen["status bar"] = [window.qwindow().statusBar().currentMessage()]

(folder / "seen.json").write_text(json.dumps(seen), encoding="utf-8")
print(json.dumps(seen, indent=1))
window.qwindow().grab().save(str(folder / "window.png"))
for each in app.documents():
    each.setModified(False)
