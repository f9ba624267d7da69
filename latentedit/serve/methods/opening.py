"""Opening pictures, finding their faces, and writing what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from latentedit.defaults import DEFAULT_GENERATOR, PROJECT_SUFFIX
from latentedit.serve.desk import Desk, OpenDocument, Steps
from latentedit.serve.params import Params
from latentedit.serve.protocol import Message

if TYPE_CHECKING:
    from latentedit.session_face import SessionFace


def open_picture(desk: Desk, params: Params) -> Steps:
    """Open a photograph, a project, or raw samples."""
    from latentedit.serve.pictures import photo_of_samples, read_selection

    raw, selection = params.inner("raw"), params.inner("selection")
    path = None if raw is not None else params.path("path")
    name = params.text("name", "image" if path is None else path.name)
    generator = params.text("generator", DEFAULT_GENERATOR)
    origin, canvas = params.integers("origin", 2, (0, 0)), params.integers("canvas", 2, None)
    params.require_all_used()

    def steps() -> Steps:
        from latentedit.session import Session

        yield None
        if raw is not None:
            session = Session(photo_of_samples(raw, name), engine=desk.engine, generator=generator)
        else:
            assert path is not None
            session = Session.open(path, engine=desk.engine, generator=generator)
        _ = session.photo.rgb_uint8  # what is damaged is told now
        size = session.photo.size
        document = OpenDocument(session, (origin or (0, 0))[:2], canvas or size)  # type: ignore[arg-type]
        if selection is not None:
            document.selection = read_selection(selection, size)
        return {"document": desk.add(document), "width": size[0], "height": size[1], **told_faces(document)}

    return steps()


def select(desk: Desk, params: Params) -> Message:
    """Another selection, or none."""
    from latentedit.serve.pictures import read_selection

    document, selection = desk.document(params), params.inner("selection")
    params.require_all_used()
    document.selection = None if selection is None else read_selection(selection, document.session.photo.size)
    return told_faces(document)


def faces(desk: Desk, params: Params) -> Message | Steps:
    """Find the faces; those that are known already (of a project) are told as they are, unless it is to be done again."""
    document, again = desk.document(params), params.flag("again")
    params.require_all_used()
    session = document.session
    if session.faces and not again:
        return told_faces(document)

    def steps() -> Steps:
        from latentedit.face_finder import find_faces_apart
        from latentedit.faces import select_faces

        if session.takes_squares:
            session.set_faces(session.look_for_faces(store=desk.store))
            return told_faces(document)
        for found in find_faces_apart(session.photo, desk.side, desk.store):
            if found is None:
                yield None
            else:
                session.set_faces(select_faces(found, "all"))
        return told_faces(document)

    return steps()


def told_faces(document: OpenDocument) -> Message:
    """The faces in the host's coordinates."""
    return {"faces": [_face(document, face) for face in document.session.faces]}


def _face(document: OpenDocument, known: SessionFace) -> dict[str, Any]:
    x, y = document.origin
    left, top, right, bottom = known.face.box
    centre = known.face.quad.mean(axis=0)
    return {
        "index": known.face.index,
        "box": [left + x, top + y, right + x, bottom + y],
        "quad": [[round(float(px) + x, 2), round(float(py) + y, 2)] for px, py in known.face.quad],
        "projected": known.latents is not None,
        "selected": _is_selected(document, float(centre[0]), float(centre[1])),
    }


def _is_selected(document: OpenDocument, x: float, y: float) -> bool:
    """Whether the middle of a face lies in the selection."""
    if document.selection is None:
        return True
    height, width = document.selection.shape
    return bool(document.selection[min(max(round(y), 0), height - 1), min(max(round(x), 0), width - 1)])


def save(desk: Desk, params: Params) -> Message | Steps:
    """Write the project."""
    from latentedit.errors import UsageError

    document, path = desk.document(params), params.path("path")
    params.require_all_used()
    if path.suffix.lower() != PROJECT_SUFFIX:
        raise UsageError(f"{path.name} is no project's name.", hint=f"Let it end in {PROJECT_SUFFIX}.")

    def steps() -> Steps:
        yield None
        return {"path": str(document.session.save(path))}

    return steps()


def export(desk: Desk, params: Params) -> Steps:
    """Write the edited picture, or its layers, in the kind that the file's suffix names."""
    from latentedit.exporting import export_scene

    document, path, mark_ai = desk.document(params), params.path("path"), params.flag("mark_ai", True)
    params.require_all_used()
    scene = document.session.scene

    def steps() -> Steps:
        yield None
        return {"path": str(path), "changed": export_scene(scene, path, mark_ai=mark_ai)}

    return steps()


def close(desk: Desk, params: Params) -> Message:
    """Forget a document and its files."""
    desk.document(params)
    name = params.text("document")
    params.require_all_used()
    desk.close(name)
    return {}
