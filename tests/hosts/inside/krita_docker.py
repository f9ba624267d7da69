"""The docker in Krita's window, used as a person does: find, learn, slide, insert, undo; and what it is like when the program is killed."""

import json
import os
import signal
import sys
import time
from pathlib import Path

from krita import Krita, Selection
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication

photograph, folder = sys.argv[1], Path(sys.argv[2])
app = Krita.instance()
window = app.windows()[0]
seen = {}


def until(condition, what, seconds=90):
    end = time.monotonic() + seconds
    while not condition():
        QApplication.processEvents()
        time.sleep(0.01)
        trouble = docker.editing and docker.editing.trouble
        if time.monotonic() > end or (trouble and what != "trouble"):
            doing = docker.editing and docker.editing.doing
            raise AssertionError(f"{what} did not come, {doing!r}: {trouble} {trouble and trouble.details}")


def tree(document):
    return [
        [node.name(), node.type(), [[child.name(), [mask.type() for mask in child.childNodes()]] for child in node.childNodes()]]
        for node in document.rootNode().childNodes()
    ]


def pixels(document):
    document.refreshProjection()
    document.waitForDone()
    return bytes(document.pixelData(0, 0, document.width(), document.height()))


document = app.openDocument(photograph)
view = window.addView(document)
app.setActiveDocument(document)
(docker,) = [found for found in app.dockers() if found.objectName() == "latentedit_docker"]
docker.setVisible(True)
window.qwindow().resize(1280, 860)
QApplication.processEvents()
before = pixels(document)

docker.begin_page.begin_button.click()
until(lambda: docker.editing and docker.editing.opened and not docker.editing.doing, "faces")
seen["faces"] = len(docker.editing.faces)
docker.editor.learn_button.click()
until(lambda: docker.editing.progress is not None, "the first step")
docker.editor.work.button.click()
seen["cancelled"] = not docker.editing.doing and not docker.editing.learnt
until(lambda: not docker.bridge.busy, "the face as it is in the image")
docker.editor.preset.setCurrentIndex(0)
docker.editor.learn_button.click()
longest = 0.0
while docker.editing.doing or not docker.editing.learnt:
    began = time.monotonic()
    until(lambda: True, "learning")
    QApplication.processEvents()
    longest = max(longest, time.monotonic() - began)
seen["held_up_s"] = longest
edits = docker.editing
name = edits.directions[0]["name"] if edits.directions else ""
seen["directions"] = len(edits.directions)
if name:
    docker.editor.rows[name].number.setValue(2.0)
else:
    docker.editor.seed.setValue(7)
    docker.editor.band.setCurrentIndex(docker.editor.band.findData("all"))
    edits.mix("seed:7", "all", 1.0)
until(lambda: edits.preview and edits.edits.get(edits.face) and not docker.bridge.busy, "a preview")
# As a person draws it larger, on a screen that bears it.
window.qwindow().resize(1280, 1100)
window.qwindow().resizeDocks([docker], [640], Qt.Vertical)
for _ in range(20):
    QApplication.processEvents()
    time.sleep(0.02)
docker.grab().save(str(folder / "docker.png"))
window.qwindow().grab().save(str(folder / "window.png"))
docker.editor.insert_button.click()
until(lambda: not docker.bridge.busy and not edits.doing and len(document.rootNode().childNodes()) == 2, "layers")
seen["tree"] = tree(document)
after = pixels(document)
seen["changed"] = sum(a != b for a, b in zip(before, after, strict=True))
(folder / "after.raw").write_bytes(after)
app.action("edit_undo").trigger()
document.waitForDone()
QApplication.processEvents()
seen["undone"] = tree(document) == [["Background", "paintlayer", []]] or len(document.rootNode().childNodes()) == 1
seen["as_before"] = pixels(document) == before
project = folder / "face.ledit"
edits.save(str(project), lambda _: None)
until(project.exists, "the project")

second_document = app.createDocument(64, 64, "second", "RGBA", "U8", "", 72.0)
window.addView(second_document)
app.setActiveDocument(second_document)
docker._show()
seen["second"] = docker.editing is None and docker._pages.currentIndex() == 0
view.setVisible()
QApplication.processEvents()
docker._show()
seen["first"] = docker.editing is edits and docker._pages.currentIndex() == 1

server = docker.bridge._pipes.pid
private = docker.bridge.hello["folder"]
os.kill(server, signal.SIGKILL)
edits.draw()
until(lambda: edits.trouble is not None, "trouble", 20)
seen["trouble"] = [edits.trouble.kind, str(edits.trouble)]
docker.begin_page.begin_button.click()
until(lambda: docker.editing.opened and not docker.editing.doing, "faces again")
seen["again"] = len(docker.editing.faces)
elsewhere = Selection()
elsewhere.select(0, 400, 60, 60, 255)
document.setSelection(elsewhere)
docker.find_faces()
until(lambda: docker.editing.opened and not docker.editing.doing, "no faces")
seen["selected away"] = [len(docker.editing.faces), docker.begin_page.words.text()]
second = docker.bridge._pipes.pid
seen["folder_gone"] = not Path(private).exists()
last = docker.bridge.hello["folder"]
docker._end()
seen["ended"] = [not Path(f"/proc/{pid}").exists() for pid in (server, second)]
seen["left"] = Path(last).exists()
(folder / "seen.json").write_text(json.dumps(seen), encoding="utf-8")
for each in app.documents():
    each.setModified(False)
