"""What is done to a document after its faces were found, in Krita's window: what keeps the faces, and what Insert refuses."""

import json
import sys
import time
import traceback
from pathlib import Path

from krita import Krita, Selection
from PyQt5.QtCore import QPointF
from PyQt5.QtWidgets import QApplication

photograph, folder = sys.argv[1], Path(sys.argv[2])
app = Krita.instance()
window = app.windows()[0]
seen = {"uncaught": []}
sys.excepthook = lambda *error: seen["uncaught"].append("".join(traceback.format_exception(*error)))
(docker,) = [found for found in app.dockers() if found.objectName() == "latentedit_docker"]
docker.setVisible(True)
window.qwindow().resize(1000, 720)


def until(condition, what, seconds=40):
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


def selected(*box):
    selection = Selection()
    selection.select(*box, 255)
    return selection


def shown():
    document = app.openDocument(photograph)
    show(document)
    return document


def show(document):
    document.setBatchmode(True)
    window.addView(document).setVisible()
    app.setActiveDocument(document)
    pause()
    docker._show()


def face_of():
    docker.find_faces()
    until(calm, "faces")
    docker.editing.learn("fast", 0, 2)
    until(calm, "a learnt face")
    docker.editing.mix("seed:7", "all", 1.0)
    until(calm, "a mix")


def insert(document):
    """How many layers came, and what is wrong if none did."""
    if docker.editing is None:
        return "forgotten"
    before = len(document.rootNode().childNodes())
    docker.editing.trouble = None
    docker.editor.insert_button.click()
    until(lambda: calm() and (told() or len(document.rootNode().childNodes()) > before), "layers or trouble")
    return [len(document.rootNode().childNodes()) - before, told() and told()[0]]


def settle(document):
    document.refreshProjection()
    document.waitForDone()
    pause()


def trigger(document, name):
    app.action(name).trigger()
    settle(document)


def close(document):
    document.setModified(False)
    document.close()
    pause(0.05)


def edited(change):
    """A document whose face is edited, after a change to it and its layer."""
    document = shown()
    face_of()
    change(document, document.rootNode().childNodes()[0])
    settle(document)
    return document


def inserted_after(change):
    document = edited(change)
    found = insert(document)
    close(document)
    return found


def copied(document, layer):
    copy = layer.duplicate()
    document.rootNode().addChildNode(copy, None)
    copy.move(120, 90)
    layer.setVisible(False)


def merged(document, layer):
    above = document.createNode("above", "paintlayer")
    document.rootNode().addChildNode(above, None)
    layer.move(100, 40)
    document.waitForDone()
    above.mergeDown()


def halved(document, layer):
    document.scaleImage(256, 256, 72, 72, "Bilinear")
    document.waitForDone()
    document.resizeImage(0, 0, 512, 512)


def flattened():
    document = shown()
    face_of()
    found = [insert(document)]
    for name in ("flatten_image", "edit_undo", "edit_redo"):
        trigger(document, name)
        pause(0.6)
        found.append([docker.editing is not None and docker.editing.learnt, docker._pages.currentIndex()])
    found.append(insert(document))
    close(document)
    return found


def softened(document, layer):
    insert(document)
    document.rootNode().childNodes()[1].setOpacity(128)


def selected_later():
    """Where an insertion changed pixels, though the selection was made only after the faces were found."""
    document = edited(lambda document, layer: None)
    before = bytes(document.pixelData(0, 0, 512, 512))
    document.setSelection(selected(180, 60, 30, 30))
    found = insert(document)
    settle(document)
    after = bytes(document.pixelData(0, 0, 512, 512))
    changed = [place // 4 for place in range(0, len(before), 4) if before[place : place + 4] != after[place : place + 4]]
    columns, rows = [place % 512 for place in changed], [place // 512 for place in changed]
    left = [path.name for path in Path(docker.bridge.hello["folder"]).glob("in-*")]
    close(document)
    return [found, [min(columns), min(rows), max(columns), max(rows)] if changed else None, left]


def translated(document):
    """How many layers came, where the uppermost can be seen, and what is wrong."""
    before = len(document.rootNode().childNodes())
    page = docker.begin_page if docker._pages.currentIndex() == 0 else docker.editor
    page.translate.emit(str(folder / "translator.pth"))
    until(lambda: calm() and (told() or len(document.rootNode().childNodes()) > before), "a layer or trouble")
    top = document.rootNode().childNodes()[-1].bounds()
    return [len(document.rootNode().childNodes()) - before, [top.x(), top.y(), top.width(), top.height()], told()]


def without_a_face():
    """Translated before faces were looked for, when none was found, and when one is not learnt yet, within a selection that was made then."""
    document = app.createDocument(96, 96, "nobody", "RGBA", "U8", "", 72.0)
    document.rootNode().childNodes()[0].setPixelData(bytes([9, 99, 199, 255]) * 96 * 96, 0, 0, 96, 96)
    document.refreshProjection()
    show(document)
    page, editor = docker.begin_page, docker.editor
    found = [page.translate_button.isVisible() and page.translate_button.isEnabled(), translated(document)]
    docker.find_faces()
    until(calm, "no faces")
    found += [page.translate_button.isVisible(), translated(document)]
    close(document)
    document = shown()
    docker.find_faces()
    until(calm, "faces")
    editor.tabs.setCurrentIndex(2)
    pause()
    found.append([editor.of_image.isVisible() and editor.of_image.isEnabled(), editor.of_face[0].isEnabled()])
    document.setSelection(selected(180, 60, 30, 30))
    found.append(translated(document))
    left = [path.name for path in Path(docker.bridge.hello["folder"]).glob("in-*")]
    editor.tabs.setCurrentIndex(0)
    close(document)
    return [*found, left]


def in_a_small_window():
    """Whether all of the button that is needed next can be seen."""
    document = shown()
    docker.find_faces()
    until(calm, "faces")
    pause(0.3)
    button = docker.editor.learn_button
    window.qwindow().grab().save(str(folder / "small.png"))
    found = [window.qwindow().height(), button.visibleRegion().boundingRect() == button.rect()]
    close(document)
    return found


CASES = {
    "flattened": flattened,
    "turned": lambda: inserted_after(lambda document, layer: layer.rotateNode(0.4)),
    "layer halved": lambda: inserted_after(lambda document, layer: layer.scaleNode(QPointF(0, 0), 256, 256, "Bilinear")),
    "merged": lambda: inserted_after(merged),
    "halved": lambda: inserted_after(halved),
    "copied": lambda: inserted_after(copied),
    "nudged": lambda: inserted_after(lambda document, layer: layer.move(3, 0)),
    "grey": lambda: inserted_after(lambda document, layer: document.setColorSpace("GRAYA", "U16", "")),
    "cmyk": lambda: inserted_after(lambda document, layer: document.setColorSpace("CMYKA", "U8", "Chemical proof")),
    "softened": lambda: inserted_after(softened),
    "selected later": selected_later,
    "without a face": without_a_face,
    "small window": in_a_small_window,
}
for name, case in CASES.items():
    if sys.argv[3:] and name not in sys.argv[3:]:
        continue
    try:
        seen[name] = case()
    except Exception as error:
        seen[name] = repr(error)
    for document in app.documents():
        close(document)
docker._end()
(folder / "seen.json").write_text(json.dumps(seen), encoding="utf-8")
