"""Several documents in Krita's window: what is done to one must not reach another, whatever is cropped, turned, closed or killed meanwhile."""

import json
import os
import signal
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


modules = [module for name, module in sys.modules.items() if name.endswith(".bridge") and hasattr(module, "Trouble")]
Trouble = modules[0].Trouble
(docker,) = [found for found in app.dockers() if found.objectName() == "latentedit_docker"]
docker.setVisible(True)
window.qwindow().resize(1000, 720)
pause()

first = app.openDocument(photograph)
show(first)
face_of(first)
seen["smallest"] = [docker.editor.tabs.parentWidget().minimumSizeHint().width(), docker.minimumSizeHint().height()]
seen["window"] = window.qwindow().height()
seen["sent files left"] = [path.name for path in Path(docker.bridge.hello["folder"]).glob("in-*")]
window.qwindow().grab().save(str(folder / "window.png"))
seen["a picture"] = docker.editor.preview.pixmap is not None

# What moves the faces is refused, what does not is not.
background = first.rootNode().childNodes()[0]
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
for key in ("mirrored", "mirrored back"):
    app.action("mirrorImageHorizontal").trigger()
    first.waitForDone()
    pause()
    seen[key] = insert(first)
first.crop(100, 0, 300, 300)
first.waitForDone()
seen["cropped"] = insert(first)
close(first)

# One image's faces end with the program; the next program's first image gets the same number.
first, second = app.openDocument(photograph), app.openDocument(photograph)
first_view = show(first)
lost = face_of(first)
second_view = show(second)
face_of(second)
os.kill(docker.bridge._pipes.pid, signal.SIGKILL)
until(lambda: docker.editing.trouble, "the end of the program")
kept = face_of(second, 9)
first_view.setVisible()
app.setActiveDocument(first)
pause()
docker._show()
seen["lost"] = [docker.editing is lost, docker._pages.currentIndex() == 0, told() and told()[0]]
lost.mix("seed:3", "all", 1.0)
until(lambda: not docker.bridge.busy, "an answer")
seen["other's edits"] = [kept.edits, kept.learnt]

# Several closed at once, then the last one while its face is learnt.
third = app.openDocument(photograph)
show(third)
face_of(third)
for document in (first, second):
    close(document)
pause(0.6)
seen["kept"] = len(docker._editings)
docker.editing.learn("best")
until(lambda: docker.editing.progress is not None, "the first step")
learning = docker.editing
close(third)
pause(0.6)
seen["last closed"] = [len(docker._editings), bool(learning.doing), docker._pages.currentIndex() == 0]
until(lambda: not docker.bridge.busy, "the end of learning", 10)
seen["begin"] = [docker.begin_page.words.text(), docker.begin_page.begin_button.isEnabled()]

# Weights that miss have nothing to do with the program's place; a program that misses has.
fourth = app.openDocument(photograph)
show(fourth)
fourth_face = face_of(fourth)
shown = []
for kind in ("missing", "not-found"):
    fourth_face.trouble = Trouble(kind, "It is missing.")
    docker._show()
    shown.append(docker.editor.trouble.choose.isVisibleTo(docker.editor))
seen["choose"] = shown
docker.choose_program = lambda: seen.update(asked=True)
docker.editor.program.disconnect()
docker.editor.program.connect(lambda: docker.choose_program())
docker.editor.trouble.choose.click()
fourth_face.trouble = None
fourth_face.learn("best")
until(lambda: fourth_face.preview, "a picture")
seen["while learning"] = [docker.editor.faces.isEnabled(), docker.editor.save_button.isEnabled()]
fourth_face.preview = dict(fourth_face.preview, path="/nowhere.png")
docker._show()
seen["same face's picture"] = docker.editor.preview.pixmap is not None
fourth_face.face = 5
docker._show()
seen["other face's picture"] = docker.editor.preview.pixmap is not None

# An image without a face is nothing that went wrong.
fourth_face.cancel()
fifth = app.createDocument(96, 96, "nobody", "RGBA", "U8", "", 72.0)
show(fifth)
docker.begin_page.begin_button.click()
until(calm, "no faces")
page = docker.begin_page
seen["nobody"] = [page.words.text()[:17], page.trouble.isVisibleTo(page), page.begin_button.text()]

# A program that ends at once, in a Krita that has not ignored SIGPIPE.
app.writeSetting("latentedit", "program", "/bin/true")
docker.bridge.close()
docker.find_faces()
until(lambda: told(), "trouble")
seen["ended at once"] = told()[0]
app.writeSetting("latentedit", "program", "")
docker._end()

(folder / "seen.json").write_text(json.dumps(seen), encoding="utf-8")
for each in app.documents():
    each.setModified(False)
