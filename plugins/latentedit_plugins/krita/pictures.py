"""Krita's documents as files for latentedit, and its answers as layers, in the document's own size, colours and depth."""

import errno
import shutil
import struct
import uuid
import zlib
from pathlib import Path
from typing import Any, Dict, Optional, Sequence, Tuple

from krita import InfoObject, Krita

from ..bridge import Trouble
from ..bridge.own_files import NO_ROOM, OwnFiles, paths_in, told_in_words

RAW_MODELS = {
    ("RGBA", "U8"): ("bgra", 8),
    ("RGBA", "U16"): ("bgra", 16),
    ("GRAYA", "U8"): ("graya", 8),
    ("GRAYA", "U16"): ("graya", 16),
}
"""What latentedit takes as Krita has it: integers, blue first."""
MOST_BYTES_A_PIXEL, MOST_OTHER_BYTES = 8, 2**16
"""Of a PNG."""


def new_file(folder: Path, name: str) -> Path:
    """A path that no other document's picture has: the program reads it when its turn comes, which may be after the next document was sent."""
    return folder / f"in-{uuid.uuid4().hex}-{name}"


def written(document: Any, folder: Path) -> Tuple[Dict[str, Any], Optional[Dict[str, Any]]]:
    """Write a document and its selection into a folder; of what cannot be written nothing stays there.

    Returns: :func:`picture_of` and :func:`selection_of`.

    Raises:
        Trouble: there is no room, or they cannot be written.
    """
    with told_in_words("The image"):
        picture = picture_of(document, folder)
    return picture, selection_alone(document, folder, paths_in(picture))


def selection_alone(document: Any, folder: Path, others: Sequence[str] = ()) -> Optional[Dict[str, Any]]:
    """Write a document's selection into a folder: :func:`selection_of`. Where it cannot be written, other files are of no use, and go too.

    Raises:
        Trouble: there is no room, or it cannot be written.
    """
    try:
        with told_in_words("The image"):
            return selection_of(document, folder)
    except Trouble:
        OwnFiles(others).remove()
        raise


def write(path: Path, data: bytes) -> None:
    """Write a file, or nothing.

    Raises:
        OSError: it cannot be written, wholly.
    """
    try:
        path.write_bytes(data)
    except OSError:
        OwnFiles([str(path)]).remove()
        raise


def picture_of(document: Any, folder: Path) -> Dict[str, Any]:
    """Write what a document shows into a folder.

    Returns: parameters of latentedit's method ``open``. Other models and floating point go through a PNG of 16 bits.
    """
    width, height = document.width(), document.height()
    name = Path(document.fileName()).name or document.name() or "image"
    kind = RAW_MODELS.get((document.colorModel(), document.colorDepth()))
    if kind is None:
        path = new_file(folder, "image.png")
        copy = document.clone()
        try:
            write_png(copy, path)
        finally:
            copy.close()
        return {"path": str(path)}
    path = new_file(folder, "image.raw")
    write(path, document.pixelData(0, 0, width, height))
    pixels: Dict[str, Any] = {"path": str(path), "width": width, "height": height, "name": name}
    pixels["channels"], pixels["depth"] = kind
    try:
        profile = profile_of(document, folder)
    except OSError:
        OwnFiles([str(path)]).remove()
        raise
    if profile is not None:
        pixels["profile"] = str(profile)
    return {"pixels": pixels}


def selection_of(document: Any, folder: Path) -> Optional[Dict[str, Any]]:
    """Write a document's selection as a byte for each pixel; None where nothing is selected."""
    selection = document.selection()
    if selection is None or selection.width() <= 0 or selection.height() <= 0:
        return None
    path = new_file(folder, "selection.raw")
    write(path, selection.pixelData(0, 0, document.width(), document.height()))
    return {"mask": str(path)}


def profile_of(document: Any, folder: Path) -> Optional[Path]:
    """Write a document's colour profile: Krita tells only its name, but puts the whole of it into files.

    Raises:
        OSError: there is no room.
    """
    small = Krita.instance().createDocument(
        1, 1, "profile", document.colorModel(), document.colorDepth(), document.colorProfile(), 72.0
    )
    path = new_file(folder, "profile.png")
    try:
        write_png(small, path)
        icc = icc_of_png(path.read_bytes())
    except OSError as error:
        if error.errno in NO_ROOM:
            raise  # without it, the picture would be seen in other colours
        return None
    except ValueError:
        return None
    finally:
        small.close()
        if path.exists():
            path.unlink()
    if icc is None:
        return None
    target = new_file(folder, "profile.icc")
    write(target, icc)
    return target


def icc_of_png(data: bytes) -> Optional[bytes]:
    """The colour profile in a PNG file; None when there is none.

    Raises:
        ValueError: it is damaged.
    """
    position = 8
    while position + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[position : position + 8])
        content = data[position + 8 : position + 8 + length]
        if kind == b"iCCP":
            try:
                return zlib.decompress(content[content.index(b"\0") + 2 :])
            except zlib.error as error:
                raise ValueError(str(error)) from error
        if kind == b"IDAT":
            return None
        position += length + 12
    return None


def write_png(document: Any, path: Path) -> None:
    """Write a document as a PNG file with its colour profile, of 16 bits where it has more than 8; or nothing.

    Raises:
        OSError: Krita could not. It does not tell why; mostly there is no room.
    """
    how = InfoObject()
    for name, value in (("alpha", True), ("forceSRGB", False), ("saveSRGBProfile", True), ("indexed", False), ("compression", 1)):
        how.setProperty(name, value)
    document.setBatchmode(True)
    if document.exportImage(str(path), how):
        return
    OwnFiles([str(path)]).remove()
    room = shutil.disk_usage(path.parent).free
    wanted = MOST_BYTES_A_PIXEL * document.width() * document.height() + MOST_OTHER_BYTES
    code = errno.ENOSPC if room < wanted else errno.EIO
    raise OSError(code, f"Krita could not write {path.name}")


def opened(path: Path) -> Any:
    """A document of a file, without a window and without a word: Krita would ask about profiles that it does not know by name.

    Raises:
        OSError: Krita could not open it.
    """
    app = Krita.instance()
    before = app.batchmode()
    app.setBatchmode(True)
    try:
        document = app.openDocument(str(path))
    finally:
        app.setBatchmode(before)
    if document is None:
        raise OSError(f"Krita could not open {path.name}")
    document.setBatchmode(True)
    return document


def add_layers(document: Any, path: Path, name: str = "") -> int:
    """Put the layers of a .kra file on top of a document, with their masks, as one step of its undo.

    They are converted to the document's colours where these are others.

    Args:
        name: of a group that holds all of them, if there are several.

    Returns: how many groups or layers were added at the top level: 1, or 0 when the file has none.
    """
    drawn = opened(path)
    try:
        wanted = (document.colorModel(), document.colorDepth(), document.colorProfile())
        if (drawn.colorModel(), drawn.colorDepth()) != wanted[:2] or profile_differs(drawn, document):
            drawn.setColorSpace(*wanted)
        tops = drawn.rootNode().childNodes()
        if not tops:
            return 0
        # A node that is added is a step of the undo: whatever it is, it is one node.
        top = tops[0]
        if len(tops) > 1:
            top = drawn.createGroupLayer(name or "latentedit")
            drawn.rootNode().addChildNode(top, None)
            for node in tops:
                node.remove()
                top.addChildNode(node, None)
            drawn.waitForDone()
        document.rootNode().addChildNode(top.clone(), None)
        document.refreshProjection()
        document.waitForDone()
        return 1
    finally:
        drawn.close()


def profile_differs(drawn: Any, document: Any) -> bool:
    """Whether two documents of one model have other profiles. Those that latentedit was given come back under their own name."""
    return bool(drawn.colorProfile() != document.colorProfile())


def add_picture(document: Any, path: Path, name: str, left: int = 0, top: int = 0) -> None:
    """Put a picture file on top of a document as one layer, as one step of its undo."""
    drawn = opened(path)
    try:
        drawn.setColorSpace(document.colorModel(), document.colorDepth(), document.colorProfile())
        node = drawn.rootNode().childNodes()[0]
        node.setName(name)
        node.move(left, top)
        drawn.waitForDone()
        document.rootNode().addChildNode(node.clone(), None)
        document.refreshProjection()
        document.waitForDone()
    finally:
        drawn.close()
